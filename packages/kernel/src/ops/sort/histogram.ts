import { float64, int64, isInteger } from "../../dtype/dtype.js";
import { DTypeError, ParamError } from "../../errors/errors.js";
import { castTo } from "../../strided/copy.js";
import { integersOf } from "../../strided/integers.js";
import { storeLine, wholeLine } from "../../strided/lines.js";
import { Strided } from "../../strided/strided.js";
import { defineOp, type Operand } from "../row.js";

export interface BincountParams {
  /** The result has at least so many places. */
  readonly minlength?: number;
}

const weightsOf = (w: Operand | undefined): Float64Array | null =>
  w instanceof Strided ? (wholeLine(castTo(w, float64)) as Float64Array) : null;

/** How often each whole number from 0 occurs in x, or the sum of the weights that stand beside it. */
export const bincount = defineOp({
  name: "bincount",
  inputs: ["x", "weights"],
  optional: ["weights"],
  dtype: "given",
  run: ([operand, w], params: BincountParams) => {
    const x = operand as Strided;
    if (!isInteger(x.dtype)) throw new DTypeError("bincount", "x", x.dtype.name, "an integer type");
    const values = integersOf(x);
    let n = params?.minlength ?? 0;
    for (let i = 0; i < values.length; i++) {
      if (values[i]! < 0) throw new ParamError("bincount", "x", values[i], "no negative elements");
      if (values[i]! >= n) n = values[i]! + 1;
    }
    const weights = weightsOf(w);
    const sums = new Float64Array(n);
    for (let i = 0; i < values.length; i++) sums[values[i]!]! += weights ? weights[i]! : 1;
    const y = Strided.zeros(weights ? (w as Strided).dtype : int64, [n]);
    storeLine(y, 0, 1, sums, n);
    return y;
  },
  noGradient: "the result counts",
  samples: [{ inputs: [{ shape: [4], values: [1, 0, 1, 3], dtype: "int64" }, null] }],
});

/**
 * How many elements of x lie between neighbouring edges (the last bin has both its edges), or the sum of their weights,
 * in the type of the edges. What lies outside, and NaN, is not counted.
 */
export const histogram = defineOp({
  name: "histogram",
  inputs: ["x", "edges", "weights"],
  optional: ["weights"],
  dtype: "given",
  run: ([operand, e, w]) => {
    const [x, edges] = [operand as Strided, e as Strided];
    const bounds = wholeLine(castTo(edges, float64)) as Float64Array;
    const values = wholeLine(castTo(x, float64)) as Float64Array;
    const weights = weightsOf(w);
    const bins = Math.max(bounds.length - 1, 0);
    const sums = new Float64Array(bins);
    for (let i = 0; i < values.length; i++) {
      const v = values[i]!;
      if (!(v >= bounds[0]! && v <= bounds[bins]!)) continue;
      let [low, high] = [0, bins];
      while (high - low > 1) {
        const mid = (low + high) >> 1;
        if (bounds[mid]! <= v) low = mid;
        else high = mid;
      }
      sums[low]! += weights ? weights[i]! : 1;
    }
    const y = Strided.zeros(edges.dtype, [bins]);
    storeLine(y, 0, 1, sums, bins);
    return y;
  },
  noGradient: "the result counts",
  samples: [{ inputs: [[6], { shape: [3], values: [-1, 0, 1] }, null] }],
});
