import { ops } from "@cognate/kernel";
import { pyClass, ValueError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { nameScope } from "../backend/scope.js";
import { type Tensor, wrap } from "../backend/tensor.js";
import type { Variable } from "../backend/variable.js";
import { hide } from "../hide.js";
import { deserialized, serialized } from "../object-registry.js";
import { apply } from "../ops/make.js";
import { constructFrom } from "../saving/construct.js";
import { type Gradient, OptimizerImpl, type Rate } from "./optimizer.js";

/** Options that belong to the optimizer inside. */
const INNER: Readonly<Record<string, unknown>> = {
  weight_decay: null,
  clipnorm: null,
  global_clipnorm: null,
  clipvalue: null,
  use_ema: false,
  ema_momentum: 0.99,
  ema_overwrite_frequency: null,
  loss_scale_factor: null,
  gradient_accumulation_steps: null,
};

class LossScaleOptimizerImpl extends OptimizerImpl {
  declare readonly inner_optimizer: OptimizerImpl;
  declare readonly initial_scale: number;
  declare readonly dynamic_growth_steps: number;
  declare step_counter: Variable;
  declare dynamic_scale: Variable;

  constructor(
    inner_optimizer: OptimizerImpl,
    initial_scale = 2 ** 15,
    dynamic_growth_steps = 2000,
    name: string | null = null,
    others: Readonly<Record<string, unknown>> = {},
  ) {
    const { dynamic = true, ...rest } = others;
    if (!dynamic)
      throw new ValueError(
        "LossScaleOptimizer no longer supports `dynamic=False`. Instead, simply set `loss_scale_factor` directly on the `inner_optimizer`.",
      );
    const unknown: string[] = [];
    for (const [key, value] of Object.entries(rest)) {
      if (!(key in INNER)) unknown.push(key);
      else if (value !== INNER[key])
        throw new ValueError(
          `LossScaleOptimizer does not support \`${key}\`. Instead, set \`${key}\` on the \`inner_optimizer\`.`,
        );
    }
    if (unknown.length > 0)
      throw new ValueError(`LossScaleOptimizer does not support arguments: \`${unknown.join("`, `")}\`.`);
    super(0, null, null, null, null, false, 0.99, null, null, null, name);
    hide(this, "inner_optimizer", inner_optimizer);
    hide(this, "initial_scale", Number(initial_scale));
    hide(this, "dynamic_growth_steps", dynamic_growth_steps);
    inner_optimizer.loss_scale_factor = null;
  }

  override build(variables: readonly Variable[]): void {
    hide(this, "step_counter", this.add_variable([], "zeros", "int64", "none", null, "step_counter"));
    hide(
      this,
      "dynamic_scale",
      this.add_variable([], (() => this.initial_scale) as never, "float32", "none", null, "dynamic_scale"),
    );
    this.inner_optimizer.build(variables);
    super.build(variables);
  }
  override get variables(): Variable[] {
    return [...this._variables, ...this.inner_optimizer.variables];
  }
  /** A step of the inner optimizer, if all gradients are finite; the scale grows or shrinks. */
  override apply(grads: readonly Gradient[], trainable_variables: readonly Variable[] | null = null): void {
    if (!this.built) {
      nameScope(this.name, () => this.build(trainable_variables ?? []), this);
      this.built = true;
    }
    const scale = Number(this.dynamic_scale);
    if (!grads.every((g) => g === null || isFinite_(g))) {
      this.step_counter.assign(0);
      this.dynamic_scale.assign(scale * 0.5);
      return;
    }
    const own = trainable_variables ?? this._trainable_variables;
    this.inner_optimizer.apply(
      grads.map((g, i) =>
        g === null || own[i]?.overwrite_with_gradient
          ? g
          : wrap(apply(ops.div, [g._value, scale], undefined)),
      ),
      trainable_variables,
    );
    const count = Number(this.step_counter);
    if (count === this.dynamic_growth_steps - 1) {
      this.step_counter.assign(0);
      this.dynamic_scale.assign(scale * 2);
    } else this.step_counter.assign(count + 1);
  }
  override get learning_rate(): Variable | Tensor | number {
    return this.inner_optimizer.learning_rate;
  }
  override set learning_rate(value: Rate) {
    this.inner_optimizer.learning_rate = value;
  }
  override get iterations(): Variable | Tensor {
    return this.inner_optimizer.iterations;
  }
  override scale_loss(loss: Tensor): Tensor {
    const scale = this.built ? Number(this.dynamic_scale) : this.initial_scale;
    return wrap(apply(ops.mul, [loss._value, scale], undefined) as Value);
  }
  override finalize_variable_values(var_list: readonly Variable[]): void {
    this.inner_optimizer.finalize_variable_values(var_list);
  }
  override get_config(): Record<string, unknown> {
    return {
      name: this.name,
      inner_optimizer: serialized(this.inner_optimizer),
      initial_scale: this.initial_scale,
      dynamic_growth_steps: this.dynamic_growth_steps,
    };
  }
  static override from_config(
    config: Record<string, unknown>,
    custom_objects: Readonly<Record<string, unknown>> | null = null,
  ): unknown {
    return constructFrom(this as never, {
      ...config,
      inner_optimizer: deserialized(config.inner_optimizer, {}, custom_objects),
    });
  }
}

const isFinite_ = (g: Tensor): boolean => {
  const { array } = apply(ops.all, [apply(ops.isfinite, [g._value], undefined)], {
    dims: g._value.shape.map((_, i) => i),
  });
  return array.data[array.offset] !== 0;
};

/**
 * `keras.optimizers.LossScaleOptimizer`: multiplies the loss so that half floats hold its gradients, and divides them
 * again; steps with gradients that are not finite are left out and lower the scale.
 */
export const LossScaleOptimizer = pyClass(
  "keras.src.optimizers.loss_scale_optimizer.LossScaleOptimizer",
  "inner_optimizer initial_scale dynamic_growth_steps name **kwargs",
  LossScaleOptimizerImpl,
);
export type LossScaleOptimizer = LossScaleOptimizerImpl;
