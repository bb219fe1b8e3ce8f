import { binary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

/** Whether exactly one is not 0. */
export const logicalXor = binary({
  name: "logicalXor",
  dtype: "bool",
  reference: (a, b) => +((a !== 0) !== (b !== 0)),
  integer: "reference",
  bigint: (a, b) => +((a !== 0n) !== (b !== 0n)),
  boolean: "integer",
  complex: (ar, ai, br, bi) => +((ar !== 0 || ai !== 0) !== (br !== 0 || bi !== 0)),
  simd: { bool: "one_bytes" },
  noGradient: DISCRETE,
  special: [
    [3, 2, 0],
    [0, NaN, 1],
  ],
});
