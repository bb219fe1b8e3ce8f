import { binary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

/** a > b; false beside NaN. */
export const gt = binary({
  name: "gt",
  dtype: "bool",
  reference: (a, b) => +(a > b),
  integer: "reference",
  bigint: (a, b) => +(a > b),
  boolean: "integer",
  noGradient: DISCRETE,
  simd: { float32: "gt_f32", float64: "gt_f64", int32: "gt_i32", int64: "gt_i64" },
  special: [
    [2, 1, 1],
    [1, NaN, 0],
  ],
});
