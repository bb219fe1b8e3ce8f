import { IndexError, isPlainObject, RuntimeError, repr, TypeError, type, ValueError } from "@cognate/py";
import { KerasTensor } from "../backend/keras-tensor.js";
import type { CallArguments } from "../call-signature.js";
import { deserialized, serialized } from "../object-registry.js";
import type { Graph } from "../ops/graph.js";
import type { Node } from "../ops/node.js";
import { OperationImpl } from "../ops/operation.js";
import { legacyConfig, legacyObject, usesLegacyConfig } from "../saving/legacy-config.js";
import type { Revived } from "../saving/serialization-lib.js";
import * as tree from "../tree.js";

/* Functional models as configurations: the layers, and the calls that connect them. */

interface Named {
  readonly name: string;
  readonly trainable: boolean;
}

const isFunctional = (operation: OperationImpl): boolean => operation._obj_type() === "Functional";

/** How many of an operation's calls before one belong to the graph. */
const placeOf = (graph: Graph, operation: OperationImpl, index: number): number =>
  operation._inbound_nodes.slice(0, index).filter((node) => graph.nodes.has(node)).length;

function nodeConfig(graph: Graph, node: Node): object | null {
  if (node.input_tensors.length === 0) return null;
  const swap = (x: unknown): unknown => {
    if (!(x instanceof KerasTensor) || !x._keras_history) return x;
    const { operation, node_index, tensor_index } = x._keras_history;
    return {
      class_name: "__keras_tensor__",
      config: {
        shape: x.shape,
        dtype: x.dtype,
        keras_history: [operation.name, placeOf(graph, operation, node_index), tensor_index],
      },
    };
  };
  // Marked as done: the dicts that stand for tensors pass through.
  return {
    args: serialized(tree.map(swap, node.arguments.args)),
    kwargs: serialized(tree.map(swap, node.arguments.kwargs)),
  };
}

/** The configuration of a functional model. */
export function functionalConfig(model: Named, graph: Graph): Record<string, unknown> {
  const layers = graph.operations.map((operation) => ({
    ...((usesLegacyConfig() && operation._obj_type() !== "Operation"
      ? legacyConfig(operation)
      : serialized(operation)) as object),
    name: operation.name,
    inbound_nodes: operation._inbound_nodes
      .filter((node) => graph.nodes.has(node))
      .map((node) => nodeConfig(graph, node))
      .filter((config) => config !== null),
  }));
  const place = (x: KerasTensor): [string, number, number] => {
    const { operation, node_index, tensor_index } = x._keras_history!;
    // A functional model has a call of its own before all others.
    const before = isFunctional(operation) ? 1 : 0;
    return [operation.name, placeOf(graph, operation, node_index) + before, tensor_index];
  };
  return {
    name: model.name,
    trainable: model.trainable,
    layers,
    input_layers: tree.map(place, graph.inputsStruct),
    output_layers: tree.map(place, graph.outputsStruct),
  };
}

interface LayerData {
  readonly name: string;
  readonly class_name: string;
  readonly module?: string;
  readonly inbound_nodes: readonly unknown[];
}
type Layers = Map<string, OperationImpl>;
/** For models as layers in files of Keras 2: how many calls of their own came before the others. */
type Offsets = ReadonlyMap<string, number>;

/** A call that needs one that was not made yet. */
class NotYet extends IndexError {}

function tensorAt(layers: Layers, name: string, node: number, index: number): KerasTensor {
  const layer = layers.get(name);
  if (!layer) throw new ValueError(`Invalid Functional model configuration. Missing node: ${name}`);
  const made = layer._inbound_nodes[node];
  if (!made) throw new NotYet(`Layer node index out of bounds.\ninbound_layer = ${String(layer)}`);
  return made.output_tensors[index]!;
}

/** A call's arguments. */
function nodeArguments(data: unknown, layers: Layers, offsets: Offsets, layer: OperationImpl): CallArguments {
  if (Array.isArray(data)) return legacyArguments(data, layers, offsets, layer);
  const revive = (x: unknown): unknown => {
    const history = x instanceof KerasTensor ? (x as Revived)._pre_serialization_keras_history : undefined;
    if (!history) return x;
    if (!layers.has(history[0])) throw new ValueError(`Unknown layer: ${history[0]}`);
    return tensorAt(layers, ...history);
  };
  const { args, kwargs } = data as { args: unknown; kwargs: unknown };
  return {
    args: tree.map(revive, deserialized(args)) as unknown[],
    kwargs: tree.map(revive, deserialized(kwargs)) as Record<string, unknown>,
  };
}

type Reference = readonly [layer: string, node: number, tensor: number, keywords?: unknown];
const referencesOf = (data: unknown): readonly Reference[] =>
  (Array.isArray(data) && typeof data[0] === "string" ? [data] : data) as readonly Reference[];

/** The first calls that are referred to, of the models among the layers; `null` for nodes that are not of Keras 2. */
function offsetsOf(data: readonly LayerData[], outputs: unknown): Map<string, number> | null {
  const nodes = data.flatMap((item) => [...item.inbound_nodes]);
  if (!nodes.some(Array.isArray)) return null;
  const models = new Set(
    data.filter((d) => ["Functional", "Model", "Sequential"].includes(d.class_name)).map((d) => d.name),
  );
  const first = new Map<string, number>();
  const visit = (x: unknown): void => {
    if (isPlainObject(x)) return Object.values(x).forEach(visit);
    if (!Array.isArray(x)) return;
    const [name, node] = x as unknown as Reference;
    if (typeof name === "string" && models.has(name) && typeof node === "number")
      first.set(name, Math.min(node, first.get(name) ?? node));
    x.forEach(visit);
  };
  visit(nodes);
  visit(outputs);
  return first;
}

/** Keras 2: `[layer, node, tensor, keywords]` for each tensor; keywords may be such references, too. */
function legacyArguments(
  data: readonly unknown[],
  layers: Layers,
  offsets: Offsets,
  layer: OperationImpl,
): CallArguments {
  const at = (name: string, node: number, tensor: number): KerasTensor =>
    tensorAt(layers, name, node - (offsets.get(name) ?? 0), tensor);
  const inputs: unknown[] = [];
  let kwargs: Record<string, unknown> = {};
  for (const [name, node, tensor, keywords] of referencesOf(data)) {
    inputs.push(at(name, node, tensor));
    if (isPlainObject(keywords)) kwargs = { ...kwargs, ...keywords };
  }
  const revive = (x: unknown): unknown => {
    if (!Array.isArray(x)) return x;
    const reference =
      x.length >= 3 && typeof x[0] === "string" && layers.has(x[0]) && typeof x[1] === "number";
    return reference ? at(x[0] as string, x[1] as number, x[2] as number) : x.map(revive);
  };
  // Recurrent layers took their states as further inputs.
  if (inputs.length > 1 && layer._signature.names.includes("initial_state"))
    kwargs = { ...kwargs, initial_state: inputs.splice(1) };
  return {
    args: [inputs.length === 1 ? inputs[0] : inputs],
    kwargs: Object.fromEntries(Object.entries(kwargs).map(([key, value]) => [key, revive(value)])),
  };
}

/** A functional model's inputs and outputs, and what else its configuration has. */
interface Revival {
  readonly inputs: unknown;
  readonly outputs: unknown;
  readonly name: string | null;
  readonly trainable: boolean | null;
  readonly [more: string]: unknown;
}

/** @throws ValueError for a configuration whose calls cannot be made; TypeError for an unknown class */
export function functionalFromConfig(
  config: Readonly<Record<string, unknown>>,
  custom_objects: Readonly<Record<string, unknown>> | null,
): Revival {
  const { layers: list, input_layers, output_layers, name = null, trainable = null, ...more } = config;
  const data = list as readonly LayerData[];
  const layers: Layers = new Map();
  const legacy = offsetsOf(data, output_layers);
  const offsets: Offsets = legacy ?? new Map();
  const waiting = new Map<OperationImpl, unknown[]>();
  for (const item of data) {
    const layer =
      "module" in item ? deserialized(item, {}, custom_objects) : legacyObject(item, custom_objects);
    if (!(layer instanceof OperationImpl))
      throw new ValueError(
        `Unexpected object from deserialization, expected a layer or operation, got a ${repr(type(layer))}`,
      );
    layers.set(item.name, layer);
    if (item.inbound_nodes.length > 0) waiting.set(layer, [...item.inbound_nodes]);
  }
  while (waiting.size > 0) {
    let some = false;
    for (const [layer, nodes] of waiting) {
      while (nodes.length > 0) {
        try {
          layer._invoke(nodeArguments(nodes[0], layers, offsets, layer));
        } catch (e) {
          if (e instanceof NotYet) break;
          throw e;
        }
        nodes.shift();
        some = true;
      }
      if (nodes.length === 0) waiting.delete(layer);
    }
    if (!some)
      throw new ValueError(
        `Invalid Functional model configuration. The graph of the Functional model either has loops or disconnected nodes. The following nodes failed to be resolved: ${repr([...waiting.keys()])}`,
      );
  }
  const find = (place: readonly [string, number, number]): KerasTensor => {
    const layer = layers.get(place[0]);
    if (!layer) throw new RuntimeError(`Internal error: could not find layer ${place[0]}.`);
    const before = legacy ? (legacy.get(place[0]) ?? 0) : isFunctional(layer) ? 1 : 0;
    return tensorAt(layers, place[0], place[1] - before, place[2]);
  };
  const tensors = (x: unknown): unknown => {
    if (Array.isArray(x))
      return x.length === 3 && typeof x[0] === "string"
        ? find(x as unknown as [string, number, number])
        : x.map(tensors);
    if (isPlainObject(x)) return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, tensors(v)]));
    throw new TypeError(`Could not parse config: ${repr(x)}`);
  };
  return {
    ...more,
    inputs: tensors(input_layers),
    outputs: tensors(output_layers),
    name: name as string | null,
    trainable: trainable as boolean | null,
  };
}
