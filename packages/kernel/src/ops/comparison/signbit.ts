import { unary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

/** Whether the sign is minus, also of −0. */
export const signbit = unary({
  name: "signbit",
  dtype: "bool",
  reference: (x) => +(x < 0 || Object.is(x, -0)),
  integer: (x) => +(x < 0),
  bigint: (x) => +(x < 0n),
  boolean: () => 0,
  noGradient: DISCRETE,
  special: [
    [-0, 1],
    [0, 0],
    [-Infinity, 1],
  ],
});
