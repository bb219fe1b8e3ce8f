import { nameClass } from "@cognate/py";
import { as_dtype, int64, type TypeLike } from "../core/dtypes.js";
import { get_default_graph, inDefault } from "../graph/current.js";
import { dimsOf } from "../graph/shape.js";
import type { GraphTensor } from "../graph/tensor.js";
import { SparseTensor as SparseOf, SparseTensorValue, to_dense } from "../ops/sparse.js";
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
    return SparseTensor(
      placeholder({ dtype: int64, shape: [null, rank], name: own("indices") } as never),
      placeholder({ dtype: as_dtype(dtype), shape: [null], name: own("values") } as never),
      dense as never,
    ) as SparseTensor;
  },
);
export const sparse_tensor_to_dense = recorded(to_dense);
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
/** A sparse matrix times a dense one. */
export const sparse_tensor_dense_matmul = v1(
  "sparse_tensor_dense_matmul",
  "sp_a b adjoint_a adjoint_b name",
  (
    sp_a: SparseTensor,
    b: unknown,
    adjoint_a = false,
    adjoint_b = false,
    name: string | null = null,
  ): GraphTensor =>
    node(
      get_default_graph(),
      "SparseTensorDenseMatMul",
      [sp_a.indices, sp_a.values, sp_a.dense_shape, b],
      { adjoint_a, adjoint_b },
      name ?? "SparseTensorDenseMatMul/SparseTensorDenseMatMul",
    ),
);
