import { unary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

/** Whether x is not a number. */
export const isnan = unary({
  name: "isnan",
  dtype: "bool",
  reference: (x) => +Number.isNaN(x),
  integer: () => 0,
  bigint: () => 0,
  boolean: () => 0,
  complex: (re, im) => +(Number.isNaN(re) || Number.isNaN(im)),
  simd: "f32 f64",
  noGradient: DISCRETE,
  special: [
    [NaN, 1],
    [Infinity, 0],
  ],
});
