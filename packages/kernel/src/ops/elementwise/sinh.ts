import { complexSinh } from "../../math/complex.js";
import { unary } from "../engines/elementwise.js";

/** sinh x = (eˣ − e⁻ˣ) / 2. */
export const sinh = unary({
  name: "sinh",
  dtype: "float",
  reference: (x) => Math.sinh(x),
  complex: complexSinh,
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.cosh().conj()) }),
  special: [
    [-0, -0],
    [-Infinity, -Infinity],
    [NaN, NaN],
  ],
});
