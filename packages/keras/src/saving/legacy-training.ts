import type { Strided } from "@cognate/kernel";
import { isClass, isPlainObject, kw, ValueError, warn } from "@cognate/py";
import type { Variable } from "../backend/variable.js";
import { deserialized, registeredObject } from "../object-registry.js";
import * as tree from "../tree.js";
import { legacyConfig } from "./legacy-config.js";
import { custom_object_scope, customObjects, get_registered_name } from "./object-registration.js";

/* How a model is trained, in `.h5` files. */

type Dict = Record<string, unknown>;
type Custom = Readonly<Dict> | null;

/** What is used of an optimizer here. */
export interface LegacyOptimizer {
  readonly variables: readonly Variable[];
  build(variables: readonly Variable[]): void;
  get_config(): Dict;
}
interface Trained {
  readonly trainable_variables: readonly Variable[];
  get_compile_config?(): Dict | null;
}

/** The configuration of training as the file holds it; `null` for a model that is not compiled. */
export function trainingConfig(model: object, optimizer: LegacyOptimizer): Dict | null {
  const config = (model as Trained).get_compile_config?.();
  if (!config) return null;
  const { optimizer: _, ...rest } = config;
  const plain = (x: unknown): unknown => (typeof x === "function" ? legacyConfig(x) : x);
  return {
    ...(tree.map(plain, { ...rest, loss: tree.map(fullName, rest.loss ?? null) }) as Dict),
    optimizer_config: {
      class_name: get_registered_name(optimizer.constructor),
      config: optimizer.get_config(),
    },
  };
}

/** Short names of losses: Keras cannot read them back from these files. */
const FULL_NAMES: Readonly<Record<string, string>> = {
  mse: "mean_squared_error",
  mae: "mean_absolute_error",
  mape: "mean_absolute_percentage_error",
  msle: "mean_squared_logarithmic_error",
  bce: "binary_crossentropy",
  kld: "kl_divergence",
};
const fullName = (loss: unknown): unknown =>
  typeof loss === "string" ? (FULL_NAMES[loss.toLowerCase()] ?? loss) : loss;

/** The last part of `Custom>Adam`, as tf_keras names its own. */
const bare = (name: string): string => name.slice(name.lastIndexOf(">") + 1);

/** Arguments that objects of Keras 2 had and that say nothing more. */
const GONE = ["jit_compile", "is_legacy_optimizer", "decay", "fn", "axis", "dtype"];

/** An object of a module by its class's name, the name in its config, or itself the name. */
function objectOf(module: string, x: unknown, custom: Readonly<Dict>): unknown {
  if (typeof x === "string") return custom[x] ?? x;
  if (!isPlainObject(x) || !("class_name" in x)) return x;
  const name = bare(x.class_name as string);
  const config = { ...(x.config as Dict) };
  const own = custom[x.class_name as string] ?? custom[name];
  const C = (own ?? registeredObject(module, name)) as { from_config?(c: Dict): unknown } | undefined;
  if (C === undefined || WRAPPERS.includes(name))
    return wrapped(module, config.fn ?? config.name, config, custom);
  if (own === undefined) for (const key of GONE) delete config[key];
  if (config.reduction === "auto") delete config.reduction;
  if (!C.from_config) throw new ValueError(`Could not locate class '${name}' in ${module}.`);
  return C.from_config(config);
}

/** Classes that are made of a function that their config names. */
const WRAPPERS = ["MeanMetricWrapper", "LossFunctionWrapper", "SumOverBatchSizeMetricWrapper"];

/** `mean_absolute_error` → `MeanAbsoluteError`. */
const classNameOf = (name: string): string =>
  name
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

/** A metric or loss of a function, under the name that it was given. */
function wrapped(module: string, fn: unknown, config: Readonly<Dict>, custom: Readonly<Dict>): unknown {
  if (typeof fn !== "string") return deserialized(fn);
  const found = custom[fn] ?? registeredObject(module, classNameOf(fn)) ?? registeredObject(module, fn);
  const { name } = config;
  if (module !== "keras.metrics") return fn in custom ? found : fn;
  if (found === undefined || name === undefined) return found ?? fn;
  if (isClass(found)) return new (found as unknown as new (o: object) => object)(kw({ name }));
  const Wrapper = registeredObject(module, "MeanMetricWrapper") as unknown as new (
    f: unknown,
    name: unknown,
  ) => object;
  return new Wrapper(found, name);
}

const nested = (module: string, x: unknown, custom: Readonly<Dict>): unknown => {
  if (Array.isArray(x)) return x.map((item) => nested(module, item, custom));
  if (isPlainObject(x) && !("class_name" in x))
    return Object.fromEntries(Object.entries(x).map(([key, item]) => [key, nested(module, item, custom)]));
  return objectOf(module, x, custom);
};

/** Optimizers' arguments that files of Keras 2 have under other names. */
function optimizerOf(config: unknown, custom: Readonly<Dict>): unknown {
  const { class_name, config: inner } = config as { class_name: string; config: Dict };
  const { lr, ...rest } = inner;
  const rate = rest.learning_rate ?? lr;
  const modern: Dict = { ...rest, ...(rate === undefined ? {} : { learning_rate: rate }) };
  if (typeof modern.name === "string" && modern.name === bare(class_name)) delete modern.name;
  return objectOf("keras.optimizers", { class_name, config: modern }, custom);
}

/** The arguments of `compile` of a file's training configuration. */
export function compileArguments(training: unknown, custom_objects: Custom): Dict {
  const config = training as Dict;
  const custom = customObjects(custom_objects);
  return custom_object_scope(custom, () => ({
    optimizer: optimizerOf(config.optimizer_config, custom),
    loss: nested("keras.losses", config.loss ?? null, custom),
    metrics: nested("keras.metrics", config.metrics ?? null, custom),
    weighted_metrics: nested("keras.metrics", config.weighted_metrics ?? null, custom),
    loss_weights: config.loss_weights ?? null,
  }));
}

interface Saved {
  readonly name: string;
  readonly array: Strided;
}

/** Slots have the names of their variables in them: `Adam/m/dense/kernel:0`, `training/Adam/dense/kernel/m:0`. */
function slotNames(saved: readonly Saved[]): readonly Saved[] {
  return saved.filter(
    ({ name }) => !/(^|\/)(iterations?|iter|learning_rate|decay|beta_[12]|momentum|rho)(:0)?$/.test(name),
  );
}

/**
 * Gives an optimizer the state of a file. Files of Keras 3 have its variables in order; those of Keras 2 have no
 * learning rate, and the older ones all first moments before the second ones.
 */
export function restoreOptimizer(optimizer: LegacyOptimizer, model: object, saved: readonly Saved[]): void {
  optimizer.build((model as Trained).trainable_variables);
  const own = optimizer.variables;
  const iteration = saved.find(({ name }) => /(^|\/)(iterations?|iter)(:0)?$/.test(name));
  const slots = slotNames(saved);
  const derived = (optimizer as Derived)._u_product;
  const targets = own.filter((v) => !["iteration", "learning_rate"].includes(v.name) && v !== derived);
  const matched = match(targets, slots);
  if (iteration === undefined || matched === null) {
    warn(
      "Error in loading the saved optimizer state. As a result, your model is starting with a freshly initialized optimizer.",
    );
    return;
  }
  own.find((v) => v.name === "iteration")?.assign(iteration.array as never);
  const rate = saved.find(({ name }) => /(^|\/)learning_rate$/.test(name));
  if (rate) own.find((v) => v.name === "learning_rate")?.assign(rate.array as never);
  targets.forEach((v, i) => v.assign(matched[i] as never));
  (optimizer as Derived)._derive?.();
}
/** An optimizer with state that files of Keras 2 lack. */
interface Derived {
  readonly _u_product?: Variable;
  /** Works it out from the number of steps. */
  _derive?(): void;
}

const alike = (v: Variable, a: Strided): boolean =>
  a.shape.length === v.ndim && a.shape.every((d, k) => d === v.shape[k]);

/** Slots by names that files of Keras 2 have for them. */
const KINDS = new Set([
  "m",
  "v",
  "u",
  "vhat",
  "mg",
  "rms",
  "momentum",
  "velocity",
  "average_gradient",
  "accumulator",
  "accumulated_grad",
  "accumulated_delta_var",
  "accum_grad",
  "accum_var",
  "linear",
]);
const lastWord = (name: string): string => name.slice(name.lastIndexOf("_") + 1);
/** What kind of slot a name is of: `Adam/m/dense/kernel:0`, `Adam/dense/kernel/m:0`, `adam/dense_kernel_momentum`. */
function kindOf(name: string): string {
  const parts = name.replace(/:\d+$/, "").split("/");
  const [second, last] = [parts[1] ?? "", parts.at(-1)!.replace(/_\d+$/, "")];
  return KINDS.has(second) ? second : KINDS.has(last) ? last : lastWord(last);
}

/** For each name the number of its kind, and how many of that kind came before. */
function places(kinds: readonly string[]): readonly string[] {
  const order = [...new Set(kinds)];
  const counts = new Map<string, number>();
  return kinds.map((kind) => {
    const n = counts.get(kind) ?? 0;
    counts.set(kind, n + 1);
    return `${order.indexOf(kind)}:${n}`;
  });
}

/** The saved arrays in the order of an optimizer's slots, or `null` where they do not fit. */
function match(targets: readonly Variable[], slots: readonly Saved[]): Strided[] | null {
  if (targets.length !== slots.length) return null;
  const wanted = places(targets.map((v) => lastWord(v.name)));
  const saved = new Map(places(slots.map((s) => kindOf(s.name))).map((place, i) => [place, slots[i]!.array]));
  const byKind = wanted.map((place) => saved.get(place));
  if (targets.every((v, i) => byKind[i] !== undefined && alike(v, byKind[i]))) return byKind as Strided[];
  const arrays = slots.map((s) => s.array);
  return targets.every((v, i) => alike(v, arrays[i]!)) ? arrays : null;
}
