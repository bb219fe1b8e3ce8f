import { binary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";
import { onBytes } from "./kernels.js";

/** Either a or b, bit by bit. */
export const bitwiseXor = binary({
  name: "bitwiseXor",
  dtype: "same",
  integer: (a, b) => a ^ b,
  bigint: (a, b) => a ^ b,
  boolean: "integer",
  simd: onBytes("xor_bytes"),
  noGradient: DISCRETE,
  special: [
    [12, 10, 6],
    [-1, 5, -6],
  ],
});
