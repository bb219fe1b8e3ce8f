import {
  className,
  innerClass,
  isPlainObject,
  kw,
  NotImplementedError,
  repr,
  Tuple,
  type,
  ValueError,
  warn,
} from "@cognate/py";
import { valueOf } from "../backend/create.js";
import { kernelType } from "../backend/dtype.js";
import { KerasTensor } from "../backend/keras-tensor.js";
import { type Shape, shapeText } from "../backend/shape.js";
import { Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import { type CallArguments, declareParameters } from "../call-signature.js";
import { hide } from "../hide.js";
import { InputLayerImpl } from "../layers/core/input-layer.js";
import { InputSpec, type InputSpecs } from "../layers/input-spec.js";
import { LayerImpl, type LayerOptions } from "../layers/layer.js";
import { layerClass } from "../layers/make.js";
import { Graph, isInput } from "../ops/graph.js";
import { symbolicOperations } from "../ops/make.js";
import type { OperationImpl } from "../ops/operation.js";
import * as tree from "../tree.js";
import { cloneGraph } from "./clone-graph.js";
import { functionalConfig, functionalFromConfig } from "./functional-config.js";
import { Model, ModelImpl, type SymbolicStruct, setFunctionalKind } from "./model.js";

/** What a layer in the graph is called with besides its own arguments: the mode, and what the model was told to pass on. */
function withContext(
  operation: OperationImpl,
  call: CallArguments,
  context: Readonly<Record<string, unknown>>,
): CallArguments {
  if (!(operation instanceof LayerImpl)) return call;
  const more: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(context))
    if (value !== null && value !== undefined && operation._call_context_args.has(name)) more[name] = value;
  return Object.keys(more).length === 0 ? call : { args: call.args, kwargs: { ...call.kwargs, ...more } };
}

export class FunctionalImpl extends ModelImpl {
  declare _graph: Graph;
  declare _manualInputSpec: InputSpecs | undefined;
  /** The names of the layers that give the outputs. */
  declare output_names: string[];

  constructor(
    inputs: SymbolicStruct,
    outputs: SymbolicStruct,
    name: string | null = null,
    options: LayerOptions & { trainable?: boolean | null } = {},
  ) {
    super(null, null, name);
    setGraph(this, inputs, outputs, options.trainable ?? null);
  }

  get inputs(): KerasTensor[] {
    return [...this._graph.inputs];
  }
  get outputs(): KerasTensor[] {
    return [...this._graph.outputs];
  }
  override get input(): never {
    return this._graph.inputsStruct as never;
  }
  override get output(): never {
    return this._graph.outputsStruct as never;
  }
  /** The names of the inputs. */
  get input_names(): string[] {
    return this._graph.inputs.map((x) => x._keras_history!.operation.name);
  }
  get operations(): OperationImpl[] {
    return [...this._graph.operations];
  }
  override get layers(): LayerImpl[] {
    return this._graph.operations.filter((o): o is LayerImpl => o instanceof LayerImpl);
  }
  override set layers(value: unknown) {
    super.layers = value as never;
  }
  get input_shape(): unknown {
    return single(this._graph.inputs.map((x) => x.shape));
  }
  get output_shape(): unknown {
    return single(this._graph.outputs.map((x) => x.shape));
  }

  override call(inputs: never, training?: never, mask?: never, others: object = {}): unknown {
    const given = this._standardize(inputs);
    if (mask !== undefined && mask !== null)
      tree.flatten(mask).forEach((m, i) => {
        if (m !== null && m !== undefined) (given[i] as Tensor)._keras_mask = m as Tensor;
      });
    const context = { training, ...others };
    const outputs = this._graph.run(given, (operation, call) =>
      operation._invoke(withContext(operation, call, context)),
    );
    return Array.isArray(outputs) && outputs.length === 1 ? outputs[0] : outputs;
  }
  override _spec({ args, kwargs }: CallArguments): unknown {
    const inputs = args[0] ?? kwargs.inputs;
    const flat = this._standardize(inputs).map((x) =>
      x instanceof Tensor ? new KerasTensor([...x.shape], x._type.name, null, false) : x,
    );
    return this._graph.spec(flat as KerasTensor[]);
  }
  override compute_output_shape(input_shape: never): unknown {
    const record = false;
    const shapes = tree.flatten(
      tree.mapShapes((s) => new KerasTensor(s, "float32", null, record), input_shape),
    ) as KerasTensor[];
    const inputs = shapes.map((x, i) => new KerasTensor(x.shape, this._graph.inputs[i]!.dtype, null, record));
    return tree.map((x: KerasTensor) => x.shape, this._graph.spec(inputs));
  }
  override build(..._shapes: never[]): void {
    this.built = true;
  }
  // Layers may be added to a functional model's fields after it is built.
  override _lock_state(): void {}

  override add_loss(_loss: unknown): void {
    throw new NotImplementedError();
  }
  override get_config(): Record<string, unknown> {
    if (className(this.constructor) !== "Functional" && overridesConstructor(this.constructor))
      return super.get_config();
    return functionalConfig(this, this._graph);
  }
  override _obj_type(): string {
    return "Functional";
  }

  /** The inputs as a list of tensors of the types and ranks of the graph's. */
  _standardize(inputs: unknown): unknown[] {
    const { inputsStruct } = this._graph;
    const [given, strict] = matched(inputs, inputsStruct);
    if (!tree.sameStructure(given, inputsStruct)) {
      const expected = tree.map((x: KerasTensor) => x.name, inputsStruct);
      const received = tree.map(
        (x: { shape: Shape } | null) => (x === null ? "None" : `Tensor(shape=${String(x.shape)})`),
        inputs,
      );
      const text = (x: unknown): string => (typeof x === "string" ? x : repr(x));
      const message = `The structure of \`inputs\` doesn't match the expected structure.\nExpected: ${text(expected)}\nReceived: inputs=${text(received)}`;
      if (strict) throw new ValueError(message);
      warn(message);
    }
    return tree.flatten(given).map((x, i) => this._asInput(x, i));
  }
  _asInput(x: unknown, i: number): unknown {
    const wanted = this._graph.inputs[i];
    if (wanted === undefined) return x;
    if (x === null || x === undefined) {
      const layer = wanted._keras_history?.operation;
      if (layer instanceof InputLayerImpl && !layer.optional)
        throw new ValueError(
          `The input '${wanted.name}' is not optional, but None was passed. Please provide a valid tensor.`,
        );
      return null;
    }
    const y = converted(x, wanted.dtype);
    const rank = y.shape.length;
    let z: unknown = y;
    if (rank === wanted.shape.length + 1 && y.shape[rank - 1] === 1) z = call("Squeeze", y, -1);
    else if (rank === wanted.shape.length - 1 && wanted.shape.at(-1) === 1) z = call("ExpandDims", y, -1);
    else if (rank !== wanted.shape.length) {
      const path = tree.flattenWithPath(this._graph.inputsStruct)[i]![0].join(".");
      throw new ValueError(
        `Invalid input shape for input ${y instanceof Tensor ? String(y.numpy()) : y} with name '${wanted.name}' and path '${path}'. Expected shape ${repr(wanted.shape)}, but input has incompatible shape ${shapeText([...y.shape])}`,
      );
    }
    const mask = (x as Tensor)._keras_mask;
    if (mask && z !== x) (z as Tensor)._keras_mask = mask;
    return z;
  }
}
declareParameters(FunctionalImpl.prototype.call, "inputs training? mask? kwargs?");
declareParameters(FunctionalImpl.prototype.build, "input_shape?");

const call = (name: string, x: unknown, ...more: readonly unknown[]): unknown =>
  symbolicOperations.get(name)!(x, ...more);

function converted(x: unknown, dtype: string): Tensor | KerasTensor {
  if (x instanceof KerasTensor) return x.dtype === dtype ? x : (call("Cast", x, dtype) as KerasTensor);
  if (x instanceof Tensor && x._type.name === dtype) return x;
  return wrap(valueOf(x as TensorLike, kernelType(dtype)));
}

const single = (shapes: readonly Shape[]): unknown => (shapes.length === 1 ? shapes[0] : [...shapes]);

/** Inputs in the structure of the graph's where names tell it, and whether any other structure is an error. */
function matched(inputs: unknown, wanted: unknown): [unknown, boolean] {
  if (Array.isArray(wanted) && !(wanted instanceof Tuple) && wanted.length === 1 && !tree.isNested(inputs))
    return [[inputs], false];
  if (isPlainObject(inputs) && !isPlainObject(wanted)) {
    if (wanted instanceof KerasTensor)
      return wanted.name in inputs ? [inputs[wanted.name], false] : [inputs, true];
    const list = wanted as readonly unknown[];
    if (list.every((x): x is KerasTensor => x instanceof KerasTensor) && list.every((x) => x.name in inputs))
      return [list.map((x) => inputs[x.name]), false];
    return [inputs, true];
  }
  if (isPlainObject(wanted) && !isPlainObject(inputs)) {
    const keys = Object.keys(wanted);
    return [inputs, keys.join() !== [...keys].sort().join()];
  }
  return [inputs, false];
}

/** Makes a model functional. @throws ValueError for what is no symbolic tensor, or a graph that is not connected */
function setGraph(model: FunctionalImpl, inputs: unknown, outputs: unknown, trainable: boolean | null): void {
  for (const [kind, struct] of [
    ["inputs", inputs],
    ["outputs", outputs],
  ] as const)
    for (const x of tree.flatten(struct))
      if (!(x instanceof KerasTensor))
        throw new ValueError(
          `All \`${kind}\` values must be KerasTensors. Received: ${kind}=${repr(struct)} including invalid value ${repr(x)} of type ${repr(type(x))}`,
        );
  if (isPlainObject(inputs))
    for (const [key, x] of Object.entries(inputs))
      if (x instanceof KerasTensor && key !== x.name)
        warn(
          `When providing \`inputs\` as a dict, all keys in the dict must match the names of the corresponding tensors. Received key '${key}' mapping to value ${x} which has name '${x.name}'. Change the tensor name to '${key}' (via \`Input(..., name='${key}')\`)`,
        );
  const fromInputs = (tree.flatten(inputs) as KerasTensor[]).every(isInput);
  const [from, to] = fromInputs ? [inputs, outputs] : cloneGraph(inputs, outputs);
  hide(model, "_graph", new Graph(from, to));
  if (trainable !== null) model.trainable = trainable;
  model._setLayers(model.layers);
  (model.build as (shape: unknown) => void)(null);
  model._convert_input_args = false;
  model._allow_non_tensor_positional_args = true;
  hide(
    model,
    "output_names",
    model._graph.outputs.map((x) => x._keras_history!.operation.name),
  );
  delete (model as { input_spec?: unknown }).input_spec;
}

/** What the inputs of the graph ask of inputs: their shapes, except that of the batch. */
function graphSpecs(graph: Graph): InputSpecs {
  const specOf = (x: KerasTensor, name: string): InputSpec => {
    const layer = x._keras_history!.operation;
    const shape = x.shape.map((d, i) => (i === 0 ? null : d));
    return new InputSpec({
      shape,
      allow_last_axis_squeeze: true,
      name,
      optional: layer instanceof InputLayerImpl && layer.optional,
    });
  };
  const { inputsStruct } = graph;
  if (!isPlainObject(inputsStruct))
    return graph.inputs.map((x) => specOf(x, x._keras_history!.operation.name));
  const names = Object.keys(inputsStruct).sort();
  if (!names.every((n) => inputsStruct[n] instanceof KerasTensor)) return null;
  return names.map((n) => specOf(inputsStruct[n] as KerasTensor, n));
}
Object.defineProperty(FunctionalImpl.prototype, "input_spec", {
  configurable: true,
  get(this: FunctionalImpl): InputSpecs {
    return this._manualInputSpec === undefined ? graphSpecs(this._graph) : this._manualInputSpec;
  },
  set(this: FunctionalImpl, value: InputSpecs) {
    hide(this, "_manualInputSpec", value);
  },
});

/** Whether a class between the user's and the library's has a constructor of its own. */
const overridesConstructor = (C: object): boolean =>
  C !== Functional &&
  /(?:^|[\s;{}])constructor\s*\(/.test(
    globalThis.Function.prototype.toString.call(innerClass(C as globalThis.Function)),
  );

/**
 * A model of symbolic inputs and outputs: what {@link Model} gives for them.
 *
 * @throws ValueError for what is no symbolic tensor, and for a graph that is not connected
 */
export const Functional = layerClass(
  "keras.src.models.functional.Functional",
  "inputs:dict outputs:dict name **kwargs",
  FunctionalImpl,
  { module: "keras.src.models.functional" },
);
export type Functional = FunctionalImpl;

setFunctionalKind({
  make: (inputs, outputs, name, { trainable }) =>
    new Functional(
      inputs as SymbolicStruct,
      outputs as SymbolicStruct,
      name,
      trainable === undefined ? {} : { trainable },
    ),
  inject(model, inputs, outputs, { trainable }) {
    // The class of the user's gets functional models as its parent, as in Python.
    let proto = Object.getPrototypeOf(model) as object;
    while (Object.getPrototypeOf(proto) !== ModelImpl.prototype) {
      if (proto === FunctionalImpl.prototype) break;
      proto = Object.getPrototypeOf(proto) as object;
    }
    if (proto !== FunctionalImpl.prototype && !(model instanceof FunctionalImpl))
      Object.setPrototypeOf(proto, FunctionalImpl.prototype);
    const build = FunctionalImpl.prototype.build as (...shapes: unknown[]) => void;
    hide(model, "build", (...shapes: unknown[]) => build.apply(model, shapes));
    setGraph(model as FunctionalImpl, inputs, outputs, trainable ?? null);
  },
  revives: (C) => C === Functional || C === Model || !overridesConstructor(C),
  fromConfig(C, config, custom_objects) {
    const { inputs, outputs, name, trainable, ...more } = functionalFromConfig(config, custom_objects);
    const options = trainable === null ? more : { ...more, trainable };
    const make = C as new (...args: unknown[]) => ModelImpl;
    return new make(kw({ inputs, outputs, name, ...options }));
  },
});
