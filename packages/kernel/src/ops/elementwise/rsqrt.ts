import { complexRsqrt } from "../../math/complex.js";
import { unary } from "../engines/elementwise.js";

/** 1 / √x. */
export const rsqrt = unary({
  name: "rsqrt",
  dtype: "float",
  reference: (x) => 1 / Math.sqrt(x),
  complex: complexRsqrt,
  saves: ["y"],
  vjp: (gy, { y }) => {
    const r = y.conj();
    return { x: gy.mul(r.mul(r).mul(r)).mul(-0.5) };
  },
  simd: "f32 f64",
  tolerance: { float32: { ulp: 2 } },
  domain: [0.3, 4],
  special: [
    [0, Infinity],
    [-0, -Infinity],
    [Infinity, 0],
    [-1, NaN],
    [NaN, NaN],
  ],
});
