import { logNdtrOf } from "../../math/erf.js";
import { unary } from "../engines/elementwise.js";

/** log Φ(x), accurate in both tails. */
export const logNdtr = unary({
  name: "logNdtr",
  dtype: "float",
  reference: logNdtrOf,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.div(x.mul(-Math.SQRT1_2).erfcx()).mul(Math.sqrt(2 / Math.PI)) }),
  special: [
    [0, -Math.LN2],
    [Infinity, -0],
    [-Infinity, -Infinity],
    [NaN, NaN],
  ],
});
