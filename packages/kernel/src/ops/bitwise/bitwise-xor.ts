import { binary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

/** Either a or b, bit by bit. */
export const bitwiseXor = binary({
  name: "bitwiseXor",
  dtype: "same",
  integer: (a, b) => a ^ b,
  bigint: (a, b) => a ^ b,
  boolean: "integer",
  simd: {
    bool: "xor_bytes",
    int8: "xor_bytes",
    int16: "xor_bytes",
    int32: "xor_bytes",
    int64: "xor_bytes",
    uint8: "xor_bytes",
    uint16: "xor_bytes",
    uint32: "xor_bytes",
    uint64: "xor_bytes",
  },
  noGradient: DISCRETE,
  special: [
    [12, 10, 6],
    [-1, 5, -6],
  ],
});
