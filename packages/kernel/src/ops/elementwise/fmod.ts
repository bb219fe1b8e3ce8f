import { type DivisorParams, divisorZero } from "../engines/divisor.js";
import { binary } from "../engines/elementwise.js";

/** a − b·trunc(a / b), C's remainder: it has the sign of a. Integers divided by zero: see {@link DivisorParams}. */
export const fmod = binary({
  name: "fmod",
  dtype: "same",
  reference: (a, b) => a % b,
  integer: (a, b, p: DivisorParams | void) => {
    if (b === 0) return divisorZero("fmod", p);
    return a % b;
  },
  bigint: (a, b, p) => {
    if (b === 0n) return BigInt(divisorZero("fmod", p));
    return a % b;
  },
  saves: ["a", "b"],
  saveIf: { a: "b", b: "b" },
  vjp: (gy, { a, b }, { needs }) => ({ a: gy, b: needs(1) ? gy.mul(a.truncDiv(b)).neg() : null }),
  domain: [
    [2.1, 2.9],
    [0.9, 0.99],
  ],
  special: [
    [7, -2, 1],
    [-7, 2, -1],
    [1, 0, NaN],
    [Infinity, 2, NaN],
    [-6, 2, -0],
    [1.5, Infinity, 1.5],
  ],
});
