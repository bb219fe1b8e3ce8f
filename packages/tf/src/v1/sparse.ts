import { nameClass, ValueError } from "@cognate/py";
import { as_dtype, int64, type TypeLike } from "../core/dtypes.js";
import { get_default_graph, inDefault } from "../graph/current.js";
import { dimsOf } from "../graph/shape.js";
import type { GraphTensor } from "../graph/tensor.js";
import type { Data, Name } from "../ops/make.js";
import type { Tensor } from "../shared.js";
import * as arithmetic from "../sparse/arithmetic.js";
import * as structure from "../sparse/structure.js";
import { type Sparse, SparseTensor as SparseOf, SparseTensorValue } from "../sparse/tensor.js";
import { placeholder } from "./graph.js";
import { recorded, v1 } from "./make.js";
import { node } from "./random-ops.js";

/* Sparse tensors in graphs: fed and fetched as their three parts. */

export { SparseTensorValue };
/** `tf.SparseTensor`, whose parts are of the default graph. */
export const SparseTensor = new Proxy(SparseOf, {
  apply: (make, self, args: unknown[]) =>
    inDefault(() => Reflect.apply(make as unknown as (...a: unknown[]) => unknown, self, args)),
  construct: (make, args: unknown[]) => inDefault(() => Reflect.construct(make, args) as object),
});
export type SparseTensor = SparseOf;
nameClass("tensorflow.python.framework.sparse_tensor.SparseTensor", SparseTensor);
/** A sparse tensor that each run is fed: `name/indices`, `name/values`, `name/shape`. */
export const sparse_placeholder = v1(
  "sparse_placeholder",
  "dtype shape name",
  (dtype: TypeLike, shape: unknown = null, name: string | null = null): SparseTensor => {
    const dims = shape === null ? null : dimsOf(shape);
    const rank = dims?.length ?? null;
    const own = (part: string): string | null => (name === null ? null : `${name}/${part}`);
    const dense = dims?.every((d) => d !== null && d >= 0)
      ? node(get_default_graph(), "Identity", [dims], {}, own("shape"))
      : placeholder({ dtype: int64, shape: [rank], name: own("shape") } as never);
    const made = SparseTensor(
      placeholder({ dtype: int64, shape: [null, rank], name: own("indices") } as never),
      placeholder({ dtype: as_dtype(dtype), shape: [null], name: own("values") } as never),
      dense as never,
    ) as SparseTensor;
    if (dims !== null) made.set_shape(dims);
    return made;
  },
);
/** A dense tensor of places and values. */
export const sparse_to_dense = v1(
  "sparse_to_dense",
  "sparse_indices output_shape sparse_values default_value validate_indices name",
  (
    sparse_indices: unknown,
    output_shape: unknown,
    sparse_values: unknown,
    default_value: unknown = 0,
    _validate = true,
    name: string | null = null,
  ): GraphTensor => {
    const g = get_default_graph();
    return node(
      g,
      "SparseToDense",
      [sparse_indices, output_shape, sparse_values, default_value],
      {},
      name ?? "SparseToDense",
    );
  },
);

/* The functions, under the names and with the parameters that they have here. */

export const {
  cross: sparse_cross,
  cross_hashed: sparse_cross_hashed,
  maximum: sparse_maximum,
  minimum: sparse_minimum,
  softmax: sparse_softmax,
  sparse_dense_matmul: sparse_tensor_dense_matmul,
  bincount,
} = recorded(arithmetic);
export const {
  expand_dims: sparse_expand_dims,
  eye: sparse_eye,
  fill_empty_rows: sparse_fill_empty_rows,
  from_dense,
  mask: sparse_mask,
  merge: sparse_merge,
  reorder: sparse_reorder,
  reset_shape: sparse_reset_shape,
  reshape: sparse_reshape,
  retain: sparse_retain,
  slice: sparse_slice,
  to_dense: sparse_tensor_to_dense,
  to_indicator: sparse_to_indicator,
  transpose: sparse_transpose,
} = recorded(structure);

/** One of two names of a parameter. @throws ValueError for both */
const either = <T>(name: string, value: T | null, old: string, other: T | null): T | null => {
  if (value !== null && other !== null) throw new ValueError(`Cannot specify both '${old}' and '${name}'.`);
  return value ?? other;
};

export const sparse_add = v1(
  "sparse_add",
  "a b threshold thresh",
  (a: Data | Sparse, b: Data | Sparse, threshold: Data | null = null, thresh: Data | null = null) =>
    arithmetic.add(a as never, b as never, (either("threshold", threshold, "thresh", thresh) ?? 0) as never),
);
export const sparse_concat = v1(
  "sparse_concat",
  "axis sp_inputs name expand_nonconcat_dim concat_dim expand_nonconcat_dims",
  (
    axis: number | null,
    sp_inputs: readonly Sparse[],
    name: Name = null,
    expand_nonconcat_dim: boolean | null = null,
    concat_dim: number | null = null,
    expand_nonconcat_dims: boolean | null = null,
  ) =>
    structure.concat(
      either("axis", axis, "concat_dim", concat_dim) as never,
      sp_inputs as never,
      (either("expand_nonconcat_dims", expand_nonconcat_dims, "expand_nonconcat_dim", expand_nonconcat_dim) ??
        false) as never,
      name as never,
    ),
);
export const sparse_split = v1(
  "sparse_split",
  "keyword_required sp_input num_split axis name split_dim",
  (
    keyword_required: unknown = null,
    sp_input: Sparse | null = null,
    num_split: number | null = null,
    axis: Data | null = null,
    name: Name = null,
    split_dim: Data | null = null,
  ) => {
    if (keyword_required !== null) throw new ValueError("Keyword arguments are required for this function.");
    return structure.split(
      sp_input as never,
      num_split as never,
      either("axis", axis, "split_dim", split_dim) as never,
      name as never,
    );
  },
);

const reduction = (name: string, f: typeof arithmetic.reduce_sum, output_is_sparse: boolean) =>
  v1(
    name,
    "sp_input axis keepdims reduction_axes keep_dims",
    (
      sp_input: Sparse,
      axis: Data | null = null,
      keepdims: boolean | null = null,
      reduction_axes: Data | null = null,
      keep_dims: boolean | null = null,
    ) =>
      f(
        sp_input as never,
        either("axis", axis, "reduction_axes", reduction_axes) as never,
        (either("keepdims", keepdims, "keep_dims", keep_dims) ?? false) as never,
        output_is_sparse as never,
      ),
  );
export const sparse_reduce_sum = reduction("sparse_reduce_sum", arithmetic.reduce_sum, false);
export const sparse_reduce_max = reduction("sparse_reduce_max", arithmetic.reduce_max, false);
export const sparse_reduce_sum_sparse = reduction("sparse_reduce_sum_sparse", arithmetic.reduce_sum, true);
export const sparse_reduce_max_sparse = reduction("sparse_reduce_max_sparse", arithmetic.reduce_max, true);

const segment = (name: string, f: typeof arithmetic.segment_sum) =>
  v1(
    name,
    "data indices segment_ids name num_segments sparse_gradient",
    (
      data: Data,
      indices: Data,
      segment_ids: Data,
      own: Name = null,
      num_segments: Data | null = null,
    ): Tensor =>
      f(data as never, indices as never, segment_ids as never, num_segments as never, own as never) as Tensor,
  );
export const sparse_segment_sum = segment("sparse_segment_sum", arithmetic.segment_sum);
export const sparse_segment_mean = segment("sparse_segment_mean", arithmetic.segment_mean);
export const sparse_segment_sqrt_n = segment("sparse_segment_sqrt_n", arithmetic.segment_sqrt_n);
