import { unary } from "../engines/elementwise.js";

/** x − trunc(x), with the sign of x. */
export const frac = unary({
  name: "frac",
  dtype: "same",
  reference: (x) => (Math.abs(x) === Infinity ? Number.NaN : x - Math.trunc(x)),
  vjp: (gy) => ({ x: gy }),
  domain: [0.1, 0.9],
  special: [
    [-1.5, -0.5],
    [2, 0],
    [NaN, NaN],
  ],
});
