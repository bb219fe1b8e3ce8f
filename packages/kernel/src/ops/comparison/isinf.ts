import { unary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

/** Whether x is infinite. */
export const isinf = unary({
  name: "isinf",
  dtype: "bool",
  reference: (x) => +(Math.abs(x) === Infinity),
  integer: () => 0,
  bigint: () => 0,
  boolean: () => 0,
  complex: (re, im) => +(Math.abs(re) === Infinity || Math.abs(im) === Infinity),
  noGradient: DISCRETE,
  special: [
    [NaN, 0],
    [-Infinity, 1],
  ],
});
