import { className, def, repr, ValueError } from "@cognate/py";
import { KerasTensor } from "../backend/keras-tensor.js";
import { Input, InputLayerImpl } from "../layers/core/input-layer.js";
import type { LayerImpl } from "../layers/layer.js";
import { deserialized, serialized } from "../object-registry.js";
import type { OperationImpl } from "../ops/operation.js";
import * as tree from "../tree.js";
import { Functional, FunctionalImpl } from "./functional.js";
import type { ModelImpl, SymbolicStruct } from "./model.js";
import { type Addable, Sequential, SequentialImpl } from "./sequential.js";

/** Makes a new layer of one. */
export type CloneFunction = (layer: LayerImpl) => LayerImpl;
/** Calls a new layer. */
export type CallFunction = (layer: LayerImpl, ...args: unknown[]) => unknown;

interface Configured {
  get_config(): Record<string, unknown>;
}

/** A layer of the same configuration. */
const sameConfig = (layer: Configured & object): LayerImpl =>
  (layer.constructor as unknown as { from_config(config: object): LayerImpl }).from_config(
    layer.get_config(),
  );

type Cache = Map<object, LayerImpl>;

function cached(
  clone: CloneFunction | null,
  call: CallFunction | null,
  recursive: boolean,
  cache: Cache,
): CloneFunction {
  return (layer) => {
    const known = cache.get(layer);
    if (known) return known;
    const inner = recursive && (layer instanceof SequentialImpl || layer instanceof FunctionalImpl);
    const made = inner
      ? cloned(layer, null, clone, layer instanceof SequentialImpl ? null : call, true, cache)
      : (clone ?? sameConfig)(layer);
    cache.set(layer, made);
    return made;
  };
}

interface Compiled {
  readonly compiled?: boolean;
  get_compile_config?(): unknown;
  compile_from_config?(config: unknown): void;
}
function compiledAs<M extends ModelImpl>(model: ModelImpl, made: M): M {
  const own = model as Compiled;
  if (own.compiled) (made as Compiled).compile_from_config?.(own.get_compile_config?.());
  return made;
}

function cloneSequential(
  model: SequentialImpl,
  clone: CloneFunction,
  input_tensors: unknown,
): SequentialImpl {
  const layers: Addable[] = model.layers.map(clone);
  const [first] = model._layers;
  const start = first instanceof InputLayerImpl ? first : null;
  if (input_tensors !== null) {
    const [tensor, ...more] = Array.isArray(input_tensors) ? (input_tensors as unknown[]) : [input_tensors];
    if (more.length > 0) throw new ValueError("Argument `input_tensors` must contain a single tensor.");
    if (!(tensor instanceof KerasTensor))
      throw new ValueError(
        `Argument \`input_tensors\` must be a KerasTensor. Received invalid value: input_tensors=${repr(tensor)}`,
      );
    layers.unshift(Input({ tensor, name: start?.name ?? null, optional: start?.optional ?? false }));
  } else if (start)
    layers.unshift(
      Input({
        batch_shape: start.batch_shape,
        dtype: start.dtype,
        name: start.name,
        optional: start.optional,
      }),
    );
  return compiledAs(model, Sequential(layers, model.trainable, model.name));
}

function cloneFunctional(
  model: FunctionalImpl,
  clone: CloneFunction,
  call: CallFunction | null,
  input_tensors: unknown,
): ModelImpl {
  if (input_tensors !== null) {
    if (!tree.flatten(input_tensors).every((x) => x instanceof KerasTensor))
      throw new ValueError(
        `All entries in \`input_tensors\` must be KerasTensors. Received invalid values: inputs_tensors=${repr(input_tensors)}`,
      );
    if (!tree.sameStructure(input_tensors, model.input))
      throw new ValueError(
        `\`input_tensors\` must have the same structure as model.input\nReference structure: ${repr(model.input)}\nReceived structure: ${repr(input_tensors)}`,
      );
  }
  const inputs =
    input_tensors ??
    tree.map((x: KerasTensor) => Input({ batch_shape: x.shape, dtype: x.dtype, name: x.name }), model.input);
  const outputs = model._graph.run(tree.flatten(inputs), (operation: OperationImpl, { args, kwargs }) => {
    const made = clone(operation as LayerImpl);
    if (call === null) return made._invoke({ args, kwargs });
    return call(made, ...args, ...(Object.keys(kwargs).length > 0 ? [kwargs] : []));
  });
  const made = Functional(inputs as SymbolicStruct, outputs as SymbolicStruct, model.name);
  return compiledAs(model, made);
}

function cloned(
  model: ModelImpl,
  input_tensors: unknown,
  clone: CloneFunction | null,
  call: CallFunction | null,
  recursive: boolean,
  cache: Cache,
): ModelImpl {
  const name = className(model.constructor);
  if (model instanceof SequentialImpl) {
    if (call !== null)
      throw new ValueError(
        `\`call_function\` argument is not supported with Sequential models.  In a Sequential model, layers aren't called at model-construction time (they're merely listed). Use \`call_function\` with Functional models only. Received model of type '${name}', with call_function=${repr(call)}`,
      );
    return cloneSequential(model, cached(clone, call, recursive, cache), input_tensors);
  }
  if (model instanceof FunctionalImpl)
    return cloneFunctional(model, cached(clone, call, recursive, cache), call, input_tensors);
  if (clone !== null || input_tensors !== null)
    throw new ValueError(
      `Arguments \`clone_function\` and \`input_tensors\` are only supported for Sequential models or Functional models. Received model of type '${name}', with clone_function=${repr(clone)} and input_tensors=${repr(input_tensors)}`,
    );
  if (call !== null)
    throw new ValueError(
      `Argument \`call_function\` is only supported for Functional models. Received model of type '${name}', with call_function=${repr(clone)}`,
    );
  return deserialized(serialized(model), {}, { [name]: model.constructor }) as ModelImpl;
}

/**
 * `keras.models.clone_model`: a model of the same layers with weights of its own.
 *
 * @param input_tensors - what the new model begins with
 * @param clone_function - makes each new layer, instead of its configuration
 * @param call_function - calls each new layer; for functional models
 * @param recursive - whether models inside are cloned layer by layer, too
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const model = keras.Sequential([keras.Input([2]), keras.layers.Dense(3, { name: "d" })]);
 * const copy = keras.models.clone_model(model);
 * print(copy.layers[0].name, copy.layers[0] === model.layers[0]); // prints d False
 * ```
 */
export const clone_model = def(
  "keras.models.clone_model",
  "model input_tensors clone_function call_function recursive",
  (
    model: ModelImpl,
    input_tensors: unknown = null,
    clone_function: CloneFunction | null = null,
    call_function: CallFunction | null = null,
    recursive = false,
  ): ModelImpl => cloned(model, input_tensors, clone_function, call_function, recursive, new Map()),
);
