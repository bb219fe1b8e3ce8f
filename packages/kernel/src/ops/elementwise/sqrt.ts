import { complexSqrt } from "../../math/complex.js";
import { unary } from "../engines/elementwise.js";

/** √x; NaN below 0. */
export const sqrt = unary({
  name: "sqrt",
  dtype: "float",
  reference: (x) => Math.sqrt(x),
  complex: complexSqrt,
  saves: ["y"],
  vjp: (gy, { y }) => ({ x: gy.div(y.conj().mul(2)) }),
  simd: "f32 f64",
  domain: [0.3, 4],
  special: [
    [0, 0],
    [-0, -0],
    [Infinity, Infinity],
    [-1, NaN],
    [NaN, NaN],
  ],
  source: "IEEE 754; complex: C99 Annex G",
});
