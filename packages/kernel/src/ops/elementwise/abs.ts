import { unary } from "../engines/elementwise.js";

/** |x|; of a complex number its real modulus. The gradient at 0 is 0. */
export const abs = unary({
  name: "abs",
  dtype: "real",
  reference: (x) => Math.abs(x),
  integer: "reference",
  bigint: (x) => (x < 0n ? -x : x),
  boolean: (x) => x,
  complex: (re, im) => Math.hypot(re, im),
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.cast({ dtype: x.dtype, copy: false }).mul(x.sgn()) }),
  simd: "f32 f64",
  domain: [0.2, 2],
  special: [
    [-0, 0],
    [-Infinity, Infinity],
    [NaN, NaN],
  ],
});
