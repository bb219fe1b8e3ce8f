import { BundleReader, readKerasMetadata } from "@cognate/formats";
import { Strided } from "@cognate/kernel";
import { ValueError, warn } from "@cognate/py";
import type { LayerImpl } from "../layers/layer.js";
import type { CustomObjects, ModelImpl } from "../models/model.js";
import { files } from "../utils/files.js";
import { asMeant, legacyObject, withLegacyConfig } from "./legacy-config.js";
import {
  carryOut,
  finalize,
  jsonOf,
  legacyWeights,
  type Plan,
  planWeights,
  type Saved,
} from "./legacy-h5.js";
import { compileArguments, type LegacyOptimizer, restoreOptimizer } from "./legacy-training.js";

/*
 * Models that Keras 2 saved as folders (SavedModel): the architecture in `keras_metadata.pb`, the weights in the checkpoint
 * beside it, by the graph of objects that the checkpoint holds. The graphs of operations are not read.
 */

const METADATA = "keras_metadata.pb";
/** Whether a folder holds a model that Keras 2 saved. */
export const isKerasSavedModel = (folder: string): boolean => files().existsSync(`${folder}/${METADATA}`);

type Dict = Record<string, unknown>;
interface Node {
  readonly children: readonly { readonly node_id: number; readonly local_name: string }[];
  readonly attributes: readonly { readonly full_name: string; readonly checkpoint_key: string }[];
}

/** The objects of a checkpoint. */
class Objects {
  private readonly _nodes: readonly Node[];
  constructor(private readonly _bundle: BundleReader) {
    this._nodes = (_bundle.objectGraph()?.nodes ?? []) as readonly Node[];
  }
  child(at: number, name: string): number | undefined {
    return this._nodes[at]?.children.find((c) => c.local_name === name)?.node_id;
  }
  /** The object at the end of a path such as `root.layer-1.cell`. */
  find(path: string): number | undefined {
    let at: number | undefined = 0;
    for (const name of path.split(".").slice(1)) at = at === undefined ? undefined : this.child(at, name);
    return at;
  }
  /** Children named `prefix` and a number, in order. */
  numbered(at: number, prefix: string): number[] {
    return this._nodes[at]!.children.filter(
      (c) => c.local_name.startsWith(prefix) && /^\d+$/.test(c.local_name.slice(prefix.length)),
    )
      .sort((a, b) => Number(a.local_name.slice(prefix.length)) - Number(b.local_name.slice(prefix.length)))
      .map((c) => c.node_id);
  }
  /** The arrays of a list of variables. */
  variables(list: number | undefined): Saved[] {
    if (list === undefined) return [];
    return this.numbered(list, "").flatMap((id) => {
      const [own] = this._nodes[id]!.attributes;
      const array = own ? this._bundle.get(own.checkpoint_key) : undefined;
      return own && array instanceof Strided ? [{ name: own.full_name, array }] : [];
    });
  }
}

interface Described {
  readonly name?: string;
  readonly class_name?: string;
  readonly config?: Dict;
  readonly model_config?: Dict;
  readonly training_config?: Dict;
}

/** The weights of a model's layers, those of models in it layer by layer. @throws ValueError where they do not fit */
function planLayers(
  plan: Plan,
  model: ModelImpl,
  at: number,
  objects: Objects,
  described: ReadonlyMap<number, Described>,
): void {
  for (const id of objects.numbered(at, "layer-")) {
    const name = described.get(id)?.name;
    const layer = model.layers.find((l) => l.name === name) as LayerImpl | undefined;
    if (!layer) continue;
    if ("layers" in layer && objects.numbered(id, "layer-").length > 0) {
      planLayers(plan, layer as unknown as ModelImpl, id, objects, described);
      continue;
    }
    const variables = legacyWeights(layer);
    const saved = objects.variables(objects.child(id, "variables"));
    if (saved.length !== variables.length)
      throw new ValueError(
        `Weight count mismatch for layer ${layer.name}. Layer expects ${variables.length} weight(s). Received ${saved.length} saved weight(s)`,
      );
    planWeights(plan, variables, saved, `layer ${layer.name}`, false);
  }
}

/**
 * The model of a folder that Keras 2 saved, compiled as it was.
 *
 * @throws ValueError for a model of a class of its own, whose architecture the folder does not tell, or weights that do not
 * fit, FormatError for broken files
 */
export function loadSavedModel(folder: string, custom_objects: CustomObjects, compile: boolean): ModelImpl {
  const objects = new Objects(new BundleReader(`${folder}/variables/variables`));
  const described = new Map<number, Described>();
  for (const { node_path, metadata } of readKerasMetadata(`${folder}/${METADATA}`)) {
    const id = objects.find(node_path);
    if (id !== undefined && metadata !== "") described.set(id, jsonOf(metadata) as Described);
  }
  const root = described.get(0);
  const config =
    root?.model_config ??
    (root?.config && root.class_name ? { class_name: root.class_name, config: root.config } : undefined);
  if (!root || !config || !(config.config as Dict | undefined)?.layers)
    throw new ValueError(
      `The folder ${folder} does not tell what its model is made of: models of classes of their own are in it as graphs of TensorFlow's operations.`,
    );
  const model = withLegacyConfig(() => legacyObject(asMeant(config, "2.21.0"), custom_objects)) as ModelImpl;
  const plan: Plan = [];
  planLayers(plan, model, 0, objects, described);
  carryOut(plan);
  finalize(model);
  const training = root.training_config;
  if (!compile) return model;
  if (!training) {
    warn(
      "No training configuration found in the save file, so the model was *not* compiled. Compile it manually.",
    );
    return model;
  }
  const trained = model as unknown as { compile(o: object): void; optimizer: LegacyOptimizer | null };
  trained.compile(compileArguments(training, custom_objects));
  const own = objects.child(0, "optimizer");
  const saved = own === undefined ? [] : objects.variables(objects.child(own, "_variables"));
  if (trained.optimizer && saved.length > 0) restoreOptimizer(trained.optimizer, model, saved);
  return model;
}
