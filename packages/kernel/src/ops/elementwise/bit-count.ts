import { unary } from "../engines/elementwise.js";
import { DISCRETE } from "../engines/vjp.js";

function ones(x: number): number {
  let n = 0;
  for (let v = Math.abs(x) >>> 0; v !== 0; v &= v - 1) n++;
  return n;
}

/** The number of ones in the binary form of |x|. */
export const bitCount = unary({
  name: "bitCount",
  dtype: "same",
  integer: ones,
  bigint: (x) => {
    const v = x < 0n ? -x : x;
    return BigInt(ones(Number(v & 0xffffffffn)) + ones(Number(v >> 32n)));
  },
  noGradient: DISCRETE,
  special: [
    [7, 3],
    [-8, 1],
    [0, 0],
  ],
});
