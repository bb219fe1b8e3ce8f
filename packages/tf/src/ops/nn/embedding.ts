import { isTensor, toTensor } from "../../core/convert.js";
import type { Tensor } from "../../shared.js";
import { gather, reshape, stack } from "../array-index.js";
import { type Data, def, type Name } from "../make.js";
import { divide, maximum, multiply, sqrt, square } from "../math.js";
import { reduce_sum } from "../reduce.js";

/** Parts of vectors of embeddings; several tables are taken in turn. */
export const embedding_lookup = def(
  "tensorflow.nn.embedding_lookup",
  "params ids max_norm name",
  (params: Data | readonly Data[], ids: Data, max_norm: number | null = null, name: Name = null): Tensor => {
    const list =
      Array.isArray(params) && params.length > 0 && isTensor(params[0]) ? (params as Data[]) : null;
    const table = list ? (list.length === 1 ? list[0]! : interleaved(list)) : (params as Data);
    const y = gather(table, toTensor(ids), null, null, 0, name);
    if (max_norm === null) return y;
    return clipRows(y, max_norm, toTensor(ids).shape.length);
  },
);
function interleaved(list: readonly Data[]): Tensor {
  const rows = list.map((t) => toTensor(t));
  return reshape(stack(rows as Data[], 1), [-1, ...[...rows[0]!.shape].slice(1)]);
}
function clipRows(y: Tensor, norm: number, from: number): Tensor {
  const axes = Array.from({ length: y.shape.length - from }, (_, i) => from + i);
  const l2 = sqrt(reduce_sum(square(y), axes, true));
  return divide(
    multiply(y, toTensor(norm, { dtype: y.dtype })),
    maximum(l2, toTensor(norm, { dtype: y.dtype })),
  );
}
