import { binary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";
import { prepareShift, type ShiftParams } from "./shift.js";

/** a moved b bits down, copies of the sign coming in; all sign where b is negative or not below the number of bits. */
export const rightShift = binary({
  name: "rightShift",
  dtype: "same",
  prepare: prepareShift,
  integer: (a, b, p: ShiftParams | undefined) =>
    b < 0 || b >= p!.bits! ? (a < 0 ? -1 : 0) : Math.floor(a / 2 ** b),
  bigint: (a, b) => (b < 0n || b >= 64n ? (a < 0n ? -1n : 0n) : a >> b),
  noGradient: DISCRETE,
  special: [
    [12, 2, 3],
    [-5, 1, -3],
    [-5, 64, -1],
    [5, -1, 0],
  ],
});
