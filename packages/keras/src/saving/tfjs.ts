import { readTfjsModel, type TfjsWeight, tfjsModelFiles } from "@cognate/formats";
import { arrayOf, type Strided } from "@cognate/kernel";
import { className, isPlainObject, ValueError } from "@cognate/py";
import type { Variable } from "../backend/variable.js";
import type { LayerImpl } from "../layers/layer.js";
import type { CustomObjects, ModelImpl } from "../models/model.js";
import { version } from "../version.js";
import { asMeant, legacyConfig, legacyObject, withLegacyConfig } from "./legacy-config.js";

/*
 * Layers models of TensorFlow.js: configurations of Keras 2, weights by the names of the layers that have them.
 */

type Dict = Record<string, unknown>;

/** Configurations with the names that they have here. */
function modern(x: unknown): unknown {
  if (Array.isArray(x)) return x.map(modern);
  if (!isPlainObject(x)) return x;
  const { class_name, config } = x;
  if (class_name === "VarianceScaling" && isPlainObject(config) && config.distribution === "normal")
    return { ...x, config: { ...config, distribution: "truncated_normal" } };
  return Object.fromEntries(Object.entries(x).map(([key, value]) => [key, modern(value)]));
}

/** A layer's variables in the order of these files. */
const weightsOf = (layer: LayerImpl): Variable[] => [
  ...layer.trainable_weights,
  ...layer.non_trainable_weights,
];
/** The layers that have weights by their names: those in models, and the others with all that is in them. */
function owners(model: ModelImpl): LayerImpl[] {
  return model.layers.flatMap((layer) =>
    ["Functional", "Sequential", "Model"].includes(layer._obj_type())
      ? owners(layer as ModelImpl)
      : weightsOf(layer).length > 0
        ? [layer]
        : [],
  );
}

function assignAll(model: ModelImpl, weights: readonly TfjsWeight[]): void {
  const byLayer = new Map<string, TfjsWeight[]>();
  for (const weight of weights) {
    const [name] = weight.name.split("/") as [string];
    const known = byLayer.get(name);
    if (known) known.push(weight);
    else byLayer.set(name, [weight]);
  }
  const plan: [Variable, Strided][] = [];
  for (const layer of owners(model)) {
    const variables = weightsOf(layer);
    const saved = byLayer.get(layer.name) ?? [];
    if (saved.length !== variables.length)
      throw new ValueError(
        `Layer '${layer.name}' expected ${variables.length} weights, but the file has ${saved.length} of its name.`,
      );
    variables.forEach((v, i) => plan.push([v, saved[i]!.array]));
  }
  for (const [v, array] of plan) v.assign(array as never);
}

/** The model of the files of a layers model. @throws ValueError, FormatError */
export function loadTfjs(
  json: Uint8Array,
  read: (path: string) => Uint8Array,
  custom_objects: CustomObjects,
): ModelImpl {
  const { topology, weights } = readTfjsModel(json, read);
  const config = asMeant(modern(topology), "2.0") as Dict;
  const model = withLegacyConfig(() => legacyObject(config, custom_objects)) as ModelImpl;
  assignAll(model, weights);
  return model;
}

/** A serialized object as TensorFlow.js reads it. */
function older(x: unknown): unknown {
  if (Array.isArray(x)) return x.map(older);
  if (!isPlainObject(x)) return x;
  const { class_name, config, module, registered_name: _, ...rest } = x;
  if (class_name === "DTypePolicy") return (config as Dict).name;
  const out = Object.fromEntries(
    Object.entries({ ...rest, ...(class_name === undefined ? {} : { class_name, config }) })
      .filter(
        ([key]) =>
          !["build_config", "compile_config", "shared_object_id", "__passive_serialization__"].includes(key),
      )
      .map(([key, value]) => [key === "batch_shape" ? "batch_input_shape" : key, older(value)]),
  );
  return module !== undefined && class_name === undefined ? { module, ...out } : out;
}

interface TensorConfig {
  readonly class_name: "__keras_tensor__";
  readonly config: { readonly keras_history: readonly [string, number, number] };
}
const isTensorConfig = (x: unknown): x is TensorConfig =>
  isPlainObject(x) && x.class_name === "__keras_tensor__";

/** A call as `[layer, node, tensor, keywords]` for each tensor; states of recurrent layers are further inputs. */
function olderNode(node: unknown, offsets: ReadonlyMap<string, number>): unknown {
  const { args, kwargs } = node as { args: unknown[]; kwargs: Dict };
  const { initial_state, ...keywords } = kwargs;
  const given = [args, initial_state ?? []].flat(9).filter(isTensorConfig);
  const own = Object.fromEntries(
    Object.entries(keywords).filter(([, v]) => v !== null && !isTensorConfig(v)),
  );
  return given.map(({ config }) => {
    const [name, at, tensor] = config.keras_history;
    return [name, at + (offsets.get(name) ?? 0), tensor, own];
  });
}

/** `Bidirectional` names its two layers itself there, after one. */
function oneWay({ backward_layer: _, layer, ...rest }: Dict): Dict {
  const { config, ...more } = layer as { config: Dict };
  return {
    ...rest,
    layer: { ...more, config: { ...config, name: String(config.name).replace(/^forward_/, "") } },
  };
}

function olderModel(config: Dict): Dict {
  const { layers } = config as { layers: Dict[] };
  const isModel = (layer: Dict): boolean => ["Functional", "Sequential"].includes(String(layer.class_name));
  // Models have a call of their own before the others.
  const offsets = new Map(layers.filter(isModel).map((l) => [String((l.config as Dict).name), 1] as const));
  const [first, ...others] = layers as [Dict, ...Dict[]];
  // In sequences the first layer tells the shape.
  const sequence = !layers.some((l) => "inbound_nodes" in l);
  const inner =
    sequence && first.class_name === "InputLayer" && others[0] && !isModel(others[0])
      ? [
          {
            ...others[0],
            config: { batch_input_shape: (first.config as Dict).batch_shape, ...(others[0].config as Dict) },
          },
          ...others.slice(1),
        ]
      : layers;
  return {
    name: config.name,
    ...("input_layers" in config
      ? { input_layers: listed(config.input_layers), output_layers: listed(config.output_layers) }
      : {}),
    layers: inner.map((layer) => {
      const {
        config: own,
        inbound_nodes,
        name,
      } = layer as { config: Dict; inbound_nodes?: unknown[]; name?: string };
      return {
        class_name: layer.class_name === "Functional" ? "Model" : layer.class_name,
        config: isModel(layer)
          ? olderModel(own)
          : older(layer.class_name === "Bidirectional" ? oneWay(own) : own),
        ...(inbound_nodes === undefined
          ? {}
          : { name, inbound_nodes: inbound_nodes.map((n) => olderNode(n, offsets)) }),
      };
    }),
  };
}
/** Places of tensors as a list of places. */
const listed = (x: unknown): unknown[] =>
  Array.isArray(x)
    ? x.length === 3 && typeof x[0] === "string"
      ? [x]
      : x.flatMap(listed)
    : Object.values(x as object).flatMap(listed);

/** The files of a model for TensorFlow.js by name. @throws ValueError for a model that is no graph of layers */
export function tfjsFiles(model: ModelImpl): Map<string, Uint8Array> {
  if (!["Functional", "Sequential"].includes(model._obj_type()))
    throw new ValueError("Only Sequential and Functional models have a form that TensorFlow.js reads.");
  const { class_name, config } = withLegacyConfig(() => legacyConfig(model)) as {
    class_name: string;
    config: Dict;
  };
  const topology = {
    class_name: class_name === "Functional" ? "Model" : class_name,
    config: olderModel(config),
    keras_version: version,
    backend: "tensorflow",
  };
  const seen = new Set<LayerImpl>();
  const weights = owners(model).flatMap((layer) => {
    if (seen.has(layer)) return [];
    seen.add(layer);
    const depthwise = className(layer.constructor).startsWith("DepthwiseConv");
    const inner = (v: Variable): string => {
      const parts = v.path.split("/");
      const at = parts.lastIndexOf(layer.name);
      const own = at < 0 ? parts.slice(-1) : parts.slice(at + 1);
      if (depthwise && own.at(-1) === "kernel") return "depthwise_kernel";
      // Cells are no part of the names there.
      return own.filter((part, k) => k === own.length - 1 || !part.endsWith("_cell")).join("/");
    };
    return weightsOf(layer).map((v) => ({ name: `${layer.name}/${inner(v)}`, array: arrayOf(v) as Strided }));
  });
  return tfjsModelFiles(topology, weights, `keras v${version}`);
}
