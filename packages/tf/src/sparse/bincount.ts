import { toTensor } from "../core/convert.js";
import { int32 } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import { cast } from "../ops/math.js";
import type { DType, Tensor } from "../shared.js";
import type { SparseTensor } from "./tensor.js";

/** How `tf.math.bincount` counts. */
export interface Counting {
  readonly minlength: number | null;
  readonly maxlength: number | null;
  readonly dtype: DType;
  readonly binary_output: boolean;
}

/** How often each number stands in each row of a sparse tensor, as a dense matrix. */
export function sparseBincount(
  s: SparseTensor,
  weights: Tensor | null,
  { minlength, maxlength, dtype, binary_output }: Counting,
): Tensor {
  const type = s.dtype.is_integer ? s.dtype : int32;
  const values = cast(s.values, type) as Tensor;
  const some = cast(one("Greater", [one("Size", [values]), 0]), type) as Tensor;
  const least = toTensor(-1, { dtype: type });
  const most = one("Maximum", [one("Max", [values, 0]), least]);
  let n = one("Mul", [some, one("AddV2", [most, toTensor(1, { dtype: type })])]);
  if (minlength !== null) n = one("Maximum", [toTensor(minlength, { dtype: type }), n]);
  if (maxlength !== null) n = one("Minimum", [toTensor(maxlength, { dtype: type }), n]);
  const w = weights ?? toTensor([], { dtype });
  return one("SparseBincount", [s.indices, values, s.dense_shape, n, w], { binary_output });
}
