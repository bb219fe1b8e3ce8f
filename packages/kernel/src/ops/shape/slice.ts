import { normalizeAxis } from "../../strided/axes.js";
import type { Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";

export interface SliceParams {
  readonly dim: number;
  /** First position, 0 … length − 1 (already resolved as Python resolves slices). */
  readonly start: number;
  /** Distance between positions; may be negative. */
  readonly step: number;
  /** Number of positions. */
  readonly length: number;
}

/** Every `step`-th element from `start` along one axis, without copying. */
export const slice = defineOp({
  name: "slice",
  inputs: ["x"],
  dtype: "same",
  view: true,
  run: ([operand], { dim, start, step, length }: SliceParams) => {
    const x = operand as Strided;
    const axis = normalizeAxis("slice", dim, x.rank);
    const offset = length > 0 ? x.offset + start * x.strides[axis]! : x.offset;
    return x.view(
      x.shape.map((n, i) => (i === axis ? length : n)),
      x.strides.map((s, i) => (i === axis ? s * step : s)),
      offset,
    );
  },
  vjp: (gy, _saved, { params, shape }) => ({
    x: gy.full(shape(0), 0).viewScatter(gy, { chain: [{ op: "slice", params }] }),
  }),
  samples: [
    { inputs: [[3, 5]], params: { dim: 1, start: 1, step: 2, length: 2 } },
    { inputs: [[3, 5]], params: { dim: 0, start: 2, step: -1, length: 3 } },
  ],
});
