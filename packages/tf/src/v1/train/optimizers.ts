import { pyClass, ValueError } from "@cognate/py";
import { get_default_graph } from "../../graph/current.js";
import { keywordMethods } from "../../graph/keyword-methods.js";
import type { Operation } from "../../graph/operation.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { assignTo, type GraphVariable, scatterInto } from "../../graph/variable.js";
import type { IndexedSlices } from "../indexed-slices.js";
import { node } from "../random-ops.js";
import { OptimizerImpl } from "./optimizer.js";

type Grad = GraphTensor | IndexedSlices;

class GradientDescent extends OptimizerImpl {
  private _lr!: GraphTensor;
  constructor(
    readonly learning_rate: unknown,
    use_locking = false,
    name = "GradientDescent",
  ) {
    super(use_locking, name);
  }
  override _prepare(): void {
    this._lr = this._number(this.learning_rate, "learning_rate");
  }
  _apply_dense(g: Grad, v: GraphVariable): Operation {
    return this._step("GradientDescent", v, [], [this._lr], g);
  }
  /** Rows are subtracted one by one, so that a row that is named twice moves twice. */
  override _apply_sparse(g: IndexedSlices, v: GraphVariable): Operation {
    const graph = get_default_graph();
    return scatterInto("ScatterSub", v, g.indices, node(graph, "Mul", [g.values, this._lr], {}, "mul"), null)
      .op;
  }
}

class Momentum extends OptimizerImpl {
  private _numbers!: readonly GraphTensor[];
  constructor(
    readonly learning_rate: unknown,
    readonly momentum: unknown,
    use_locking = false,
    name = "Momentum",
    readonly use_nesterov = false,
  ) {
    super(use_locking, name);
  }
  override _create_slots(vars: readonly GraphVariable[]): void {
    for (const v of vars) this._zeros_slot(v, "momentum");
  }
  override _prepare(): void {
    this._numbers = [
      this._number(this.learning_rate, "learning_rate"),
      this._number(this.momentum, "momentum"),
    ];
  }
  _apply_dense(g: Grad, v: GraphVariable): Operation {
    return this._step("Momentum", v, [this._own_slot(v, "momentum")], this._numbers, g, {
      use_nesterov: this.use_nesterov,
    });
  }
  override _apply_sparse(g: IndexedSlices, v: GraphVariable): Operation {
    return this._apply_dense(g, v);
  }
}

class Adagrad extends OptimizerImpl {
  private _lr!: GraphTensor;
  constructor(
    readonly learning_rate: unknown,
    readonly initial_accumulator_value = 0.1,
    use_locking = false,
    name = "Adagrad",
  ) {
    if (initial_accumulator_value <= 0)
      throw new ValueError(`initial_accumulator_value must be positive: ${initial_accumulator_value}`);
    super(use_locking, name);
  }
  override _create_slots(vars: readonly GraphVariable[]): void {
    for (const v of vars) this._slot(v, "accumulator", this.initial_accumulator_value);
  }
  override _prepare(): void {
    this._lr = this._number(this.learning_rate, "learning_rate");
  }
  _apply_dense(g: Grad, v: GraphVariable): Operation {
    return this._step("Adagrad", v, [this._own_slot(v, "accumulator")], [this._lr], g);
  }
  override _apply_sparse(g: IndexedSlices, v: GraphVariable): Operation {
    return this._apply_dense(g, v);
  }
}

class Adadelta extends OptimizerImpl {
  private _numbers!: readonly GraphTensor[];
  constructor(
    readonly learning_rate: unknown = 0.001,
    readonly rho: unknown = 0.95,
    readonly epsilon: unknown = 1e-8,
    use_locking = false,
    name = "Adadelta",
  ) {
    super(use_locking, name);
  }
  override _create_slots(vars: readonly GraphVariable[]): void {
    for (const v of vars) {
      this._zeros_slot(v, "accum");
      this._zeros_slot(v, "accum_update");
    }
  }
  override _prepare(): void {
    this._numbers = [
      this._number(this.learning_rate, "lr"),
      this._number(this.rho, "rho"),
      this._number(this.epsilon, "epsilon"),
    ];
  }
  _apply_dense(g: Grad, v: GraphVariable): Operation {
    return this._step(
      "Adadelta",
      v,
      [this._own_slot(v, "accum"), this._own_slot(v, "accum_update")],
      this._numbers,
      g,
    );
  }
  override _apply_sparse(g: IndexedSlices, v: GraphVariable): Operation {
    return this._apply_dense(g, v);
  }
}

class Adam extends OptimizerImpl {
  private _numbers!: readonly GraphTensor[];
  constructor(
    readonly learning_rate: unknown = 0.001,
    readonly beta1: unknown = 0.9,
    readonly beta2: unknown = 0.999,
    readonly epsilon: unknown = 1e-8,
    use_locking = false,
    name = "Adam",
  ) {
    super(use_locking, name);
  }
  private _powers(like: GraphVariable): readonly [GraphVariable, GraphVariable] {
    return [
      this._non_slot("beta1_power", Number(this.beta1), like),
      this._non_slot("beta2_power", Number(this.beta2), like),
    ];
  }
  private _first!: GraphVariable;
  override _create_slots(vars: readonly GraphVariable[]): void {
    // The variable of the first name carries the powers.
    this._first = [...vars].sort((a, b) => (a.name < b.name ? -1 : 1))[0]!;
    this._powers(this._first);
    for (const v of vars) {
      this._zeros_slot(v, "m");
      this._zeros_slot(v, "v");
    }
  }
  override _prepare(): void {
    this._numbers = [
      this._number(this.learning_rate, "learning_rate"),
      this._number(this.beta1, "beta1"),
      this._number(this.beta2, "beta2"),
      this._number(this.epsilon, "epsilon"),
    ];
  }
  _apply_dense(g: GraphTensor, v: GraphVariable): Operation {
    const powers = this._powers(v).map((p) => get_default_graph().capture(p._snapshot));
    return this._step(
      "Adam",
      v,
      [this._own_slot(v, "m"), this._own_slot(v, "v")],
      [...powers, ...this._numbers],
      g,
    );
  }
  override _finish(updates: readonly Operation[], name: string, scope: string | null): Operation {
    const g = get_default_graph();
    const [p1, p2] = this._powers(this._first);
    const done = g.controlled(updates, () => {
      const [, b1, b2] = this._numbers as readonly [GraphTensor, GraphTensor, GraphTensor];
      const next = (p: GraphVariable, b: GraphTensor): Operation =>
        (
          assignTo(
            "Assign",
            p,
            node(
              g,
              "Mul",
              [g.capture(p._snapshot), b.dtype === p.dtype ? b : node(g, "Cast", [b], { DstT: p.dtype })],
              {},
              "mul",
            ),
            null,
          ) as GraphTensor
        ).op;
      return [next(p1, b1), next(p2, b2)];
    });
    return super._finish([...updates, ...done], name, scope);
  }
}

class RMSProp extends OptimizerImpl {
  private _numbers!: readonly GraphTensor[];
  constructor(
    readonly learning_rate: unknown,
    readonly decay: unknown = 0.9,
    readonly momentum: unknown = 0,
    readonly epsilon: unknown = 1e-10,
    use_locking = false,
    readonly centered = false,
    name = "RMSProp",
  ) {
    super(use_locking, name);
  }
  override _create_slots(vars: readonly GraphVariable[]): void {
    for (const v of vars) {
      this._slot(v, "rms", 1);
      if (this.centered) this._zeros_slot(v, "mg");
      this._zeros_slot(v, "momentum");
    }
  }
  override _prepare(): void {
    this._numbers = [
      this._number(this.learning_rate, "learning_rate"),
      this._number(this.decay, "decay"),
      this._number(this.momentum, "momentum"),
      this._number(this.epsilon, "epsilon"),
    ];
  }
  _apply_dense(g: Grad, v: GraphVariable): Operation {
    const names = this.centered ? ["mg", "rms", "momentum"] : ["rms", "momentum"];
    return this._step(
      this.centered ? "CenteredRMSProp" : "RMSProp",
      v,
      names.map((n) => this._own_slot(v, n)),
      this._numbers,
      g,
    );
  }
  override _apply_sparse(g: IndexedSlices, v: GraphVariable): Operation {
    return this._apply_dense(g, v);
  }
}

class Ftrl extends OptimizerImpl {
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

class ProximalGradientDescent extends OptimizerImpl {
  private _numbers!: readonly GraphTensor[];
  constructor(
    readonly learning_rate: unknown,
    readonly l1_regularization_strength = 0,
    readonly l2_regularization_strength = 0,
    use_locking = false,
    name = "ProximalGradientDescent",
  ) {
    super(use_locking, name);
  }
  override _prepare(): void {
    this._numbers = [
      this._number(this.learning_rate, "learning_rate"),
      this._number(this.l1_regularization_strength, "l1_regularization_strength"),
      this._number(this.l2_regularization_strength, "l2_regularization_strength"),
    ];
  }
  _apply_dense(g: Grad, v: GraphVariable): Operation {
    return this._step("ProximalGradientDescent", v, [], this._numbers, g);
  }
}

class ProximalAdagrad extends OptimizerImpl {
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

class AdagradDA extends OptimizerImpl {
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

keywordMethods("Optimizer", OptimizerImpl, {
  minimize:
    "loss global_step var_list gate_gradients aggregation_method colocate_gradients_with_ops name grad_loss",
  compute_gradients: "loss var_list gate_gradients aggregation_method colocate_gradients_with_ops grad_loss",
  apply_gradients: "grads_and_vars global_step name",
});

const module = "tensorflow.python.training";
const OptimizerClass = pyClass(
  `${module}.optimizer.Optimizer`,
  "use_locking name",
  OptimizerImpl as unknown as new (
    use_locking: boolean,
    name: string,
  ) => OptimizerImpl,
);

export { OptimizerClass as Optimizer };
export const GradientDescentOptimizer = pyClass(
  `${module}.gradient_descent.GradientDescentOptimizer`,
  "learning_rate use_locking name",
  GradientDescent,
);
export const MomentumOptimizer = pyClass(
  `${module}.momentum.MomentumOptimizer`,
  "learning_rate momentum use_locking name use_nesterov",
  Momentum,
);
export const AdagradOptimizer = pyClass(
  `${module}.adagrad.AdagradOptimizer`,
  "learning_rate initial_accumulator_value use_locking name",
  Adagrad,
);
export const AdadeltaOptimizer = pyClass(
  `${module}.adadelta.AdadeltaOptimizer`,
  "learning_rate rho epsilon use_locking name",
  Adadelta,
);
export const AdamOptimizer = pyClass(
  `${module}.adam.AdamOptimizer`,
  "learning_rate beta1 beta2 epsilon use_locking name",
  Adam,
);
export const RMSPropOptimizer = pyClass(
  `${module}.rmsprop.RMSPropOptimizer`,
  "learning_rate decay momentum epsilon use_locking centered name",
  RMSProp,
);
export const FtrlOptimizer = pyClass(
  `${module}.ftrl.FtrlOptimizer`,
  "learning_rate learning_rate_power initial_accumulator_value l1_regularization_strength l2_regularization_strength use_locking name accum_name linear_name l2_shrinkage_regularization_strength beta",
  Ftrl,
);
export const ProximalGradientDescentOptimizer = pyClass(
  `${module}.proximal_gradient_descent.ProximalGradientDescentOptimizer`,
  "learning_rate l1_regularization_strength l2_regularization_strength use_locking name",
  ProximalGradientDescent,
);
export const ProximalAdagradOptimizer = pyClass(
  `${module}.proximal_adagrad.ProximalAdagradOptimizer`,
  "learning_rate initial_accumulator_value l1_regularization_strength l2_regularization_strength use_locking name",
  ProximalAdagrad,
);
export const AdagradDAOptimizer = pyClass(
  `${module}.adagrad_da.AdagradDAOptimizer`,
  "learning_rate global_step initial_gradient_squared_accumulator_value l1_regularization_strength l2_regularization_strength use_locking name",
  AdagradDA,
);
