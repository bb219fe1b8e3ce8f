import { float32, ops } from "@cognate/kernel";
import { Tuple, ValueError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { epsilon as defaultEpsilon } from "../../backend/config.js";
import { castValue, valueOf } from "../../backend/create.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { norm } from "../linalg/norm.js";
import { apply, compute, computeMany, floating, op, shapes } from "../make.js";
import { type Axis, dimsOf } from "../numpy/reduction.js";

/** Half floats compute in float32. */
const wide = (v: Value): Value => (v.dtype.half ? castValue(v, float32) : v);

/** Mean and variance along axes. */
export const moments = op(
  "nn.Moments",
  "moments",
  "x axes keepdims synchronized",
  (x: TensorLike, axes: Axis, keepdims = false, _synchronized = false): Tuple<Tensor> => {
    const v = floating(x);
    const params = { dims: dimsOf(axes, v.shape.length), keepdim: keepdims };
    const w = wide(v);
    const mean = apply(ops.mean, [w], params);
    const variance = apply(ops.variance, [w], { ...params, correction: 0 });
    return Tuple.of_([mean, variance].map((m) => wrap(castValue(m, v.dtype))));
  },
);

/** (x − mean)/√(variance + ε)·scale + offset along an axis. */
export const batch_normalization = op(
  "nn.BatchNorm",
  "batch_normalization",
  "x mean variance axis offset scale epsilon",
  (
    x: TensorLike,
    mean: TensorLike,
    variance: TensorLike,
    axis: number,
    offset: TensorLike | null = null,
    scale: TensorLike | null = null,
    epsilon = 1e-3,
  ): Tensor => {
    const v = floating(x);
    const along = (w: TensorLike | null): Value | null => (w === null ? null : valueOf(w, v.dtype));
    return compute(ops.standardizeBy, [v, along(mean), along(variance), along(scale), along(offset)], {
      axis: axis < 0 ? axis + v.shape.length : axis,
      eps: Number(epsilon),
    });
  },
  { call: "x mean variance offset scale", shape: shapes.same },
);

/** What the fused row wants of weights: the axes' own shape. */
const onAxes = (w: TensorLike | null, x: Value, axes: readonly number[]): Value | null =>
  w === null ? null : apply(ops.reshape, [valueOf(w, x.dtype)], { shape: axes.map((a) => x.shape[a]!) });

/** (x − mean)/√(variance + ε)·γ + β with mean and variance of each example over the axes. */
export const layer_normalization = op(
  "nn.LayerNorm",
  "layer_normalization",
  "x gamma beta axis epsilon",
  (
    x: TensorLike,
    gamma: TensorLike | null = null,
    beta: TensorLike | null = null,
    axis: number | readonly number[] = -1,
    epsilon: number | null = null,
  ): Tensor => {
    const given = floating(x);
    const v = wide(given);
    const axes = dimsOf(axis, v.shape.length)
      .map((a) => (a < 0 ? a + v.shape.length : a))
      .sort((a, b) => a - b);
    const [y] = computeMany(ops.standardize, [v, onAxes(gamma, v, axes), onAxes(beta, v, axes)], {
      axes,
      affine: axes,
      eps: Number(epsilon ?? defaultEpsilon()),
    });
    return wrap(castValue(y!._value, given.dtype));
  },
  { arity: 3, shape: shapes.same },
);

/** x/√(mean x² + ε)·scale. */
export const rms_normalization = op(
  "nn.RMSNorm",
  "rms_normalization",
  "x scale axis epsilon",
  (
    x: TensorLike,
    scale: TensorLike | null = null,
    axis: number | readonly number[] = -1,
    epsilon: number | null = null,
  ): Tensor => {
    const given = floating(x);
    const v = wide(given);
    const dims = dimsOf(axis, v.shape.length);
    const mean = v.square().mean({ dims, keepdim: true });
    const y = v.mul(mean.add(Number(epsilon ?? defaultEpsilon())).rsqrt()) as Value;
    const scaled = scale === null ? y : (y.mul(valueOf(scale, v.dtype)) as Value);
    return wrap(castValue(scaled, given.dtype));
  },
  { arity: 2, shape: shapes.same },
);

/** x divided by its norm along an axis. */
export const normalize = op(
  "nn.Normalize",
  "normalize",
  "x axis order epsilon",
  (x: TensorLike, axis: Axis = -1, order = 2, epsilon: number | null = null): Tensor => {
    if (!Number.isInteger(order) || order < 1)
      throw new ValueError(`Argument \`order\` must be an int >= 1. Received: order=${order}`);
    const given = floating(x);
    const v = given.shape.length === 0 ? apply(ops.reshape, [given], { shape: [1] }) : given;
    const least = Number(epsilon ?? defaultEpsilon());
    if (order === 2) {
      const squares = v.square().sum({ dims: dimsOf(axis, v.shape.length), keepdim: true });
      return compute(ops.mul, [v, squares.rsqrt().minimum(1 / least, { ties: "first" })], undefined);
    }
    const size = norm.impl(wrap(v), order, axis, true) as Tensor;
    return compute(ops.div, [v, size._value.maximum(least, { ties: "first" })], undefined);
  },
  { shape: shapes.same },
);
