import { binary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";
import { onBytes } from "./kernels.js";

/** a or b, bit by bit. */
export const bitwiseOr = binary({
  name: "bitwiseOr",
  dtype: "same",
  integer: (a, b) => a | b,
  bigint: (a, b) => a | b,
  boolean: "integer",
  simd: onBytes("or_bytes"),
  noGradient: DISCRETE,
  special: [
    [12, 10, 14],
    [-1, 5, -1],
  ],
});
