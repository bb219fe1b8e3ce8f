import { binary } from "../engines/elementwise.js";

/** a + b. Integers wrap; bool + bool is "or". */
export const add = binary({
  name: "add",
  dtype: "same",
  reference: (a, b) => a + b,
  integer: "reference",
  bigint: (a, b) => a + b,
  boolean: (a, b) => a | b,
  complex: (ar, ai, br, bi, out) => {
    out.re = ar + br;
    out.im = ai + bi;
  },
  vjp: (gy) => ({ a: gy, b: gy }),
  simd: {
    float32: "add_f32",
    float64: "add_f64",
    int32: "add_i32",
    int64: "add_i64",
    uint8: "add_bytes",
    int8: "add_bytes",
  },
  special: [
    [-0, -0, -0],
    [Infinity, -Infinity, NaN],
  ],
  source: "IEEE 754",
});
