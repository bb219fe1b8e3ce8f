import { binary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";
import { onBytes } from "./kernels.js";

/** a and b, bit by bit. */
export const bitwiseAnd = binary({
  name: "bitwiseAnd",
  dtype: "same",
  integer: (a, b) => a & b,
  bigint: (a, b) => a & b,
  boolean: "integer",
  simd: onBytes("and_bytes"),
  noGradient: DISCRETE,
  special: [
    [12, 10, 8],
    [-1, 5, 5],
  ],
});
