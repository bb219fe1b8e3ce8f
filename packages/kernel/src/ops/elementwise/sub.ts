import { binary } from "../engines/elementwise.js";

/** a − b. Integers wrap; bool is left to the façades, which differ. */
export const sub = binary({
  name: "sub",
  dtype: "same",
  reference: (a, b) => a - b,
  integer: "reference",
  bigint: (a, b) => a - b,
  complex: (ar, ai, br, bi, out) => {
    out.re = ar - br;
    out.im = ai - bi;
  },
  vjp: (gy) => ({ a: gy, b: gy.neg() }),
  simd: {
    float32: "sub_f32",
    float64: "sub_f64",
    int32: "sub_i32",
    int64: "sub_i64",
    uint8: "sub_bytes",
    int8: "sub_bytes",
  },
  special: [
    [0, 0, 0],
    [Infinity, Infinity, NaN],
  ],
  source: "IEEE 754",
});
