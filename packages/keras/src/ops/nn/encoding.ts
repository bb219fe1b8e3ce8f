import { bool, int64, ops } from "@cognate/kernel";
import { valueOf } from "../../backend/create.js";
import { type DTypeLike, kernelType } from "../../backend/dtype.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { apply, op } from "../make.js";
import { moveaxis } from "../numpy/shape.js";

/** A line of zeros with a one at the place that each number names; numbers of no class give zeros. */
export const one_hot = op(
  "nn.OneHot",
  "one_hot",
  "x num_classes axis dtype sparse",
  (
    x: TensorLike,
    num_classes: number,
    axis: number | null = -1,
    dtype: DTypeLike | null = null,
    _sparse = false,
  ): Tensor => {
    const type = dtype === null ? kernelType("float32") : kernelType(dtype);
    const y = apply(ops.oneHot, [valueOf(x, int64)], {
      classes: Number(num_classes),
      dtype: type,
      lenient: true,
    });
    return axis === null || axis === -1 || axis === y.shape.length - 1
      ? wrap(y)
      : (moveaxis.impl(wrap(y), -1, axis) as Tensor);
  },
);
/** Which of the classes occur among the numbers of a row. */
export const multi_hot = op(
  "nn.MultiHot",
  "multi_hot",
  "inputs num_classes axis dtype sparse",
  (
    inputs: TensorLike,
    num_classes: number,
    axis = -1,
    dtype: DTypeLike | null = null,
    _sparse = false,
  ): Tensor => {
    const rank = valueOf(inputs).shape.length;
    const each = (one_hot.impl(inputs, num_classes, axis, dtype, false) as Tensor)._value;
    const dims = { dims: [rank > 1 ? 1 : 0] };
    return wrap(each.dtype === bool ? apply(ops.any, [each], dims) : apply(ops.amax, [each], dims));
  },
);
