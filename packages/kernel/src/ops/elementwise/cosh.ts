import { complexCosh } from "../../math/complex.js";
import { unary } from "../engines/elementwise.js";

/** cosh x = (eˣ + e⁻ˣ) / 2. */
export const cosh = unary({
  name: "cosh",
  dtype: "float",
  reference: (x) => Math.cosh(x),
  complex: complexCosh,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.sinh().conj()) }),
  special: [
    [0, 1],
    [-Infinity, Infinity],
    [NaN, NaN],
  ],
});
