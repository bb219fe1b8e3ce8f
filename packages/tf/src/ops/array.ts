import { noteRows, recording } from "@cognate/keras/tensorflow";
import { namedTuple, TypeError, ValueError } from "@cognate/py";
import { currentGraph, isGraphTensor } from "../core/context.js";
import { isTensor, setPack, toTensor, typeOf } from "../core/convert.js";
import { as_dtype, bool, float32, int32, int64, type TypeLike, typeOr } from "../core/dtypes.js";
import { one, op } from "../core/execute.js";
import type { DType, Tensor, TensorShape } from "../shared.js";
import { isSparse, type Sparse, sparse } from "../sparse/tensor.js";
import { type Data, def, type Name } from "./make.js";
import { abs, cast } from "./math.js";
import { reduce_prod } from "./reduce.js";

/* Functions that make, take apart and move tensors. */

/** A shape: numbers, tensors among them, or one tensor. */
export type ShapeLike = readonly (number | null | Tensor)[] | Tensor | TensorShape | number;

setPack((items) => stack.impl(items as readonly Data[], 0, "packed"));

export const shape = def(
  "tensorflow.shape",
  "input out_type name",
  (input: Data | Sparse, out_type: TypeLike | null = null, name: Name = null): Tensor =>
    isSparse(input)
      ? cast(sparse(input).dense_shape, typeOr(out_type, int32))
      : one("Shape", [toTensor(input)], { out_type: typeOr(out_type, int32) }, name),
);
export const shape_n = def(
  "tensorflow.shape_n",
  "inputs out_type name",
  (inputs: readonly Data[], out_type: TypeLike = int32, name: Name = null): Tensor[] =>
    op("ShapeN", [[...inputs]], { out_type: as_dtype(out_type) }, name),
);
export const size = def(
  "tensorflow.size",
  "input out_type name",
  (input: Data | Sparse, out_type: TypeLike | null = null, name: Name = null): Tensor =>
    isSparse(input)
      ? reduce_prod(cast(sparse(input).dense_shape, typeOr(out_type, int32)), 0)
      : one("Size", [toTensor(input)], { out_type: typeOr(out_type, int32) }, name),
);
export const rank = def(
  "tensorflow.rank",
  "input name",
  (input: Data | Sparse, name: Name = null): Tensor =>
    isSparse(input)
      ? one("Size", [sparse(input).dense_shape], {}, name)
      : one("Rank", [toTensor(input)], {}, name),
);
export const identity = def(
  "tensorflow.identity",
  "input name",
  (input: Data, name: Name = null): Tensor => one("Identity", [toTensor(input)], {}, name),
);
export const identity_n = def(
  "tensorflow.identity_n",
  "input name",
  (input: readonly Data[], name: Name = null): Tensor[] => op("IdentityN", [[...input]], {}, name),
);
export const stop_gradient = def(
  "tensorflow.stop_gradient",
  "input name",
  (input: Data, name: Name = null): Tensor => one("StopGradient", [toTensor(input)], {}, name),
);
export const guarantee_const = identity;
export const ensure_shape = def(
  "tensorflow.ensure_shape",
  "x shape name",
  (x: Data, shape: readonly (number | null)[] | null, name: Name = null): Tensor =>
    one("EnsureShape", [x], { shape }, name),
);
export const reshape = def(
  "tensorflow.reshape",
  "tensor shape name",
  (tensor: Data, shape: ShapeLike, name: Name = null): Tensor =>
    one("Reshape", [tensor, asShape(shape)], {}, name),
);
/** A shape as an operation takes it. */
export function asShape(s: ShapeLike): unknown {
  if (Array.isArray(s) && s.length === 0) return toTensor([], { dtype: int32 });
  return s;
}
export const expand_dims = def(
  "tensorflow.expand_dims",
  "input axis name",
  (input: Data, axis: number | Tensor, name: Name = null): Tensor =>
    one("ExpandDims", [input, axis], {}, name),
);
export const squeeze = def(
  "tensorflow.squeeze",
  "input axis name",
  (input: Data, axis: number | readonly number[] | null = null, name: Name = null): Tensor =>
    one(
      "Squeeze",
      [input],
      { squeeze_dims: axis === null ? [] : typeof axis === "number" ? [axis] : [...axis] },
      name,
    ),
);
export const transpose = def(
  "tensorflow.transpose",
  "a perm conjugate name",
  (
    a: Data,
    perm: readonly number[] | Tensor | null = null,
    conjugate = false,
    name: Name = "transpose",
  ): Tensor => {
    const t = isTensor(a) ? toTensor(a) : perm === null ? toTensor(a) : a;
    const axes = perm ?? backwards(t as Tensor);
    const tensor = toTensor(t);
    const type = conjugate && tensor.dtype.is_complex ? "ConjugateTranspose" : "Transpose";
    return one(type, [t, axes], {}, perm === null || isGraphTensor(tensor) ? name : null);
  },
);
function backwards(t: Tensor): unknown {
  const n = (t.shape as { rank: number | null }).rank;
  if (n !== null)
    return toTensor(
      Array.from({ length: n }, (_, i) => n - 1 - i),
      { dtype: int32 },
    );
  const r = one("Rank", [t]);
  return one("Range", [one("Sub", [r, 1]), -1, -1]);
}

export const concat = def(
  "tensorflow.concat",
  "values axis name",
  (values: readonly Data[] | Data, axis: number | Tensor, name: Name = "concat"): Tensor => {
    const list = Array.isArray(values) ? (values as Data[]) : [values as Data];
    if (list.length === 1) return one("Identity", [toTensor(list[0])], {}, name);
    return one("ConcatV2", [list, axis], {}, name);
  },
);
export const stack = def(
  "tensorflow.stack",
  "values axis name",
  (values: readonly Data[] | Data, axis = 0, name: Name = "stack"): Tensor => {
    if (isTensor(values) && axis === 0) return toTensor(values);
    const list = [...(values as Iterable<Data>)];
    if (!list.some(isTensor) && axis === 0) {
      try {
        return toTensor(list);
      } catch (e) {
        if (!(e instanceof TypeError) && !(e instanceof ValueError)) throw e;
      }
    }
    const like = list.find(isTensor);
    const items = list.map((x) => (isTensor(x) ? x : toTensor(x, like ? { dtype: typeOf(like) } : {})));
    const n = knownRank(items[0]);
    if (n !== null && (axis < -(n + 1) || axis >= n + 1))
      throw new ValueError(`Argument \`axis\` = ${axis} not in range [${-(n + 1)}, ${n + 1})`);
    return one("Pack", [items], { axis }, name);
  },
);
const knownRank = (x: unknown): number | null =>
  ((x as Tensor).shape as { rank?: number | null } | undefined)?.rank ?? null;
export const parallel_stack = def(
  "tensorflow.parallel_stack",
  "values name",
  (values: readonly Data[], name: Name = "parallel_stack"): Tensor => stack(values, 0, name),
);
export const unstack = def(
  "tensorflow.unstack",
  "value num axis name",
  (value: Data, num: number | null = null, axis = 0, name: Name = "unstack"): Tensor[] => {
    if (num !== null) return op("Unpack", [value], { num, axis }, Array.isArray(value) ? null : name);
    const t = toTensor(value);
    const dims = t.shape as unknown as readonly (number | null)[] & { rank: number | null };
    const n = dims.rank === null ? null : dims.length;
    if (n !== null && (axis < -n || axis >= n))
      throw new ValueError(`Argument \`axis\` = ${axis} not in range [${-n}, ${n})`);
    const length = n === null ? null : dims[axis < 0 ? axis + n : axis];
    if (length === null || length === undefined)
      throw new ValueError(`Cannot infer argument \`num\` from shape ${String(t.shape)}`);
    return op("Unpack", [t], { num: length, axis }, name);
  },
);
export const split = def(
  "tensorflow.split",
  "value num_or_size_splits axis num name",
  (
    value: Data,
    num_or_size_splits: number | readonly number[] | Tensor,
    axis: number | Tensor = 0,
    num: number | null = null,
    name: Name = "split",
  ): Tensor[] => {
    const own = Array.isArray(value) ? null : name;
    if (typeof num_or_size_splits === "number")
      return op("Split", [axis, value], { num_split: num_or_size_splits }, own);
    const n =
      num ??
      (Array.isArray(num_or_size_splits)
        ? num_or_size_splits.length
        : (num_or_size_splits as Tensor).shape[0]!);
    return op("SplitV", [value, num_or_size_splits, axis], { num_split: n }, own);
  },
);
export const slice = def(
  "tensorflow.slice",
  "input_ begin size name",
  (input_: Data, begin: Data, size: Data, name: Name = null): Tensor =>
    one("Slice", [input_, begin, size], {}, name),
);
export const strided_slice = def(
  "tensorflow.strided_slice",
  "input_ begin end strides begin_mask end_mask ellipsis_mask new_axis_mask shrink_axis_mask var name",
  (
    input_: Data,
    begin: Data,
    end: Data,
    strides: Data | null = null,
    begin_mask = 0,
    end_mask = 0,
    ellipsis_mask = 0,
    new_axis_mask = 0,
    shrink_axis_mask = 0,
    _var: unknown = null,
    name: Name = null,
  ): Tensor => {
    const from = toTensor(begin);
    const steps = strides ?? one("OnesLike", [from]);
    return one(
      "StridedSlice",
      [input_, from, end, steps],
      { begin_mask, end_mask, ellipsis_mask, new_axis_mask, shrink_axis_mask },
      name,
    );
  },
);
export const broadcast_to = def(
  "tensorflow.broadcast_to",
  "input shape name",
  (input: Data, shape: ShapeLike, name: Name = null): Tensor =>
    one("BroadcastTo", [input, asShape(shape)], {}, name),
);
export const broadcast_dynamic_shape = def(
  "tensorflow.broadcast_dynamic_shape",
  "shape_x shape_y",
  (shape_x: Data, shape_y: Data): Tensor => one("BroadcastArgs", [toTensor(shape_x), toTensor(shape_y)]),
);
export const reverse = def(
  "tensorflow.reverse",
  "tensor axis name",
  (tensor: Data, axis: Data, name: Name = null): Tensor => one("ReverseV2", [tensor, axis], {}, name),
);
export const roll = def(
  "tensorflow.roll",
  "input shift axis name",
  (input: Data, shift: Data, axis: Data, name: Name = null): Tensor =>
    one("Roll", [input, shift, axis], {}, name),
);
export const tile = def(
  "tensorflow.tile",
  "input multiples name",
  (input: Data, multiples: Data, name: Name = null): Tensor => one("Tile", [input, multiples], {}, name),
);
export const repeat = def(
  "tensorflow.repeat",
  "input repeats axis name",
  (input: Data, repeats: Data, axis: number | null = null, _name: Name = null): Tensor => {
    let x = toTensor(input);
    let at = axis ?? 0;
    if (axis === null) x = one("Reshape", [x, [-1]]);
    if (at < 0) at += x.shape.length;
    const times = toTensor(repeats, { hint: int32 });
    if (times.shape.length === 0 || (times.shape.length === 1 && times.shape[0] === 1)) {
      const wide = one("ExpandDims", [x, at + 1]);
      const n = toTensor(
        times.shape.length === 0 ? times : one("Reshape", [times, toTensor([], { dtype: int32 })]),
      );
      const reps = Array.from({ length: x.shape.length + 1 }, (_, i) =>
        i === at + 1 ? n : cast(1, n.dtype),
      );
      const tiled = one("Tile", [wide, one("Pack", [reps])]);
      const full = shape(x);
      const dims = Array.from({ length: x.shape.length }, (_, i) =>
        i === at ? -1 : one("StridedSlice", [full, [i], [i + 1], [1]], { shrink_axis_mask: 1 }),
      );
      return one("Reshape", [tiled, stack(dims as Data[])]);
    }
    const mask = sequence_mask(times);
    const wide = one("BroadcastTo", [
      one("ExpandDims", [x, at + 1]),
      one("ConcatV2", [
        [
          one("Slice", [shape(x, times.dtype), [0], [at + 1]]),
          one("Reshape", [one("Max", [times, [0]]), [1]]),
          one("Slice", [shape(x, times.dtype), [at + 1], [-1]]),
        ],
        0,
      ]),
    ]);
    return boolean_mask(wide, mask, at);
  },
);
export const pad = def(
  "tensorflow.pad",
  "tensor paddings mode constant_values name",
  (tensor: Data, paddings: Data, mode = "CONSTANT", constant_values: Data = 0, name: Name = null): Tensor => {
    const kind = mode.toUpperCase();
    if (kind === "CONSTANT")
      return constant_values === 0
        ? one("Pad", [tensor, paddings], {}, name)
        : one("PadV2", [tensor, paddings, constant_values], {}, name);
    if (kind === "REFLECT" || kind === "SYMMETRIC")
      return one("MirrorPad", [tensor, paddings], { mode: kind }, name);
    throw new ValueError(
      `Value of argument \`mode\` expected to be one of "CONSTANT", "REFLECT", or "SYMMETRIC". Received \`mode\` = ${mode}`,
    );
  },
);

export const gather = def(
  "tensorflow.gather",
  "params indices validate_indices axis batch_dims name",
  (
    params: Data,
    indices: Data,
    _validate: unknown = null,
    axis: number | Tensor | null = null,
    batch_dims = 0,
    name: Name = null,
  ): Tensor => {
    const at = axis ?? batch_dims;
    // Along the first axis there are no batches.
    const batches = at === 0 ? 0 : batch_dims;
    const key = (params as { _key?: object } | null)?._key;
    if (!key || at !== 0 || !recording() || currentGraph())
      return one("GatherV2", [params, indices, at], { batch_dims: batches }, name);
    // Tapes know rows that are read of a variable.
    const ids = toTensor(indices);
    const rows = one("GatherV2", [params, ids, at], { batch_dims: 0 }, name);
    noteRows(key, ids._value, rows._value);
    return rows;
  },
);
export const gather_nd = def(
  "tensorflow.gather_nd",
  "params indices batch_dims name bad_indices_policy",
  (params: Data, indices: Data, batch_dims = 0, name: Name = null, bad_indices_policy = ""): Tensor => {
    if (batch_dims === 0) return one("GatherNd", [params, indices], { bad_indices_policy }, name);
    return batchGatherNd(toTensor(params), toTensor(indices), batch_dims, bad_indices_policy);
  },
);
/** Batches are coordinates of their own in front of the others. */
function batchGatherNd(params: Tensor, indices: Tensor, batch: number, bad_indices_policy: string): Tensor {
  const lead = [...indices.shape].slice(0, -1) as number[];
  const grids = Array.from({ length: batch }, (_, k) => {
    const line = one("Range", [0, lead[k]!, 1]);
    const shaped = one("Reshape", [line, lead.map((_, i) => (i === k ? -1 : 1))]);
    return one("ExpandDims", [one("BroadcastTo", [shaped, lead]), -1]);
  });
  const places = one("ConcatV2", [[...grids.map((g) => cast(g, indices.dtype)), indices], -1]);
  return one("GatherNd", [params, places], { bad_indices_policy });
}
export const scatter_nd = def(
  "tensorflow.scatter_nd",
  "indices updates shape name",
  (indices: Data, updates: Data, shape: ShapeLike, name: Name = null): Tensor => {
    const ix = toTensor(indices);
    return one(
      "ScatterNd",
      [ix, updates, isTensor(shape) ? shape : toTensor(shape, { dtype: ix.dtype })],
      {},
      name,
    );
  },
);
const tensorScatter = (py: string, type: string) =>
  def(
    `tensorflow.${py}`,
    "tensor indices updates name",
    (tensor: Data, indices: Data, updates: Data, name: Name = null): Tensor =>
      one(type, [tensor, indices, updates], {}, name),
  );
export const tensor_scatter_nd_update = tensorScatter("tensor_scatter_nd_update", "TensorScatterUpdate");
export const tensor_scatter_nd_add = tensorScatter("tensor_scatter_nd_add", "TensorScatterAdd");
export const tensor_scatter_nd_sub = tensorScatter("tensor_scatter_nd_sub", "TensorScatterSub");
export const tensor_scatter_nd_max = tensorScatter("tensor_scatter_nd_max", "TensorScatterMax");
export const tensor_scatter_nd_min = tensorScatter("tensor_scatter_nd_min", "TensorScatterMin");

/** The elements where a mask holds, in a row. */
export const boolean_mask = def(
  "tensorflow.boolean_mask",
  "tensor mask axis name",
  (tensor: Data, mask: Data, axis: number | null = null, _name: Name = "boolean_mask"): Tensor => {
    const x = toTensor(tensor);
    const m = toTensor(mask);
    const [xs, ms] = [x.shape, m.shape];
    const at = axis ?? 0;
    if (ms.length === 0) throw new ValueError("mask cannot be scalar.");
    const seen = [...xs].slice(at, at + ms.length);
    if (seen.length !== ms.length || seen.some((d, i) => d != null && ms[i] != null && d !== ms[i]))
      throw new ValueError(`Shapes ${tupleText(seen)} and ${tupleText([...ms])} are incompatible`);
    const lead = one("Prod", [one("Slice", [shape(x), [at], [ms.length]]), [0]]);
    const flat = one("Reshape", [
      x,
      one("ConcatV2", [
        [
          one("Slice", [shape(x), [0], [at]]),
          one("Reshape", [lead, [1]]),
          one("Slice", [shape(x), [at + ms.length], [-1]]),
        ],
        0,
      ]),
    ]);
    const where = one("Squeeze", [one("Where", [one("Reshape", [m, [-1]])])], { squeeze_dims: [1] });
    return one("GatherV2", [flat, where, at]);
  },
);
const tupleText = (s: readonly (number | null)[]): string =>
  s.length === 1 ? `(${s[0] ?? "None"},)` : `(${s.map((d) => d ?? "None").join(", ")})`;

/** Rows of true values of the lengths given. */
export const sequence_mask = def(
  "tensorflow.sequence_mask",
  "lengths maxlen dtype name",
  (
    lengths: Data,
    maxlen: number | Tensor | null = null,
    dtype: TypeLike = bool,
    _name: Name = null,
  ): Tensor => {
    const n = toTensor(lengths);
    const most =
      maxlen === null
        ? one("Maximum", [toTensor(0, { dtype: n.dtype }), one("Max", [n, allAxes(n)])])
        : toTensor(maxlen, { hint: int32 });
    const columns = one("Range", [cast(0, most.dtype), most, cast(1, most.dtype)]);
    const mask = one("Less", [columns, one("ExpandDims", [cast(n, most.dtype), -1])]);
    return as_dtype(dtype) === bool ? mask : cast(mask, dtype);
  },
);
const allAxes = (t: Tensor): Tensor =>
  toTensor(
    Array.from({ length: t.shape.length }, (_, i) => i),
    { dtype: int32 },
  );

export const one_hot = def(
  "tensorflow.one_hot",
  "indices depth on_value off_value axis dtype name",
  (
    indices: Data,
    depth: number | Tensor,
    on_value: Data | null = null,
    off_value: Data | null = null,
    axis: number | null = null,
    dtype: TypeLike | null = null,
    name: Name = null,
  ): Tensor => {
    const given =
      on_value !== null && isTensor(on_value)
        ? typeOf(on_value)
        : off_value !== null && isTensor(off_value)
          ? typeOf(off_value)
          : null;
    const natural = on_value === null ? null : toTensor(on_value).dtype;
    const type: DType = dtype !== null ? as_dtype(dtype) : (given ?? natural ?? float32);
    if (dtype !== null && given && given !== type)
      throw new TypeError(
        `dtype ${String(given)} of on_value does not match dtype parameter ${String(type)}`,
      );
    return one(
      "OneHot",
      [indices, depth, toTensor(on_value ?? 1, { dtype: type }), toTensor(off_value ?? 0, { dtype: type })],
      { axis: axis ?? -1 },
      name,
    );
  },
);
const Unique = namedTuple<{ y: Tensor; idx: Tensor }>("tensorflow.python.ops.gen_array_ops.Unique", [
  "y",
  "idx",
]);
type Unique = ReturnType<typeof Unique>;
const UniqueWithCounts = namedTuple<{ y: Tensor; idx: Tensor; count: Tensor }>(
  "tensorflow.python.ops.gen_array_ops.UniqueWithCounts",
  ["y", "idx", "count"],
);
export const unique = def(
  "tensorflow.unique",
  "x out_idx name",
  (x: Data, out_idx: TypeLike = int32, name: Name = null): Unique =>
    Unique(...(op("Unique", [x], { out_idx: as_dtype(out_idx) }, name) as [Tensor, Tensor])),
);
export const unique_with_counts = def(
  "tensorflow.unique_with_counts",
  "x out_idx name",
  (x: Data, out_idx: TypeLike = int32, name: Name = null): ReturnType<typeof UniqueWithCounts> =>
    UniqueWithCounts(
      ...(op("UniqueWithCounts", [x], { out_idx: as_dtype(out_idx) }, name) as [Tensor, Tensor, Tensor]),
    ),
);
export const searchsorted = def(
  "tensorflow.searchsorted",
  "sorted_sequence values side out_type name",
  (
    sorted_sequence: Data,
    values: Data,
    side = "left",
    out_type: TypeLike = int32,
    name: Name = null,
  ): Tensor => {
    const seq = toTensor(sorted_sequence);
    const v = toTensor(values, { dtype: seq.dtype });
    if (side !== "left" && side !== "right")
      throw new ValueError(
        `Argument \`side\` must be either 'right' or 'left'. Received: \`side\` = '${side}'.`,
      );
    const rows = (t: Tensor): Tensor => one("Reshape", [t, [-1, [...t.shape].pop()!]]);
    const found = one(
      side === "left" ? "LowerBound" : "UpperBound",
      [rows(seq), rows(v)],
      { out_type: as_dtype(out_type) },
      name,
    );
    return one("Reshape", [found, shape(v)]);
  },
);
export const bitcast = def(
  "tensorflow.bitcast",
  "input type name",
  (input: Data, type: TypeLike, name: Name = null): Tensor =>
    one("Bitcast", [input], { type: as_dtype(type) }, name),
);
export const reverse_sequence = def(
  "tensorflow.reverse_sequence",
  "input seq_lengths seq_axis batch_axis name",
  (
    input: Data,
    seq_lengths: Data,
    seq_axis: number | null = null,
    batch_axis: number | null = null,
    name: Name = null,
  ): Tensor =>
    one("ReverseSequence", [input, seq_lengths], { seq_dim: seq_axis, batch_dim: batch_axis ?? 0 }, name),
);
export const dynamic_partition = def(
  "tensorflow.dynamic_partition",
  "data partitions num_partitions name",
  (data: Data, partitions: Data, num_partitions: number, name: Name = null): Tensor[] =>
    op("DynamicPartition", [data, partitions], { num_partitions }, name),
);
export const dynamic_stitch = def(
  "tensorflow.dynamic_stitch",
  "indices data name",
  (indices: readonly Data[], data: readonly Data[], name: Name = null): Tensor =>
    one("DynamicStitch", [[...indices], [...data]], {}, name),
);
const toSpaceBlocks = (py: string, type: string, second: string) =>
  def(
    `tensorflow.${py}`,
    `input block_shape ${second} name`,
    (input: Data, block_shape: Data, edges: Data, name: Name = null): Tensor =>
      one(type, [input, block_shape, edges], {}, name),
  );
export const space_to_batch = toSpaceBlocks("space_to_batch", "SpaceToBatchND", "paddings");
export const batch_to_space = def(
  "tensorflow.batch_to_space",
  "input block_shape crops name",
  (input: Data, block_shape: Data, crops: Data, name: Name = null): Tensor =>
    one(
      "BatchToSpaceND",
      [input, typeof block_shape === "number" ? [block_shape, block_shape] : block_shape, crops],
      {},
      name,
    ),
);
/** Numbers in the shape of others. */
export const unravel_index = def(
  "tensorflow.unravel_index",
  "indices dims name",
  (indices: Data, dims: Data, name: Name = null): Tensor => one("UnravelIndex", [indices, dims], {}, name),
);
/** Positions apart from those of the second list. */
export const meshgrid = def(
  "tensorflow.meshgrid",
  "...args indexing name",
  (args: readonly Data[], indexing = "xy", _name: Name = null): Tensor[] => {
    if (indexing !== "xy" && indexing !== "ij")
      throw new ValueError(`Argument \`indexing\` parameter must be either 'xy' or 'ij', got '${indexing}'`);
    const lines = args.map((a) => toTensor(a));
    const n = lines.length;
    const order = Array.from({ length: n }, (_, i) => (indexing === "xy" && n > 1 && i < 2 ? 1 - i : i));
    const lengths = order.map((k) => size(lines[k]!));
    const full = n > 0 ? stack(lengths as Data[]) : null;
    return lines.map((line, k) =>
      one("BroadcastTo", [one("Reshape", [line, order.map((o) => (o === k ? -1 : 1))]), full]),
    );
  },
);
export { abs, int64, reduce_prod };
