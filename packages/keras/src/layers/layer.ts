import {
  className,
  isPlainObject,
  NotImplementedError,
  repr,
  type Tuple,
  TypeError,
  type,
  ValueError,
  warn,
} from "@cognate/py";
import { isFloatName } from "../backend/dtype.js";
import { anySymbolic, KerasTensor } from "../backend/keras-tensor.js";
import { autocastType, currentPath, nameScope, statelessScope, withAutocast } from "../backend/scope.js";
import type { Shape } from "../backend/shape.js";
import { type Assignments, checkCount, tupleOf, withValues } from "../backend/stateless.js";
import { Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import {
  bindCall,
  type CallArguments,
  type CallSignature,
  declareParameters,
  parametersOf,
  splitArguments,
} from "../call-signature.js";
import {
  type DTypePolicyLike,
  get as policyOf,
  serialize as serializePolicy,
} from "../dtype-policies/dtype-policy.js";
import { QUANTIZATION_MODES } from "../dtype-policies/quantized.js";
import { hide } from "../hide.js";
import { keywordMethods } from "../keyword-methods.js";
import { Node } from "../ops/node.js";
import { type QuantizationConfig, resolveConfig } from "../quantizers/config.js";
import {
  type Regularizer,
  type RegularizerLike,
  get as regularizerOf,
  serialize as serializeRegularizer,
} from "../regularizers/index.js";
import { constructFrom, withPolicyName } from "../saving/construct.js";
import * as tree from "../tree.js";
import { autoConfig } from "./auto-config.js";
import { callContext, enterCallContext, leaveCallContext } from "./call-context.js";
import { CallSpec, isTensor } from "./call-spec.js";
import { assertInputCompatibility, type InputSpecs } from "./input-spec.js";
import { LayerState } from "./layer-state.js";
import type { LayerCall } from "./make.js";
import { type BuildShapes, outputSpec, shapesFor, shapesOf } from "./shapes.js";
import { setIsLayer } from "./tracking.js";

/** What every layer can be given by name, besides its own arguments. */
export interface LayerOptions {
  name?: string | null;
  dtype?: DTypePolicyLike | null;
  trainable?: boolean;
  activity_regularizer?: RegularizerLike | null;
  autocast?: boolean;
  input_shape?: Shape | null;
  input_dim?: number | null;
}

/** A mask, or one for each of several tensors. */
export type Mask = Tensor | KerasTensor | null | readonly Mask[] | { readonly [key: string]: Mask };

const maskOf = (x: unknown): unknown =>
  (x as { _keras_mask?: unknown } | null | undefined)?._keras_mask ?? null;

/**
 * What all layers have in common: weights that are made when the first input tells their shapes, and a `call` that
 * computes with them; training mode, masks and element types are seen to around it.
 */
export class LayerImpl extends LayerState {
  autocast: boolean;
  declare input_spec: InputSpecs;
  declare activity_regularizer: Regularizer | null;
  declare supports_masking: boolean;
  /** Whether array arguments become tensors of the layer's type. */
  declare _convert_input_args: boolean;
  declare _allow_non_tensor_positional_args: boolean;
  declare _called: boolean;
  /** The shape that the first layer of a Sequential model was given. */
  declare _input_shape_arg: Shape | undefined;
  declare _build_shapes_dict: BuildShapes | null;
  declare _losses_override: readonly Tensor[];
  declare readonly _call_context_args: Set<string>;
  declare _ownLosses: Tensor[];

  constructor(options: LayerOptions = {}) {
    const {
      activity_regularizer = null,
      trainable = true,
      dtype = null,
      autocast = true,
      name = null,
      input_dim = null,
      input_shape = null,
      ...unknown
    } = options;
    super(name, policyOf(dtype), trainable);
    this.autocast = autocast;
    hide(this, "activity_regularizer", regularizerOf(activity_regularizer));
    if (input_dim !== null || input_shape !== null) {
      warn(
        "Do not pass an `input_shape`/`input_dim` argument to a layer. When using Sequential models, prefer using an `Input(shape)` object as the first layer in the model instead.",
      );
      hide(this, "_input_shape_arg", input_dim === null ? input_shape : [input_dim]);
    }
    if (Object.keys(unknown).length > 0)
      throw new ValueError(
        `Unrecognized keyword arguments passed to ${className(this.constructor)}: ${repr(unknown)}`,
      );
    if (typeof trainable !== "boolean")
      throw new ValueError(
        `Expected \`trainable\` to be a boolean. Received: trainable=${repr(trainable)} (of type ${repr(type(trainable))})`,
      );
    hide(this, "_ownLosses", []);
    hide(this, "_losses_override", []);
    hide(this, "_called", false);
    hide(this, "input_spec", null);
    hide(this, "_convert_input_args", true);
    hide(this, "_allow_non_tensor_positional_args", false);
    hide(this, "_build_shapes_dict", null);
    hide(this, "_call_context_args", new Set(["training"]));
    hide(this, "supports_masking", this.compute_mask !== LayerImpl.prototype.compute_mask);
    const build = this.build as (...shapes: unknown[]) => void;
    hide(this, "build", (...shapes: unknown[]) => this._buildAs(build, shapes));
  }

  // building

  /** Makes the weights for inputs of a shape. */
  build(..._shapes: never[]): void {
    if (this._ownBuild === LayerImpl.prototype.build && this._hasUnbuilt())
      warn(
        `\`build()\` was called on layer '${this.name}', however the layer does not have a \`build()\` method implemented and it looks like it has unbuilt state. This will cause the layer to be marked as built, despite not being actually built, which may cause failures down the line. Make sure to implement a proper \`build()\` method.`,
      );
    this.built = true;
  }
  /** The class's own `build`. */
  get _ownBuild(): Function {
    return (Object.getPrototypeOf(this) as LayerImpl).build;
  }
  _buildAs(build: (...shapes: unknown[]) => void, shapes: unknown[]): void {
    const s = parametersOf(build);
    const { args, kwargs } = splitArguments(s, shapes);
    const bound = bindCall(s, { args, kwargs });
    nameScope(
      this.name,
      () => {
        this._ownPath = currentPath();
        build.apply(this, s.names.length === 0 ? shapes : s.names.map((n) => bound.get(n)));
      },
      this,
    );
    this._build_shapes_dict = Object.fromEntries(bound);
    this.built = true;
    this._tracker.scan(this);
    this._lock_state();
  }
  /** Builds where no `build` is defined and nothing has to be built. */
  _build_at_init(): void {
    if (this._ownBuild !== LayerImpl.prototype.build) return;
    this.built = true;
    this._tracker.scan(this);
    this._lock_state();
  }
  _hasUnbuilt(): boolean {
    return this._layers.some((layer) => !layer.built);
  }
  /** What {@link build_from_config} needs to make the same weights. */
  get_build_config(): Record<string, unknown> | null {
    const shapes = this._build_shapes_dict;
    if (shapes === null) return null;
    const values = Object.values(shapes);
    return values.length === 1 ? { input_shape: values[0] } : { shapes_dict: shapes };
  }
  build_from_config(config: Readonly<Record<string, unknown>> | null): void {
    if (!config) return;
    const build = this.build as (...shapes: unknown[]) => void;
    if ("input_shape" in config) build(config.input_shape);
    else if ("shapes_dict" in config) build(config.shapes_dict);
  }

  _maybeBuild(spec: CallSpec): void {
    if (this.built) return;
    const shapes = shapesOf(spec);
    const own = this._ownBuild;
    const build = this.build as (...shapes: unknown[]) => void;
    if (own !== LayerImpl.prototype.build) {
      const wanted = shapesFor(own, "build", shapes, spec, className(this.constructor));
      build(...wanted);
      assertInputCompatibility(this.input_spec, spec.first, this.name);
      return;
    }
    if (this._hasUnbuilt() && !this._buildByRun(spec)) return;
    build(Object.values(shapes)[0] ?? null);
  }
  /** Builds the layers inside by calling `call` on symbolic tensors. */
  _buildByRun(spec: CallSpec): boolean {
    try {
      super._spec(spec.symbolic());
      return true;
    } catch (e) {
      // The call itself will build the layers inside.
      if (spec.eager) return false;
      warn(
        `Layer '${this.name}' looks like it has unbuilt state, but Keras is not able to trace the layer \`call()\` in order to build it automatically. Possible causes:\n1. The \`call()\` method of your layer may be crashing. Try to \`__call__()\` the layer eagerly on some test input first to see if it works. E.g. \`x = np.random.random((3, 4)); y = layer(x)\`\n2. If the \`call()\` method is correct, then you may need to implement the \`def build(self, input_shape)\` method on your layer. It should create all variables used by the layer (e.g. by calling \`layer.build()\` on all its children layers).\nException encountered: ''${(e as Error).message}''`,
      );
      return true;
    }
  }

  /** The layers directly inside. */
  override get _layers(): readonly LayerImpl[] {
    return super._layers as readonly LayerImpl[];
  }

  // calling

  /** What the layer computes. @throws NotImplementedError unless a subclass defines it */
  override call(..._args: never[]): unknown {
    throw this._notImplemented("call");
  }
  /** The mask of the output. */
  compute_mask(_inputs: never, previous_mask: never): unknown {
    return previous_mask;
  }
  /** The shape of the output for inputs of a shape. */
  compute_output_shape(..._shapes: never[]): unknown {
    throw this._notImplemented(
      "compute_output_shape",
      " Should implement `def compute_output_shape(self, input_shape)`.",
    );
  }
  _notImplemented(name: string, more = ""): NotImplementedError {
    return new NotImplementedError(
      `Layer ${className(this.constructor)} does not have a \`${name}\` method implemented.${more}`,
    );
  }

  override __call__(...raw: unknown[]): unknown {
    return this._invoke(this._splitCall(this._signature, raw));
  }
  override _invoke(given: CallArguments): unknown {
    this._called = true;
    const s = this._signature;
    const asIs = !this._convert_input_args || this._takesAsIs(given);
    const plain = asIs && (!this._convert_input_args || Object.keys(given.kwargs).length === 0);
    const call = asIs ? given : this._converted(given);
    this._refuseNonTensors(call.args);
    const spec = new CallSpec(s, this._call_context_args, call, plain);
    assertInputCompatibility(this.input_spec, spec.first, this.name);
    if (!this.built) nameScope(this.name, () => this._maybeBuild(spec), this);

    const outer = callContext();
    const context = outer ?? enterCallContext(this);
    if (outer === null) this._clear_losses();
    let outputs: unknown;
    try {
      for (const name of this._call_context_args) spec.resolve(name, context);
      const mask = spec.populateMasks();
      const previous = mask ?? tree.map(maskOf, spec.first);
      outputs = nameScope(
        this.name,
        () => withAutocast(this._autocastScope(), () => this._runSpec(spec)),
        this,
      );
      this.built = true;
      if (this.activity_regularizer !== null) this._addActivityLoss(this.activity_regularizer, outputs);
      if (this.supports_masking) this._setMasks(spec.first, outputs, previous);
      else if (tree.flatten(previous).some((m) => m !== null && m !== undefined))
        warn(
          `Layer '${this.name}' (of type ${className(this.constructor)}) was passed an input with a mask attached to it. However, this layer does not support masking and will therefore destroy the mask information. Downstream layers will not see the mask.`,
        );
    } finally {
      if (outer === null) leaveCallContext();
    }
    if (!spec.eager || anySymbolic([given.kwargs]))
      new Node(this, { args: given.args, kwargs: spec.recorded ?? given.kwargs }, outputs);
    return outputs;
  }
  /** Tells keywords from inputs. */
  _splitCall(s: CallSignature, raw: readonly unknown[]): CallArguments {
    return splitArguments(s, raw, [...this._call_context_args]);
  }
  /** Whether the arguments are one tensor of the layer's own type and flags. */
  _takesAsIs({ args, kwargs }: CallArguments): boolean {
    if (args.length !== 1) return false;
    for (const name in kwargs) if (typeof kwargs[name] !== "boolean") return false;
    const [x] = args;
    if (x instanceof Tensor) return x._type.name === this.input_dtype;
    return x instanceof KerasTensor && x.dtype === this.input_dtype;
  }
  _converted({ args, kwargs }: CallArguments): CallArguments {
    const convert = (x: unknown): unknown => {
      const y = this._policy.convert_input(x, this.autocast, this.input_dtype);
      const mask = maskOf(x);
      if (mask !== null && y !== x) (y as { _keras_mask: unknown })._keras_mask = mask;
      return y;
    };
    return {
      args: tree.map(convert, args) as unknown[],
      kwargs: tree.map(convert, kwargs) as Record<string, unknown>,
    };
  }
  _refuseNonTensors(args: readonly unknown[]): void {
    if (this._allow_non_tensor_positional_args) return;
    for (const x of tree.flatten(args))
      if (x !== null && x !== undefined && !isTensor(x))
        throw new ValueError(
          `Only input tensors may be passed as positional arguments. The following argument value should be passed as a keyword argument: ${String(x)} (of type ${repr(type(x))})`,
        );
  }
  /** The type in which floating variables are read during the call; `undefined` to leave that as it is. */
  _autocastScope(): string | null | undefined {
    const now = autocastType();
    const own = this.compute_dtype;
    if (now === undefined) return own === this.variable_dtype ? undefined : own;
    if (!this.autocast || !isFloatName(own)) return null;
    return now === own ? undefined : own;
  }
  _runSpec(spec: CallSpec): unknown {
    if (spec.eager) return this._callBound(this._signature, spec.bound);
    const call = spec.arguments;
    return anySymbolic(call.args) || anySymbolic([call.kwargs])
      ? this._symbolic(call)
      : this._callBound(this._signature, spec.bound);
  }
  override _spec(call: CallArguments): unknown {
    if (this.compute_output_spec !== LayerImpl.prototype.compute_output_spec) {
      const { args, kwargs } = call;
      const given = Object.keys(kwargs).length > 0 ? [...args, kwargs] : args;
      return this.compute_output_spec(...(given as never[]));
    }
    const own = (this as LayerImpl).compute_output_shape as (...shapes: unknown[]) => unknown;
    if (own === LayerImpl.prototype.compute_output_shape) return super._spec(call);
    const spec = new CallSpec(this._signature, this._call_context_args, call, false);
    const name = className(this.constructor);
    const shape = own.apply(this, shapesFor(own, "compute_output_shape", shapesOf(spec), spec, name));
    return outputSpec(shape, this.compute_dtype, name, recorded(call));
  }
  /**
   * The output with other values for the variables, the non-trainable variables as they come out, and with
   * `return_losses` the losses; the layer stays as it is.
   *
   * @throws ValueError before the layer is built, or for other numbers of variables
   */
  stateless_call(
    trainable_variables: readonly TensorLike[],
    non_trainable_variables: readonly TensorLike[],
    ...raw: unknown[]
  ): Tuple<unknown> {
    const name = className(this.constructor);
    if (!this.built)
      throw new ValueError(
        `To call stateless_call, ${name} must be built (i.e. its variables must have been already created). You can build it by calling it on some data.`,
      );
    const [trained, others] = [this.trainable_variables, this.non_trainable_variables];
    checkCount("trainable_variables", `${name}().trainable_variables`, trainable_variables, trained);
    checkCount(
      "non_trainable_variables",
      `${name}().non_trainable_variables`,
      non_trainable_variables,
      others,
    );
    const last = raw.at(-1);
    const keywords = isPlainObject(last) ? { ...last } : {};
    const withLosses = Boolean(keywords.return_losses);
    delete keywords.return_losses;
    const args = isPlainObject(last) ? raw.slice(0, -1) : raw;
    const given = Object.keys(keywords).length > 0 ? [...args, keywords] : args;
    const lists: Assignments = [
      [trained, trainable_variables],
      [others, non_trainable_variables],
    ];
    const [[y, losses], , after] = withValues(lists, () => {
      const outputs = this.__call__(...given);
      return [outputs, withLosses ? this.losses : null] as const;
    });
    return tupleOf(y, after, ...(withLosses ? [losses] : []));
  }
  /** The symbolic output for symbolic inputs. */
  compute_output_spec(...raw: never[]): unknown {
    return this._spec(this._splitCall(this._signature, raw));
  }
  _setMasks(inputs: unknown, outputs: unknown, previous: unknown): void {
    const flat = tree.flatten(outputs);
    if (flat.every((x) => maskOf(x) !== null)) return;
    const masks = (this.compute_mask as (inputs: unknown, mask: unknown) => unknown)(inputs, previous);
    if (masks === null || masks === undefined) return;
    const each = tree.flatten(masks);
    flat.forEach((x, i) => {
      if (x !== null && maskOf(x) === null && each[i]) (x as { _keras_mask: unknown })._keras_mask = each[i];
    });
  }

  // losses

  /** Adds to what is minimised; called in `call` or `build`. @throws ValueError for what is no tensor */
  add_loss(loss: unknown): void {
    const losses = tree.flatten(loss);
    for (const x of losses)
      if (!isTensor(x))
        throw new ValueError(
          `\`add_loss()\` can only be called from inside \`build()\` or \`call()\`, on a tensor input. Received invalid value: ${String(x)}`,
        );
    if (statelessScope() === null && !anySymbolic(losses)) this._ownLosses.push(...(losses as Tensor[]));
  }
  _addActivityLoss(regularizer: Regularizer, outputs: unknown): void {
    for (const y of tree.flatten(outputs)) {
      if (!(y instanceof Tensor)) continue;
      const loss = (regularizer as unknown as (y: Tensor) => Tensor)(y);
      const n = y.ndim > 0 ? y.shape[0]! : 1;
      this.add_loss(n === 0 ? loss.mul(0) : loss.div(wrap(loss._value.full([], n) as Tensor["_value"])));
    }
  }
  /** What is minimised besides the loss of a model: of `add_loss`, of regularizers, of the layers inside. */
  get losses(): Tensor[] {
    if (this._losses_override.length > 0) return [...this._losses_override];
    const layers = this._flatten_layers();
    const added = layers.flatMap((layer) => layer._ownLosses);
    if (!layers.some((layer) => layer._tracker.regularized)) return added;
    const regularizing = this.trainable_weights.filter((v) => v.regularizer !== null);
    return [...added, ...regularizing.map((v) => v.regularizer!(v as unknown as Tensor))];
  }
  _clear_losses(): void {
    this._ownLosses.length = 0;
    for (const layer of this._layers) layer._clear_losses();
  }
  /** This layer and those inside, each once. */
  _flatten_layers(include_self = true, recursive = true): LayerImpl[] {
    const layers: LayerImpl[] = include_self ? [this] : [];
    const seen = new Set<LayerImpl>();
    const queue = [...this._layers].reverse();
    for (let layer = queue.pop(); layer !== undefined; layer = queue.pop()) {
      if (seen.has(layer)) continue;
      seen.add(layer);
      layers.push(layer);
      if (recursive) queue.push(...layer._layers);
    }
    return layers;
  }
  add_metric(..._args: unknown[]): never {
    throw new NotImplementedError(
      "Layer `add_metric()` method is deprecated. Add your metric in `Model.compile(metrics=[...])`, or create metric trackers in init() or build() when subclassing the layer or model, then call `metric.update_state()` whenever necessary.",
    );
  }
  /** Arguments besides `training` that layers inside take over. */
  _register_call_context_args(...names: string[]): void {
    for (const name of names) this._call_context_args.add(name);
  }

  // fewer bits

  /** Keeps the weights in fewer bits: `"int8"` or `"int4"`, or as a config says. @throws ValueError @throws NotImplementedError */
  quantize(mode: string | null | object = null, ...more: readonly unknown[]): void {
    const [config = null, type_check = true] = more as [unknown, boolean?];
    const resolved = resolveConfig(mode as string | null, config);
    this._checkQuantize(resolved.mode);
    this._unlock_state();
    try {
      this._quantize(resolved.mode, resolved, type_check);
    } finally {
      this._lock_state();
    }
  }
  _checkQuantize(mode: string): void {
    const name = className(this.constructor);
    if (!this.built)
      throw new ValueError(
        `Cannot quantize a layer that isn't yet built. Layer '${this.name}' (of type '${name}') is not built yet.`,
      );
    if ((this as { _is_quantized?: boolean })._is_quantized)
      throw new ValueError(
        `Layer '${this.name}' is already quantized with dtype_policy='${this.dtype_policy.name}'. Received: mode=${mode}`,
      );
    if (mode === "int8" && this.compute_dtype === "float16")
      throw new ValueError(
        `Quantization mode='${mode}' doesn't work well with compute_dtype='float16'. Consider loading model/layer with another dtype policy such as 'mixed_bfloat16' or 'mixed_float16' before calling \`quantize()\`.`,
      );
  }
  /** How a class quantizes its weights. */
  _quantize(_mode: string, _config: QuantizationConfig, _type_check: boolean): void {
    throw this._notImplemented("quantize");
  }
  /** Makes the weights for fewer bits. */
  quantized_build(_input_shape: unknown, _mode: string, _config: unknown = null): void {
    throw this._notImplemented("quantized_build");
  }
  /** What the layer computes with weights in fewer bits. */
  quantized_call(..._args: unknown[]): unknown {
    const mode = this.quantization_mode;
    if (mode === "int8" || mode === "int4") throw this._notImplemented(`_${mode}_call`);
    throw new NotImplementedError(
      `Invalid quantization mode. Expected one of ${repr(QUANTIZATION_MODES)}. Received: quantization_mode=${mode ?? "None"}`,
    );
  }

  /** What takes the place of a call whose activations are computed again for gradients: the call itself. */
  rematerialized_call<F>(layer_call: F): F {
    return layer_call;
  }

  // files

  /** The layer of a configuration. @throws TypeError where the class cannot be made of it */
  static from_config(
    this: abstract new (
      ...args: never[]
    ) => LayerImpl,
    config: Readonly<Record<string, unknown>>,
    _custom_objects: Readonly<Record<string, unknown>> | null = null,
  ): LayerImpl {
    const given = withPolicyName(config);
    try {
      return constructFrom(this, given);
    } catch (e) {
      throw new TypeError(
        `Error when deserializing class '${className(this)}' using config=${repr(given)}.\n\nException encountered: ${(e as Error).message}`,
      );
    }
  }
  /** What the layer is made of again. */
  override get_config(): Record<string, unknown> {
    const config = {
      ...autoConfig(this),
      trainable: this.trainable,
      dtype: serializePolicy(this.dtype_policy),
    };
    if (this.activity_regularizer === null) return config;
    return { ...config, activity_regularizer: serializeRegularizer(this.activity_regularizer) };
  }
  override _obj_type(): string {
    return "Layer";
  }
  override __repr__(): string {
    return `<${className(this.constructor)} name=${this.name}, built=${this.built ? "True" : "False"}>`;
  }
}
/** Called on tensors or symbolic tensors. */
export interface LayerImpl extends LayerCall {}
keywordMethods("Layer", LayerImpl, { quantize: "mode config * type_check" });
declareParameters(LayerImpl.prototype.call, "...args kwargs?");
declareParameters(LayerImpl.prototype.build, "input_shape");
setIsLayer((x) => x instanceof LayerImpl);

/** Whether a symbolic call is part of a graph, and not of the inside of a layer's. */
const recorded = (call: CallArguments): boolean =>
  [...tree.flatten(call.args), ...tree.flatten(call.kwargs)].every(
    (x) => !(x instanceof KerasTensor) || x.record_history,
  );
