import { dtypeNamed, int64, ops } from "@cognate/kernel";
import type { ndarray } from "@cognate/ndarray";
import { def } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { valueOf } from "../backend/create.js";
import { Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import { apply } from "../ops/make.js";
import { one_hot } from "../ops/nn/encoding.js";
import { normalize as normalizeTensor } from "../ops/nn/norm.js";

/** The shape without a last axis of length 1. */
const withoutColumn = (shape: readonly number[]): readonly number[] =>
  shape.length > 1 && shape[shape.length - 1] === 1 ? shape.slice(0, -1) : shape;

/**
 * `keras.utils.to_categorical`: a line of zeros with a one at the place of each class.
 *
 * @param x - class numbers
 * @param num_classes - the length of the lines, one more than the largest number if left out
 * @returns float64 as an array; a tensor for a tensor
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * print(keras.utils.to_categorical([0, 2, 1]));
 * // prints
 * // [[1. 0. 0.]
 * //  [0. 0. 1.]
 * //  [0. 1. 0.]]
 * ```
 */
export const to_categorical = def(
  "keras.utils.to_categorical",
  "x num_classes",
  (x: TensorLike, num_classes: number | null = null): ndarray | Tensor => {
    const ids = valueOf(x, int64);
    const list = apply(ops.reshape, [ids], { shape: withoutColumn(ids.shape) });
    if (x instanceof Tensor) return one_hot.impl(wrap(list), num_classes!) as Tensor;
    const most =
      ids.size === 0 ? 0 : Number(wrap(ids.amax({ dims: ids.shape.map((_, i) => i) }) as Value).item());
    const classes = num_classes || most + 1;
    const wrapped = list.full([], 0).where(list.ge(0).logicalNot(), list).add(negatives(list, classes));
    return wrap(apply(ops.oneHot, [wrapped as Value], { classes, dtype: dtypeNamed("float64")! })).numpy();
  },
);

/** Negative numbers count from the end, as they do where NumPy indexes. */
const negatives = (ids: Value, classes: number): Value =>
  ids.add(classes).where(ids.lt(0), ids.full([], 0)) as Value;

/** `keras.utils.normalize`: lines of length 1 along an axis; zeros stay. */
export const normalize = def(
  "keras.utils.normalize",
  "x axis order",
  (x: TensorLike, axis = -1, order = 2): ndarray | Tensor => {
    if (x instanceof Tensor) return normalizeTensor.impl(x, axis, order) as Tensor;
    const given = valueOf(x);
    const v = given.dtype.kind === "float" ? given : valueOf(x, dtypeNamed("float64")!);
    const dims = [axis];
    const norm = v
      .abs()
      .pow(order)
      .sum({ dims, keepdim: true })
      .pow(1 / order);
    const divisor = norm.full([], 1).where(norm.eq(0), norm);
    return wrap(v.div(divisor) as Value).numpy();
  },
);
