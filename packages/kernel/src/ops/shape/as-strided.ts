import { accumulateInto } from "../../strided/accumulate.js";
import { cloneContiguous } from "../../strided/copy.js";
import { type Shape, Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";

export interface AsStridedParams {
  readonly shape: Shape;
  readonly strides: readonly number[];
  /** Absolute position of the first element in the storage. */
  readonly offset: number;
}

/** The storage of x seen through any shape and strides; elements may overlap. */
export const asStrided = defineOp({
  name: "asStrided",
  inputs: ["x"],
  dtype: "same",
  view: true,
  run: ([x], { shape, strides, offset }: AsStridedParams) => (x as Strided).view(shape, strides, offset),
  vjp: (gy, _saved, { params, shape, layout }) => ({
    x: gy.asStridedGrad({ seen: params, source: { shape: shape(0), ...layout(0) } }),
  }),
  samples: [
    { inputs: [[6]], params: { shape: [2, 2], strides: [3, 2], offset: 0 } },
    { inputs: [[6]], params: { shape: [3, 2], strides: [1, 1], offset: 1 } },
  ],
});

export interface AsStridedGradParams {
  readonly seen: AsStridedParams;
  readonly source: AsStridedParams;
}

/**
 * The gradient of {@link asStrided}: what was seen at each storage position, added up there and looked at through the
 * source's own strides.
 */
export const asStridedGrad = defineOp({
  name: "asStridedGrad",
  inputs: ["gy"],
  dtype: "same",
  run: ([gy], { seen, source }: AsStridedGradParams) => {
    const g = gy as Strided;
    const storage = Strided.zeros(g.dtype, [Math.max(extent(seen), extent(source))]);
    accumulateInto(storage.view(seen.shape, seen.strides, seen.offset), g);
    return cloneContiguous(storage.view(source.shape, source.strides, source.offset));
  },
  vjp: (gy, _saved, { params }) => ({ gy: gy.asStridedGrad({ seen: params.source, source: params.seen }) }),
  samples: [
    {
      inputs: [[2, 2]],
      params: {
        seen: { shape: [2, 2], strides: [3, 2], offset: 0 },
        source: { shape: [6], strides: [1], offset: 0 },
      },
    },
  ],
});

const extent = ({ shape, strides, offset }: AsStridedParams): number =>
  offset + 1 + shape.reduce((n, len, i) => n + Math.max(len - 1, 0) * Math.abs(strides[i]!), 0);
