import type { Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";

/** What basic indexing does at one place: keep part of an axis, drop an axis at a position, or add an axis of length 1. */
export type ViewItem =
  | { readonly kind: "slice"; readonly start: number; readonly step: number; readonly length: number }
  | { readonly kind: "select"; readonly index: number }
  | { readonly kind: "new" };

export interface IndexViewParams {
  /** One item an axis of x in order, with new axes between them; axes left over are kept whole. */
  readonly items: readonly ViewItem[];
}

/** Basic indexing (integers, slices, new axes) as one view. */
export const indexView = defineOp({
  name: "indexView",
  inputs: ["x"],
  dtype: "same",
  view: true,
  run: ([operand], { items }: IndexViewParams) => {
    const x = operand as Strided;
    const shape: number[] = [];
    const strides: number[] = [];
    let { offset } = x;
    let axis = 0;
    for (const item of items) {
      if (item.kind === "new") {
        shape.push(1);
        strides.push(0);
        continue;
      }
      const step = x.strides[axis++]!;
      if (item.kind === "select") offset += item.index * step;
      else {
        if (item.length > 0) offset += item.start * step;
        shape.push(item.length);
        strides.push(step * item.step);
      }
    }
    for (; axis < x.rank; axis++) {
      shape.push(x.shape[axis]!);
      strides.push(x.strides[axis]!);
    }
    return x.view(shape, strides, offset);
  },
  vjp: (gy, _saved, { params, shape }) => ({
    x: gy.full(shape(0), 0).viewScatter(gy, { chain: [{ op: "indexView", params }] }),
  }),
  samples: [
    {
      inputs: [[2, 3, 4]],
      params: {
        items: [
          { kind: "select", index: 1 },
          { kind: "new" },
          { kind: "slice", start: 2, step: -1, length: 2 },
        ],
      },
    },
  ],
});
