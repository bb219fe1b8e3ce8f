import { float32, type NumericData } from "../../dtype/dtype.js";
import { IndexRangeError, ShapeError } from "../../errors/errors.js";
import { sameShape } from "../../strided/broadcast.js";
import { castTo } from "../../strided/copy.js";
import { wordAt, wordsOf } from "../../strided/integers.js";
import type { Shape, Strided } from "../../strided/strided.js";
import { fastMaxUnpool } from "../../wasm/kernels/pool.js";
import { runFast } from "../../wasm/registry.js";
import type { Rows } from "../row.js";
import { defineOp } from "../row.js";
import { planeGather } from "./plane-gather.js";
import { planesLike, planesOf } from "./planes.js";

export interface UnpoolParams {
  /** Lengths of the last axes of the result. */
  readonly spatial: Shape;
  /** Add up where a position is named more than once; else the last one stays. */
  readonly accumulate?: boolean;
}

/**
 * Planes of zeros with the elements of x put at the positions that `index` names, as {@link maxPool} gives them.
 *
 * The derivative reads each element's gradient from its place, also for those that a later one covered.
 */
export const maxUnpool = defineOp({
  name: "maxUnpool",
  inputs: ["x", "index"],
  dtype: "same",
  run: ([operand, positions], { spatial, accumulate = false }: UnpoolParams) => {
    const [x, index] = [operand as Strided, positions as Strided];
    if (!sameShape(x.shape, index.shape))
      throw new ShapeError("maxUnpool", "index", index.shape, "the shape of x");
    const axes = spatial.length;
    const from = planesOf(x.dtype.half ? castTo(x, float32) : x, axes);
    const places = planesOf(index, axes);
    const y = planesLike(from.array, from.array.dtype, spatial);
    if (runFast(() => fastMaxUnpool(from, places, y, accumulate))) return castTo(y.array, x.dtype);
    const [data, out] = [from.array.data as NumericData, y.array.data as NumericData];
    const at = wordsOf(places.array);
    for (let n = 0; n < from.bases.length; n++)
      for (let k = 0; k < from.length; k++) {
        const p = wordAt(at, places.bases[n]! + k * places.step);
        if (p < 0 || p >= y.length) throw new IndexRangeError("maxUnpool", p, x.rank - axes, y.length);
        const target = y.bases[n]! + p * y.step;
        const v = data[from.bases[n]! + k * from.step]!;
        if (accumulate) out[target]! += v;
        else out[target] = v;
      }
    return castTo(y.array, x.dtype);
  },
  saves: ["index"],
  uses: (): Rows => [planeGather],
  vjp: (gy, { index }, { params }) => ({ x: gy.planeGather(index, { axes: params.spatial.length }) }),
  samples: [
    {
      inputs: [[1, 2, 3], { shape: [1, 2, 3], values: [4, 0, 2, 1, 3, 1], dtype: "int64" }],
      params: { spatial: [5], accumulate: true },
    },
  ],
});
