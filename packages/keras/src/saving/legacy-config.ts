import { isClass, isPlainObject, repr, TypeError, ValueError } from "@cognate/py";
import { sessionAttribute, setSessionAttribute } from "../backend/global-state.js";
import { registeredObject, serialized } from "../object-registry.js";
import * as tree from "../tree.js";
import { constructFrom } from "./construct.js";
import { custom_object_scope, customObjects, get_registered_name } from "./object-registration.js";

/* Configurations as Keras 2 wrote them: a class name and a config, without a module. */

type Dict = Record<string, unknown>;
type Custom = Readonly<Dict> | null;

const LEGACY = "legacyConfig";
/** Whether configurations are written as Keras 2 did. */
export const usesLegacyConfig = (): boolean => sessionAttribute(LEGACY, () => false);
/** `f`'s value; configurations in it are written as Keras 2 did. */
export function withLegacyConfig<R>(f: () => R): R {
  const before = usesLegacyConfig();
  setSessionAttribute(LEGACY, true);
  try {
    return f();
  } finally {
    setSessionAttribute(LEGACY, before);
  }
}

/** An object's configuration, or a function's name. */
export function legacyConfig(x: unknown): unknown {
  if (x === null || x === undefined) return null;
  const object = x as { get_config?(): Dict } & object;
  if (typeof object.get_config === "function" && !isClass(x)) {
    const config = Object.entries(object.get_config()).map(([key, item]) => [key, legacyItem(item)]);
    return { class_name: get_registered_name(object.constructor), config: Object.fromEntries(config) };
  }
  if (typeof x === "function") return get_registered_name(x);
  throw new ValueError(`Cannot serialize ${repr(x)} because it doesn't implement \`get_config()\`.`);
}

function legacyItem(item: unknown): unknown {
  if (typeof item === "function" || (typeof item === "object" && item !== null && "get_config" in item)) {
    const made = legacyConfig(item);
    return isPlainObject(made) ? { ...made, __passive_serialization__: true } : made;
  }
  return serialized(item);
}

/** Modules in which a bare class name is looked for. */
const HOMES = ["keras.layers", "keras", "keras.models", "keras.src.models.functional", "keras.ops"];

/** Names that classes had before. */
const RENAMED: Readonly<Record<string, string>> = {
  Model: "Functional",
  CuDNNLSTM: "LSTM",
  CuDNNGRU: "GRU",
  BatchNormalizationV1: "BatchNormalization",
  BatchNormalizationV2: "BatchNormalization",
  SyncBatchNormalization: "BatchNormalization",
  LSTMV2: "LSTM",
  GRUV2: "GRU",
};

/** The object of a configuration without a module. @throws ValueError for an unknown class, with how to make it known */
export function legacyObject(config: unknown, custom_objects: Custom = null): unknown {
  if (Array.isArray(config))
    throw new TypeError(
      `\`model_from_config\` expects a dictionary, not a list. Received: config=${repr(config)}. Did you meant to use \`Sequential.from_config(config)\`?`,
    );
  if (!isPlainObject(config) || !("config" in config))
    throw new ValueError(
      `The provided configuration is not a valid Keras configuration. Expected a dictionary containing a 'config' key. Received: config=${repr(config)}`,
    );
  const name = config.class_name as string;
  const custom = customObjects(custom_objects);
  const C = classNamed(name, custom);
  if (C === undefined)
    throw new ValueError(
      `Unknown layer: '${name}'. Please ensure you are using a \`keras.utils.custom_object_scope\` and that this object is included in the scope. See https://www.tensorflow.org/guide/keras/save_and_serialize#registering_the_custom_object for details.`,
    );
  const inner = modernConfig(name, config.config);
  const from = (C as { from_config?(config: Dict, custom_objects?: Custom): unknown }).from_config;
  return custom_object_scope(custom, () =>
    from ? from.call(C, inner, custom_objects) : constructFrom(C as never, inner),
  );
}

/** The class that Keras 2 knew by a name. */
export function classNamed(name: string, custom: Readonly<Dict>): unknown {
  const bare = name.slice(name.lastIndexOf(">") + 1);
  const found = custom[name] ?? custom[bare];
  if (found !== undefined) return found;
  for (const n of [bare, RENAMED[bare] ?? bare])
    for (const home of HOMES) {
      const C = registeredObject(home, n);
      // `Model` with a graph is a functional model.
      if (C !== undefined && !(n === "Model" && RENAMED[n])) return C;
    }
  return undefined;
}

/** Names that mean something else since Keras 3. */
const MEANT: Readonly<Record<string, string>> = { hard_sigmoid: "hard_sigmoid_keras2" };
/** A configuration of Keras 2 with the names of what it meant; later ones as they are. */
export function asMeant<T>(config: T, kerasVersion: unknown): T {
  if (typeof kerasVersion === "string" && !/^[12]\./.test(kerasVersion)) return config;
  const visit = (x: unknown): unknown => {
    if (Array.isArray(x)) return tree.listLike(x, x.map(visit));
    if (!isPlainObject(x)) return x;
    return Object.fromEntries(
      Object.entries(x).map(([key, value]) => [
        key,
        key.endsWith("activation") && typeof value === "string" ? (MEANT[value] ?? value) : visit(value),
      ]),
    );
  };
  return visit(config) as T;
}

/** Arguments that layers and optimizers of Keras 2 had and that say nothing more. */
const GONE = [
  "time_major",
  "implementation",
  "input_length",
  "experimental_run_tf_function",
  "ragged_rank",
  "fused",
  "virtual_batch_size",
  "adjustment",
  "type_spec",
  "jit_compile",
  "is_legacy_optimizer",
] as const;
/** Those that layers of one kind had. */
const GONE_OF: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^MultiHeadAttention$/, ["query_shape", "key_shape", "value_shape", "softmax_robust_masking"]],
  [/^SeparableConv/, ["kernel_initializer", "kernel_regularizer", "kernel_constraint"]],
];
/** Layers that had groups only because their base class had. */
const UNGROUPED = /^(Depthwise|Separable)Conv|Transpose$/;
/** Those that some layer still has. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  implementation: ["LocallyConnected1D", "LocallyConnected2D"],
};

/**
 * The arguments of a class of Keras 2 as this one takes them.
 *
 * @throws ValueError for a layer that computed what there is no argument for any more (`time_major=True`)
 */
export function modernConfig(name: string, config: unknown): Dict {
  // Keras before 2.2 wrote the layers of a Sequential model as a list.
  if (Array.isArray(config)) return { name: "sequential", layers: config };
  const { batch_input_shape, ...rest } = { ...(config as Dict) };
  if (rest.time_major === true)
    throw new ValueError(
      `Layer ${String(rest.name)} (${name}) was saved with time_major=True, which Keras 3 does not have.`,
    );
  for (const key of GONE) if (!KEPT[key]?.includes(name)) delete rest[key];
  for (const [layers, keys] of GONE_OF) if (layers.test(name)) for (const key of keys) delete rest[key];
  if (rest.groups === 1 && UNGROUPED.test(name)) delete rest.groups;
  if (batch_input_shape !== undefined && batch_input_shape !== null) {
    if (name === "InputLayer") rest.batch_shape = batch_input_shape;
    else if (name !== "Sequential" && name !== "Functional")
      rest.input_shape = (batch_input_shape as unknown[]).slice(1);
  }
  const { axis } = rest;
  if (Array.isArray(axis) && axis.length === 1 && name.startsWith("BatchNormalization")) rest.axis = axis[0];
  return rest;
}
