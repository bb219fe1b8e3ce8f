import { Tuple } from "@cognate/py";
import { toTensor } from "../../core/convert.js";
import { float32 } from "../../core/dtypes.js";
import { one } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { type Data, def, type Name } from "../make.js";
import {
  add,
  cast,
  divide,
  multiply,
  negative,
  rsqrt,
  square,
  squared_difference,
  subtract,
} from "../math.js";
import { type Axis, reduce_mean, reduce_sum } from "../reduce.js";

export const local_response_normalization = def(
  "tensorflow.nn.local_response_normalization",
  "input depth_radius bias alpha beta name",
  (
    input: Data,
    depth_radius = 5,
    bias: number = 1,
    alpha: number = 1,
    beta = 0.5,
    name: Name = null,
  ): Tensor => one("LRN", [input], { depth_radius, bias, alpha, beta }, name),
);
export const lrn = local_response_normalization;
/** Mean and variance over axes. */
/** Axes to leave out; all of length 1 for none given. */
const squeezedAxes = (axes: Axis): number[] =>
  axes === null ? [] : Array.isArray(axes) ? (axes as number[]) : [axes as number];
export const moments = def(
  "tensorflow.nn.moments",
  "x axes shift keepdims name",
  (x: Data, axes: Axis, _shift: unknown = null, keepdims = false, _name: Name = null): Tuple<Tensor> => {
    const t = toTensor(x);
    const y = ["float16", "bfloat16"].includes(t.dtype.name) ? cast(t, float32) : t;
    const mean = reduce_mean(y, axes, true);
    const variance = reduce_mean(squared_difference(y, one("StopGradient", [mean])), axes, true);
    const dims = squeezedAxes(axes);
    const out = [mean, variance].map((v) => (keepdims ? v : one("Squeeze", [v], { squeeze_dims: dims })));
    return Tuple.of_(out.map((v) => (y === t ? v : cast(v, t.dtype))));
  },
);
export const weighted_moments = def(
  "tensorflow.nn.weighted_moments",
  "x axes frequency_weights keepdims name",
  (x: Data, axes: Axis, frequency_weights: Data, keepdims = false, _name: Name = null): Tuple<Tensor> => {
    const t = toTensor(x);
    const w = cast(toTensor(frequency_weights), t.dtype);
    const wide = add(w, one("ZerosLike", [t]));
    const total = reduce_sum(wide, axes, true);
    const mean = divide(reduce_sum(multiply(w, t), axes, true), total);
    const variance = divide(reduce_sum(multiply(w, squared_difference(t, mean)), axes, true), total);
    const dims = squeezedAxes(axes);
    return Tuple.of_(
      [mean, variance].map((v) => (keepdims ? v : one("Squeeze", [v], { squeeze_dims: dims }))),
    );
  },
);
export const sufficient_statistics = def(
  "tensorflow.nn.sufficient_statistics",
  "x axes shift keepdims name",
  (
    x: Data,
    axes: readonly number[],
    shift: Data | null = null,
    keepdims = false,
    _name: Name = null,
  ): Tuple<Tensor | null> => {
    const t = toTensor(x);
    const n = axes.reduce((p, a) => p * t.shape.at(a), 1);
    const s = shift === null ? null : toTensor(shift, { dtype: t.dtype });
    const m = reduce_sum(s ? subtract(t, s) : t, axes, keepdims);
    const v = reduce_sum(s ? squared_difference(t, s) : square(t), axes, keepdims);
    return Tuple.of_([toTensor(n, { dtype: t.dtype }), m, v, s]);
  },
);
export const normalize_moments = def(
  "tensorflow.nn.normalize_moments",
  "counts mean_ss variance_ss shift name",
  (
    counts: Data,
    mean_ss: Data,
    variance_ss: Data,
    shift: Data | null = null,
    _name: Name = null,
  ): Tuple<Tensor> => {
    const divisor = one("Reciprocal", [counts]);
    const shifted = multiply(mean_ss, divisor);
    const mean = shift === null ? shifted : add(shifted, shift);
    return Tuple.of_([mean, subtract(multiply(variance_ss, divisor), square(shifted))]);
  },
);
export const batch_normalization = def(
  "tensorflow.nn.batch_normalization",
  "x mean variance offset scale variance_epsilon name",
  (
    x: Data,
    mean: Data,
    variance: Data,
    offset: Data | null,
    scale: Data | null,
    variance_epsilon: number,
    _name: Name = null,
  ): Tensor => {
    let inv = rsqrt(add(variance, variance_epsilon));
    if (scale !== null) inv = multiply(inv, scale);
    const t = toTensor(x);
    const c = (v: Data): Tensor => cast(v, t.dtype);
    const bias = offset !== null ? subtract(offset, multiply(mean, inv)) : multiply(negative(mean), inv);
    return add(multiply(t, c(inv)), c(bias));
  },
);
/** Batch normalization by given statistics, scaled by gamma if that is wanted. */
export const batch_norm_with_global_normalization = def(
  "tensorflow.nn.batch_norm_with_global_normalization",
  "input mean variance beta gamma variance_epsilon scale_after_normalization name",
  (
    input: Data,
    mean: Data,
    variance: Data,
    beta: Data,
    gamma: Data,
    variance_epsilon: number,
    scale_after_normalization: boolean,
    _name: Name = null,
  ): Tensor =>
    batch_normalization(
      input,
      mean,
      variance,
      beta,
      scale_after_normalization ? gamma : null,
      variance_epsilon,
    ),
);
