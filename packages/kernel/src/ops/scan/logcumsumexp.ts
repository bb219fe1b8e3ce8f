import { isComplex } from "../../dtype/dtype.js";
import { type AlongParams, along } from "../engines/lines.js";
import type { Value } from "../value.js";

/** log Σ eˣ over the elements so far along an axis, without overflow. */
export const logcumsumexp = along<AlongParams, "y", "x" | "y">({
  name: "logcumsumexp",
  floatOnly: true,
  reference: (x, [y]) => {
    let s = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < x.length; i++) {
      const e = x[i]!;
      const [low, high] = e < s ? [e, s] : [s, e];
      s = low === high && !Number.isFinite(low) ? low : high + Math.log1p(Math.exp(low - high));
      if (Number.isNaN(e)) s = e;
      y![i] = s;
    }
  },
  // The imaginary part goes on from one sum to the next and is not brought back to (−π, π].
  complex: (x, [y]) => {
    let [re, im] = [Number.NEGATIVE_INFINITY, 0];
    for (let i = 0; i < x.length; i += 2) {
      const [a, b] = [x[i]!, x[i + 1]!];
      const [low, lowIm, high, highIm] = a < re ? [a, b, re, im] : [re, im, a, b];
      if (low === Number.NEGATIVE_INFINITY) [re, im] = [high, highIm];
      else {
        const size = Math.exp(low - high);
        const [p, q] = [1 + size * Math.cos(lowIm - highIm), size * Math.sin(lowIm - highIm)];
        [re, im] = [high + Math.log(Math.hypot(p, q)), highIm + Math.atan2(q, p)];
      }
      y![i] = re;
      y![i + 1] = im;
    }
  },
  saves: ["x", "y"],
  // gₖ = e^(xₖ−yₖ)·Tₖ with Tₖ = gyₖ + e^(yₖ−yₖ₊₁)·Tₖ₊₁; y grows, so that nothing overflows.
  vjp: (gy, { x, y }, { params }) => {
    if (x.shape.length === 0) return { x: gy };
    const { dim } = params;
    const axis = dim < 0 ? dim + x.shape.length : dim;
    const n = x.shape[axis]!;
    if (n === 0) return { x: gy };
    const part = (start: number): Value => y.slice({ dim: axis, start, step: 1, length: n - 1 });
    const decay = part(0).sub(part(1)).exp();
    const last = y.full(
      y.shape.map((m, i) => (i === axis ? 1 : m)),
      0,
    );
    const known = isComplex(y.dtype) ? decay : decay.full([], 0).where(decay.isnan(), decay);
    const steady = known.cat([last], { dim: axis });
    return {
      x: x
        .sub(y)
        .exp()
        .conj()
        .mul(steady.conj().recurrence(gy, { dim, reverse: true })),
    };
  },
  samples: [
    { inputs: [[3, 4]], params: { dim: 1 } },
    { inputs: [[3, 4]], params: { dim: 0 } },
    { inputs: [[]], params: { dim: 0 } },
    { inputs: [{ shape: [3], dtype: "complex128" }], params: { dim: 0 } },
  ],
});
