import { binary, type ScalarParams } from "../engines/elementwise.js";

/** a · b. Integers wrap; bool · bool is "and". */
export const mul = binary({
  name: "mul",
  dtype: "same",
  reference: (a, b, _p: ScalarParams | void) => a * b,
  integer: Math.imul,
  bigint: (a, b) => a * b,
  boolean: (a, b) => a & b,
  complex: (ar, ai, br, bi, out) => {
    out.re = ar * br - ai * bi;
    out.im = ar * bi + ai * br;
  },
  saves: ["a", "b"],
  saveIf: { a: "b", b: "a" },
  vjp: (gy, { a, b }, { needs }) => ({
    a: needs(0) ? gy.mul(b.conj()) : null,
    b: needs(1) ? gy.mul(a.conj()) : null,
  }),
  simd: "f32 f64 i32 i64",
  special: [
    [0, Infinity, NaN],
    [-0, 1, -0],
  ],
  source: "IEEE 754",
});
