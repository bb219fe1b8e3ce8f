import {
  type AttributeValue,
  type ByteInput,
  Hdf5File,
  type Hdf5Group,
  type Hdf5GroupBuilder,
  Hdf5Text,
  Hdf5Writer,
  pythonJson,
} from "@cognate/formats";
import { arrayOf, type Strided } from "@cognate/kernel";
import { isPlainObject, repr, Tuple, ValueError, warn } from "@cognate/py";
import type { Variable } from "../backend/variable.js";
import type { LayerImpl } from "../layers/layer.js";
import type { CustomObjects, ModelImpl } from "../models/model.js";
import { version } from "../version.js";
import { asMeant, legacyConfig, legacyObject, withLegacyConfig } from "./legacy-config.js";
import {
  compileArguments,
  type LegacyOptimizer,
  restoreOptimizer,
  trainingConfig,
} from "./legacy-training.js";

/*
 * Whole models in `.h5` files, as Keras 2 wrote them and Keras 3 still does: the architecture and how it is trained in
 * attributes, the weights by the names of the layers.
 */

/** What fits in the header of an object. */
const HEADER_LIMIT = 64512;

/** Weights in the order of these files: the trained ones first. */
export const legacyWeights = (layer: LayerImpl): Variable[] => [
  ...layer.trainable_weights,
  ...layer.non_trainable_weights,
];

const shape = (a: readonly number[]): string => repr(Tuple.of_([...a]));

// writing

/** A list of names as an attribute, in several where one would be too large. */
function namesAttribute(group: Hdf5GroupBuilder, name: string, names: readonly string[]): void {
  const width = Math.max(1, ...names.map((n) => new TextEncoder().encode(n).length));
  const perChunk = Math.max(1, Math.floor(HEADER_LIMIT / width));
  const text = (part: readonly string[]): Hdf5Text => new Hdf5Text(part, { fixed: true });
  if (names.length === 0) group.attr(name, []);
  else if (names.length <= perChunk) group.attr(name, text(names));
  else
    for (let i = 0, k = 0; i < names.length; i += perChunk, k++)
      group.attr(`${name}${k}`, text(names.slice(i, i + perChunk)));
}

function saveVariables(group: Hdf5GroupBuilder, variables: readonly Variable[]): void {
  namesAttribute(
    group,
    "weight_names",
    variables.map((v) => v.path),
  );
  for (const v of variables) group.dataset(v.path, arrayOf(v) as Strided);
}

/** A model's own variables, those of its layers aside. */
function topLevelWeights(model: ModelImpl): Variable[] {
  const all = new Set(model.weights);
  return [...model._trainable_variables, ...model._non_trainable_variables].filter((v) => all.has(v));
}

const ascii = (text: string): Hdf5Text => new Hdf5Text(text);

/** The model as the pieces of an `.h5` file. */
export function saveLegacyModel(model: ModelImpl, includeOptimizer: boolean): Uint8Array[] {
  const file = new Hdf5Writer();
  const optimizer = (model as { optimizer?: LegacyOptimizer | null }).optimizer ?? null;
  withLegacyConfig(() => {
    file.attr("keras_version", version);
    file.attr("backend", "tensorflow");
    file.attr("model_config", ascii(pythonJson(legacyConfig(model))));
    const training = includeOptimizer && optimizer ? trainingConfig(model, optimizer) : null;
    if (training) file.attr("training_config", ascii(pythonJson(training)));
  });
  const weights = file.group("model_weights");
  namesAttribute(
    weights,
    "layer_names",
    model.layers.map((layer) => layer.name),
  );
  weights.attr("backend", ascii("tensorflow"));
  weights.attr("keras_version", ascii(version));
  const byName = [...model.layers].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const layer of byName) saveVariables(weights.group(layer.name), legacyWeights(layer));
  saveVariables(weights.group("top_level_model_weights"), topLevelWeights(model));
  if (includeOptimizer && optimizer && optimizer.variables.length > 0)
    saveVariables(file.group("optimizer_weights"), optimizer.variables);
  return file.pieces();
}

// reading

const textOf = (value: AttributeValue | undefined): string | null => {
  if (typeof value === "string") return value;
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : null;
};

/** A list of names from an attribute, or from several. */
function namesOf(group: Hdf5Group, name: string): string[] {
  const list = (value: AttributeValue | undefined): string[] =>
    Array.isArray(value) ? (value as string[]) : typeof value === "string" ? [value] : [];
  if (group.attrs.has(name)) return list(group.attrs.get(name));
  const all: string[] = [];
  for (let k = 0; group.attrs.has(`${name}${k}`); k++) all.push(...list(group.attrs.get(`${name}${k}`)));
  return all;
}

export interface Saved {
  readonly name: string;
  readonly array: Strided;
}
const savedIn = (group: Hdf5Group): Saved[] =>
  namesOf(group, "weight_names").map((name) => ({ name, array: group.dataset(name).array() }));

/** What is to be assigned once everything was found to fit. */
export type Plan = [Variable, Strided][];

export function planWeights(
  plan: Plan,
  variables: readonly Variable[],
  saved: readonly Saved[],
  what: string,
  skipMismatch: boolean,
): void {
  variables.forEach((v, i) => {
    const { array } = saved[i]!;
    const fits = array.shape.length === v.ndim && array.shape.every((d, k) => d === v.shape[k]);
    if (fits) {
      plan.push([v, array]);
      return;
    }
    const text = `${what}${skipMismatch ? "due to mismatch in shape " : ""}for weight ${v.path}. Weight expects shape ${v.shape}. Received saved weight with shape ${shape(array.shape)}`;
    if (!skipMismatch) throw new ValueError(`Shape mismatch in ${text}`);
    warn(`Skipping loading weights for ${text}`);
  });
}

function planTop(plan: Plan, model: ModelImpl, group: Hdf5Group, skipMismatch: boolean): void {
  if (!group.has("top_level_model_weights")) return;
  const variables = topLevelWeights(model);
  const saved = savedIn(group.group("top_level_model_weights"));
  if (saved.length !== variables.length)
    throw new ValueError(
      `Weight count mismatch for top-level weights when loading weights from file. Model expects ${variables.length} top-level weight(s). Received ${saved.length} saved top-level weight(s)`,
    );
  planWeights(plan, variables, saved, "top-level model", skipMismatch);
}

/** Layers and groups with weights, one after the other. */
function planInOrder(model: ModelImpl, group: Hdf5Group, skipMismatch: boolean): Plan {
  const plan: Plan = [];
  const layers = model.layers.filter((layer) => legacyWeights(layer).length > 0);
  const names = namesOf(group, "layer_names").filter(
    (name) => namesOf(group.group(name), "weight_names").length > 0,
  );
  if (names.length !== layers.length)
    throw new ValueError(
      `Layer count mismatch when loading weights from file. Model expected ${layers.length} layers, found ${names.length} saved layers.`,
    );
  names.forEach((name, k) => {
    const layer = layers[k]!;
    const variables = legacyWeights(layer);
    const saved = savedIn(group.group(name));
    if (saved.length !== variables.length)
      throw new ValueError(
        `Weight count mismatch for layer #${k} (named ${layer.name} in the current model, ${name} in the save file). Layer expects ${variables.length} weight(s). Received ${saved.length} saved weight(s)`,
      );
    planWeights(plan, variables, saved, `layer #${k} (named ${layer.name})`, skipMismatch);
  });
  planTop(plan, model, group, skipMismatch);
  return plan;
}

/** Layers and groups of the same names. */
function planByName(model: ModelImpl, group: Hdf5Group, skipMismatch: boolean): Plan {
  const plan: Plan = [];
  namesOf(group, "layer_names").forEach((name, k) => {
    const saved = savedIn(group.group(name));
    for (const layer of model.layers.filter((l) => l.name === name)) {
      const variables = legacyWeights(layer);
      if (saved.length === variables.length) {
        planWeights(plan, variables, saved, `layer #${k} (named ${layer.name})`, skipMismatch);
        continue;
      }
      const text = `Layer expects ${variables.length} weight(s). Received ${saved.length} saved weight(s)`;
      if (!skipMismatch)
        throw new ValueError(`Weight count mismatch for layer #${k} (named ${layer.name}). ${text}`);
      warn(
        `Skipping loading of weights for layer #${k} (named ${layer.name}) due to mismatch in number of weights. ${text}`,
      );
    }
  });
  planTop(plan, model, group, skipMismatch);
  return plan;
}

export const carryOut = (plan: Plan): void => {
  for (const [variable, array] of plan) variable.assign(array as never);
};

/** What layers work out from weights that they learnt. */
export function finalize(model: ModelImpl): void {
  for (const layer of model._flatten_layers()) (layer as { finalize_state?(): void }).finalize_state?.();
}

/** Reads the weights of an `.h5` file into a model; `false` for a file of another kind. @throws ValueError, FormatError */
export function loadLegacyWeights(
  model: ModelImpl,
  input: ByteInput,
  byName: boolean,
  skipMismatch: boolean,
): boolean {
  const file = new Hdf5File(input);
  try {
    const group =
      !file.attrs.has("layer_names") && file.has("model_weights") ? file.group("model_weights") : file;
    if (!group.attrs.has("layer_names") && !group.attrs.has("layer_names0")) return false;
    carryOut((byName ? planByName : planInOrder)(model, group, skipMismatch));
    finalize(model);
    return true;
  } finally {
    file.close();
  }
}

/** The JSON of an attribute, its tuples as such. */
export function jsonOf(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => {
    if (!isPlainObject(value)) return value;
    const { class_name, items } = value;
    return class_name === "__tuple__" && Array.isArray(items) ? Tuple.of_(items as unknown[]) : value;
  });
}

/** The model of an `.h5` file, compiled as it was. @throws ValueError, FormatError */
export function loadLegacyModel(
  input: ByteInput,
  custom_objects: CustomObjects,
  compile: boolean,
  path: string,
): ModelImpl {
  const file = new Hdf5File(input);
  try {
    const config = textOf(file.attrs.get("model_config"));
    if (config === null) throw new ValueError(`No model config found in the file at ${path}.`);
    const made = textOf(
      file.attrs.get("keras_version") ?? file.group("model_weights").attrs.get("keras_version"),
    );
    const model = withLegacyConfig(() =>
      legacyObject(asMeant(jsonOf(config), made), custom_objects),
    ) as ModelImpl;
    carryOut(planInOrder(model, file.group("model_weights"), false));
    finalize(model);
    if (!compile) return model;
    const training = textOf(file.attrs.get("training_config"));
    if (training === null) {
      warn(
        "No training configuration found in the save file, so the model was *not* compiled. Compile it manually.",
      );
      return model;
    }
    const compileModel = (model as unknown as { compile(o: object): void }).compile;
    compileModel.call(model, compileArguments(jsonOf(training), custom_objects));
    const optimizer = (model as unknown as { optimizer: LegacyOptimizer | null }).optimizer;
    if (optimizer && file.has("optimizer_weights"))
      restoreOptimizer(optimizer, model, savedIn(file.group("optimizer_weights")));
    return model;
  } finally {
    file.close();
  }
}
