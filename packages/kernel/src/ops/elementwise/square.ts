import { unary } from "../engines/elementwise.js";

/** x². Integers wrap. */
export const square = unary({
  name: "square",
  dtype: "same",
  reference: (x) => x * x,
  integer: (x) => Math.imul(x, x),
  bigint: (x) => x * x,
  boolean: (x) => x,
  complex: (re, im, out) => {
    out.re = (re - im) * (re + im);
    out.im = 2 * re * im;
  },
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: gy.mul(x.conj()).mul(2) }),
  simd: "f32 f64",
  special: [
    [-0, 0],
    [-Infinity, Infinity],
    [NaN, NaN],
  ],
});
