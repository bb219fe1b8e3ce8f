import { type ReduceParams, reduction } from "../engines/lines.js";
import { spread } from "./sum.js";

/** log Σ eˣ along the axes, scaled by the maximum so that nothing overflows; −∞ for no elements. */
export const logsumexp = reduction<ReduceParams, "x" | "y">({
  name: "logsumexp",
  dtype: "same",
  floatOnly: true,
  reference: (x) => {
    let m = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < x.length; i++) if (!(x[i]! <= m)) m = x[i]!;
    if (!Number.isFinite(m)) return m;
    let s = 0;
    for (let i = 0; i < x.length; i++) s += Math.exp(x[i]! - m);
    return m + Math.log(s);
  },
  complex: (x) => {
    let m = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < x.length; i += 2) m = Math.max(m, x[i]!);
    if (!Number.isFinite(m)) m = 0;
    let [re, im] = [0, 0];
    for (let i = 0; i < x.length; i += 2) {
      const r = Math.exp(x[i]! - m);
      re += r * Math.cos(x[i + 1]!);
      im += r * Math.sin(x[i + 1]!);
    }
    return [m + Math.log(Math.hypot(re, im)), Math.atan2(im, re)];
  },
  saves: ["x", "y"],
  vjp: (gy, { x, y }, { params, shape }) => {
    const weight = x.sub(spread(y, shape(0), params)).exp();
    return { x: spread(gy, shape(0), params).mul(weight.conj()) };
  },
  samples: [
    { inputs: [[2, 3]] },
    { inputs: [[2, 3, 4]], params: { dims: [1] } },
    { inputs: [[2, 3]], params: { dims: [-1, 0], keepdim: true } },
    { inputs: [[]] },
    { inputs: [{ shape: [2, 3], dtype: "complex128" }], params: { dims: [1] } },
  ],
});
