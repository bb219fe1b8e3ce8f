import { unary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";
import { onBytes } from "./kernels.js";

/** Every bit turned over; of a bool its opposite. */
export const bitwiseNot = unary({
  name: "bitwiseNot",
  dtype: "same",
  integer: (x) => ~x,
  bigint: (x) => ~x,
  boolean: (x) => 1 - x,
  simd: onBytes("not_bits", "not_bool"),
  noGradient: DISCRETE,
  special: [
    [0, -1],
    [5, -6],
  ],
});
