import { ternary } from "../engines/elementwise.js";
import type { Value } from "../value.js";

/** start + weight·(end − start), computed from the nearer end so that weight 1 gives `end` itself. */
export const lerp = ternary({
  name: "lerp",
  inputs: ["start", "end", "weight"],
  dtype: "float",
  reference: (start, end, w) =>
    Math.abs(w) < 0.5 ? start + w * (end - start) : end - (end - start) * (1 - w),
  complex: (sr, si, er, ei, wr, wi, out) => {
    const [dr, di] = [er - sr, ei - si];
    if (wr * wr + wi * wi < 0.25) {
      out.re = sr + wr * dr - wi * di;
      out.im = si + wr * di + wi * dr;
    } else {
      const [vr, vi] = [1 - wr, -wi];
      out.re = er - (dr * vr - di * vi);
      out.im = ei - (dr * vi + di * vr);
    }
  },
  saves: ["start", "end", "weight"],
  saveIf: { start: "weight", end: "weight" },
  vjp: (gy, { start, end, weight }, { needs }) => ({
    start: needs(0) ? gy.mul((weight.rsub(1) as Value).conj()) : null,
    end: needs(1) ? gy.mul(weight.conj()) : null,
    weight: needs(2) ? gy.mul(end.sub(start).conj()) : null,
  }),
  special: [
    [1, 3, 0.5, 2],
    [1, 0.1, 1, 0.1],
  ],
});
