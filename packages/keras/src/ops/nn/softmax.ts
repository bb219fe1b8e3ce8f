import { ops } from "@cognate/kernel";
import { warn } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { TensorShape } from "../../backend/tensor-shape.js";
import { anyRow, apply, compute, computeMany, floating, op, shapes } from "../make.js";
import { dimsOf } from "../numpy/reduction.js";

/** One axis, several taken together, or all. */
type Axes = number | readonly number[] | null;

/** A function along one axis; several are one line for it. */
function along(row: unknown, v: Value, axis: Axes): Value {
  if (typeof axis === "number") return apply(anyRow(row), [v], { dim: axis });
  const dims = dimsOf(axis, v.shape.length).map((d) => (d < 0 ? d + v.shape.length : d));
  const others = v.shape.map((_, i) => i).filter((i) => !dims.includes(i));
  const axes = [...others, ...dims];
  const turned = apply(ops.permute, [v], { axes });
  const length = dims.reduce((n, d) => n * v.shape[d]!, 1);
  const line = apply(ops.reshape, [turned], { shape: [...others.map((d) => v.shape[d]!), length] });
  const y = apply(ops.reshape, [apply(anyRow(row), [line], { dim: -1 })], { shape: turned.shape });
  return apply(ops.permute, [y], { axes: v.shape.map((_, i) => axes.indexOf(i)) });
}

/** eˣ/Σeˣ along an axis; losses can ask the result for its logits. */
export const softmax = op(
  "nn.Softmax",
  "softmax",
  "x axis",
  (x: TensorLike, axis: Axes = -1): Tensor => {
    const v = floating(x);
    if (typeof axis === "number" && v.shape.at(axis) === 1)
      warn(
        `You are using a softmax over axis ${axis} of a tensor of shape ${new TensorShape(v.shape)}. This axis has size 1. The softmax operation will always return the value 1, which is likely not what you intended. Did you mean to use a sigmoid instead?`,
      );
    const y = wrap(along(ops.softmax, v, axis));
    y._keras_logits = wrap(v);
    return y;
  },
  { shape: shapes.same },
);
/** x − log Σeˣ along an axis. */
export const log_softmax = op(
  "nn.LogSoftmax",
  "log_softmax",
  "x axis",
  (x: TensorLike, axis: Axes = -1): Tensor => wrap(along(ops.logSoftmax, floating(x), axis)),
  { shape: shapes.same },
);

/** A softmax with zeros after Martins & Astudillo (2016), as Keras computes it. */
export const sparsemax = op(
  "nn.Sparsemax",
  "sparsemax",
  "x axis",
  (x: TensorLike, axis = -1): Tensor => {
    const v = floating(x);
    const dim = axis < 0 ? axis + v.shape.length : axis;
    const sorted = computeMany(ops.sort, [v], { dim, descending: true })[0]!._value;
    const sums = sorted.cumsum({ dim });
    const ranks = v.full(v.shape, 1).cumsum({ dim });
    const support = sorted.sub(sums.sub(1).div(ranks)).gt(0);
    const line = { dims: [dim], keepdim: true };
    const count = support.cast({ dtype: v.dtype }).sum(line);
    // Keras adds up all prefix sums of the support, where the paper takes the last one.
    const tau = sums.where(support, 0).sum(line).sub(1).div(count);
    return compute(ops.clampMin, [v.sub(tau), 0], undefined);
  },
  { shape: shapes.same },
);
