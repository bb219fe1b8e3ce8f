import { unary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

/** Whether x is +∞. */
export const isposinf = unary({
  name: "isposinf",
  dtype: "bool",
  reference: (x) => +(x === Infinity),
  integer: () => 0,
  bigint: () => 0,
  boolean: () => 0,
  noGradient: DISCRETE,
  special: [
    [Infinity, 1],
    [-Infinity, 0],
  ],
});
