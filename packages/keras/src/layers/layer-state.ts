import { arrayOf } from "@cognate/kernel";
import type { ndarray } from "@cognate/ndarray";
import { repr, ValueError } from "@cognate/py";
import { type DTypeLike, standardizeDType } from "../backend/dtype.js";
import { nameScope } from "../backend/scope.js";
import { type Shape, standardizeShape } from "../backend/shape.js";
import type { TensorLike } from "../backend/tensor.js";
import { type Initial, Variable } from "../backend/variable.js";
import { get as constraintOf } from "../constraints/index.js";
import { type DTypePolicy, type DTypePolicyLike, get as policyOf } from "../dtype-policies/dtype-policy.js";
import { hide } from "../hide.js";
import { type InitializerLike, get as initializerOf } from "../initializers/index.js";
import { OperationImpl } from "../ops/operation.js";
import type { SeedGenerator } from "../random/seed-generator.js";
import { get as regularizerOf } from "../regularizers/index.js";
import { type HasVariables, Tracker } from "./tracking.js";
import { type WeightOptions, weightOptions } from "./weight-options.js";

const LOCKED =
  "You cannot add new elements of state (variables or sub-layers) to a layer that is already built. All state must be created in the `__init__()` method or in the `build()` method.";

/**
 * What a layer is made of: its variables and those of the layers in its fields, as lists of weights in Keras's order; and
 * the policy that says their element types.
 */
export abstract class LayerState extends OperationImpl {
  built = false;
  declare _tracker: Tracker<LayerState>;
  declare _policy: DTypePolicy;
  declare _isTrainable: boolean;
  declare _ownPath: string | null;

  constructor(name: string | null, policy: DTypePolicy, trainable: boolean) {
    super(name);
    hide(this, "_tracker", new Tracker<LayerState>());
    hide(this, "_policy", policy);
    hide(this, "_isTrainable", trainable);
    hide(this, "_ownPath", null);
  }

  /** No more state can be added. */
  _lock_state(): void {
    if (!this._tracker.locked) this._tracker.lock(LOCKED);
  }
  _unlock_state(): void {
    this._tracker.unlock();
  }
  /**
   * Makes a weight of the layer.
   *
   * @param shape - or everything by name
   */
  add_weight(
    shape?: Shape | WeightOptions,
    initializer?: InitializerLike | null | WeightOptions,
    dtype?: DTypeLike | null | WeightOptions,
    last?: WeightOptions,
  ): Variable {
    const o = weightOptions(shape, initializer, dtype, last);
    const type = o.dtype === undefined || o.dtype === null ? this.variable_dtype : standardizeDType(o.dtype);
    const make = initializerOf(o.initializer ?? (type.includes("float") ? "glorot_uniform" : "zeros"));
    const variable = nameScope(
      this.name,
      () =>
        Variable(
          make as unknown as Initial,
          o.shape ?? [],
          type,
          o.trainable ?? true,
          o.autocast ?? true,
          o.aggregation ?? "none",
          "auto",
          o.name ?? null,
        ),
      this,
    );
    variable.regularizer = regularizerOf(o.regularizer ?? null) as typeof variable.regularizer;
    variable.constraint = constraintOf(o.constraint ?? null) as typeof variable.constraint;
    variable.overwrite_with_gradient = o.overwrite_with_gradient ?? false;
    this._track_variable(variable);
    return variable;
  }
  add_variable(...args: Parameters<LayerState["add_weight"]>): Variable {
    return this.add_weight(...args);
  }
  _track_variable(variable: Variable): void {
    this._tracker.scan(this).addVariable(variable);
    if (!this.trainable) variable.trainable = false;
  }
  _untrack_variable(variable: Variable): void {
    this._tracker.untrack(variable);
  }

  get _trainable_variables(): readonly Variable[] {
    return this._tracker.scan(this).trainableVariables;
  }
  get _non_trainable_variables(): readonly Variable[] {
    return this._tracker.scan(this).nonTrainableVariables;
  }
  /** The layers directly inside. */
  get _layers(): readonly LayerState[] {
    this._tracker.scan(this);
    return this._knownLayers;
  }
  /** {@link _layers} without looking for new ones. */
  get _knownLayers(): readonly LayerState[] {
    return this._tracker.layers;
  }
  /** The layers inside are these, whatever the fields say. */
  _setLayers(layers: readonly LayerState[]): void {
    this._tracker.setLayers(layers);
  }
  get _metrics(): readonly HasVariables[] {
    return this._tracker.scan(this).metrics;
  }
  get _seed_generators(): readonly SeedGenerator[] {
    return this._tracker.scan(this).seedGenerators;
  }

  /** Whether the weights are trained. */
  get trainable(): boolean {
    return this._isTrainable;
  }
  set trainable(value: boolean) {
    this._isTrainable = Boolean(value);
    for (const v of this._trainable_variables) v.trainable = this._isTrainable;
    for (const layer of this._layers) layer.trainable = this._isTrainable;
  }
  /** Variables of this layer and those inside, which are looked through once each. */
  _collect(seeds: boolean): Variable[] {
    const found = new Set<Variable>();
    const visit = (layer: LayerState): void => {
      const own = layer._tracker.scan(layer);
      for (const v of own.trainableVariables) found.add(v);
      for (const v of own.nonTrainableVariables) found.add(v);
      if (seeds) for (const generator of own.seedGenerators) found.add(generator.state);
      for (const inner of layer._knownLayers) visit(inner);
    };
    visit(this);
    return [...found];
  }
  /** All state, seeds too. */
  get variables(): Variable[] {
    return this._collect(true);
  }
  get trainable_variables(): Variable[] {
    return this.trainable ? this.variables.filter((v) => v.trainable) : [];
  }
  get non_trainable_variables(): Variable[] {
    return this.trainable ? this.variables.filter((v) => !v.trainable) : this.variables;
  }
  /** All weights. */
  get weights(): Variable[] {
    return this._collect(false);
  }
  get trainable_weights(): Variable[] {
    return this.trainable ? this.weights.filter((v) => v.trainable) : [];
  }
  get non_trainable_weights(): Variable[] {
    return this.trainable ? this.weights.filter((v) => !v.trainable) : this.weights;
  }
  get metrics(): HasVariables[] {
    return [...this._metrics, ...this._layers.flatMap((layer) => layer.metrics)];
  }
  get metrics_variables(): Variable[] {
    return this.metrics.flatMap((m) => [...m.variables]);
  }
  /** The values of the weights. */
  get_weights(): ndarray[] {
    return this.weights.map((v) => v.numpy());
  }
  /** @throws ValueError for another number of weights or another shape */
  set_weights(weights: readonly TensorLike[]): void {
    const own = this.weights;
    if (own.length !== weights.length)
      throw new ValueError(
        `You called \`set_weights(weights)\` on layer '${this.name}' with a weight list of length ${weights.length}, but the layer was expecting ${own.length} weights.`,
      );
    own.forEach((v, i) => {
      const value = weights[i]!;
      const { shape } = arrayOf(value) ?? { shape: v.shape };
      if (shape.length !== v.ndim || shape.some((d, k) => d !== v.shape[k]))
        throw new ValueError(
          `Layer ${this.name} weight shape ${v.shape} is not compatible with provided weight shape ${repr(standardizeShape(shape))}.`,
        );
      v.assign(value);
    });
  }
  /** How many numbers the weights hold. @throws ValueError before the layer is built */
  count_params(): number {
    if (!this.built)
      throw new ValueError(
        `You tried to call \`count_params\` on layer '${this.name}', but the layer isn't built. You can build it manually via: \`layer.build(input_shape)\`.`,
      );
    return this.weights.reduce((n, v) => n + v.size, 0);
  }
  /** The layer's own variables in the order that files have. */
  _stored(): Variable[] {
    return [...this._trainable_variables, ...this._non_trainable_variables];
  }
  /** Writes the layer's own state. */
  save_own_variables(store: Record<string, unknown>): void {
    this._stored().forEach((v, i) => {
      store[`${i}`] = v;
    });
  }
  /** Reads the layer's own state. @throws ValueError for another number of variables */
  load_own_variables(store: Readonly<Record<string, unknown>>): void {
    const own = this._stored();
    const given = Object.keys(store).length;
    if (given !== own.length && own.length === 0 && !this.built)
      throw new ValueError(
        `Layer '${this.name}' was never built and thus it doesn't have any variables. However the weights file lists ${given} variables for this layer.\nIn most cases, this error indicates that either:\n\n1. The layer is owned by a parent layer that implements a \`build()\` method, but calling the parent's \`build()\` method did NOT create the state of the child layer '${this.name}'. A \`build()\` method must create ALL state for the layer, including the state of any children layers.\n\n2. You need to implement the \`def build_from_config(self, config)\` method on layer '${this.name}', to specify how to rebuild it during loading. In this case, you might also want to implement the method that generates the build config at saving time, \`def get_build_config(self)\`. The method \`build_from_config()\` is meant to create the state of the layer (i.e. its variables) upon deserialization.`,
      );
    if (given !== own.length)
      throw new ValueError(
        `Layer '${this.name}' expected ${own.length} variables, but received ${given} variables during loading. Expected: ${repr(own.map((v) => v.name))}`,
      );
    own.forEach((v, i) => v.assign(store[`${i}`] as TensorLike));
  }

  get dtype_policy(): DTypePolicy {
    return this._policy;
  }
  set dtype_policy(value: DTypePolicyLike) {
    this._policy = policyOf(value);
  }
  /** The type of the weights. */
  get dtype(): string {
    return this.variable_dtype;
  }
  get compute_dtype(): string {
    return this._policy.compute_dtype;
  }
  get variable_dtype(): string {
    return this._policy.variable_dtype;
  }
  /** The type that inputs are cast to. */
  get input_dtype(): string {
    return this.compute_dtype;
  }
  get quantization_mode(): string | null {
    return this._policy.quantization_mode;
  }
  /** The names of the scopes in which the layer was built. */
  get path(): string | null {
    return this._ownPath;
  }
}
