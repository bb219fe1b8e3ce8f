import { unary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

/** Whether x is 0. */
export const logicalNot = unary({
  name: "logicalNot",
  dtype: "bool",
  reference: (x) => +(x === 0),
  integer: "reference",
  bigint: (x) => +(x === 0n),
  boolean: "integer",
  complex: (re, im) => +(re === 0 && im === 0),
  simd: { bool: "not_truth" },
  noGradient: DISCRETE,
  special: [
    [-0, 1],
    [NaN, 0],
  ],
});
