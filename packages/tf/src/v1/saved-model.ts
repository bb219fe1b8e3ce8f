import { type MetaGraphDef, readSavedModelProto } from "@cognate/formats";
import { withGraph } from "../core/context.js";
import { get_default_graph } from "../graph/current.js";
import type { SessionImpl } from "../graph/session.js";
import type { GraphTensor } from "../graph/tensor.js";
import { contains_saved_model } from "../namespaces/saved-model.js";
import { exists } from "../saved/files.js";
import { importNodes } from "../saved/import.js";
import { graphDefOf } from "../saved/messages.js";
import { chooseGraph } from "../saved/saved-model.js";
import { v1 } from "./make.js";
import { SavedModelBuilder } from "./saved-model-builder.js";
import * as signatures from "./signatures.js";
import { addMetaGraph } from "./train/meta-graph.js";

/** Lets entries of a message's maps be read as properties, too. */
function byName<T>(x: T): T {
  if (x instanceof Map) for (const [k, v] of x) Object.assign(x, { [k]: byName(v) });
  else if (typeof x === "object" && x !== null && !ArrayBuffer.isView(x))
    for (const key of ["signature_def", "inputs", "outputs", "collection_def"])
      byName((x as Record<string, unknown>)[key]);
  return x;
}

/** Adds a SavedModel's graph to a session's and gives its variables their values. */
export const load = v1(
  "load",
  "sess tags export_dir import_scope",
  (
    sess: SessionImpl,
    tags: readonly string[],
    export_dir: string,
    import_scope: string | null = null,
  ): MetaGraphDef => {
    const meta = chooseGraph(readSavedModelProto(`${export_dir}/saved_model.pb`).meta_graphs, [...tags]);
    const prefix = import_scope ? `${import_scope}/` : "";
    withGraph(sess.graph, () => addMetaGraph(sess.graph, meta, prefix));
    const assets = new Map(
      meta.asset_file_def.map((a) => [prefix + a.tensor_info!.name, `${export_dir}/assets/${a.filename}`]),
    );
    const saver = meta.saver_def;
    if (saver && exists(`${export_dir}/variables/variables.index`))
      sess.run(
        prefix + saver.restore_op_name.split(":")[0]!,
        new Map([[prefix + saver.filename_tensor_name, `${export_dir}/variables/variables`]]),
      );
    const init =
      meta.signature_def.get("__saved_model_init_op")?.outputs.get("__saved_model_init_op")?.name ??
      ["saved_model_main_op", "legacy_init_op"]
        .map((k) => meta.collection_def.get(k)?.node_list?.value[0])
        .find(Boolean);
    if (init) sess.run(prefix + init, assets);
    return byName(meta);
  },
);
export const loader = { load, maybe_saved_model_directory: contains_saved_model } as const;
export { SavedModelBuilder as Builder, simple_save } from "./saved-model-builder.js";
export {
  build_signature_def,
  build_tensor_info,
  classification_signature_def,
  get_tensor_from_tensor_info,
  is_valid_signature,
  predict_signature_def,
  regression_signature_def,
} from "./signatures.js";
export const builder = { SavedModelBuilder } as const;
export const signature_def_utils = {
  build_signature_def: signatures.build_signature_def,
  classification_signature_def: signatures.classification_signature_def,
  is_valid_signature: signatures.is_valid_signature,
  predict_signature_def: signatures.predict_signature_def,
  regression_signature_def: signatures.regression_signature_def,
} as const;
export const utils = {
  build_tensor_info: signatures.build_tensor_info,
  get_tensor_from_tensor_info: signatures.get_tensor_from_tensor_info,
} as const;
export const tag_constants = { SERVING: "serve", TRAINING: "train", GPU: "gpu", TPU: "tpu" } as const;
export const signature_constants = {
  DEFAULT_SERVING_SIGNATURE_DEF_KEY: "serving_default",
  CLASSIFY_INPUTS: "inputs",
  CLASSIFY_METHOD_NAME: "tensorflow/serving/classify",
  CLASSIFY_OUTPUT_CLASSES: "classes",
  CLASSIFY_OUTPUT_SCORES: "scores",
  PREDICT_INPUTS: "inputs",
  PREDICT_METHOD_NAME: "tensorflow/serving/predict",
  PREDICT_OUTPUTS: "outputs",
  REGRESS_INPUTS: "inputs",
  REGRESS_METHOD_NAME: "tensorflow/serving/regress",
  REGRESS_OUTPUTS: "outputs",
} as const;
export const constants = {
  ASSETS_DIRECTORY: "assets",
  ASSETS_KEY: "saved_model_assets",
  DEBUG_DIRECTORY: "debug",
  DEBUG_INFO_FILENAME_PB: "saved_model_debug_info.pb",
  LEGACY_INIT_OP_KEY: "legacy_init_op",
  MAIN_OP_KEY: "saved_model_main_op",
  SAVED_MODEL_FILENAME_PB: "saved_model.pb",
  SAVED_MODEL_FILENAME_PBTXT: "saved_model.pbtxt",
  SAVED_MODEL_SCHEMA_VERSION: 1,
  VARIABLES_DIRECTORY: "variables",
  VARIABLES_FILENAME: "variables",
} as const;
export const { SERVING, TRAINING, GPU, TPU } = tag_constants;
export const {
  DEFAULT_SERVING_SIGNATURE_DEF_KEY,
  CLASSIFY_INPUTS,
  CLASSIFY_METHOD_NAME,
  CLASSIFY_OUTPUT_CLASSES,
  CLASSIFY_OUTPUT_SCORES,
  PREDICT_INPUTS,
  PREDICT_METHOD_NAME,
  PREDICT_OUTPUTS,
  REGRESS_INPUTS,
  REGRESS_METHOD_NAME,
  REGRESS_OUTPUTS,
} = signature_constants;
export const {
  ASSETS_DIRECTORY,
  ASSETS_KEY,
  DEBUG_DIRECTORY,
  DEBUG_INFO_FILENAME_PB,
  LEGACY_INIT_OP_KEY,
  MAIN_OP_KEY,
  SAVED_MODEL_FILENAME_PB,
  SAVED_MODEL_FILENAME_PBTXT,
  SAVED_MODEL_SCHEMA_VERSION,
  VARIABLES_DIRECTORY,
  VARIABLES_FILENAME,
} = constants;
export { Asset } from "../lookup/asset.js";
export {
  contains_saved_model,
  contains_saved_model as maybe_saved_model_directory,
  load as load_v2,
} from "../namespaces/saved-model.js";

/** Adds the nodes of a GraphDef (its bytes or a path) to the default graph; gives the elements that are asked for. */
export const import_graph_def = v1(
  "import_graph_def",
  "graph_def input_map return_elements name",
  (
    graph_def: unknown,
    input_map: Readonly<Record<string, GraphTensor>> | null = null,
    return_elements: readonly string[] | null = null,
    name: string | null = "import",
  ): unknown => {
    const g = get_default_graph();
    const prefix = name ? `${name}/` : "";
    importNodes(g, graphDefOf(graph_def), prefix, new Map(Object.entries(input_map ?? {})));
    return return_elements === null ? null : return_elements.map((e) => g.as_graph_element(prefix + e));
  },
);
