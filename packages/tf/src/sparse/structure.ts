import { def, IndexError, isPlainObject, repr, Tuple, TypeError, ValueError } from "@cognate/py";
import { isGraphTensor } from "../core/context.js";
import { isTensor, knownValue, toTensor } from "../core/convert.js";
import { as_dtype, bool, float32, int32, int64, string, type TypeLike } from "../core/dtypes.js";
import { one, op } from "../core/execute.js";
import type { Data, Name } from "../ops/make.js";
import { cast } from "../ops/math.js";
import { withNameScope } from "../ops/name-scope.js";
import type { Tensor } from "../shared.js";
import {
  gather,
  identity,
  concat as joined,
  ones,
  reshape as shaped,
  expand_dims as widened,
} from "./parts.js";
import { isSparse, type Sparse, SparseTensor, sparse } from "./tensor.js";

/* `tf.sparse`: sparse tensors made, cut, put together and laid out in another way. */

/** A sparse tensor of three results. */
export const built = ([indices, values, shape]: readonly (Tensor | undefined)[]): SparseTensor =>
  new SparseTensor(indices!, values!, shape!);
const parts = (s: SparseTensor): [Tensor, Tensor, Tensor] => [s.indices, s.values, s.dense_shape];

/** The dense tensor; what has no place is `default_value`, or zero. */
export const to_dense = def(
  "tensorflow.sparse.to_dense",
  "sp_input default_value validate_indices name",
  (
    sp_input: Sparse,
    default_value: Data | null = null,
    validate_indices = true,
    name: Name = null,
  ): Tensor => {
    const s = sparse(sp_input);
    const rest =
      default_value ?? toTensor(s.dtype === string ? "" : s.dtype === bool ? false : 0, { dtype: s.dtype });
    return one("SparseToDense", [s.indices, s.dense_shape, s.values, rest], { validate_indices }, name);
  },
);
/** The places and values of what is not zero. */
export const from_dense = def(
  "tensorflow.sparse.from_dense",
  "tensor name",
  (tensor: Data, name: Name = null): SparseTensor =>
    withNameScope(name ?? "dense_to_sparse", () => {
      const x = toTensor(tensor);
      const where = one("Where", [one("NotEqual", [x, one("ZerosLike", [x])])]);
      return new SparseTensor(where, one("GatherNd", [x, where]), one("Shape", [x], { out_type: int64 }));
    }),
);
export const eye = def(
  "tensorflow.sparse.eye",
  "num_rows num_columns dtype name",
  (
    num_rows: Data,
    num_columns: Data | null = null,
    dtype: TypeLike = float32,
    name: Name = null,
  ): SparseTensor =>
    withNameScope(name ?? "eye", () => {
      const long = (x: Data): Tensor =>
        (isTensor(x) ? cast(x, int64) : toTensor(x, { dtype: int64 })) as Tensor;
      const rows = long(num_rows);
      const cols = num_columns === null ? rows : long(num_columns);
      const n = one("Minimum", [rows, cols]);
      const zero = toTensor(0, { dtype: int64 });
      const line = one("Range", [zero, n, toTensor(1, { dtype: int64 })]);
      return new SparseTensor(
        one("Pack", [[line, line]], { axis: 1 }),
        ones(n, as_dtype(dtype)),
        one("Pack", [[rows, cols]]),
      );
    }),
);
/** The same entries in order: the last axis runs fastest. */
export const reorder = def(
  "tensorflow.sparse.reorder",
  "sp_input name",
  (sp_input: Sparse, name: Name = null): SparseTensor => {
    const s = sparse(sp_input);
    const [indices, values] = op("SparseReorder", parts(s), {}, name);
    return new SparseTensor(indices!, values!, identity(s.dense_shape));
  },
);
export const reshape = def(
  "tensorflow.sparse.reshape",
  "sp_input shape name",
  (sp_input: Sparse, shape: Data, name: Name = null): SparseTensor => {
    const s = sparse(sp_input);
    return withNameScope(name ?? "SparseReshape", (scope) => {
      const wanted = isTensor(shape) ? cast(shape, int64) : toTensor(shape, { dtype: int64, name: "shape" });
      if (Array.isArray(shape) && s._dims?.every((d) => d !== null))
        check(s._dims as number[], shape.map(Number));
      const [indices, dense] = op("SparseReshape", [s.indices, s.dense_shape, wanted], {}, scope);
      return new SparseTensor(indices!, identity(s.values), dense!);
    });
  },
);
/** @throws ValueError for a shape of another number of elements */
function check(from: readonly number[], to: readonly number[]): void {
  const count = (x: readonly number[]): number => x.reduce((n, d) => n * d, 1);
  if (to.filter((d) => d === -1).length > 1)
    throw new ValueError(`At most one dimension can be inferred (-1). Found: [${to.join(" ")}]`);
  if (!to.includes(-1) && count(from) !== count(to))
    throw new ValueError(
      `Cannot reshape a tensor with ${count(from)} elements to shape [${to.join(" ")}] (${count(to)} elements).`,
    );
}
/** A box of the tensor, which begins at `start`. */
export const slice = def(
  "tensorflow.sparse.slice",
  "sp_input start size name",
  (sp_input: Sparse, start: Data, size: Data, name: Name = null): SparseTensor => {
    const s = sparse(sp_input);
    const long = (x: Data): Tensor =>
      (isTensor(x) ? cast(x, int64) : toTensor(x, { dtype: int64 })) as Tensor;
    return built(op("SparseSlice", [...parts(s), long(start), long(size)], {}, name));
  },
);
/** Pieces along an axis; the first ones are longer by one where it does not divide. */
export const split = def(
  "tensorflow.sparse.split",
  "sp_input num_split axis name",
  (
    sp_input: Sparse | null = null,
    num_split: number | null = null,
    axis: Data | null = null,
    name: Name = null,
  ): SparseTensor[] => {
    if (sp_input === null) throw new ValueError("sp_input is required");
    if (num_split === null) throw new ValueError("num_split is required");
    if (axis === null) throw new ValueError("axis is required");
    const s = sparse(sp_input);
    const at = isTensor(axis) ? cast(axis, int64) : toTensor(axis, { dtype: int64 });
    const n = Number(num_split);
    const out = op("SparseSplit", [at, ...parts(s)], { num_split: n }, name);
    return Array.from({ length: n }, (_, i) => built([out[i], out[n + i], out[2 * n + i]]));
  },
);
/** Sparse tensors one after the other; `expand_nonconcat_dims` gives all the longest of their other axes. */
export const concat = def(
  "tensorflow.sparse.concat",
  "axis sp_inputs expand_nonconcat_dims name",
  (
    axis: number,
    sp_inputs: readonly Sparse[],
    expand_nonconcat_dims = false,
    name: Name = null,
  ): SparseTensor => {
    if (!Array.isArray(sp_inputs) || sp_inputs.some((s) => !isSparse(s)))
      throw new TypeError("Inputs must be a list of SparseTensors");
    const all = sp_inputs.map(sparse);
    if (all.length === 1) return all[0]!;
    const concat_dim = Number(axis);
    const shapes = all.map((s) => s.dense_shape);
    const rank = shapes[0]!.shape[0]!;
    const stretched = (): Tensor[] => {
      const most = one("Max", [one("Pack", [shapes], { axis: 0 }), 0]);
      const at = concat_dim < 0 ? concat_dim + rank : concat_dim;
      return shapes.map((s) =>
        joined(
          Array.from({ length: rank }, (_, k) => one("Slice", [k === at ? s : most, [k], [1]])),
          0,
        ),
      );
    };
    const own = expand_nonconcat_dims ? stretched() : shapes;
    return built(
      op("SparseConcat", [all.map((s) => s.indices), all.map((s) => s.values), own], { concat_dim }, name),
    );
  },
);
export const transpose = def(
  "tensorflow.sparse.transpose",
  "sp_input perm name",
  (sp_input: Sparse, perm: Data | null = null, name: Name = null): SparseTensor => {
    const s = sparse(sp_input);
    return withNameScope(name ?? "SparseTranspose", () => {
      const rank = s._dims?.length ?? s.dense_shape.shape[0]!;
      const order = perm ?? Array.from({ length: rank }, (_, i) => rank - 1 - i);
      const turned = one("Transpose", [s.indices, [1, 0]]);
      const indices = one("Transpose", [gather(turned, order), [1, 0]]);
      return reorder(new SparseTensor(indices, s.values, gather(s.dense_shape, order)));
    });
  },
);
/** An axis of length 1 at a place, behind all others where none is given. */
export const expand_dims = def(
  "tensorflow.sparse.expand_dims",
  "sp_input axis name",
  (sp_input: Sparse, axis: number | null = null, name: Name = null): SparseTensor => {
    const s = sparse(sp_input);
    return withNameScope(name ?? "expand_dims", () => {
      const given = axis ?? -1;
      if (!Number.isInteger(Number(given)))
        throw new TypeError("axis must be an integer value in range [-rank(sp_input) - 1, rank(sp_input)]");
      const rank = s.dense_shape.shape[0]!;
      const at = Number(given) >= 0 ? Number(given) : Number(given) + rank + 1;
      const column = one("Slice", [one("ZerosLike", [s.indices]), [0, 0], [-1, 1]]);
      const cut = (from: number, n: number): Tensor => one("Slice", [s.indices, [0, from], [-1, n]]);
      const lengths = (from: number, n: number): Tensor => one("Slice", [s.dense_shape, [from], [n]]);
      return new SparseTensor(
        joined([cut(0, at), column, cut(at, -1)], 1),
        s.values,
        joined([lengths(0, at), toTensor([1], { dtype: int64 }), lengths(at, -1)], 0),
      );
    });
  },
);
/** The entries where a list of booleans is true. */
export const retain = def(
  "tensorflow.sparse.retain",
  "sp_input to_retain",
  (sp_input: Sparse, to_retain: Data): SparseTensor => {
    const s = sparse(sp_input);
    const kept = toTensor(to_retain);
    const [n, m] = [s.values.shape[0], kept.shape[0]];
    if (kept.shape.length !== 1) throw new ValueError(`Shape ${kept.shape} must have rank 1`);
    if (n != null && m != null && n !== m)
      throw new ValueError(`Dimensions ${n} and ${m} are not compatible`);
    const at = shaped(one("Where", [kept]), [-1]);
    return new SparseTensor(gather(s.indices, at), gather(s.values, at), identity(s.dense_shape));
  },
);
/** The same entries in a larger shape, or in the smallest that holds them. */
export const reset_shape = def(
  "tensorflow.sparse.reset_shape",
  "sp_input new_shape",
  (sp_input: Sparse, new_shape: Data | null = null): SparseTensor => {
    const s = sparse(sp_input);
    const [indices, values, old] = parts(s).map((t) => identity(t)) as [Tensor, Tensor, Tensor];
    if (new_shape === null) {
      const most = one("Max", [indices, 0]);
      const tight = one("Maximum", [
        toTensor(0, { dtype: int64 }),
        one("AddV2", [most, one("OnesLike", [old])]),
      ]);
      return new SparseTensor(indices, values, tight);
    }
    const wanted = cast(toTensor(new_shape), int64) as Tensor;
    const known = knownValue(wanted) as Tensor | undefined;
    const given = known
      ? (known.tolist() as unknown[]).map(Number)
      : Array.isArray(new_shape)
        ? new_shape.map(Number)
        : null;
    const dims = s._dims as number[] | null;
    const rank = old.shape[0];
    if (given && rank != null && given.length !== rank)
      throw new ValueError(`Dimensions ${given.length} and ${rank} are not compatible`);
    if (given && dims?.every((d) => d !== null) && dims.some((d, k) => d > given[k]!))
      throw new ValueError(
        `Requested new_shape should have dimension sizes >= sp_input.shape.  Found new_shape ([${dims.join(" ")}]), sp_input.shape ([${given.join(" ")}]).`,
      );
    return new SparseTensor(indices, values, wanted);
  },
);
/** Rows without entries get one of a default in their first column; also says which rows those are. */
export const fill_empty_rows = def(
  "tensorflow.sparse.fill_empty_rows",
  "sp_input default_value name",
  (sp_input: Sparse, default_value: Data, name: Name = null): Tuple<SparseTensor | Tensor> => {
    const s = sparse(sp_input);
    return withNameScope(name ?? "SparseFillEmptyRows", () => {
      const rest = toTensor(default_value, { dtype: s.dtype });
      const [indices, values, empty] = op("SparseFillEmptyRows", [...parts(s), rest]);
      return Tuple.of_<SparseTensor | Tensor>([new SparseTensor(indices!, values!, s.dense_shape), empty!]);
    });
  },
);
/** Ids and values of batches as rows as wide as the vocabulary. */
export const merge = def(
  "tensorflow.sparse.merge",
  "sp_ids sp_values vocab_size name already_sorted",
  (
    sp_ids: Sparse | readonly Sparse[],
    sp_values: Sparse,
    vocab_size: Data | readonly Data[],
    name: Name = null,
    already_sorted = false,
  ): SparseTensor => {
    const list = (isSparse(sp_ids) ? [sp_ids] : [...sp_ids]).map(sparse);
    const sizes = (isSparse(sp_ids) ? [vocab_size] : [...(vocab_size as readonly Data[])]) as Data[];
    if (list.length !== sizes.length)
      throw new ValueError("sp_ids and vocab_size have to have equal lengths.");
    const values = sparse(sp_values);
    return withNameScope(name ?? "SparseMerge", () => {
      const rank = list[0]!.dense_shape.shape[0]!;
      const ids = list.map((s) => widened(cast(s.values, int64) as Tensor, 1));
      const lead = one("Slice", [list[0]!.indices, [0, 0], [-1, rank - 1]]);
      const shape = joined(
        [
          one("Slice", [list[0]!.dense_shape, [0], [rank - 1]]),
          ...sizes.map((n) => shaped(cast(n as Data, int64) as Tensor, [1])),
        ],
        0,
      );
      const result = new SparseTensor(joined([lead, ...ids], 1), values.values, shape);
      if (already_sorted) return result;
      const sorted = reorder(result);
      return new SparseTensor(sorted.indices, sorted.values, shape);
    });
  },
);
/** Rows of ids as rows of booleans as wide as the vocabulary. */
export const to_indicator = def(
  "tensorflow.sparse.to_indicator",
  "sp_input vocab_size name",
  (sp_input: Sparse, vocab_size: Data, name: Name = null): Tensor => {
    const s = sparse(sp_input);
    return withNameScope(name ?? "SparseToIndicator", (scope) => {
      const n = shaped(one("Shape", [s.values]), [1]);
      const yes = new SparseTensor(s.indices, one("Fill", [n, toTensor(true)]), s.dense_shape);
      return to_dense(merge(s, yes, vocab_size, scope || null), false, false);
    });
  },
);
/** `tf.sparse.mask`: the rows of sparse slices without those of some numbers. */
export const mask = def(
  "tensorflow.sparse.mask",
  "a mask_indices name",
  (
    a: { values: Tensor; indices: Tensor; dense_shape: Tensor | null },
    mask_indices: Data,
    name: Name = null,
  ): unknown =>
    withNameScope(name ?? "sparse_mask", () => {
      const [indices, at] = op("ListDiff", [a.indices, toTensor(mask_indices, { dtype: a.indices.dtype })], {
        out_idx: int32,
      });
      const Made = a.constructor as new (values: Tensor, indices: Tensor, shape: Tensor | null) => unknown;
      return new Made(gather(a.values, at!), indices!, a.dense_shape);
    }),
);

/** Applies a function to the values of sparse tensors of the same places. */
export const map_values = (f: (...args: unknown[]) => unknown, ...args: unknown[]): SparseTensor => {
  const found: SparseTensor[] = [];
  const bare = (x: unknown): unknown => {
    if (x instanceof SparseTensor) {
      found.push(x as SparseTensor);
      return (x as SparseTensor).values;
    }
    if (Array.isArray(x)) return x.map(bare);
    if (isPlainObject(x))
      return Object.fromEntries(Object.entries(x as object).map(([k, v]) => [k, bare(v)]));
    return x;
  };
  const given = args.map(bare);
  const [first, ...others] = found;
  if (!first) throw new ValueError("No SparseTensor in argument list of map_values");
  for (const t of others) {
    if (isGraphTensor(t.indices)) continue;
    if (repr(t.dense_shape.tolist()) !== repr(first.dense_shape.tolist()))
      throw new ValueError("Mismatched shapes!");
    if (repr(t.indices.tolist()) !== repr(first.indices.tolist()))
      throw new IndexError("Mismatched indices!");
  }
  return new SparseTensor(first.indices, f(...given) as Data, first.dense_shape);
};
