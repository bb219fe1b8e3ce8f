import { ValueError } from "@cognate/py";
import { get_default_graph } from "../../../graph/current.js";
import type { Operation } from "../../../graph/operation.js";
import type { GraphTensor } from "../../../graph/tensor.js";
import { assignTo, type GraphVariable } from "../../../graph/variable.js";
import type { IndexedSlices } from "../../indexed-slices.js";
import { node } from "../../random-ops.js";
import { OptimizerImpl } from "../optimizer.js";
import type { Grad } from "./gradient.js";

export class Adagrad extends OptimizerImpl {
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

export class Adadelta extends OptimizerImpl {
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

export class Adam extends OptimizerImpl {
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

export class RMSProp extends OptimizerImpl {
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
