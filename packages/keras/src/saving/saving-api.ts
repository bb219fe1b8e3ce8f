import {
  type ByteInput,
  bytesOf,
  FileError,
  joinBytes,
  type KerasArchive,
  kerasArchiveFiles,
  kerasArchiveOf,
  kerasArchivePieces,
  looksLikeHdf5,
  readKerasArchive,
  withSource,
  writeFileAtomic,
} from "@cognate/formats";
import { def, FileNotFoundError, repr, ValueError, warn } from "@cognate/py";
import { type CustomObjects, type ModelImpl, setModelFiles } from "../models/model.js";
import { files, filesIn, folderOf, isFolder } from "../utils/files.js";
import { version } from "../version.js";
import { asMeant } from "./legacy-config.js";
import { loadLegacyModel, loadLegacyWeights, saveLegacyModel } from "./legacy-h5.js";
import type { LoadOptions, SaveOptions } from "./options.js";
import { isKerasSavedModel, loadSavedModel } from "./saved-model.js";
import { deserialize_keras_object, serialize_keras_object, sharingObjects } from "./serialization-lib.js";
import { type AssetFolder, type Saveable, walkState } from "./state-walk.js";
import { loadTfjs, tfjsFiles } from "./tfjs.js";
import { readWeights, weightsPieces } from "./weights-file.js";

type Kind = "keras" | "h5" | "weights.h5" | "tfjs";

/** What a path's ending says it is. */
function kindOf(path: string): Kind | undefined {
  if (path.endsWith(".keras")) return "keras";
  if (path.endsWith("model.json")) return "tfjs";
  if (path.endsWith(".weights.h5")) return "weights.h5";
  return path.endsWith(".h5") || path.endsWith(".hdf5") ? "h5" : undefined;
}

const isBytes = (x: unknown): x is Uint8Array | ArrayBuffer =>
  x instanceof Uint8Array || x instanceof ArrayBuffer;

/** Writes the pieces of a file, or joins them where there is no path. */
function deliver(pieces: Uint8Array[], filepath: unknown): Uint8Array | undefined {
  if (filepath === undefined || filepath === null) return joinBytes(pieces);
  writeFileAtomic(String(filepath), pieces);
  return undefined;
}

/** The folder of one layer among all files beside the weights. */
const folder = (assets: Map<string, Uint8Array>, path: string): AssetFolder => {
  const at = (name: string): string => ["assets", path, name].filter(Boolean).join("/");
  return {
    read: (name) => assets.get(at(name)),
    write: (name, bytes) => {
      assets.set(at(name), bytes);
    },
  };
};

const pad = (n: number): string => String(n).padStart(2, "0");
function dateSaved(): string {
  const d = new Date();
  return `${d.getFullYear()}-${pad(d.getMonth() + 1)}-${pad(d.getDate())}@${pad(d.getHours())}:${pad(d.getMinutes())}:${pad(d.getSeconds())}`;
}

type Parts = Parameters<typeof kerasArchivePieces>[0];
function archiveParts(model: ModelImpl): Parts {
  if (!model.built)
    warn(
      "You are saving a model that has not yet been built. It might not contain any weights yet. Consider building the model first by calling it on some data.",
    );
  const assets = new Map<string, Uint8Array>();
  walkState(model as Saveable, (saveable, path) => saveable.save_assets?.(folder(assets, path)));
  return {
    metadata: { keras_version: version, date_saved: dateSaved() },
    config: sharingObjects(() => serialize_keras_object(model)),
    weights: weightsPieces(model as Saveable),
    assets,
  };
}

/** Writes the parts of an archive into a folder. */
function saveFolder(model: ModelImpl, folderPath: string): void {
  const fs = files();
  fs.mkdirSync(folderPath, { recursive: true });
  for (const { name, data } of kerasArchiveFiles(archiveParts(model))) {
    const path = `${folderPath}/${name}`;
    fs.mkdirSync(folderOf(path), { recursive: true });
    writeFileAtomic(path, data instanceof Uint8Array ? [data] : [...data]);
  }
}
const contents = (path: string): Uint8Array => withSource(path, (s) => s.read(0, s.size).slice());
/** A layers model of TensorFlow.js by its files. */
function loadTfjsFiles(all: ReadonlyMap<string, Uint8Array>, custom_objects: CustomObjects): ModelImpl {
  const read = (name: string): Uint8Array => {
    const found = all.get(name) ?? all.get(name.replace(/^\.\//, ""));
    if (found) return found;
    throw new FileNotFoundError(`[Errno 2] No such file or directory: '${name}'`);
  };
  return loadTfjs(read("model.json"), read, custom_objects);
}
const readFolder = (path: string): KerasArchive =>
  kerasArchiveOf(new Map(filesIn(path).map((name) => [name, contents(`${path}/${name}`)])));

function save(model: ModelImpl, filepath: unknown, options: SaveOptions): Uint8Array | undefined {
  const path = filepath === undefined || filepath === null ? null : String(filepath);
  const { zipped, include_optimizer = true, save_format, overwrite: _, ...unknown } = options;
  if (Object.keys(unknown).length > 0)
    throw new ValueError(`The following argument(s) are not supported: ${repr(Object.keys(unknown))}`);
  const kind = path === null ? ((save_format as Kind | undefined) ?? "keras") : kindOf(path);
  if (zipped === false) {
    if (path === null) throw new ValueError("With `zipped=False` there must be a path, that of a folder.");
    saveFolder(model, path);
    return undefined;
  }
  if (kind === "tfjs") {
    const written = tfjsFiles(model);
    if (path === null) return written as never;
    const fs = files();
    const beside = folderOf(path);
    if (beside !== "") fs.mkdirSync(beside, { recursive: true });
    for (const [name, data] of written)
      writeFileAtomic(name === "model.json" ? path : beside === "" ? name : `${beside}/${name}`, [data]);
    return undefined;
  }
  if (kind === "keras") return deliver(kerasArchivePieces(archiveParts(model)), filepath);
  if (kind === undefined)
    throw new ValueError(
      `Invalid filepath extension for saving. Please add either a \`.keras\` extension for the native Keras format (recommended) or a \`.h5\` extension. Use \`model.export(filepath)\` if you want to export a SavedModel for use with TFLite/TFServing/etc. Received: filepath=${path}.`,
    );
  warn(
    "You are saving your model as an HDF5 file via `model.save()` or `keras.saving.save_model(model)`. This file format is considered legacy. We recommend using instead the native Keras format, e.g. `model.save('my_model.keras')` or `keras.saving.save_model(model, 'my_model.keras')`. ",
  );
  return deliver(saveLegacyModel(model, include_optimizer), filepath);
}

function saveWeights(model: ModelImpl, filepath: unknown): Uint8Array | undefined {
  const path = filepath === undefined || filepath === null ? null : String(filepath);
  if (path !== null && kindOf(path) !== "weights.h5")
    throw new ValueError(`The filename must end in \`.weights.h5\`. Received: filepath=${path}`);
  if (!model.built)
    throw new ValueError(
      "You are saving a model that has not yet been built. Try building the model first by calling it on some data or by using `build()`.",
    );
  return deliver(weightsPieces(model as Saveable), filepath);
}

/** What bytes without a name are. */
function kindOfBytes(bytes: Uint8Array): Kind {
  return looksLikeHdf5(bytes) ? "h5" : "keras";
}

function loadWeights(model: ModelImpl, filepath: unknown, options: LoadOptions): void {
  const { skip_mismatch = false, by_name, objects_to_skip, ...unknown } = options;
  if (Object.keys(unknown).length > 0) throw new ValueError(`Invalid keyword arguments: ${repr(unknown)}`);
  const bytes = isBytes(filepath) ? bytesOf(filepath as ByteInput) : null;
  const path = bytes === null ? String(filepath) : "";
  const kind = bytes === null ? kindOf(path) : kindOfBytes(bytes);
  const input = (bytes ?? path) as ByteInput;
  if (kind === undefined)
    throw new ValueError(
      `File format not supported: filepath=${path}. Keras 3 only supports V3 \`.keras\` files, \`.weights.h5\` files, legacy H5 format files (\`.h5\` extension), or Orbax checkpoints.`,
    );
  if (by_name !== undefined && kind !== "h5")
    throw new ValueError(
      `\`by_name\` only supports loading legacy '.h5' or '.hdf5' files. Received: ${path}`,
    );
  if (objects_to_skip !== undefined && kind === "keras")
    throw new ValueError(`\`objects_to_skip\` only supports loading '.weights.h5' files.Received: ${path}`);
  if (kind === "h5" && loadLegacyWeights(model, input, by_name ?? false, skip_mismatch)) return;
  if (!model.built)
    throw new ValueError(
      "You are loading weights into a model that has not yet been built. Try building the model first by calling it on some data or by using `build()`.",
    );
  const weights = kind === "keras" ? readKerasArchive(input).weights : input;
  readWeights(model as Saveable, weights, { skip: objects_to_skip ?? [], skipMismatch: skip_mismatch });
}

function loadArchive(archive: KerasArchive, custom_objects: CustomObjects, compile: boolean): ModelImpl {
  const whole = asMeant(archive.config, archive.metadata.keras_version);
  const config = compile ? whole : { ...whole, compile_config: null };
  const model = sharingObjects(() => deserialize_keras_object(config, custom_objects)) as ModelImpl;
  const assets = new Map(archive.assets);
  walkState(model as Saveable, (saveable, path) => saveable.load_assets?.(folder(assets, path)));
  readWeights(model as Saveable, archive.weights);
  return model;
}

/**
 * `keras.models.load_model`: a model from a `.keras` file of Keras 3 or an `.h5` file of Keras 2 or 3, by its path or its
 * bytes.
 *
 * @param custom_objects - classes and functions of one's own that the file names
 * @param compile - whether the model is compiled as it was
 * @throws TypeError for a class that is neither Keras's nor known, FormatError for a broken file; no code of a file is run
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const model = keras.Sequential([keras.Input([2]), keras.layers.Dense(3)]);
 * const again = keras.models.load_model(model.save());
 * print(again.count_params()); // prints 9
 * ```
 */
export const load_model = def(
  "keras.saving.load_model",
  "filepath custom_objects:dict compile safe_mode",
  (
    filepath: string | Uint8Array | ArrayBuffer | ReadonlyMap<string, Uint8Array>,
    custom_objects: CustomObjects = null,
    compile = true,
    _safe_mode = true,
  ): ModelImpl => {
    if ((filepath as unknown) instanceof Map)
      return loadTfjsFiles(filepath as unknown as ReadonlyMap<string, Uint8Array>, custom_objects);
    const bytes = isBytes(filepath) ? bytesOf(filepath as ByteInput) : null;
    const path = bytes === null ? String(filepath) : "";
    const kind = bytes === null ? kindOf(path) : kindOfBytes(bytes);
    const input = (bytes ?? path) as ByteInput;
    try {
      if (kind === "tfjs") {
        const beside = folderOf(path);
        const at = (name: string): string => (beside === "" ? name : `${beside}/${name}`);
        return loadTfjs(contents(path), (name) => contents(at(name.replace(/^\.\//, ""))), custom_objects);
      }
      if (bytes === null && isFolder(path) && isKerasSavedModel(path))
        return loadSavedModel(path, custom_objects, compile);
      if (bytes === null && isFolder(path) && files().existsSync(`${path}/config.json`))
        return loadArchive(readFolder(path), custom_objects, compile);
      if (kind === "keras") return loadArchive(readKerasArchive(input), custom_objects, compile);
      if (kind !== undefined) return loadLegacyModel(input, custom_objects, compile, path);
    } catch (e) {
      if (!(e instanceof FileError) || e.reason !== "ENOENT") throw e;
      if (kind === "keras")
        throw new ValueError(
          `File not found: filepath=${path}. Please ensure the file is an accessible \`.keras\` zip file.`,
        );
      throw new FileNotFoundError(
        `[Errno 2] Unable to synchronously open file (unable to open file: name = '${path}', errno = 2, error message = 'No such file or directory', flags = 0, o_flags = 0)`,
      );
    }
    throw new ValueError(
      `File format not supported: filepath=${path}. Keras 3 only supports V3 \`.keras\` files, legacy H5 format files (\`.h5\` extension). Note that the legacy SavedModel format is not supported by \`load_model()\` in Keras 3. In order to reload a TensorFlow SavedModel as an inference-only layer in Keras 3, use \`keras.layers.TFSMLayer(${path}, call_endpoint='serving_default')\` (note that your \`call_endpoint\` might have a different name).`,
    );
  },
);

/** `keras.models.save_model`: {@link Model.save} as a function. */
export const save_model = def(
  "keras.saving.save_model",
  "model filepath overwrite zipped **options",
  (
    model: ModelImpl,
    filepath: unknown = null,
    overwrite = true,
    zipped: boolean | null = null,
    options: SaveOptions = {},
  ) => save(model, filepath, { ...options, overwrite, zipped }),
);
/** {@link Model.save_weights} as a function. */
export const save_weights = def(
  "keras.saving.save_weights",
  "model filepath overwrite",
  (model: ModelImpl, filepath: unknown = null, _overwrite = true) => saveWeights(model, filepath),
);
/** {@link Model.load_weights} as a function. */
export const load_weights = def(
  "keras.saving.load_weights",
  "model filepath skip_mismatch **options",
  (model: ModelImpl, filepath: unknown, skip_mismatch = false, options: LoadOptions = {}) =>
    loadWeights(model, filepath, { ...options, skip_mismatch }),
);

setModelFiles({ save, saveWeights, loadWeights });
