import { binary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

/** a and b, bit by bit. */
export const bitwiseAnd = binary({
  name: "bitwiseAnd",
  dtype: "same",
  integer: (a, b) => a & b,
  bigint: (a, b) => a & b,
  boolean: "integer",
  simd: {
    bool: "and_bytes",
    int8: "and_bytes",
    int16: "and_bytes",
    int32: "and_bytes",
    int64: "and_bytes",
    uint8: "and_bytes",
    uint16: "and_bytes",
    uint32: "and_bytes",
    uint64: "and_bytes",
  },
  noGradient: DISCRETE,
  special: [
    [12, 10, 8],
    [-1, 5, 5],
  ],
});
