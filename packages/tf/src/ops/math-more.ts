import { toTensor } from "../core/convert.js";
import { as_dtype, float32, int32, int64, type TypeLike } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import type { Tensor } from "../shared.js";
import { sparseBincount } from "../sparse/bincount.js";
import { isSparse, type Sparse, sparse } from "../sparse/tensor.js";
import { scatter_nd, size } from "./array.js";
import { type Data, def, type Name } from "./make.js";
import { cast, lgamma, maximum, minimum, multiply, ndtri, negative, sqrt, subtract } from "./math.js";
import { top_k } from "./nn.js";
import { reduce_max, reduce_sum } from "./reduce.js";

/* Functions of `tf.math` that are made of others. */

/** The inverse of erfc. */
export const erfcinv = def("tensorflow.math.erfcinv", "x name", (x: Data, _name: Name = null): Tensor => {
  const t = toTensor(x);
  const half = toTensor(0.5, { dtype: t._value?.weak ? float32 : t.dtype });
  return multiply(negative(ndtri(multiply(half, t))), sqrt(half));
});
export const reciprocal_no_nan = def(
  "tensorflow.math.reciprocal_no_nan",
  "x name",
  (x: Data, name: Name = null): Tensor => {
    const t = toTensor(x);
    return one("DivNoNan", [cast(1, t.dtype), t], {}, name);
  },
);
/** log |Β| over the last axis. */
export const lbeta = def("tensorflow.math.lbeta", "x name", (x: Data, _name: Name = null): Tensor => {
  const t = toTensor(x);
  const parts = reduce_sum(lgamma(t), [-1]);
  return subtract(parts, lgamma(reduce_sum(t, [-1])));
});
export const invert_permutation = def(
  "tensorflow.math.invert_permutation",
  "x name",
  (x: Data, name: Name = null): Tensor => one("InvertPermutation", [x], {}, name),
);
/** How often each number occurs. */
export const bincount = def(
  "tensorflow.math.bincount",
  "arr weights minlength maxlength dtype name axis binary_output",
  (
    arr: Data | Sparse,
    weights: Data | Sparse | null = null,
    minlength: number | null = null,
    maxlength: number | null = null,
    dtype: TypeLike = int32,
    _name: Name = null,
    axis: number | null = null,
    binary_output = false,
  ): Tensor => {
    if (isSparse(arr)) {
      const a = sparse(arr);
      const w = weights === null ? null : sparse(weights).values;
      if (axis !== null && Number(axis) !== 0)
        return sparseBincount(a, w, { minlength, maxlength, dtype: as_dtype(dtype), binary_output });
      const flat = { minlength, maxlength, dtype, axis, binary_output } as never;
      return (bincount as unknown as (...args: unknown[]) => Tensor)(a.values, w, flat);
    }
    const x = cast(toTensor(arr), int32);
    const positive = one("Greater", [size(x), 0]);
    let n = multiply(cast(positive, int32), cast(one("AddV2", [reduce_max(x), 1]), int32));
    if (minlength !== null) n = maximum(toTensor(minlength, { dtype: int32 }), n);
    if (maxlength !== null) n = minimum(toTensor(maxlength, { dtype: int32 }), n);
    const own = weights === null ? toTensor([], { dtype: as_dtype(dtype) }) : toTensor(weights as Data);
    const flat = axis === null ? one("Reshape", [x, [-1]]) : x;
    const w = weights === null || axis !== null ? own : one("Reshape", [own, [-1]]);
    if (binary_output || axis !== null) return one("DenseBincount", [flat, n, w], { binary_output });
    return one("Bincount", [flat, n, w]);
  },
);
export const confusion_matrix = def(
  "tensorflow.math.confusion_matrix",
  "labels predictions num_classes weights dtype name",
  (
    labels: Data,
    predictions: Data,
    num_classes: number | Tensor | null = null,
    weights: Data | null = null,
    dtype: TypeLike = int32,
    _name: Name = null,
  ): Tensor => {
    const [l, p] = [cast(toTensor(labels), int64), cast(toTensor(predictions), int64)];
    const n =
      num_classes === null
        ? one("AddV2", [maximum(reduce_max(l), reduce_max(p)), cast(1, int64)])
        : cast(toTensor(num_classes), int64);
    const type = as_dtype(dtype);
    const values = weights === null ? one("OnesLike", [cast(p, type)]) : cast(toTensor(weights), type);
    const at = one("Pack", [[l, p]], { axis: 1 });
    return scatter_nd(at, values, one("Pack", [[n, n]]));
  },
);
export const approx_max_k = def("tensorflow.math.approx_max_k", "operand k", (operand: Data, k: number) =>
  top_k(operand, k),
);
export const approx_min_k = def("tensorflow.math.approx_min_k", "operand k", (operand: Data, k: number) => {
  const [values, indices] = top_k(negative(toTensor(operand)), k);
  return [negative(values!), indices!];
});
