import { unary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

/** Whether the imaginary part is 0. */
export const isreal = unary({
  name: "isreal",
  dtype: "bool",
  reference: () => 1,
  integer: () => 1,
  bigint: () => 1,
  boolean: () => 1,
  complex: (_re, im) => +(im === 0),
  noGradient: DISCRETE,
  special: [[NaN, 1]],
});
