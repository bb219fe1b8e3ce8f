import { binary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

/** a < b; false beside NaN. */
export const lt = binary({
  name: "lt",
  dtype: "bool",
  reference: (a, b) => +(a < b),
  integer: "reference",
  bigint: (a, b) => +(a < b),
  boolean: "integer",
  noGradient: DISCRETE,
  simd: { float32: "lt_f32", float64: "lt_f64", int32: "lt_i32", int64: "lt_i64" },
  special: [
    [1, 2, 1],
    [NaN, 1, 0],
    [-0, 0, 0],
  ],
});
