import { dtypeNamed, ops } from "@cognate/kernel";
import { pyClass } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { castValue, valueOf } from "../backend/create.js";
import { type Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import type { Variable } from "../backend/variable.js";
import type { DTypePolicyLike } from "../dtype-policies/dtype-policy.js";
import { hide } from "../hide.js";
import { callWith } from "../losses/classes.js";
import { type Either, maskedWeights, toSameRank } from "../losses/reduce.js";
import { deserialized, homeOf, serialized } from "../object-registry.js";
import { apply } from "../ops/make.js";
import { broadcast_to } from "../ops/numpy/shape.js";
import { constructFrom } from "../saving/construct.js";
import { MetricImpl, namedUpdates, type Weights } from "./metric.js";

const PATH = "keras.src.metrics.reduction_metrics";
type Type = DTypePolicyLike | null;

const from = (first: number, end: number): number[] =>
  Array.from({ length: Math.max(end - first, 0) }, (_, i) => first + i);
const maskOf = (x: unknown): Either | null => (x as { _keras_mask?: Either } | null)?._keras_mask ?? null;

/** One value and one weight for each entry of the batch, weights multiplied in. */
function perSample(
  given: TensorLike,
  sampleWeight: Weights,
  kind: "sum" | "mean",
  dtype: string,
): [values: Value, weights: Value | null] {
  const type = dtypeNamed(dtype)!;
  let values = castValue(valueOf(given), type);
  const over = (v: Value, first: number): Value => {
    const dims = from(first, v.shape.length);
    if (dims.length === 0) return v;
    return kind === "sum" ? apply(ops.sum, [v], { dims }) : apply(ops.mean, [v], { dims });
  };
  if (sampleWeight === null || sampleWeight === undefined) return [over(values, 1), null];
  const mask = maskOf(given);
  let weight: Either = wrap(valueOf(sampleWeight, type));
  if (mask !== null) weight = maskedWeights(weight, mask, dtype, "sum")!;
  const [v, w] = toSameRank(wrap(values), weight) as [Tensor, Tensor];
  values = over(v._value, w.ndim);
  const wide = (broadcast_to.impl(w, values.shape) as Tensor)._value;
  const weighted = apply(ops.mul, [values, wide], undefined);
  return [over(weighted, 1), w.ndim > 1 ? over(wide, 1) : wide];
}

const total = (v: Value): Value => apply(ops.sum, [v], { dims: from(0, v.shape.length) });
const added = (variable: Variable, more: Value | number): void =>
  variable._take(apply(ops.add, [variable._value, more], undefined));

/** The sum of values. */
export class SumImpl extends MetricImpl {
  declare total: Variable;
  constructor(name: string | null = "sum", dtype: Type = null) {
    super(dtype, name);
    this.total = this.add_variable([], "zeros", this.dtype, "sum", "total");
  }
  override update_state(values: TensorLike, sample_weight: Weights = null): void {
    added(this.total, total(perSample(values, sample_weight, "sum", this.dtype)[0]));
  }
  override result(): Tensor {
    return this.total.value;
  }
}
namedUpdates(SumImpl, "values sample_weight");
/** `keras.metrics.Sum`: the sum of values, weighted. */
export const Sum = pyClass(`${PATH}.Sum`, "name dtype", SumImpl);
export type Sum = SumImpl;

/** The mean of values. */
export class MeanImpl extends MetricImpl {
  declare total: Variable;
  declare count: Variable;
  constructor(name: string | null = "mean", dtype: Type = null) {
    super(dtype, name);
    this.total = this.add_variable([], "zeros", this.dtype, "sum", "total");
    this.count = this.add_variable([], "zeros", this.dtype, "sum", "count");
  }
  override update_state(values: TensorLike, sample_weight: Weights = null): void {
    this._add(values, sample_weight);
  }
  _add(given: TensorLike, sample_weight: Weights): void {
    const [values, weights] = perSample(given, sample_weight, "mean", this.dtype);
    added(this.total, total(values));
    added(this.count, weights === null ? (values.shape[0] ?? 1) : total(weights));
  }
  /** Adds one number that stands for `weight` entries. */
  _addScalar(value: Value, weight: number): void {
    added(this.total, apply(ops.mul, [castValue(value, this.total._value.dtype), weight], undefined));
    added(this.count, weight);
  }
  override reset_state(): void {
    this.total.assign(0);
    this.count.assign(0);
  }
  override result(): Tensor {
    const [sum, count] = [this.total._value, this.count._value];
    if (Number(count.array.data[count.array.offset]) === 0 && !count.dtype.half)
      return wrap(sum.full([], 0) as Value);
    return wrap(apply(ops.div, [sum, count], undefined));
  }
}
namedUpdates(MeanImpl, "values sample_weight");
/**
 * `keras.metrics.Mean`: the mean of values, weighted.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const mean = keras.metrics.Mean();
 * mean.update_state([1, 3, 5, 7]);
 * mean.update_state([10], { sample_weight: [4] });
 * print(mean.result()); // prints tf.Tensor(7.0, shape=(), dtype=float32)
 * ```
 */
export const Mean = pyClass(`${PATH}.Mean`, "name dtype", MeanImpl);
export type Mean = MeanImpl;

/** The mean of a function of targets and predictions. */
export class MeanMetricWrapperImpl extends MeanImpl {
  declare readonly _fn: unknown;
  declare readonly _fn_kwargs: Readonly<Record<string, unknown>>;
  constructor(
    fn: unknown,
    name: string | null = null,
    dtype: Type = null,
    options: Readonly<Record<string, unknown>> = {},
  ) {
    super(name, dtype);
    hide(this, "_fn", fn);
    hide(this, "_fn_kwargs", options);
    const known = homeOf(fn) ?? homeOf((fn as object | null)?.constructor);
    if (known?.module === "keras.losses") this._direction = "down";
  }
  override update_state(...args: unknown[]): void {
    const [y_true, y_pred, sample_weight = null] = args as [TensorLike, TensorLike, Weights];
    const mask = maskOf(y_pred);
    const values = callWith(this._fn, y_true as Either, y_pred as Either, this._fn_kwargs);
    const given = sample_weight === null ? null : wrap(valueOf(sample_weight, dtypeNamed(this.dtype)!));
    this._add(values, maskedWeights(given, mask, this.dtype, "sum") as Weights);
  }
  static override from_config(config: Record<string, unknown>): unknown {
    return constructFrom(this as never, deserialized(config) as Record<string, unknown>);
  }
  override get_config(): Record<string, unknown> {
    return {
      ...super.get_config(),
      fn: serialized(this._fn),
      ...(serialized(this._fn_kwargs) as Record<string, unknown>),
    };
  }
}
namedUpdates(MeanMetricWrapperImpl);
/** `keras.metrics.MeanMetricWrapper`: the mean of any function of targets and predictions. */
export const MeanMetricWrapper = pyClass(
  `${PATH}.MeanMetricWrapper`,
  "fn name dtype **kwargs",
  MeanMetricWrapperImpl,
);
export type MeanMetricWrapper = MeanMetricWrapperImpl;
