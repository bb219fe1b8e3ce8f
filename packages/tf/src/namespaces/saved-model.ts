import { def } from "@cognate/py";
import { exists } from "../saved/files.js";
import { type LoadedModel, loadSavedModel, type SavedModelFiles } from "../saved/saved-model.js";

/**
 * `tf.saved_model.load`: a SavedModel of a folder (or its files), whose signatures and functions run.
 *
 * @throws FormatError for broken files; RuntimeError for tags that it lacks, and, when a function is called, for operations
 * that have no counterpart here, which are listed
 */
export const load = def(
  "tensorflow.saved_model.load",
  "export_dir tags options",
  (
    export_dir: string | SavedModelFiles,
    tags: readonly string[] | string | null = null,
    _options: unknown = null,
  ): LoadedModel => loadSavedModel(export_dir, typeof tags === "string" ? [tags] : tags),
);
export const contains_saved_model = def(
  "tensorflow.saved_model.contains_saved_model",
  "export_dir",
  (export_dir: string): boolean => exists(`${export_dir}/saved_model.pb`),
);
export { Asset } from "../lookup/asset.js";
export const SERVING = "serve";
export const DEFAULT_SERVING_SIGNATURE_DEF_KEY = "serving_default";
