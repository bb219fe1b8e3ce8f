import { Callable, className, NotImplementedError, pyClass } from "@cognate/py";
import { floatx } from "../backend/config.js";
import { type DTypeLike, standardizeDType } from "../backend/dtype.js";
import { autoName } from "../backend/global-state.js";
import { nameScope } from "../backend/scope.js";
import type { Shape } from "../backend/shape.js";
import { checkCount, withValues } from "../backend/stateless.js";
import type { Tensor, TensorLike } from "../backend/tensor.js";
import { Variable } from "../backend/variable.js";
import { type DTypePolicy, type DTypePolicyLike, get as policyOf } from "../dtype-policies/dtype-policy.js";
import { hide } from "../hide.js";
import { type InitializerLike, get as initializerOf } from "../initializers/index.js";
import { keywordMethods } from "../keyword-methods.js";
import { zeros } from "../ops/numpy/creation.js";
import { constructFrom } from "../saving/construct.js";

/** What a metric comes to: a number, or several by name. */
export type MetricResult = Tensor | Readonly<Record<string, Tensor>>;

/** What all metrics have in common: variables that batches add to, and a result of them. */
export class MetricImpl extends Callable {
  name: string;
  declare readonly _policy: DTypePolicy;
  declare readonly _own: Variable[];
  /** Whether more is better (`up`) or less, where that is known. */
  declare _direction: "up" | "down" | undefined;

  constructor(dtype: DTypePolicyLike | null = null, name: string | null = null) {
    super();
    this.name = name ?? autoName(className(this.constructor));
    // `int` is a type that no policy has.
    hide(this, "_policy", dtype === "int" ? policyOf("int64") : policyOf(dtype ?? floatx()));
    hide(this, "_own", []);
    hide(this, "_direction", undefined);
  }

  get dtype(): string {
    return this._policy.compute_dtype;
  }
  /** The metrics among the fields. */
  get _metrics(): MetricImpl[] {
    const fields = this as unknown as Record<string, unknown>;
    return Object.keys(this).flatMap((key) => {
      const x = fields[key];
      return (Array.isArray(x) ? x : [x]).filter((m): m is MetricImpl => m instanceof MetricImpl);
    });
  }
  get variables(): Variable[] {
    const fields = this as unknown as Record<string, unknown>;
    const assigned = Object.keys(this)
      .map((key) => fields[key])
      .filter((x): x is Variable => x instanceof Variable && !this._own.includes(x));
    return [...this._own, ...assigned, ...this._metrics.flatMap((m) => m.variables)];
  }

  /** The variables after `update_state` with others to begin with; the metric stays as it is. @throws ValueError */
  stateless_update_state(metric_variables: readonly TensorLike[], ...args: unknown[]): Tensor[] {
    return this._with(metric_variables, () =>
      (this as unknown as { update_state(...a: unknown[]): void }).update_state(...args),
    )[1];
  }
  /** What variables come to. @throws ValueError */
  stateless_result(metric_variables: readonly TensorLike[]): unknown {
    return this._with(metric_variables, () => (this as unknown as { result(): unknown }).result())[0];
  }
  /** The variables as they begin. */
  stateless_reset_state(): Tensor[] {
    return this._with(this.variables, () => this.reset_state())[1];
  }
  _with<R>(values: readonly TensorLike[], f: () => R): [R, Tensor[]] {
    const own = this.variables;
    checkCount("metric_variables", `${className(this.constructor)}().variables`, values, own);
    const [result, after] = withValues([[own, values]], f, true);
    return [result, after!];
  }

  add_variable(
    shape: Shape,
    initializer: InitializerLike | null,
    dtype: DTypeLike | null = null,
    aggregation: string | null = "sum",
    name: string | null = null,
  ): Variable {
    const make = initializerOf(initializer ?? "zeros") as never;
    const variable = nameScope(
      this.name.replaceAll("/", ">"),
      () =>
        new Variable(make, {
          shape,
          dtype: dtype === null ? null : standardizeDType(dtype),
          trainable: false,
          aggregation,
          synchronization: "on_read",
          name,
        }),
      this,
    );
    this._own.push(variable);
    return variable;
  }
  /** A variable that batches add to, zero at first. */
  add_weight(
    shape: Shape = [],
    initializer: InitializerLike | null = null,
    dtype: DTypeLike | null = null,
    name: string | null = null,
  ): Variable {
    return this.add_variable(shape, initializer, dtype, "sum", name);
  }

  /** Takes a batch in; metrics of one's own override this. */
  update_state(..._args: never[]): unknown {
    throw new NotImplementedError();
  }
  /** What the batches so far come to; metrics of one's own override this. */
  result(): MetricResult | number {
    throw new NotImplementedError();
  }
  /** Forgets all batches. */
  reset_state(): void {
    for (const v of this.variables) v.assign(zeros.impl(v._current.shape, v._current.dtype.name));
  }
  override __call__(...args: never[]): MetricResult | number {
    this.update_state(...args);
    return this.result();
  }
  get_config(): Record<string, unknown> {
    return { name: this.name, dtype: this.dtype };
  }
  static from_config(config: Record<string, unknown>): unknown {
    return constructFrom(this as never, config);
  }
  _obj_type(): string {
    return "Metric";
  }
  __repr__(): string {
    return `<${className(this.constructor)} name=${this.name}>`;
  }
}
/** Metrics are called with what `update_state` takes; they give the result. */
export interface MetricImpl {
  (...args: unknown[]): Tensor;
}
keywordMethods("Metric", MetricImpl, {
  add_variable: "shape initializer dtype aggregation name",
  add_weight: "shape initializer dtype name",
});

/** Lets `update_state` of a class take its arguments by name. */
export const namedUpdates = (
  C: { readonly prototype: object },
  signature = "y_true:dict y_pred:dict sample_weight",
): void => keywordMethods("Metric", C, { update_state: signature });

/** Weights of a batch's entries. */
export type Weights = TensorLike | null;

/**
 * `keras.metrics.Metric`: the base of metrics of one's own, which make variables by `add_weight` and override
 * `update_state(y_true, y_pred, sample_weight)` and `result()`.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * class Largest extends keras.metrics.Metric {
 *   constructor() {
 *     super({ name: "largest" });
 *     this.most = this.add_weight({ name: "most" });
 *   }
 *   declare most: keras.Variable;
 *   override update_state(y_true: keras.Tensor, y_pred: keras.Tensor) {
 *     this.most.assign(keras.ops.maximum(this.most, keras.ops.max(y_pred)));
 *   }
 *   override result() {
 *     return this.most.value;
 *   }
 * }
 * const largest = new Largest();
 * largest.update_state(keras.ops.zeros([2]), keras.ops.array([0.5, 2.5]));
 * print(largest, largest.result());
 * // prints <Largest name=largest> tf.Tensor(2.5, shape=(), dtype=float32)
 * ```
 */
export const Metric = pyClass("keras.src.metrics.metric.Metric", "dtype name", MetricImpl);
export type Metric = MetricImpl;
