import { ndtrOf } from "../../math/erf.js";
import { unary } from "../engines/elementwise.js";

/** Φ(x), the distribution function of the standard normal distribution. */
export const ndtr = unary({
  name: "ndtr",
  dtype: "float",
  reference: ndtrOf,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.square().mul(-0.5).exp()).mul(1 / Math.sqrt(2 * Math.PI)) }),
  special: [
    [0, 0.5],
    [Infinity, 1],
    [-Infinity, 0],
    [NaN, NaN],
  ],
});
