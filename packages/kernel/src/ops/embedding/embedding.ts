import { float32, type NumericData } from "../../dtype/dtype.js";
import { DTypeError, IndexRangeError, ShapeError } from "../../errors/errors.js";
import { castTo, contiguous } from "../../strided/copy.js";
import { integersOf } from "../../strided/integers.js";
import { Strided, sizeOf } from "../../strided/strided.js";
import { fastAddRows, fastRows } from "../../wasm/kernels/embedding.js";
import { runFast } from "../../wasm/registry.js";
import { packed, unpack } from "../engines/pack.js";
import type { Rows } from "../row.js";
import { defineOp } from "../row.js";

export interface EmbeddingParams {
  /** A row that is read but never learns. */
  readonly paddingIndex?: number;
  /** Divide each row's gradient by how often the row was read. */
  readonly scaleByFrequency?: boolean;
  /** Take the divisor of the k-th row named (in rising order) from the k-th of all entries in rising order instead. */
  readonly frequencyByRank?: boolean;
}

/** Row numbers, checked. @throws IndexRangeError, DTypeError */
export function rowNumbers(op: string, index: Strided, rows: number): Int32Array | Float64Array {
  if (index.dtype.kind !== "int" && index.dtype.kind !== "uint")
    throw new DTypeError(op, "index", index.dtype.name, "an integer type");
  const ids = integersOf(index);
  for (let i = 0; i < ids.length; i++)
    if (ids[i]! < 0 || ids[i]! >= rows) throw new IndexRangeError(op, ids[i]!, 0, rows);
  return ids;
}

/** What each entry's gradient counts: 0 at the padding, else 1, divided by how often its row is named if asked for. */
export function shares(
  ids: ArrayLike<number>,
  rows: number,
  { paddingIndex, scaleByFrequency, frequencyByRank }: EmbeddingParams,
): Float64Array {
  const counts = scaleByFrequency ? frequencies(ids, rows, frequencyByRank === true) : null;
  return Float64Array.from({ length: ids.length }, (_, i) =>
    ids[i] === paddingIndex ? 0 : counts ? 1 / counts[ids[i]!]! : 1,
  );
}

/** How often each row is named; or, by rank, what stands in its place. */
function frequencies(ids: ArrayLike<number>, rows: number, byRank: boolean): Float64Array {
  const counts = new Float64Array(rows);
  for (let i = 0; i < ids.length; i++) counts[ids[i]!]!++;
  if (!byRank) return counts;
  const sorted = Float64Array.from(ids).sort();
  let rank = 0;
  return counts.map((count) => (count > 0 ? counts[sorted[rank++]!]! : 0));
}

/** The rows of a table `[rows, …]` that index names, in its shape. */
export const embedding = defineOp({
  name: "embedding",
  inputs: ["weight", "index"],
  dtype: "same",
  run: ([table, names], _p: EmbeddingParams) => {
    const [w, index] = [table as Strided, names as Strided];
    if (w.rank < 1) throw new ShapeError("embedding", "weight", w.shape, "[rows, …]");
    const ids = rowNumbers("embedding", index, w.shape[0]!);
    const from = w.rank > 1 && w.view(w.shape.slice(1), w.strides.slice(1)).contiguous ? w : contiguous(w);
    const y = Strided.zeros(w.dtype, [...index.shape, ...w.shape.slice(1)]);
    const n = sizeOf(w.shape.slice(1)) * w.dtype.lanes;
    if (runFast(() => fastRows(from, ids, n, y))) return y;
    const step = from.strides[0]! * w.dtype.lanes;
    const [out, data] = [y.data as NumericData, from.peek as NumericData];
    for (let i = 0; i < ids.length; i++) {
      const at = from.offset * w.dtype.lanes + ids[i]! * step;
      if (n < 16) for (let k = 0; k < n; k++) out[i * n + k] = data[at + k]!;
      else out.set(data.subarray(at, at + n), i * n);
    }
    return y;
  },
  saves: ["index"],
  uses: (): Rows => [embeddingWeight],
  vjp: (gy, { index }, { params, shape }) => ({
    weight: gy.embeddingWeight(index, { ...params, rows: shape(0)[0]! }),
  }),
  samples: [
    {
      inputs: [[4, 2], { shape: [2, 3], values: [3, 0, 3, 1, 3, 0], dtype: "int64" }],
      params: {},
    },
  ],
});

export interface EmbeddingWeightParams extends EmbeddingParams {
  readonly rows: number;
}

/** A table of zeros with rows of gy added where index says: the transpose of {@link embedding}. */
export const embeddingWeight = defineOp({
  name: "embeddingWeight",
  inputs: ["gy", "index"],
  dtype: "same",
  run: ([grad, names], p: EmbeddingWeightParams) => {
    const [gy, index] = [grad as Strided, names as Strided];
    const { dtype } = gy;
    if (dtype.lanes === 2 || dtype.kind !== "float")
      throw new DTypeError("embeddingWeight", "gy", dtype.name, "a floating type");
    const ids = rowNumbers("embeddingWeight", index, p.rows);
    const inner = gy.shape.slice(index.rank);
    const n = sizeOf(inner);
    const plain = p.paddingIndex === undefined && !p.scaleByFrequency;
    const share = plain ? null : shares(ids, p.rows, p);
    if (dtype === float32) {
      const y = Strided.zeros(dtype, [p.rows, ...inner]);
      if (runFast(() => fastAddRows(gy, ids, share, n, y))) return y;
    }
    const g = packed(dtype.half ? castTo(gy, float32) : gy);
    const sums = new Float64Array(p.rows * n);
    for (let i = 0; i < ids.length; i++) {
      const [at, s] = [ids[i]! * n, share ? share[i]! : 1];
      if (s !== 0) for (let k = 0; k < n; k++) sums[at + k]! += g[i * n + k]! * s;
    }
    return unpack(sums, Strided.zeros(dtype, [p.rows, ...inner]));
  },
  saves: ["index"],
  uses: (): Rows => [embedding],
  vjp: (g, { index }, { params, shape }) => {
    const rows = g.embedding(index, {});
    if (params.paddingIndex === undefined && !params.scaleByFrequency) return { gy: rows };
    const share = shares(integersOf(index.array), params.rows, params);
    const wide = [
      ...index.shape,
      ...shape(0)
        .slice(index.shape.length)
        .map(() => 1),
    ];
    return { gy: rows.mul(g.constant(unpack(share, Strided.zeros(g.dtype, wide)))) };
  },
  samples: [
    {
      inputs: [[5, 2], { shape: [5], values: [3, 0, 3, 1, 2], dtype: "int64" }],
      params: { rows: 4, paddingIndex: 1, scaleByFrequency: true },
    },
  ],
});
