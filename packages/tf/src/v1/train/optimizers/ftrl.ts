import { ValueError } from "@cognate/py";
import { get_default_graph } from "../../../graph/current.js";
import type { Operation } from "../../../graph/operation.js";
import type { GraphTensor } from "../../../graph/tensor.js";
import type { GraphVariable } from "../../../graph/variable.js";
import type { IndexedSlices } from "../../indexed-slices.js";
import { node } from "../../random-ops.js";
import { OptimizerImpl } from "../optimizer.js";
import type { Grad } from "./gradient.js";

export class Ftrl extends OptimizerImpl {
  private _numbers!: readonly GraphTensor[];
  constructor(
    readonly learning_rate: unknown,
    readonly learning_rate_power = -0.5,
    readonly initial_accumulator_value = 0.1,
    readonly l1_regularization_strength = 0,
    readonly l2_regularization_strength = 0,
    use_locking = false,
    name = "Ftrl",
    _accum_name: string | null = null,
    _linear_name: string | null = null,
    readonly l2_shrinkage_regularization_strength = 0,
    readonly beta: number | null = null,
  ) {
    if (initial_accumulator_value < 0)
      throw new ValueError(
        `initial_accumulator_value ${initial_accumulator_value} needs to be positive or zero`,
      );
    if (learning_rate_power > 0)
      throw new ValueError(`learning_rate_power ${learning_rate_power} needs to be negative or zero`);
    if (l1_regularization_strength < 0)
      throw new ValueError(
        `l1_regularization_strength ${l1_regularization_strength} needs to be positive or zero`,
      );
    if (l2_regularization_strength < 0)
      throw new ValueError(
        `l2_regularization_strength ${l2_regularization_strength} needs to be positive or zero`,
      );
    super(use_locking, name);
  }
  override _create_slots(vars: readonly GraphVariable[]): void {
    for (const v of vars) {
      this._slot(v, "accum", this.initial_accumulator_value);
      this._zeros_slot(v, "linear");
    }
  }
  override _prepare(): void {
    const l2 = this.l2_regularization_strength + (this.beta ?? 0) / (2 * Number(this.learning_rate));
    this._numbers = [
      this._number(this.learning_rate, "learning_rate"),
      this._number(this.l1_regularization_strength, "l1_regularization_strength"),
      this._number(l2, "l2_regularization_strength"),
      this._number(this.l2_shrinkage_regularization_strength, "l2_shrinkage_regularization_strength"),
      this._number(this.learning_rate_power, "learning_rate_power"),
    ];
  }
  _apply_dense(g: Grad, v: GraphVariable): Operation {
    return this._step("Ftrl", v, [this._own_slot(v, "accum"), this._own_slot(v, "linear")], this._numbers, g);
  }
  override _apply_sparse(g: IndexedSlices, v: GraphVariable): Operation {
    return this._apply_dense(g, v);
  }
}

export class ProximalAdagrad extends OptimizerImpl {
  private _numbers!: readonly GraphTensor[];
  constructor(
    readonly learning_rate: unknown,
    readonly initial_accumulator_value = 0.1,
    readonly l1_regularization_strength = 0,
    readonly l2_regularization_strength = 0,
    use_locking = false,
    name = "ProximalAdagrad",
  ) {
    if (initial_accumulator_value <= 0)
      throw new ValueError(`initial_accumulator_value must be positive: ${initial_accumulator_value}`);
    super(use_locking, name);
  }
  override _create_slots(vars: readonly GraphVariable[]): void {
    for (const v of vars) this._slot(v, "accumulator", this.initial_accumulator_value);
  }
  override _prepare(): void {
    this._numbers = [
      this._number(this.learning_rate, "learning_rate"),
      this._number(this.l1_regularization_strength, "l1_regularization_strength"),
      this._number(this.l2_regularization_strength, "l2_regularization_strength"),
    ];
  }
  _apply_dense(g: Grad, v: GraphVariable): Operation {
    return this._step("ProximalAdagrad", v, [this._own_slot(v, "accumulator")], this._numbers, g);
  }
}

export class AdagradDA extends OptimizerImpl {
  private _numbers!: readonly GraphTensor[];
  private _step_number!: GraphTensor;
  constructor(
    readonly learning_rate: unknown,
    readonly global_step: GraphVariable,
    readonly initial_gradient_squared_accumulator_value = 0.1,
    readonly l1_regularization_strength = 0,
    readonly l2_regularization_strength = 0,
    use_locking = false,
    name = "AdagradDA",
  ) {
    if (initial_gradient_squared_accumulator_value <= 0)
      throw new ValueError(
        `initial_gradient_squared_accumulator_value must be positive: ${initial_gradient_squared_accumulator_value}`,
      );
    super(use_locking, name);
  }
  override _create_slots(vars: readonly GraphVariable[]): void {
    for (const v of vars) {
      this._zeros_slot(v, "gradient_accumulator");
      this._slot(v, "gradient_squared_accumulator", this.initial_gradient_squared_accumulator_value);
    }
  }
  override _prepare(): void {
    const g = get_default_graph();
    this._step_number = node(g, "AddV2", [g.capture(this.global_step._snapshot), 1], {}, "add");
    this._numbers = [
      this._number(this.learning_rate, "learning_rate"),
      this._number(this.l1_regularization_strength, "l1_regularization_strength"),
      this._number(this.l2_regularization_strength, "l2_regularization_strength"),
      this._step_number,
    ];
  }
  _apply_dense(g: Grad, v: GraphVariable): Operation {
    const slots = ["gradient_accumulator", "gradient_squared_accumulator"].map((n) => this._own_slot(v, n));
    return this._step("AdagradDA", v, slots, this._numbers, g);
  }
}
