import { unary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

/** Whether x is −∞. */
export const isneginf = unary({
  name: "isneginf",
  dtype: "bool",
  reference: (x) => +(x === -Infinity),
  integer: () => 0,
  bigint: () => 0,
  boolean: () => 0,
  noGradient: DISCRETE,
  special: [
    [Infinity, 0],
    [-Infinity, 1],
  ],
});
