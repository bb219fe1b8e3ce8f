import { ParamError } from "../../errors/errors.js";
import type { Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";

export interface PermuteParams {
  /** Where each axis of the result comes from. */
  readonly axes: readonly number[];
}

/** x with its axes reordered, without copying. */
export const permute = defineOp({
  name: "permute",
  inputs: ["x"],
  dtype: "same",
  view: true,
  run: ([operand], { axes }: PermuteParams) => {
    const x = operand as Strided;
    if (axes.length !== x.rank || !separate(axes))
      throw new ParamError("permute", "axes", `[${axes.join(", ")}]`, `a permutation of ${x.rank} axes`);
    return x.view(
      axes.map((a) => x.shape[a]!),
      axes.map((a) => x.strides[a]!),
    );
  },
  vjp: (gy, _saved, { params }) => {
    const inverse = new Array<number>(params.axes.length);
    params.axes.forEach((a, i) => {
      inverse[a] = i;
    });
    return { x: gy.permute({ axes: inverse }) };
  },
  samples: [{ inputs: [[2, 3, 4]], params: { axes: [2, 0, 1] } }],
});

/** Whether no axis is named twice. */
function separate(axes: readonly number[]): boolean {
  for (let i = 1; i < axes.length; i++) if (axes.indexOf(axes[i]!) < i) return false;
  return true;
}
