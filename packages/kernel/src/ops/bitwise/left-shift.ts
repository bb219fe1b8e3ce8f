import { binary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";
import { prepareShift, type ShiftParams } from "./shift.js";

/** a moved b bits up, zeros coming in; 0 where b is negative or not below the type's number of bits. */
export const leftShift = binary({
  name: "leftShift",
  dtype: "same",
  prepare: prepareShift,
  integer: (a, b, p: ShiftParams | undefined) => (b < 0 || b >= p!.bits! ? 0 : a << b),
  bigint: (a, b) => (b < 0n || b >= 64n ? 0n : BigInt.asIntN(64, a << b)),
  noGradient: DISCRETE,
  special: [
    [3, 2, 12],
    [-1, 3, -8],
    [1, 64, 0],
    [1, -1, 0],
  ],
});
