import { ParamError } from "../../errors/errors.js";
import { normalizeAxis } from "../../strided/axes.js";
import type { Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";

export interface UnfoldParams {
  readonly dim: number;
  /** Length of a window. */
  readonly size: number;
  /** Distance between windows. */
  readonly step: number;
}

/** The windows along an axis, each as a new last axis, without copying. */
export const unfold = defineOp({
  name: "unfold",
  inputs: ["x"],
  dtype: "same",
  view: true,
  run: ([operand], { dim, size, step }: UnfoldParams) => {
    const x = operand as Strided;
    const d = normalizeAxis("unfold", dim, x.rank);
    const n = x.rank === 0 ? 1 : x.shape[d]!;
    if (size < 0 || size > n) throw new ParamError("unfold", "size", size, `0 to ${n}`);
    if (x.rank === 0) return x.view([size], [1]);
    return x.view(
      [...x.shape.map((m, i) => (i === d ? Math.floor((n - size) / step) + 1 : m)), size],
      [...x.strides.map((s, i) => (i === d ? s * step : s)), x.strides[d]!],
    );
  },
  vjp: (gy, _saved, { params, shape }) => ({
    x: gy.full(shape(0), 0).viewScatter(gy, { chain: [{ op: "unfold", params }], accumulate: true }),
  }),
  samples: [
    { inputs: [[2, 5]], params: { dim: 1, size: 3, step: 1 } },
    { inputs: [[5, 2]], params: { dim: 0, size: 2, step: 3 } },
  ],
});
