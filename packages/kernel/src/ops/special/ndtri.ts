import { ndtriOf } from "../../math/erf.js";
import { unary } from "../engines/elementwise.js";

/** The x whose Φ is given, the quantile of the standard normal distribution. */
export const ndtri = unary({
  name: "ndtri",
  dtype: "float",
  reference: ndtriOf,
  saves: ["y"],
  vjp: (gy, { y }) => ({ x: gy.mul(y.square().mul(0.5).exp()).mul(Math.sqrt(2 * Math.PI)) }),
  domain: [0.1, 0.9],
  special: [
    [0.5, 0],
    [0, -Infinity],
    [1, Infinity],
    [-1, NaN],
    [NaN, NaN],
  ],
});
