import { unary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

/** Every bit turned over; of a bool its opposite. */
export const bitwiseNot = unary({
  name: "bitwiseNot",
  dtype: "same",
  integer: (x) => ~x,
  bigint: (x) => ~x,
  boolean: (x) => 1 - x,
  simd: {
    bool: "not_bool",
    int8: "not_bits",
    int16: "not_bits",
    int32: "not_bits",
    int64: "not_bits",
    uint8: "not_bits",
    uint16: "not_bits",
    uint32: "not_bits",
    uint64: "not_bits",
  },
  noGradient: DISCRETE,
  special: [
    [0, -1],
    [5, -6],
  ],
});
