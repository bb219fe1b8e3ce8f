import { def, str, TypeError, type_name, ValueError } from "@cognate/py";
import { isTensor, toTensor } from "../core/convert.js";
import { int32, int64, string } from "../core/dtypes.js";
import { one, op } from "../core/execute.js";
import type { Data, Name } from "../ops/make.js";
import { cast } from "../ops/math.js";
import { withNameScope } from "../ops/name-scope.js";
import type { Tensor } from "../shared.js";
import { reshape } from "./parts.js";
import { built } from "./structure.js";
import { isSparse, type Sparse, SparseTensor, sparse } from "./tensor.js";

/* `tf.sparse`: sums, products, reductions, counts. */

const parts = (s: SparseTensor): [Tensor, Tensor, Tensor] => [s.indices, s.values, s.dense_shape];
type Either = Data | Sparse;

/** The sum of two sparse tensors, or of a sparse one and a dense one, which is dense. */
export const add = def(
  "tensorflow.sparse.add",
  "a b threshold",
  (a: Either, b: Either, threshold: Data = 0): SparseTensor | Tensor => {
    if (!isSparse(a) && !isSparse(b))
      throw new TypeError("At least one input should be SparseTensor; do you mean to use tf.add()?");
    if (!isSparse(a) || !isSparse(b)) {
      const [s, dense] = isSparse(a) ? [sparse(a), b] : [sparse(b), a];
      return one("SparseTensorDenseAdd", [...parts(s), toTensor(dense as Data, { dtype: s.dtype })]);
    }
    const [x, y] = [sparse(a), sparse(b)];
    const least = isTensor(threshold) ? threshold : toTensor(threshold, { dtype: x.dtype.real_dtype });
    return built(op("SparseAdd", [...parts(x), ...parts(y), least]));
  },
);
const extreme = (name: string, type: string) =>
  def(
    `tensorflow.sparse.${name}`,
    "sp_a sp_b name",
    (sp_a: Sparse, sp_b: Sparse, label: Name = null): SparseTensor => {
      const [a, b] = [sparse(sp_a), sparse(sp_b)];
      const [indices, values] = op(type, [...parts(a), ...parts(b)], {}, label);
      return new SparseTensor(indices!, values!, a.dense_shape);
    },
  );
/** The larger numbers of two sparse tensors; what has no place is zero. */
export const maximum = extreme("maximum", "SparseSparseMaximum");
export const minimum = extreme("minimum", "SparseSparseMinimum");

type Axis = Data | null;
const axesOf = (s: SparseTensor, axis: Axis): Tensor => {
  if (axis !== null) return toTensor(axis, { dtype: isTensor(axis) ? undefined : int32 });
  const rank = s.dense_shape.shape[0]!;
  return toTensor(
    Array.from({ length: rank }, (_, k) => k),
    { dtype: int32 },
  );
};
const reduction = (name: string, type: string) =>
  def(
    `tensorflow.sparse.${name}`,
    "sp_input axis keepdims output_is_sparse name",
    (
      sp_input: Sparse,
      axis: Axis = null,
      keepdims: boolean | null = null,
      output_is_sparse = false,
      label: Name = null,
    ): Tensor | SparseTensor => {
      const s = sparse(sp_input);
      const given = [...parts(s), axesOf(s, axis)];
      const attrs = { keep_dims: keepdims ?? false };
      return output_is_sparse
        ? built(op(`${type}Sparse`, given, attrs, label))
        : one(type, given, attrs, label);
    },
  );
export const reduce_sum = reduction("reduce_sum", "SparseReduceSum");
/** The largest numbers; zero where nothing stands. */
export const reduce_max = reduction("reduce_max", "SparseReduceMax");

/** Softmax of each row over its entries. */
export const softmax = def(
  "tensorflow.sparse.softmax",
  "sp_input name",
  (sp_input: Sparse, name: Name = null): SparseTensor => {
    const s = sparse(sp_input);
    return withNameScope(
      name ?? "SparseSoftmax",
      () => new SparseTensor(s.indices, one("SparseSoftmax", parts(s)), s.dense_shape),
    );
  },
);
/** A sparse matrix times a dense one, or a dense one times a sparse one. */
export const sparse_dense_matmul = def(
  "tensorflow.sparse.sparse_dense_matmul",
  "sp_a b adjoint_a adjoint_b name",
  (sp_a: Either, b: Either, adjoint_a = false, adjoint_b = false, name: Name = null): Tensor => {
    if (isSparse(b) && !isSparse(sp_a)) {
      const [s, dense] = [sparse(b), toTensor(sp_a as Data)];
      const turn = (t: Tensor): Tensor => {
        const x = one("Transpose", [t, [1, 0]]);
        return x.dtype.is_complex ? one("Conj", [x]) : x;
      };
      return turn(sparse_dense_matmul(s, dense, !adjoint_b, !adjoint_a) as Tensor);
    }
    const s = sparse(sp_a);
    return withNameScope(name ?? "SparseTensorDenseMatMul", () =>
      one(
        "SparseTensorDenseMatMul",
        [...parts(s), toTensor(b as Data, { dtype: isTensor(b) ? undefined : s.dtype })],
        {
          adjoint_a,
          adjoint_b,
        },
      ),
    );
  },
);
/** The products of two dense matrices at the places of a sparse one. */
export const sampled_addmm = def(
  "tensorflow.sparse.sampled_addmm",
  "indices values dense_shape mat1 mat2 beta alpha output_type",
  (
    indices: Data,
    values: Data,
    dense_shape: Data,
    mat1: Data,
    mat2: Data,
    beta = 1,
    alpha = 1,
  ): [Tensor, Tensor, Tensor] => {
    const [at, own, shape] = [toTensor(indices), toTensor(values), toTensor(dense_shape)];
    const [x, y] = [toTensor(mat1), toTensor(mat2)];
    const both = one("Mul", [
      one("GatherNd", [one("BatchMatMulV2", [x, y]), at]),
      toTensor(alpha, { dtype: x.dtype }),
    ]);
    return [at, one("AddV2", [both, one("Mul", [own, toTensor(beta, { dtype: own.dtype })])]), shape];
  },
);

const segment = (name: string, type: string) =>
  def(
    `tensorflow.sparse.${name}`,
    "data indices segment_ids num_segments name sparse_gradient",
    (
      data: Data,
      indices: Data,
      segment_ids: Data,
      num_segments: Data | null = null,
      label: Name = null,
    ): Tensor =>
      num_segments === null
        ? one(type, [data, indices, segment_ids], {}, label)
        : one(`${type}WithNumSegments`, [data, indices, segment_ids, num_segments], {}, label),
  );
/** Some rows, those of one segment added up. */
export const segment_sum = segment("segment_sum", "SparseSegmentSum");
export const segment_mean = segment("segment_mean", "SparseSegmentMean");
/** The sum divided by the root of how many there are. */
export const segment_sqrt_n = segment("segment_sqrt_n", "SparseSegmentSqrtN");

/** @throws TypeError, ValueError */
function weightsFor(values: SparseTensor, weights: unknown): Tensor {
  if (weights === null) return toTensor([], { dtype: values.dtype });
  if (!(weights instanceof SparseTensor))
    throw new ValueError(
      `Argument \`weights\` must be a SparseTensor if \`values\` is a SparseTensor. Received weights=${str(weights)} of type: ${type_name(weights)}`,
    );
  return (weights as SparseTensor).values;
}
/** How often each number stands in each row, as a sparse tensor. */
export const bincount = def(
  "tensorflow.sparse.bincount",
  "values weights axis minlength maxlength binary_output name",
  (
    values: Either,
    weights: Either | null = null,
    axis: number | null = 0,
    minlength: number | null = null,
    maxlength: number | null = null,
    binary_output = false,
    name: Name = null,
  ): SparseTensor =>
    withNameScope(name ?? "count", () => {
      if (weights !== null && binary_output)
        throw new ValueError(
          "Arguments `binary_output` and `weights` are mutually exclusive. Please specify only one.",
        );
      const along = Number(axis ?? 0);
      if (along !== 0 && along !== -1)
        throw new ValueError(
          `Unsupported value for argument axis=${along}. Only 0 and -1 are currently supported.`,
        );
      const attrs = { minlength: minlength ?? -1, maxlength: maxlength ?? -1, binary_output };
      if (isSparse(values) && along !== 0) {
        const s = sparse(values);
        return built(op("SparseCountSparseOutput", [...parts(s), weightsFor(s, weights)], attrs));
      }
      const flat = (t: Tensor): Tensor => (along === 0 ? reshape(t, [-1]) : t);
      const s = isSparse(values) ? sparse(values) : null;
      const x = s ? s.values : flat(toTensor(values as Data));
      const w = s
        ? weightsFor(s, weights)
        : weights === null
          ? toTensor([], { dtype: x.dtype })
          : flat(toTensor(weights as Data));
      return built(op("DenseCountSparseOutput", [x, w], attrs));
    }),
);

/** Columns of features, sparse ones first. @throws TypeError */
function columns(inputs: unknown): { triples: SparseTensor[]; dense: Tensor[] } {
  if (!Array.isArray(inputs)) throw new TypeError("Inputs must be a list");
  if (inputs.some((x) => !(x instanceof SparseTensor) && !isTensor(x)))
    throw new TypeError("All inputs must be Tensor or SparseTensor.");
  const wide = (t: Tensor): Tensor => (t.dtype === string ? t : (cast(t, int64) as Tensor));
  return {
    triples: inputs
      .filter((x) => x instanceof SparseTensor)
      .map((s) => (s as SparseTensor).with_values(wide((s as SparseTensor).values))),
    dense: inputs.filter((x) => !(x instanceof SparseTensor)).map((t) => wide(t as Tensor)),
  };
}
const crossInputs = ({ triples, dense }: ReturnType<typeof columns>): unknown[] => [
  triples.map((s) => s.indices),
  triples.map((s) => s.values),
  triples.map((s) => s.dense_shape),
  dense,
];
/** Every combination of one feature of each column, as texts. */
export const cross = def(
  "tensorflow.sparse.cross",
  "inputs name separator",
  (inputs: unknown, name: Name = null, separator: string | null = null): SparseTensor => {
    const own = columns(inputs);
    return built(
      op(
        "SparseCrossV2",
        [...crossInputs(own), toTensor(separator ?? "_X_", { dtype: string })],
        {
          N: own.triples.length,
          sparse_types: own.triples.map((s) => s.dtype),
          dense_types: own.dense.map((t) => t.dtype),
        },
        name,
      ),
    );
  },
);
/** The fingerprints of {@link cross}, modulo `num_buckets`. */
export const cross_hashed = def(
  "tensorflow.sparse.cross_hashed",
  "inputs num_buckets hash_key name",
  (
    inputs: unknown,
    num_buckets = 0,
    hash_key: number | bigint | null = null,
    name: Name = null,
  ): SparseTensor => {
    const own = columns(inputs);
    const numeric = [...own.triples, ...own.dense].some((t) => t.dtype !== string);
    return built(
      op(
        "SparseCross",
        crossInputs(own),
        {
          N: own.triples.length,
          hashed_output: true,
          num_buckets,
          hash_key: hash_key || 0xdecafcaffe,
          out_type: int64,
          internal_type: numeric ? int64 : string,
          sparse_types: own.triples.map((s) => s.dtype),
          dense_types: own.dense.map((t) => t.dtype),
        },
        name,
      ),
    );
  },
);

/** Sparse values beside a dense tensor that is stretched over them: what `s * x` and `s / x` are. */
const withDense =
  (type: string, name: string) =>
  (s: SparseTensor, dense: Data): SparseTensor =>
    withNameScope(name, (scope) =>
      s.with_values(
        one(
          type,
          [...parts(s), toTensor(dense, { dtype: isTensor(dense) ? undefined : s.dtype })],
          {},
          scope || null,
        ),
      ),
    );
const operators: Readonly<Record<string, (this: SparseTensor, other: Data) => SparseTensor>> = {
  mul(other) {
    return withDense("SparseDenseCwiseMul", "mul")(this, other);
  },
  rmul(other) {
    return withDense("SparseDenseCwiseMul", "mul")(this, other);
  },
  div(other) {
    return withDense("SparseDenseCwiseDiv", "truediv")(this, other);
  },
};
for (const [name, value] of Object.entries(operators))
  Object.defineProperty(SparseTensor.prototype, name, { value, configurable: true, writable: true });
