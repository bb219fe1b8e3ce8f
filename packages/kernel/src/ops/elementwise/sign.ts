import { unary } from "../engines/elementwise.js";
import { type NanParams, ofNaN } from "../engines/nan-params.js";
import { zeros } from "../engines/vjp.js";

/** −1, 0 or 1; NaN for NaN, and 0 for −0. */
export const sign = unary({
  name: "sign",
  dtype: "same",
  reference: (x, p: NanParams | void) => (x > 0 ? 1 : x < 0 ? -1 : x === 0 ? 0 : ofNaN(x, p)),
  integer: (x) => Math.sign(x),
  bigint: (x) => (x > 0n ? 1n : x < 0n ? -1n : 0n),
  boolean: (x) => x,
  vjp: (gy) => ({ x: zeros(gy) }),
  domain: [0.2, 2],
  special: [
    [-3, -1],
    [0, 0],
    [Infinity, 1],
    [NaN, NaN],
  ],
});
