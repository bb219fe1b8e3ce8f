import { complexExp2, complexMul } from "../../math/complex.js";
import { binary } from "../engines/elementwise.js";

const power = { re: 0, im: 0 };

/** a · 2ᵇ. */
export const ldexp = binary({
  name: "ldexp",
  dtype: "float",
  // In two steps where 2ᵇ alone would overflow or vanish.
  reference: (a, b) => (Math.abs(b) <= 1000 ? a * 2 ** b : a * 2 ** (b / 2) * 2 ** (b / 2)),
  complex: (ar, ai, br, bi, out) => {
    complexExp2(br, bi, power);
    complexMul(ar, ai, power.re, power.im, out);
  },
  saves: ["b", "y"],
  vjp: (gy, { b, y }, { needs }) => ({
    a: needs(0) ? gy.mul(b.exp2().conj()) : null,
    b: needs(1) ? gy.mul(y.conj()).mul(Math.LN2) : null,
  }),
  special: [
    [0, 5, 0],
    [1.5, 2, 6],
    [NaN, 1, NaN],
  ],
});
