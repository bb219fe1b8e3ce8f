import { binary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

/** a ≠ b. NaN differs from everything. */
export const ne = binary({
  name: "ne",
  dtype: "bool",
  reference: (a, b) => +(a !== b),
  integer: "reference",
  bigint: (a, b) => +(a !== b),
  boolean: "integer",
  complex: (ar, ai, br, bi) => +(ar !== br || ai !== bi),
  noGradient: DISCRETE,
  simd: "f32 f64 i32 i64",
  special: [
    [NaN, NaN, 1],
    [-0, 0, 0],
  ],
});
