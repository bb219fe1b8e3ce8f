import {
  type ByteInput,
  bytesOf,
  FileError,
  FormatError,
  type ModelObject,
  readModelJson,
  readXgboostModel,
  writeFileAtomic,
  writeModelJson,
  writeUbjson,
} from "@cognate/formats";
import { XGBoostError } from "../errors.js";
import type { Learner } from "../learner/learner.js";
import { Categories } from "../python/frame.js";
import { readCategoryNames } from "./categories.js";
import { configObject, loadConfig } from "./config.js";
import { readModel } from "./read-model.js";
import { Place } from "./read-values.js";
import { modelObject } from "./write-model.js";

const utf8 = new TextEncoder();

/** A model's bytes in form `ubj` or `json`. @throws XGBoostError for other forms */
export function saveRaw(learner: Learner, form: string, categories = new Categories()): Uint8Array {
  if (form === "ubj") return writeUbjson(modelObject(learner, categories));
  if (form === "json") return utf8.encode(writeModelJson(modelObject(learner, categories)));
  if (form === "deprecated")
    throw new XGBoostError(
      "The deprecated binary format has been removed from XGBoost, use JSON (`json`) or UBJSON (`ubj`) instead.",
    );
  throw new XGBoostError(`Unknown model format: \`${form}\`. Expecting UBJSON (\`ubj\`) or JSON (\`json\`).`);
}

function categoriesOf(document: ModelObject): Categories {
  const gb = new Place(document, "").at("learner").at("gradient_booster");
  const name = gb.at("name").text;
  if (name === "gblinear") return new Categories();
  return readCategoryNames((name === "dart" ? gb.at("gbtree") : gb).at("model"));
}

/** Reads a model's bytes of any form into a learner. @throws XGBoostError with what is wrong and where */
export function loadRaw(learner: Learner, bytes: Uint8Array): Categories {
  let document: ModelObject;
  try {
    document = readXgboostModel(bytes);
    // Pickles and copies hold the parameters beside the model.
    if ("Model" in document && "Config" in document) {
      learner.restore(readModel(document.Model as ModelObject));
      loadConfig(learner, document.Config as ModelObject);
      return categoriesOf(document.Model as ModelObject);
    }
    learner.restore(readModel(document));
    return categoriesOf(document);
  } catch (error) {
    if (error instanceof FormatError) throw Object.assign(new XGBoostError(error.message), { cause: error });
    throw error;
  }
}

/** The model with the parameters it was trained by, as pickles hold them. */
export const snapshot = (learner: Learner, categories = new Categories()): Uint8Array =>
  writeUbjson({ Config: configObject(learner), Model: modelObject(learner, categories) });

/** Writes a model; the path's ending chooses its form. */
export function saveFile(learner: Learner, path: string, categories = new Categories()): void {
  writeFileAtomic(path, saveRaw(learner, path.endsWith(".json") ? "json" : "ubj", categories));
}

/** Reads a model's file. @throws XGBoostError */
export function loadFile(learner: Learner, path: string): Categories {
  let bytes: Uint8Array;
  try {
    bytes = bytesOf(path satisfies ByteInput);
  } catch (error) {
    if (error instanceof FileError && error.reason === "ENOENT")
      throw new XGBoostError(`Opening ${path} failed: No such file or directory`);
    throw error;
  }
  return loadRaw(learner, bytes);
}

/** A configuration as text, and back. */
export const configText = (learner: Learner): string => writeModelJson(configObject(learner));
export function loadConfigText(learner: Learner, text: string): void {
  loadConfig(learner, readModelJson(text) as ModelObject);
}
