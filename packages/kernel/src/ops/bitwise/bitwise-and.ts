import { binary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

/** a and b, bit by bit. */
export const bitwiseAnd = binary({
  name: "bitwiseAnd",
  dtype: "same",
  integer: (a, b) => a & b,
  bigint: (a, b) => a & b,
  boolean: "integer",
  noGradient: DISCRETE,
  special: [
    [12, 10, 8],
    [-1, 5, 5],
  ],
});
