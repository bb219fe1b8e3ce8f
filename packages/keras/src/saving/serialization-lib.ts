import { arrayOf } from "@cognate/kernel";
import { fromStrided } from "@cognate/ndarray";
import {
  className,
  isClass,
  isPlainObject,
  moduleName,
  repr,
  Slice,
  Tuple,
  TypeError,
  ValueError,
  warn,
} from "@cognate/py";
import { valueOf } from "../backend/create.js";
import { DType, kernelType } from "../backend/dtype.js";
import { KerasTensor } from "../backend/keras-tensor.js";
import { Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import { Variable } from "../backend/variable.js";
import { homeOf, type Registered, registeredObject, setSerializer } from "../object-registry.js";
import { operationFromConfig } from "../ops/make.js";
import { classNamed, modernConfig } from "./legacy-config.js";
import { custom_object_scope, customObjects, get_registered_name } from "./object-registration.js";

/* Objects as configurations of numbers, texts, lists and dicts, and the other way round. */

/** An object's configuration. */
export interface ObjectConfig {
  module: string | null;
  class_name: string;
  config: unknown;
  registered_name: string | null;
  build_config?: unknown;
  compile_config?: unknown;
  shared_object_id?: number;
}

type Dict = Record<string, unknown>;

/** Objects that occur several times are written once: by the first one's number. */
interface Sharing {
  readonly configs: Map<object, ObjectConfig>;
  readonly objects: Map<number, unknown>;
  next: number;
}
let sharing: Sharing | null = null;

/** `f`'s value; objects that occur several times stay the same one. */
export function sharingObjects<R>(f: () => R): R {
  const before = sharing;
  sharing = { configs: new Map(), objects: new Map(), next: 1 };
  try {
    return f();
  } finally {
    sharing = before;
  }
}

interface Configurable {
  get_config?(): unknown;
  get_build_config?(): Dict | null;
  get_compile_config?(): Dict | null;
}

/** The configuration of an object (`keras.saving.serialize_keras_object`). @throws TypeError without `get_config` */
export function serialize_keras_object(x: unknown): unknown {
  if (x === null || x === undefined) return null;
  if (typeof x === "string" || typeof x === "number" || typeof x === "boolean" || x instanceof Number)
    return x;
  if (typeof x === "bigint") return x;
  if (Array.isArray(x)) {
    const items = x.map(serialize_keras_object);
    return x instanceof Tuple ? Tuple.of_(items) : items;
  }
  if (isPlainObject(x)) return serializeDict(x as Dict);
  if (x instanceof Map)
    return Object.fromEntries([...x].map(([key, value]) => [String(key), serialize_keras_object(value)]));
  const special = serializeSpecial(x);
  if (special !== undefined) return special;
  if (typeof x === "function" && !isObject(x)) return serializeFunction(x);
  return serializeObject(x as object & Configurable);
}

/** Whether a callable has a configuration, as layers and losses do. */
const isObject = (x: Function): boolean =>
  !isClass(x) && typeof (x as Configurable).get_config === "function";

const serializeDict = (x: Readonly<Dict>): Dict =>
  Object.fromEntries(Object.entries(x).map(([key, value]) => [key, serialize_keras_object(value)]));

function serializeSpecial(x: unknown): unknown {
  if (x instanceof Uint8Array)
    return { class_name: "__bytes__", config: { value: new TextDecoder().decode(x) } };
  if (x instanceof Slice)
    return {
      class_name: "__slice__",
      config: {
        start: serialize_keras_object(x.start),
        stop: serialize_keras_object(x.stop),
        step: serialize_keras_object(x.step),
      },
    };
  if (x instanceof KerasTensor) {
    const h = x._keras_history;
    return {
      class_name: "__keras_tensor__",
      config: {
        shape: x.shape,
        dtype: x.dtype,
        keras_history: h ? [h.operation.name, h.node_index, h.tensor_index] : null,
      },
    };
  }
  if (x instanceof DType) return x.name;
  if (x instanceof Tensor || x instanceof Variable)
    return {
      class_name: "__tensor__",
      config: { value: x.tolist(), dtype: x instanceof Tensor ? x._type.name : x.dtype },
    };
  const array = arrayOf(x);
  if (array === undefined) return undefined;
  const own = fromStrided(array);
  return array.rank === 0
    ? own.item()
    : { class_name: "__numpy__", config: { value: own.tolist(), dtype: array.dtype.name } };
}

function serializeFunction(f: Function): ObjectConfig {
  const name = get_registered_name(f);
  if (!name) {
    warn(
      `The object being serialized includes a \`lambda\`. This is unsafe. In order to reload the object, you will have to pass \`safe_mode=False\` to the loading function. Please avoid using \`lambda\` in the future, and use named Python functions instead. This is the \`lambda\` being serialized: ${String(f)}`,
    );
    return { module: "builtins", class_name: "function", config: "<lambda>", registered_name: "function" };
  }
  return { module: "builtins", class_name: "function", config: name, registered_name: "function" };
}

function serializeObject(x: object & Configurable): ObjectConfig {
  const C = x.constructor;
  if (typeof x.get_config !== "function")
    throw new TypeError(
      `Cannot serialize object ${repr(x)} of type ${repr(C)}. To be serializable, a class must implement the \`get_config()\` method.`,
    );
  const inner = x.get_config();
  if (!isPlainObject(inner))
    throw new TypeError(
      `The \`get_config()\` method of ${repr(x)} should return a dict. It returned: ${repr(inner)}`,
    );
  const home = homeOf(C);
  const own = moduleName(C);
  const config: ObjectConfig = {
    module: home?.module ?? (own === "__main__" ? null : own),
    class_name: home?.name ?? className(C),
    config: serializeDict(inner as Dict),
    registered_name: home && !home.module.startsWith("keras.src") ? null : get_registered_name(C),
  };
  const build = x.get_build_config?.();
  if (build !== null && build !== undefined) config.build_config = serializeDict(build);
  const compile = x.get_compile_config?.();
  if (compile !== null && compile !== undefined) config.compile_config = serializeDict(compile);
  if (sharing) {
    const earlier = sharing.configs.get(x);
    if (earlier) {
      earlier.shared_object_id ??= sharing.next++;
      config.shared_object_id = earlier.shared_object_id;
    } else sharing.configs.set(x, config);
  }
  return config;
}

/** Whether Python code in files is refused. It always is here: there is nothing that could run it. */
const lambdaRefused = (): ValueError =>
  new ValueError(
    "Requested the deserialization of a Python lambda. This carries a potential risk of arbitrary code execution and thus it is disallowed by default. If you trust the source of the artifact, you can override this error by passing `safe_mode=False` to the loading function, or calling `keras.config.enable_unsafe_deserialization()`.",
  );

/** Tensors of graphs in configurations: which call made them. */
export interface Revived {
  _pre_serialization_keras_history?: readonly [layer: string, node: number, tensor: number] | null;
}

type Custom = Readonly<Record<string, unknown>> | null;

/**
 * The object of a configuration (`keras.saving.deserialize_keras_object`).
 *
 * @throws TypeError for a class or function that is neither Keras's nor registered
 */
export function deserialize_keras_object(
  config: unknown,
  custom_objects: Custom = null,
  module_objects: Readonly<Record<string, Registered>> = {},
): unknown {
  const custom = customObjects(custom_objects);
  const again = (x: unknown): unknown => deserialize_keras_object(x, custom_objects);
  if (config === null || config === undefined) return null;
  if (typeof config === "string" && custom[config]) return custom[config];
  if (Array.isArray(config)) return config.map(again);
  if (!isPlainObject(config)) return config;
  const c = config as Partial<ObjectConfig> & Dict;
  if (!("class_name" in c) || !("config" in c))
    return Object.fromEntries(Object.entries(c).map(([key, value]) => [key, again(value)]));
  const inner = (c.config ?? {}) as Dict;
  switch (c.class_name) {
    case "__keras_tensor__": {
      const x = new KerasTensor(inner.shape as never, inner.dtype as string, null, false);
      (x as Revived)._pre_serialization_keras_history = inner.keras_history as never;
      return x;
    }
    case "__tensor__":
      return wrap(valueOf(inner.value as TensorLike, kernelType(inner.dtype as string)));
    case "__numpy__":
      return fromStrided(valueOf(inner.value as TensorLike, kernelType(inner.dtype as string)).array);
    case "__bytes__":
      return new TextEncoder().encode(inner.value as string);
    case "__ellipsis__":
      return "...";
    case "__slice__":
      return new Slice(again(inner.start) as never, again(inner.stop) as never, again(inner.step) as never);
    case "__lambda__":
      throw lambdaRefused();
  }
  if (c.class_name === "function") {
    if (typeof c.config !== "string")
      throw new TypeError(
        `Expected 'config' to be a non-null str fora function classname,\ninstead got ${repr(c.config)}\nFull config: ${repr(config)}`,
      );
    return retrieve(c.config, c.config, c.module ?? null, "function", config as Dict, custom, module_objects);
  }
  if (c.shared_object_id !== undefined) {
    const known = sharing?.objects.get(c.shared_object_id);
    if (known !== undefined) return known;
  }
  const instance = instantiate(c as ObjectConfig, inner, custom, custom_objects, module_objects);
  if (c.shared_object_id !== undefined) sharing?.objects.set(c.shared_object_id, instance);
  return instance;
}

interface Built {
  built?: boolean;
  compiled?: boolean;
  build_from_config?(config: unknown): void;
  compile_from_config?(config: unknown): void;
}
interface FromConfig {
  from_config?(config: Dict, custom_objects?: Custom): Built;
}

function instantiate(
  c: ObjectConfig,
  inner: Dict,
  custom: Readonly<Dict>,
  custom_objects: Custom,
  module_objects: Readonly<Record<string, Registered>>,
): unknown {
  const registered = c.registered_name ?? c.class_name;
  const operation =
    c.module?.startsWith("keras.src.ops.") && !(registered in custom)
      ? operationFromConfig(c.module, c.class_name, inner)
      : undefined;
  if (operation) return operation;
  const C = retrieve(
    c.class_name,
    registered,
    c.module ?? null,
    "class",
    c as never,
    custom,
    module_objects,
  ) as FromConfig;
  if (typeof C === "function" && !isClass(C)) return C;
  if (typeof C.from_config !== "function")
    throw new TypeError(
      `Unable to reconstruct an instance of '${c.class_name}' because the class is missing a \`from_config()\` method. Full object config: ${repr(c)}`,
    );
  // Files of tf_keras name Keras's classes with the arguments that they had in Keras 2.
  const own = /^(tf_)?keras\b/.test(c.module ?? "");
  return custom_object_scope(custom, () => {
    let instance: Built;
    try {
      instance = C.from_config!(own ? modernConfig(c.class_name, inner) : inner, custom_objects);
    } catch (e) {
      if (!(e instanceof TypeError)) throw e;
      throw new TypeError(
        `${repr(C)} could not be deserialized properly. Please ensure that components that are Python object instances (layers, models, etc.) returned by \`get_config()\` are explicitly deserialized in the model's \`from_config()\` method.\n\nconfig=${repr(c)}.\n\nException encountered: ${e.message}`,
      );
    }
    if (hasEntries(c.build_config) && !instance.built && instance.build_from_config) {
      instance.build_from_config(c.build_config);
      instance.built = true;
    }
    if (hasEntries(c.compile_config) && instance.compile_from_config) {
      // Keras 2 wrote null for what was not said.
      instance.compile_from_config(
        Object.fromEntries(
          Object.entries(c.compile_config as Dict).filter(
            ([, value]) => value !== null && value !== undefined,
          ),
        ),
      );
      instance.compiled = true;
    }
    return instance;
  });
}

const hasEntries = (config: unknown): boolean =>
  typeof config === "object" && config !== null && Object.keys(config).length > 0;

/** Modules whose functions configurations name without saying where they are. */
const FUNCTION_MODULES = [
  "activations",
  "constraints",
  "initializers",
  "losses",
  "metrics",
  "optimizers",
  "regularizers",
];

function retrieve(
  name: string,
  registered: string,
  module: string | null,
  kind: "class" | "function",
  config: Readonly<Dict>,
  custom: Readonly<Dict>,
  module_objects: Readonly<Record<string, Registered>>,
): unknown {
  const own = custom[kind === "function" ? name : registered] ?? custom[name];
  if (own !== undefined) return own;
  const found =
    (module === null ? undefined : registeredObject(module, name)) ??
    (kind === "function"
      ? FUNCTION_MODULES.map((m) => registeredObject(`keras.${m}`, name)).find(Boolean)
      : undefined) ??
    module_objects[name] ??
    // Modules of Keras 2: `tf_keras.src.engine.functional`.
    (kind === "class" && /^(tf_)?keras\b/.test(module ?? "") ? classNamed(name, {}) : undefined);
  if (found) return found;
  const suffixed = Object.keys(custom).find((key) => key.endsWith(`>${name}`));
  if (suffixed !== undefined) return custom[suffixed];
  throw new TypeError(
    `Could not locate ${kind} '${name}'. Make sure custom classes and functions are decorated with \`@keras.saving.register_keras_serializable()\`. If they are already decorated, make sure they are all imported so that the decorator is run before trying to load them. Full object config: ${repr(config)}`,
  );
}

setSerializer({
  serialize: serialize_keras_object,
  deserialize: (config, objects, custom) => deserialize_keras_object(config, custom, objects),
});
