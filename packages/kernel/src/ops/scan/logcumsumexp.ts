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
    const steady = decay.full([], 0).where(decay.isnan(), decay).cat([last], { dim: axis });
    return { x: x.sub(y).exp().mul(steady.recurrence(gy, { dim, reverse: true })) };
  },
  samples: [
    { inputs: [[3, 4]], params: { dim: 1 } },
    { inputs: [[3, 4]], params: { dim: 0 } },
    { inputs: [[]], params: { dim: 0 } },
  ],
});
