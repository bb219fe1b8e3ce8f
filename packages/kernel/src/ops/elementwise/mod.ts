import { mod as remainder } from "../../math/elementary.js";
import { type DivisorParams, divisorZero } from "../engines/divisor.js";
import { binary } from "../engines/elementwise.js";

export interface ModParams extends DivisorParams {
  /** A remainder of zero has the sign of the divisor, as in Python and NumPy; else that of the dividend. */
  readonly zero?: "divisor";
}

/** a − b·⌊a / b⌋, Python's `%`: the remainder with the sign of b. Integers divided by zero: see {@link DivisorParams}. */
export const mod = binary({
  name: "mod",
  dtype: "same",
  reference: (a, b, p: ModParams | void) => {
    const r = remainder(a, b);
    if (r !== 0 || p?.zero !== "divisor") return r;
    return b < 0 || Object.is(b, -0) ? -0 : 0;
  },
  integer: (a, b, p: ModParams | void) => {
    if (b === 0) return divisorZero("mod", p);
    return remainder(a, b);
  },
  bigint: (a, b, p) => {
    if (b === 0n) return BigInt(divisorZero("mod", p));
    const r = a % b;
    return r !== 0n && r < 0n !== b < 0n ? r + b : r;
  },
  simd: "i64",
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
