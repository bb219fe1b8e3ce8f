import { complexTan } from "../../math/complex.js";
import { unary } from "../engines/elementwise.js";

/** tan x, x in radians. */
export const tan = unary({
  name: "tan",
  dtype: "float",
  reference: (x) => Math.tan(x),
  complex: complexTan,
  saves: ["y"],
  vjp: (gy, { y }) => ({ x: gy.mul(y.square().add(1).conj()) }),
  domain: [-1.2, 1.2],
  special: [
    [-0, -0],
    [Infinity, NaN],
    [NaN, NaN],
  ],
});
