import { complexSin } from "../../math/complex.js";
import { unary } from "../engines/elementwise.js";

/** sin x, x in radians. */
export const sin = unary({
  name: "sin",
  dtype: "float",
  reference: (x) => Math.sin(x),
  complex: complexSin,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.cos().conj()) }),
  special: [
    [-0, -0],
    [Infinity, NaN],
    [NaN, NaN],
  ],
});
