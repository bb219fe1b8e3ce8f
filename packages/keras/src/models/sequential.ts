import {
  AttributeError,
  className,
  NotImplementedError,
  repr,
  TypeError,
  type,
  ValueError,
} from "@cognate/py";
import { KerasTensor } from "../backend/keras-tensor.js";
import { type Shape, shapesEqual, shapeText, standardizeShape } from "../backend/shape.js";
import { type CallArguments, declareParameters } from "../call-signature.js";
import { hide } from "../hide.js";
import { InputLayer, InputLayerImpl } from "../layers/core/input-layer.js";
import { LayerImpl } from "../layers/layer.js";
import { layerClass } from "../layers/make.js";
import { deserialized, serialized } from "../object-registry.js";
import { constructFrom } from "../saving/construct.js";
import { legacyConfig, legacyObject, usesLegacyConfig } from "../saving/legacy-config.js";
import * as tree from "../tree.js";
import { FunctionalImpl } from "./functional.js";
import { type CustomObjects, ModelImpl } from "./model.js";

/** What `add` takes: a layer, or what {@link Input} gives. */
export type Addable = LayerImpl | KerasTensor;

export class SequentialImpl extends ModelImpl {
  declare _functional: FunctionalImpl | null;
  declare _stack: LayerImpl[];

  constructor(layers: Iterable<Addable> | null = null, trainable = true, name: string | null = null) {
    super(null, null, name, trainable);
    hide(this, "_functional", null);
    hide(this, "_stack", []);
    if (layers === null) return;
    for (const layer of layers) this.add(layer, false);
    if (this._stack.length > 0) this._maybeRebuild();
  }

  /** Puts a layer on top. @throws ValueError for what is no layer, or a name twice */
  add(layer: Addable, rebuild: boolean | { rebuild?: boolean } = true): void {
    if (this._stack.length === 0 && layer instanceof LayerImpl && layer._input_shape_arg)
      this.add(InputLayer({ shape: layer._input_shape_arg }));
    const origin = layer instanceof KerasTensor ? layer._keras_history?.operation : undefined;
    const added: unknown = origin instanceof InputLayerImpl ? origin : layer;
    if (!(added instanceof LayerImpl))
      throw new ValueError(
        `Only instances of \`keras.Layer\` can be added to a Sequential model. Received: ${shown(added)} (of type ${repr(type(added))})`,
      );
    if (this._stack.some((other) => other.name === added.name && other !== added))
      throw new ValueError(
        `All layers added to a Sequential model should have unique names. Name '${added.name}' is already the name of a layer in this model. Update the \`name\` argument to pass a unique name.`,
      );
    const first = this._stack[0];
    if (added instanceof InputLayerImpl && first instanceof InputLayerImpl)
      throw new ValueError(
        `Sequential model '${this.name}' has already been configured to use input shape ${repr(first.batch_shape)}. You cannot add a different Input layer to it.`,
      );
    this._stack.push(added);
    if (typeof rebuild === "object" ? (rebuild.rebuild ?? true) : rebuild) this._maybeRebuild();
    else this._forget();
  }
  /** Takes the top layer off. */
  pop(rebuild = true): LayerImpl | undefined {
    const layer = this._stack.pop();
    this._forget();
    if (rebuild && this._stack.length > 0) this._maybeRebuild();
    return layer;
  }
  _forget(): void {
    this.built = false;
    this._functional = null;
  }
  _maybeRebuild(): void {
    this._forget();
    const [first] = this._stack;
    if (this._stack.length <= 1) return;
    const build = this.build as (shape: unknown) => void;
    if (first instanceof InputLayerImpl) build(first.batch_shape);
    else {
      const shape = knownInputShape(first!);
      if (shape !== undefined) build(shape);
    }
  }
  // Layers may be added to a sequential model after it is built.
  override _lock_state(): void {}

  override build(input_shape: never = null as never): void {
    let shape: Shape;
    try {
      shape = standardizeShape(input_shape);
    } catch {
      // Several inputs: the layers are called one after the other.
      return;
    }
    const [first] = this._stack;
    if (!first)
      throw new ValueError(
        `Sequential model ${this.name} cannot be built because it has no layers. Call \`model.add(layer)\`.`,
      );
    if (first instanceof InputLayerImpl) {
      if (!shapesEqual(first.batch_shape, shape))
        throw new ValueError(
          `Sequential model '${this.name}' has already been configured to use input shape ${repr(first.batch_shape)}. You cannot build it with input_shape ${shapeText(shape)}`,
        );
    } else this._stack.unshift(InputLayer({ batch_shape: shape, dtype: first.compute_dtype }));
    const inputs = this._stack[0]!.output as KerasTensor;
    let x: unknown = inputs;
    for (const layer of this._stack.slice(1))
      try {
        x = layer._invoke({ args: [x], kwargs: {} });
      } catch (e) {
        // Some layers do not know the shape that they give.
        if (e instanceof NotImplementedError) return;
        if (e instanceof TypeError) refuseArguments(layer);
        throw e;
      }
    hide(this, "_functional", new FunctionalImpl(inputs, x as KerasTensor));
  }

  override call(inputs: never, training?: never, mask?: never, others: object = {}): unknown {
    if (this._functional) return this._functional.call(inputs, training, mask, others);
    let x: unknown = inputs;
    let m: unknown = mask ?? null;
    for (const layer of this.layers) {
      const kwargs: Record<string, unknown> = {};
      for (const [key, value] of Object.entries(others))
        if (layer._call_context_args.has(key)) kwargs[key] = value;
      const { names } = layer._signature;
      if (names.includes("mask")) kwargs.mask = m;
      if (names.includes("training") && training !== undefined && training !== null)
        kwargs.training = training;
      x = layer._invoke({ args: [x], kwargs });
      m = tree.map((y: { _keras_mask?: unknown } | null) => y?._keras_mask ?? null, x);
    }
    return x;
  }
  override _spec(call: CallArguments): unknown {
    if (this._functional) return this._functional._spec(call);
    let x = call.args[0] ?? call.kwargs.inputs;
    for (const layer of this.layers) x = layer._spec({ args: [x], kwargs: {} });
    return x;
  }
  override compute_output_shape(input_shape: never): unknown {
    if (this._functional) return this._functional.compute_output_shape(input_shape);
    let shape: unknown = input_shape;
    for (const layer of this.layers) shape = layer.compute_output_shape(shape as never);
    return shape;
  }

  /** The layers, without the one of the input. */
  override get layers(): LayerImpl[] {
    return this._stack[0] instanceof InputLayerImpl ? this._stack.slice(1) : [...this._stack];
  }
  override set layers(_: unknown) {
    throw new AttributeError(
      "`Sequential.layers` attribute is reserved and should not be used. Use `add()` and `pop()` to change the layers in this model.",
    );
  }
  override get _knownLayers(): readonly LayerImpl[] {
    return this._stack ?? [];
  }
  _known<K extends "input_shape" | "output_shape" | "inputs" | "outputs">(
    key: K,
    what: string,
  ): FunctionalImpl[K] {
    if (this._functional) return this._functional[key];
    throw new AttributeError(`Sequential model '${this.name}' has no defined ${what} yet.`);
  }
  get input_shape(): unknown {
    return this._known("input_shape", "input shape");
  }
  get output_shape(): unknown {
    return this._known("output_shape", "output shape");
  }
  get inputs(): KerasTensor[] {
    return this._known("inputs", "inputs");
  }
  get outputs(): KerasTensor[] {
    return this._known("outputs", "outputs");
  }
  override get input_dtype(): string {
    const [first] = this._stack;
    return first instanceof InputLayerImpl ? first.dtype : super.input_dtype;
  }
  override get_config(): Record<string, unknown> {
    const config: Record<string, unknown> = {
      ...super.get_config(),
      name: this.name,
      layers: this._stack.map((layer) => (usesLegacyConfig() ? legacyConfig(layer) : serialized(layer))),
    };
    if (this._functional) config.build_input_shape = (this._stack[0] as InputLayerImpl).batch_shape;
    return config;
  }
  static override from_config(
    this: abstract new (
      ...args: never[]
    ) => LayerImpl,
    config: Readonly<Record<string, unknown>>,
    custom_objects: CustomObjects = null,
  ): LayerImpl {
    if (!("name" in config))
      throw new ValueError(
        `A Sequential model configuration must be a dictionary containing the 'name' and 'layers' keys. Received: config=${repr(config)}`,
      );
    const model = constructFrom(this, { name: config.name }) as SequentialImpl;
    for (const layer of config.layers as object[]) {
      const made =
        "module" in layer ? deserialized(layer, {}, custom_objects) : legacyObject(layer, custom_objects);
      model.add(made as LayerImpl);
    }
    const shape = config.build_input_shape;
    if (!model._functional && Array.isArray(shape) && shape.length > 0)
      (model.build as (shape: unknown) => void)(shape);
    return model;
  }
  override _obj_type(): string {
    return "Sequential";
  }
}
declareParameters(SequentialImpl.prototype.call, "inputs training? mask? kwargs?");
declareParameters(SequentialImpl.prototype.build, "input_shape?");

const shown = (x: unknown): string => (typeof x === "string" ? x : repr(x));

/** The input shape of a layer that has one, as functional models do. */
function knownInputShape(layer: LayerImpl): unknown {
  try {
    return (layer as { input_shape?: unknown }).input_shape;
  } catch {
    return undefined;
  }
}

/** @throws ValueError for a layer that cannot be called on one tensor alone */
function refuseArguments(layer: LayerImpl): void {
  const positional = layer._signature.parameters.filter((p) => p.keys === null);
  const name = className(layer.constructor);
  if (positional.length === 0)
    throw new ValueError(
      `Layers added to a Sequential model should have a single positional argument, the input tensor. Layer ${name} has no positional arguments.`,
    );
  const required = positional.filter((p) => !p.optional);
  if (required.length > 1)
    throw new ValueError(
      `Layers added to a Sequential model can only have a single required positional argument, the input tensor. Layer ${name} has multiple required positional arguments: [${required.map((p) => `<Parameter "${p.name}">`).join(", ")}]`,
    );
}

/**
 * `keras.Sequential`: layers one after the other.
 *
 * @param layers - the layers; the first may be an {@link Input}, which lets the weights be made at once
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const model = keras.Sequential([keras.Input([4]), keras.layers.Dense(3), keras.layers.Dense(2)]);
 * print(model.output_shape, model.count_params()); // prints (None, 2) 23
 * ```
 */
export const Sequential = layerClass(
  "keras.src.models.sequential.Sequential",
  "layers trainable name",
  SequentialImpl,
  { module: "keras" },
);
export type Sequential = SequentialImpl;
