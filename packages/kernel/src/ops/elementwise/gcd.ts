import { binary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

export function gcdOf(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return Math.abs(a);
}

export function gcdOfBig(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
}

/** The greatest common divisor of integers; never negative. */
export const gcd = binary({
  name: "gcd",
  dtype: "same",
  integer: gcdOf,
  bigint: gcdOfBig,
  noGradient: DISCRETE,
  special: [
    [12, -18, 6],
    [0, 0, 0],
    [0, 5, 5],
  ],
  source: "Euclid, Elements VII.2",
});
