import { float32, type NumericData } from "../../dtype/dtype.js";
import { castTo } from "../../strided/copy.js";
import { wordAt, wordsOf } from "../../strided/integers.js";
import type { Strided } from "../../strided/strided.js";
import type { Rows } from "../row.js";
import { defineOp } from "../row.js";
import { maxUnpool } from "./max-unpool.js";
import { planesLike, planesOf } from "./planes.js";

/** From each plane of the last `axes` axes of x, the elements at the positions that `index` names. */
export const planeGather = defineOp({
  name: "planeGather",
  inputs: ["x", "index"],
  dtype: "same",
  run: ([operand, positions], { axes }: { axes: number }) => {
    const [x, index] = [operand as Strided, positions as Strided];
    const from = planesOf(x.dtype.half ? castTo(x, float32) : x, axes);
    const places = planesOf(index, axes);
    const y = planesLike(from.array, from.array.dtype, index.shape.slice(index.rank - axes));
    const [data, out] = [from.array.data as NumericData, y.array.data as NumericData];
    const at = wordsOf(places.array);
    for (let n = 0; n < y.bases.length; n++)
      for (let k = 0; k < y.length; k++)
        out[y.bases[n]! + k * y.step] =
          data[from.bases[n]! + wordAt(at, places.bases[n]! + k * places.step) * from.step]!;
    return castTo(y.array, x.dtype);
  },
  saves: ["index"],
  uses: (): Rows => [maxUnpool],
  vjp: (gy, { index }, { params, shape }) => ({
    x: gy.maxUnpool(index, { spatial: shape(0).slice(-params.axes), accumulate: true }),
  }),
  samples: [
    {
      inputs: [[2, 4], { shape: [2, 3], values: [3, 0, 3, 1, 2, 0], dtype: "int64" }],
      params: { axes: 1 },
    },
  ],
});
