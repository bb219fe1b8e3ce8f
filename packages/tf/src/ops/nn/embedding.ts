import { TypeError, ValueError } from "@cognate/py";
import { isTensor, toTensor } from "../../core/convert.js";
import { one } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { concat, gather } from "../array-index.js";
import { type Data, def, type Name } from "../make.js";
import { add, cast, divide, maximum, multiply, sqrt, square } from "../math.js";
import { reduce_sum } from "../reduce.js";

/** How rows of several tables are numbered: in turn (`mod`), or table by table (`div`). */
export type Partition = "mod" | "div";

/** Rows of embeddings, each no longer than `max_norm` if that is given. */
export function lookup(
  params: Data | readonly Data[],
  ids: Data,
  strategy: Partition,
  max_norm: number | null = null,
  name: Name = null,
): Tensor {
  const list = Array.isArray(params) && params.length > 0 && isTensor(params[0]) ? (params as Data[]) : null;
  const rows = toTensor(ids);
  const y =
    !list || list.length === 1
      ? gather(list ? list[0]! : (params as Data), rows, null, null, 0, name)
      : gather(
          concat(list, 0),
          strategy === "div" ? rows : inTurn(list, rows, strategy),
          null,
          null,
          0,
          name,
        );
  return max_norm === null ? y : clipRows(y, max_norm, rows.shape.length);
}
/** Row `id` is row ⌊id / n⌋ of table id mod n. */
function inTurn(list: readonly Data[], ids: Tensor, strategy: string): Tensor {
  if (strategy !== "mod")
    throw new ValueError(
      `Only "mod" and "div" partition strategies are supported. Received: partition_strategy=${strategy}`,
    );
  let at = 0;
  const starts = list.map((t) => {
    const from = at;
    at += (toTensor(t).shape as unknown as number[])[0]!;
    return from;
  });
  const n = toTensor(list.length, { dtype: ids.dtype });
  const first = gather(toTensor(starts, { dtype: ids.dtype }), one("FloorMod", [ids, n]));
  return add(first, one("FloorDiv", [ids, n]));
}
function clipRows(y: Tensor, norm: number, from: number): Tensor {
  const axes = Array.from({ length: y.shape.length - from }, (_, i) => from + i);
  const l2 = sqrt(reduce_sum(square(y), axes, true));
  return divide(
    multiply(y, toTensor(norm, { dtype: y.dtype })),
    maximum(l2, toTensor(norm, { dtype: y.dtype })),
  );
}
/** Parts of vectors of embeddings; several tables are one behind the other. */
export const embedding_lookup = def(
  "tensorflow.nn.embedding_lookup",
  "params ids max_norm name",
  (params: Data | readonly Data[], ids: Data, max_norm: number | null = null, name: Name = null): Tensor =>
    lookup(params, ids, "div", max_norm, name),
);

/** Places and values of what is not zero, which `ops/sparse.ts` makes. */
export interface Sparse {
  readonly indices: Tensor;
  readonly values: Tensor;
  readonly dense_shape: Tensor;
}
const isSparse = (x: unknown): x is Sparse =>
  typeof x === "object" && x !== null && "dense_shape" in x && "values" in x;

function column(indices: Tensor, k: number): Tensor {
  return one("StridedSlice", [indices, [0, k], [0, k + 1], [1, 1]], {
    begin_mask: 1,
    end_mask: 1,
    shrink_axis_mask: 2,
  });
}
/** The rows of a sparse list of ids, combined: their sum, mean, or sum over √n. */
export function sparseLookup(
  params: Data | readonly Data[],
  ids: unknown,
  weights: unknown,
  combiner: string | null,
  max_norm: number | null,
  strategy: Partition,
): Tensor {
  const how = combiner ?? "mean";
  if (!["mean", "sqrtn", "sum"].includes(how))
    throw new ValueError(`combiner must be one of 'mean', 'sqrtn' or 'sum', got ${how}`);
  if (!isSparse(ids)) throw new TypeError(`sp_ids must be SparseTensor, got ${typeof ids}`);
  const rows = cast(column(ids.indices, 0), "int32");
  const y = lookup(params, ids.values, strategy, max_norm);
  const lead = (t: Tensor): Tensor =>
    one("Reshape", [t, [-1, ...new Array<number>(y.shape.length - 1).fill(1)]]);
  const sum = (t: Tensor): Tensor => one("SegmentSum", [t, rows]);
  const w = isSparse(weights)
    ? lead(weights.values.dtype === y.dtype ? weights.values : cast(weights.values, y.dtype))
    : lead(one("OnesLike", [cast(ids.values, y.dtype)]));
  const total = sum(multiply(y, w));
  if (how === "sum") return total;
  return one("DivNoNan", [total, how === "mean" ? sum(w) : sqrt(sum(square(w)))]);
}
/** Embeddings of sparse lists of ids, one vector a row. */
export const embedding_lookup_sparse = def(
  "tensorflow.nn.embedding_lookup_sparse",
  "params sp_ids sp_weights combiner max_norm name allow_fast_lookup",
  (
    params: Data | readonly Data[],
    sp_ids: unknown,
    sp_weights: unknown,
    combiner: string | null = null,
    max_norm: number | null = null,
    _name: Name = null,
    _fast = false,
  ): Tensor => sparseLookup(params, sp_ids, sp_weights, combiner, max_norm, "div"),
);
/** The same where rows may be empty and ids negative: such are dropped, empty rows are zeros or a default's vector. */
export const safe_embedding_lookup_sparse = def(
  "tensorflow.nn.safe_embedding_lookup_sparse",
  "embedding_weights sparse_ids sparse_weights combiner default_id max_norm name allow_fast_lookup",
  (
    embedding_weights: Data | readonly Data[],
    sparse_ids: unknown,
    sparse_weights: unknown = null,
    combiner = "mean",
    default_id: number | null = null,
    max_norm: number | null = null,
    _name: Name = null,
    _fast = false,
  ): Tensor => {
    if (!isSparse(sparse_ids)) throw new TypeError("sparse_ids must be SparseTensor");
    const shape = (sparse_ids.dense_shape.tolist() as (number | bigint)[]).map(Number);
    const lead = shape.slice(0, -1);
    const places = (sparse_ids.indices.tolist() as (number | bigint)[][]).map((p) =>
      lead.reduce((at, d, k) => at * d + Number(p[k]), 0),
    );
    const ids = (sparse_ids.values.tolist() as (number | bigint)[]).map(Number);
    const own = isSparse(sparse_weights) ? sparse_weights.values : null;
    const heavy = own ? (own.tolist() as number[]) : null;
    const kept = ids.flatMap((id, i) =>
      id >= 0 && (combiner === "sum" || !heavy || heavy[i]! > 0) ? [i] : [],
    );
    const rows = lead.reduce((p, d) => p * d, 1);
    const filled = new Set(kept.map((i) => places[i]!));
    const empty = Array.from({ length: rows }, (_, r) => r).filter((r) => !filled.has(r));
    // One entry a place, in the order of rows; empty rows get the default's.
    const entries = [
      ...kept.map((i) => ({ row: places[i]!, id: ids[i]!, from: i })),
      ...empty.map((row) => ({ row, id: default_id ?? 0, from: -1 })),
    ].sort((a, b) => a.row - b.row);
    const type = sparse_ids.values.dtype;
    const list: Sparse = {
      indices: toTensor(
        entries.map((e) => [e.row, 0]),
        { dtype: sparse_ids.indices.dtype },
      ),
      values: toTensor(
        entries.map((e) => e.id),
        { dtype: type },
      ),
      dense_shape: sparse_ids.dense_shape,
    };
    const weights = own && {
      ...list,
      values: gather(
        concat([own, toTensor([1], { dtype: own.dtype })], 0),
        entries.map((e) => (e.from < 0 ? ids.length : e.from)),
      ),
    };
    let y = sparseLookup(embedding_weights, list, weights, combiner, max_norm, "div");
    if (default_id === null && empty.length > 0) {
      const mask = Array.from({ length: rows }, (_, r) => [!filled.has(r)]);
      y = one("SelectV2", [toTensor(mask), one("ZerosLike", [y]), y]);
    }
    return one("Reshape", [y, [...lead, ...[...y.shape].slice(1)] as number[]]);
  },
);
