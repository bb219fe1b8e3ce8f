import { binary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

/** a or b, bit by bit. */
export const bitwiseOr = binary({
  name: "bitwiseOr",
  dtype: "same",
  integer: (a, b) => a | b,
  bigint: (a, b) => a | b,
  boolean: "integer",
  noGradient: DISCRETE,
  special: [
    [12, 10, 14],
    [-1, 5, -1],
  ],
});
