import { ShapeError } from "../../errors/errors.js";
import { normalizeAxis } from "../../strided/axes.js";
import type { Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";

export interface DiagonalParams {
  /** Which diagonal: 0 is the main one, positive ones lie above it. */
  readonly offset?: number;
  readonly dim1?: number;
  readonly dim2?: number;
}

/** A diagonal of two axes (the first two by default) as a new last axis, without copying. */
export const diagonal = defineOp({
  name: "diagonal",
  inputs: ["x"],
  dtype: "same",
  view: true,
  run: ([operand], { offset = 0, dim1 = 0, dim2 = 1 }: DiagonalParams) => {
    const x = operand as Strided;
    if (x.rank < 2) throw new ShapeError("diagonal", "x", x.shape, "at least two axes");
    const [a, b] = [normalizeAxis("diagonal", dim1, x.rank), normalizeAxis("diagonal", dim2, x.rank)];
    const length = Math.max(
      offset >= 0 ? Math.min(x.shape[a]!, x.shape[b]! - offset) : Math.min(x.shape[a]! + offset, x.shape[b]!),
      0,
    );
    const start = length === 0 ? 0 : offset >= 0 ? offset * x.strides[b]! : -offset * x.strides[a]!;
    const kept = (_: number, i: number): boolean => i !== a && i !== b;
    return x.view(
      [...x.shape.filter(kept), length],
      [...x.strides.filter(kept), x.strides[a]! + x.strides[b]!],
      x.offset + start,
    );
  },
  vjp: (gy, _saved, { params, shape }) => ({
    x: gy.full(shape(0), 0).viewScatter(gy, { chain: [{ op: "diagonal", params }] }),
  }),
  samples: [
    { inputs: [[3, 4]], params: {} },
    { inputs: [[3, 2, 4]], params: { offset: 1, dim1: 0, dim2: -1 } },
    { inputs: [[3, 2]], params: { offset: -1 } },
  ],
});
