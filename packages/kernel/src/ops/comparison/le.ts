import { binary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

/** a ≤ b; false beside NaN. */
export const le = binary({
  name: "le",
  dtype: "bool",
  reference: (a, b) => +(a <= b),
  integer: "reference",
  bigint: (a, b) => +(a <= b),
  boolean: "integer",
  noGradient: DISCRETE,
  simd: "f32 f64 i32 i64",
  special: [
    [2, 2, 1],
    [NaN, NaN, 0],
  ],
});
