import { get_default_graph } from "../../../graph/current.js";
import type { Operation } from "../../../graph/operation.js";
import type { GraphTensor } from "../../../graph/tensor.js";
import { type GraphVariable, scatterInto } from "../../../graph/variable.js";
import type { IndexedSlices } from "../../indexed-slices.js";
import { node } from "../../random-ops.js";
import { OptimizerImpl } from "../optimizer.js";
import type { Grad } from "./gradient.js";

export class GradientDescent extends OptimizerImpl {
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

export class Momentum extends OptimizerImpl {
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

export class ProximalGradientDescent extends OptimizerImpl {
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
