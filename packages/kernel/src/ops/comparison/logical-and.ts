import { binary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

/** Whether both are not 0. */
export const logicalAnd = binary({
  name: "logicalAnd",
  dtype: "bool",
  reference: (a, b) => +(a !== 0 && b !== 0),
  integer: "reference",
  bigint: (a, b) => +(a !== 0n && b !== 0n),
  boolean: "integer",
  complex: (ar, ai, br, bi) => +((ar !== 0 || ai !== 0) && (br !== 0 || bi !== 0)),
  simd: { bool: "both_bytes" },
  noGradient: DISCRETE,
  special: [
    [1, 0, 0],
    [NaN, 2, 1],
  ],
});
