import { binary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

/** a or b, bit by bit. */
export const bitwiseOr = binary({
  name: "bitwiseOr",
  dtype: "same",
  integer: (a, b) => a | b,
  bigint: (a, b) => a | b,
  boolean: "integer",
  simd: {
    bool: "or_bytes",
    int8: "or_bytes",
    int16: "or_bytes",
    int32: "or_bytes",
    int64: "or_bytes",
    uint8: "or_bytes",
    uint16: "or_bytes",
    uint32: "or_bytes",
    uint64: "or_bytes",
  },
  noGradient: DISCRETE,
  special: [
    [12, 10, 14],
    [-1, 5, -1],
  ],
});
