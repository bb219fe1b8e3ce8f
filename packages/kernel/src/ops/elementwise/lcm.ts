import { binary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";
import { gcdOf, gcdOfBig } from "./gcd.js";

/** The least common multiple of integers; never negative, 0 beside 0. Wraps. */
export const lcm = binary({
  name: "lcm",
  dtype: "same",
  integer: (a, b) => (a === 0 || b === 0 ? 0 : Math.abs((a / gcdOf(a, b)) * b)),
  bigint: (a, b) => {
    if (a === 0n || b === 0n) return 0n;
    const m = (a / gcdOfBig(a, b)) * b;
    return m < 0n ? -m : m;
  },
  noGradient: DISCRETE,
  special: [
    [4, -6, 12],
    [0, 5, 0],
  ],
});
