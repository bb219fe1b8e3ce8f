import { unary } from "../engines/elementwise.js";

/** −x. */
export const neg = unary({
  name: "neg",
  dtype: "same",
  reference: (x) => -x,
  integer: (x) => -x | 0,
  bigint: (x) => -x,
  complex: (re, im, out) => {
    out.re = -re;
    out.im = -im;
  },
  vjp: (gy) => ({ x: gy.neg() }),
  simd: "f32 f64",
  special: [
    [0, -0],
    [-Infinity, Infinity],
  ],
});
