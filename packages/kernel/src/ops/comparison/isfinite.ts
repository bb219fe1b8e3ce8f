import { unary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

/** Whether x is neither infinite nor NaN. */
export const isfinite = unary({
  name: "isfinite",
  dtype: "bool",
  reference: (x) => +Number.isFinite(x),
  integer: () => 1,
  bigint: () => 1,
  boolean: () => 1,
  complex: (re, im) => +(Number.isFinite(re) && Number.isFinite(im)),
  noGradient: DISCRETE,
  special: [
    [NaN, 0],
    [-Infinity, 0],
    [3, 1],
  ],
});
