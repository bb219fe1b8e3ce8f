import { type DType, int64 } from "../../dtype/dtype.js";
import { DTypeError, ShapeError } from "../../errors/errors.js";
import { contiguous } from "../../strided/copy.js";
import { lineReader, storeLine, wholeLine } from "../../strided/lines.js";
import { Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";

export interface SearchsortedParams {
  /** Insert after equal elements instead of before them. */
  readonly right?: boolean;
}

/**
 * Where each value would be inserted to keep `sequence` sorted along its last axis: `sequence` has one axis, or the
 * same leading axes as `values`.
 */
export const searchsorted = defineOp({
  name: "searchsorted",
  inputs: ["sequence", "values"],
  dtype: "index",
  run: ([s, v], params: SearchsortedParams) => {
    const [sequence, values] = [s as Strided, v as Strided];
    checkTypes("searchsorted", sequence.dtype, values.dtype);
    const flat = sequence.rank === 1;
    const fits =
      flat ||
      (sequence.rank === values.rank &&
        sequence.shape.every((n, i) => i === sequence.rank - 1 || n === values.shape[i]));
    if (!fits)
      throw new ShapeError(
        "searchsorted",
        "values",
        values.shape,
        `the leading axes of [${sequence.shape.join(", ")}]`,
      );
    const y = Strided.zeros(int64, values.shape);
    if (y.size === 0) return y;
    const keys = wholeLine(values) as Float64Array;
    const out = new Float64Array(y.size);
    const rows = contiguous(sequence);
    const n = sequence.shape[sequence.rank - 1]!;
    const width = flat ? y.size : values.shape[values.rank - 1]!;
    const read = lineReader(rows.view([n], [1]), [0]);
    for (let from = 0, row = rows.offset; from < out.length; from += width, row += n) {
      const line = read(row) as Float64Array;
      for (let i = from; i < from + width; i++) out[i] = place(line, keys[i]!, params?.right ?? false);
    }
    storeLine(y, 0, 1, out, out.length);
    return y;
  },
  noGradient: "the result is positions",
  samples: [{ inputs: [{ shape: [4], values: [-1, 0, 0, 1] }, [3]] }],
});

function checkTypes(op: string, a: DType, b: DType): void {
  if (a !== b) throw new DTypeError(op, "values", b.name, `${a.name} like the sequence`);
}

/** Bisection; NaN counts as larger than everything. */
function place(line: Float64Array, key: number, right: boolean): number {
  let [low, high] = [0, line.length];
  while (low < high) {
    const mid = (low + high) >> 1;
    const e = line[mid]!;
    const before = right
      ? !(key < e) && !(Number.isNaN(e) && !Number.isNaN(key))
      : e < key || (Number.isNaN(key) && !Number.isNaN(e));
    if (before) low = mid + 1;
    else high = mid;
  }
  return low;
}
