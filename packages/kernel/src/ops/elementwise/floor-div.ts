import { floorDiv as floored } from "../../math/elementary.js";
import { type DivisorParams, divisorZero } from "../engines/divisor.js";
import { binary } from "../engines/elementwise.js";
import { zeros } from "../engines/vjp.js";

/** ⌊a / b⌋, Python's `//`. Integers divided by zero: see {@link DivisorParams}. */
export const floorDiv = binary({
  name: "floorDiv",
  dtype: "same",
  reference: floored,
  integer: (a, b, p: DivisorParams | void) => {
    if (b === 0) return divisorZero("floorDiv", p);
    return Math.floor(a / b);
  },
  bigint: (a, b, p) => {
    if (b === 0n) return BigInt(divisorZero("floorDiv", p));
    const q = a / b;
    return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
  },
  simd: "i64",
  vjp: (gy) => ({ a: zeros(gy), b: zeros(gy) }),
  domain: [
    [2.1, 2.9],
    [0.9, 0.99],
  ],
  special: [
    [7, -2, -4],
    [-7, 2, -4],
    [1, 0, Infinity],
    [0, 0, NaN],
    [-0, 1, -0],
    [Infinity, 1, NaN],
  ],
});
