import { complexExp, complexLog1p } from "../../math/complex.js";
import { binary } from "../engines/elementwise.js";

const ratio = { re: 0, im: 0 };

/** log(eᵃ + eᵇ) without overflow. */
export const logaddexp = binary({
  name: "logaddexp",
  dtype: "float",
  reference: (a, b) => {
    if (a === b && Math.abs(a) === Infinity) return a;
    const d = -Math.abs(a - b);
    return Number.isNaN(d) ? d : Math.max(a, b) + Math.log1p(Math.exp(d));
  },
  complex: (ar, ai, br, bi, out) => {
    if (ar < br) [ar, ai, br, bi] = [br, bi, ar, ai];
    if (ar === br && Math.abs(ar) === Infinity && ai === bi) {
      out.re = ar;
      out.im = ai;
      return;
    }
    complexExp(br - ar, bi - ai, ratio);
    complexLog1p(ratio.re, ratio.im, out);
    out.re += ar;
    out.im += ai;
  },
  saves: ["a", "b"],
  vjp: (gy, { a, b }, { needs }) => ({
    a: needs(0) ? gy.mul(a.sub(b).sigmoid().conj()) : null,
    b: needs(1) ? gy.mul(b.sub(a).sigmoid().conj()) : null,
  }),
  special: [
    [-Infinity, -Infinity, -Infinity],
    [Infinity, -Infinity, Infinity],
    [Infinity, Infinity, Infinity],
    [-Infinity, 3, 3],
    [NaN, 1, NaN],
  ],
});
