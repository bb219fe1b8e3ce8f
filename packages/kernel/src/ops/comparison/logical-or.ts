import { binary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

/** Whether one is not 0. */
export const logicalOr = binary({
  name: "logicalOr",
  dtype: "bool",
  reference: (a, b) => +(a !== 0 || b !== 0),
  integer: "reference",
  bigint: (a, b) => +(a !== 0n || b !== 0n),
  boolean: "integer",
  complex: (ar, ai, br, bi) => +(ar !== 0 || ai !== 0 || br !== 0 || bi !== 0),
  simd: { bool: "either_bytes" },
  noGradient: DISCRETE,
  special: [
    [0, 0, 0],
    [0, NaN, 1],
  ],
});
