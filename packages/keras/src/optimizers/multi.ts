import { AttributeError, Callable, pyClass, repr, TypeError, ValueError } from "@cognate/py";
import type { TensorLike } from "../backend/tensor.js";
import type { Variable } from "../backend/variable.js";
import { hide } from "../hide.js";
import { deserialized, serialized } from "../object-registry.js";
import { constructFrom } from "../saving/construct.js";
import { LossScaleOptimizer } from "./loss-scale.js";
import { type Gradient, OptimizerImpl } from "./optimizer.js";

type Custom = Readonly<Record<string, unknown>> | null;

class OptimizerMapImpl extends Callable {
  declare readonly default_optimizer: OptimizerImpl;
  declare readonly _map: Map<string, OptimizerImpl>;

  constructor(
    default_optimizer: OptimizerImpl,
    optimizer_map: Readonly<Record<string, OptimizerImpl>> | null = null,
  ) {
    super();
    if (!(default_optimizer instanceof OptimizerImpl))
      throw new TypeError(
        `default_optimizer must be a Keras Optimizer instance. Received: ${repr(default_optimizer)}`,
      );
    hide(this, "default_optimizer", default_optimizer);
    hide(this, "_map", new Map(Object.entries(optimizer_map ?? {})));
  }

  /** The optimizer of a variable's path: its own, that of the one pattern that it matches, or the default one. */
  __getitem__(key: string): OptimizerImpl {
    const own = this._map.get(key);
    if (own) return own;
    const patterns = [...this._map.keys()].filter((p) => new RegExp(`^(?:${p})$`).test(key));
    if (patterns.length > 1) throw new ValueError(`Multiple optimizers assigned to variable ${key}.`);
    return patterns.length === 1 ? this._map.get(patterns[0]!)! : this.default_optimizer;
  }
  at(key: string): OptimizerImpl {
    return this.__getitem__(key);
  }
  __setitem__(key: string, optimizer: OptimizerImpl): void {
    if (this._map.has(key))
      throw new ValueError(
        `'${key}' already exists in the OptimizerMap with value ${repr(this._map.get(key))}. Please make sure to not use duplicated keys.`,
      );
    if (typeof key !== "string") throw new ValueError(`key must be a string. Received: ${repr(key)}`);
    if (!(optimizer instanceof OptimizerImpl))
      throw new ValueError(`optimizer must be a Keras Optimizer instance. Received: ${repr(optimizer)}`);
    if (optimizer instanceof LossScaleOptimizer)
      throw new ValueError("optimizer cannot be LossScaleOptimizer.");
    if (optimizer instanceof MultiOptimizerImpl) throw new ValueError("optimizer cannot be MultiOptimizer.");
    this._map.set(key, optimizer);
  }
  set(key: string, optimizer: OptimizerImpl): void {
    this.__setitem__(key, optimizer);
  }
  values(): IterableIterator<OptimizerImpl> {
    return this._map.values();
  }
  __len__(): number {
    return this._map.size;
  }
  override __call__(variable: Variable): OptimizerImpl {
    return this.__getitem__(variable.path);
  }
  get_config(): Record<string, unknown> {
    return {
      default_optimizer: serialized(this.default_optimizer),
      optimizer_map: serialized(Object.fromEntries(this._map)),
    };
  }
  static from_config(config: Record<string, unknown>, custom_objects: Custom = null): OptimizerMapImpl {
    return new OptimizerMapImpl(
      deserialized(config.default_optimizer, {}, custom_objects) as OptimizerImpl,
      deserialized(config.optimizer_map, {}, custom_objects) as Record<string, OptimizerImpl>,
    );
  }
}
/** `keras.optimizers.OptimizerMap`: which optimizer moves which variable, by patterns of paths. */
export const OptimizerMap = pyClass(
  "keras.src.optimizers.multi_optimizer.OptimizerMap",
  "default_optimizer optimizer_map:dict",
  OptimizerMapImpl,
);
export type OptimizerMap = OptimizerMapImpl;

/** What says which optimizer moves a variable. */
type Assignment = OptimizerMapImpl | ((variable: Variable) => OptimizerImpl);

class MultiOptimizerImpl extends OptimizerImpl {
  declare readonly _optimizer_map: Assignment;
  declare readonly optimizers: OptimizerImpl[];
  declare private readonly _owners: Map<Variable, OptimizerImpl>;

  constructor(
    optimizer_map: Assignment,
    loss_scale_factor: number | null = null,
    name: string | null = null,
  ) {
    super(0, null, null, null, null, false, 0.99, null, loss_scale_factor, null, name);
    hide(this, "_optimizer_map", optimizer_map);
    hide(this, "optimizers", []);
    hide(this, "_owners", new Map());
    if (!(optimizer_map instanceof OptimizerMapImpl)) return;
    for (const o of [...optimizer_map.values(), optimizer_map.default_optimizer]) this._adopt(o);
  }
  private _adopt(o: OptimizerImpl): void {
    if (this.optimizers.includes(o)) return;
    o.loss_scale_factor = this.loss_scale_factor;
    this.optimizers.push(o);
  }

  override build(variables: readonly Variable[]): void {
    if (this.built) return;
    for (const v of variables) {
      const own = (this._optimizer_map as (v: Variable) => OptimizerImpl)(v);
      if (!(own instanceof OptimizerImpl))
        throw new ValueError(`Optimizer for variable ${repr(v)} is not an Optimizer instance.`);
      if (own instanceof LossScaleOptimizer)
        throw new ValueError("LossScaleOptimizer cannot be used inside an MultiOptimizer.");
      if (own instanceof MultiOptimizerImpl)
        throw new ValueError("MultiOptimizer cannot be used inside an MultiOptimizer.");
      this._adopt(own);
      this._owners.set(v, own);
    }
    for (const o of this.optimizers) {
      const own = variables.filter((v) => this._owners.get(v) === o);
      if (own.length > 0) o.build(own);
    }
    super.build(variables);
  }
  override get variables(): Variable[] {
    return [...this._variables, ...this.optimizers.flatMap((o) => o.variables)];
  }
  override get learning_rate(): never {
    throw new AttributeError(
      "Learning rate cannot be accessed on a MultiOptimizer. Access the learning rate on the individual sub-optimizers instead.",
    );
  }
  override set learning_rate(_value: unknown) {
    throw new AttributeError(
      "Learning rate cannot be set on a MultiOptimizer. Set the learning rate on the individual sub-optimizers instead.",
    );
  }
  override apply(grads: readonly Gradient[], trainable_variables: readonly Variable[] | null = null): void {
    if (grads.length === 0) return;
    if (trainable_variables === null && !this.built)
      throw new ValueError(
        "When passing `grads` without `variables`, the optimizer must already be built on a list of variables. Call `optimizer.build(trainable_variables)` first.",
      );
    const variables = trainable_variables ?? this._trainable_variables;
    if (!this.built) this.build(variables);
    if (grads.length !== this._indices.size)
      throw new ValueError(
        `Gradients must match trainable variables one-to-one. Received ${grads.length} gradients and ${this._indices.size} variables.`,
      );
    for (const o of this.optimizers) {
      const own = variables
        .map((v, i) => [grads[i]!, v] as const)
        .filter(([, v]) => this._owners.get(v) === o);
      if (own.length > 0)
        o.apply(
          own.map(([g]) => g),
          own.map(([, v]) => v),
        );
    }
    this._iterations.assign_add(1);
  }
  override finalize_variable_values(var_list: readonly Variable[]): void {
    for (const o of this.optimizers) {
      const own = var_list.filter((v) => this._owners.get(v) === o);
      if (own.length > 0) o.finalize_variable_values(own);
    }
  }
  override set_weights(weights: readonly TensorLike[]): void {
    super.set_weights(weights.slice(0, this._variables.length));
    let at = this._variables.length;
    for (const o of this.optimizers) {
      const count = o.variables.length;
      if (count > 0) o.set_weights(weights.slice(at, at + count));
      at += count;
    }
  }
  override get_config(): Record<string, unknown> {
    return {
      optimizer_map: serialized(this._optimizer_map),
      loss_scale_factor: this.loss_scale_factor,
      name: this.name,
    };
  }
  static override from_config(config: Record<string, unknown>, custom_objects: Custom = null): unknown {
    return constructFrom(this as never, {
      ...config,
      optimizer_map: deserialized(config.optimizer_map, {}, custom_objects),
    });
  }
}
/** `keras.optimizers.MultiOptimizer`: several optimizers, each for variables of its own. */
export const MultiOptimizer = pyClass(
  "keras.src.optimizers.multi_optimizer.MultiOptimizer",
  "optimizer_map loss_scale_factor name",
  MultiOptimizerImpl,
);
export type MultiOptimizer = MultiOptimizerImpl;
