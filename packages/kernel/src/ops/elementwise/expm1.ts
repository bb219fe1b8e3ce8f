import { complexExpm1 } from "../../math/complex.js";
import { expm1 as expMinusOne } from "../../math/precise/exp.js";
import { unary } from "../engines/elementwise.js";

/** eˣ − 1, accurate near 0. */
export const expm1 = unary({
  name: "expm1",
  dtype: "float",
  simd: "f64",
  reference: (x) => expMinusOne(x),
  complex: complexExpm1,
  saves: ["y"],
  vjp: (gy, { y }) => ({ x: gy.mul(y.conj().add(1)) }),
  special: [
    [-0, -0],
    [2 ** -70, 2 ** -70],
    [-Infinity, -1],
    [Infinity, Infinity],
    [NaN, NaN],
  ],
});
