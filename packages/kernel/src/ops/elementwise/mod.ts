import { mod as remainder } from "../../math/elementary.js";
import { type DivisorParams, divisorZero } from "../engines/divisor.js";
import { binary } from "../engines/elementwise.js";

/** a − b·⌊a / b⌋, Python's `%`: the remainder with the sign of b. Integers divided by zero: see {@link DivisorParams}. */
export const mod = binary({
  name: "mod",
  dtype: "same",
  reference: remainder,
  integer: (a, b, p: DivisorParams | void) => {
    if (b === 0) return divisorZero("mod", p);
    return remainder(a, b);
  },
  bigint: (a, b, p) => {
    if (b === 0n) return BigInt(divisorZero("mod", p));
    const r = a % b;
    return r !== 0n && r < 0n !== b < 0n ? r + b : r;
  },
  saves: ["a", "b"],
  saveIf: { a: "b", b: "b" },
  vjp: (gy, { a, b }, { needs }) => ({ a: gy, b: needs(1) ? gy.mul(a.floorDiv(b)).neg() : null }),
  domain: [
    [2.1, 2.9],
    [0.9, 0.99],
  ],
  special: [
    [7, -2, -1],
    [-7, 2, 1],
    [1, 0, NaN],
    [Infinity, 2, NaN],
    [1.5, Infinity, 1.5],
  ],
});
