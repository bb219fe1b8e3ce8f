import { isInteger } from "../../dtype/dtype.js";
import { DTypeError } from "../../errors/errors.js";
import { normalizeAxis } from "../../strided/axes.js";
import { type Shape, Strided, sizeOf } from "../../strided/strided.js";
import { packed, unpack } from "../engines/pack.js";
import type { Rows } from "../row.js";
import { defineOp } from "../row.js";
import { type ResampleAxis, type Taps, tapsOf } from "./taps.js";

export interface ResampleParams {
  readonly axes: readonly ResampleAxis[];
}

/** Applies the taps along one axis of row-major data, or adds back along it. */
function alongAxis(
  data: Float64Array,
  shape: Shape,
  dim: number,
  { width, index, weight }: Taps,
  to: number,
  back: boolean,
): Float64Array {
  const inner = sizeOf(shape.slice(dim + 1));
  const outer = sizeOf(shape.slice(0, dim));
  const from = shape[dim]!;
  const out = new Float64Array(outer * to * inner);
  const size = index.length / width;
  for (let a = 0; a < outer; a++)
    for (let o = 0; o < size; o++)
      for (let j = 0; j < width; j++) {
        const w = weight[o * width + j]!;
        if (w === 0) continue;
        const i = index[o * width + j]!;
        const [source, target] = back ? [o, i] : [i, o];
        const [s, t] = [(a * from + source) * inner, (a * to + target) * inner];
        for (let k = 0; k < inner; k++) out[t + k]! += w * data[s + k]!;
      }
  return out;
}

function run(
  op: string,
  x: Strided,
  axes: readonly ResampleAxis[],
  lengths: readonly number[],
  back: boolean,
): Strided {
  const { dtype } = x;
  if (dtype.lanes === 2 || dtype.kind === "bool")
    throw new DTypeError(op, "x", dtype.name, "a real number type");
  let data = packed(x);
  const shape = [...x.shape];
  axes.forEach((axis, i) => {
    const dim = normalizeAxis(op, axis.dim, x.rank);
    const to = back ? lengths[i]! : axis.size;
    data = alongAxis(data, shape, dim, tapsOf(back ? to : shape[dim]!, axis), to, back);
    shape[dim] = to;
  });
  if (isInteger(dtype)) data = data.map((v) => Math.round(v));
  return unpack(data, Strided.zeros(dtype, shape));
}

/** x brought to other lengths along some axes: every element a weighted sum of neighbours, one axis after the other. */
export const resample = defineOp({
  name: "resample",
  inputs: ["x"],
  dtype: "same",
  run: ([x], { axes }: ResampleParams) => run("resample", x as Strided, axes, [], false),
  uses: (): Rows => [resampleInput],
  vjp: (gy, _saved, { params, shape }) => ({
    x: gy.resampleInput({ ...params, lengths: params.axes.map((a) => shape(0).at(a.dim)!) }),
  }),
  samples: [
    {
      inputs: [[1, 3, 4]],
      params: {
        axes: [
          { dim: 1, size: 5, kernel: "linear", coordinates: "halfPixel" },
          { dim: 2, size: 2, kernel: "cubic", coordinates: "alignCorners" },
        ],
      },
    },
    {
      inputs: [[2, 5]],
      params: { axes: [{ dim: 1, size: 2, kernel: "cubic", coordinates: "halfPixel", antialias: true }] },
    },
    {
      inputs: [[2, 5]],
      params: { axes: [{ dim: -1, size: 3, kernel: "nearest", coordinates: "asymmetric" }] },
    },
  ],
});

export interface ResampleInputParams extends ResampleParams {
  /** Lengths of the axes that {@link resample} took. */
  readonly lengths: readonly number[];
}

/** The transpose of {@link resample}. */
export const resampleInput = defineOp({
  name: "resampleInput",
  inputs: ["gy"],
  dtype: "same",
  run: ([gy], { axes, lengths }: ResampleInputParams) =>
    run("resampleInput", gy as Strided, axes, lengths, true),
  uses: (): Rows => [resample],
  vjp: (g, _saved, { params: { axes } }) => ({ gy: g.resample({ axes }) }),
  samples: [
    {
      inputs: [[2, 2]],
      params: {
        axes: [{ dim: 1, size: 2, kernel: "linear", coordinates: "halfPixel", antialias: true }],
        lengths: [5],
      },
    },
  ],
});
