import { type DType, dtypeNamed, Strided, sizeOf } from "@cognate/kernel";
import { readStorage } from "../bytes/arrays.js";
import { FormatError } from "../bytes/errors.js";
import { parseJson } from "../bytes/json.js";
import { type ByteInput, withSource } from "../bytes/source.js";
import { ZipArchive } from "../zip/reader.js";
import { type LoadedTensor, TorchParameter, TorchTensor } from "./loaded.js";
import { readTorch } from "./reader.js";

/** What `torch.export.save` wrote. */
export interface ExportedFile {
  /** The program as its JSON says it: graph, signature, nested structure of inputs and outputs. */
  readonly program: Readonly<Record<string, unknown>>;
  /** Parameters and buffers by dotted name. */
  readonly weights: ReadonlyMap<string, LoadedTensor>;
  /** Tensors that the program holds besides its state, and buffers that are not part of the state. */
  readonly constants: ReadonlyMap<string, LoadedTensor>;
}

/** The numbers of element types in exported programs. */
const DTYPES: Readonly<Record<number, string>> = {
  1: "uint8",
  2: "int8",
  3: "int16",
  4: "int32",
  5: "int64",
  6: "float16",
  7: "float32",
  8: "float64",
  10: "complex64",
  11: "complex128",
  12: "bool",
  13: "bfloat16",
  28: "uint16",
};

/** The element type of a number in an exported program, or `undefined`. */
export const exportedDType = (number: unknown): DType | undefined => {
  const name = DTYPES[Number(number)];
  return name === undefined ? undefined : dtypeNamed(name);
};

type Json = Readonly<Record<string, unknown>>;
const asObject = (x: unknown): Json | undefined =>
  typeof x === "object" && x !== null && !Array.isArray(x) ? (x as Json) : undefined;
const isCount = (x: unknown): x is number => typeof x === "number" && Number.isSafeInteger(x) && x >= 0;
const MOST_AXES = 64;

class Archive {
  private readonly _zip: ZipArchive;
  private readonly _prefix: string;

  constructor(zip: ZipArchive) {
    this._zip = zip;
    const model = zip.names.find((n) => /^([^/]+\/)?models\/[^/]+\.json$/.test(n));
    if (model === undefined)
      throw this.fail(
        "the exported program",
        `without a models/*.json (it holds ${zip.names.slice(0, 5).join(", ") || "nothing"})`,
        "what torch.export.save writes since PyTorch 2.8",
      );
    this._prefix = model.slice(0, model.indexOf("models/"));
    this.model = model;
  }
  readonly model: string;

  fail(what: string, found: string, wanted: string): FormatError {
    return new FormatError({ format: "torch", what, found, wanted });
  }
  json(name: string): Json {
    const text = new TextDecoder().decode(this._zip.read(name));
    const value = asObject(parseJson(text, (found) => this.fail(name, found, "JSON")));
    if (!value) throw this.fail(name, "no object", "an object");
    return value;
  }

  /** The tensors that a folder's list of contents names. */
  tensors(folder: string, list: string): Map<string, LoadedTensor> {
    const out = new Map<string, LoadedTensor>();
    const name = `${this._prefix}${folder}${list}`;
    if (!this._zip.has(name)) return out;
    const config = asObject(this.json(name).config);
    if (!config) throw this.fail(name, "without a config", "a config");
    const read = new Map<string, Strided>();
    for (const [key, entry] of Object.entries(config)) {
      const said = asObject(entry);
      if (typeof said?.path_name !== "string") throw this.fail(`${name}: ${key}`, "no entry", "a path_name");
      // Objects that are no tensors cannot be run here; what uses them says so.
      if (said.tensor_meta === null || said.tensor_meta === undefined) continue;
      const path = `${this._prefix}${folder}${said.path_name}`;
      out.set(key, this._tensor(key, path, said, read));
    }
    return out;
  }
  private _tensor(key: string, path: string, said: Json, read: Map<string, Strided>): LoadedTensor {
    if (said.use_pickle === true) {
      const { value } = readTorch(this._zip.read(path));
      const tensor = value instanceof TorchParameter ? value.data : value;
      if (!(tensor instanceof TorchTensor)) throw this.fail(key, "pickled, and no tensor", "a tensor");
      return tensor;
    }
    const meta = asObject(said.tensor_meta)!;
    const dtype = exportedDType(meta.dtype);
    if (!dtype) throw this.fail(`${key}: the element type`, String(meta.dtype), "one that is supported here");
    const numbers = (what: string): number[] => {
      const items = meta[what];
      const out = Array.isArray(items) ? items.map((i) => asObject(i)?.as_int) : [];
      if (!Array.isArray(items) || out.length > MOST_AXES || !out.every(isCount))
        throw this.fail(
          `${key}: ${what}`,
          String(JSON.stringify(items)).slice(0, 40),
          "whole numbers from 0 on",
        );
      return out as number[];
    };
    const [shape, strides] = [numbers("sizes"), numbers("strides")];
    const offset = asObject(meta.storage_offset)?.as_int;
    if (!isCount(offset) || shape.length !== strides.length)
      throw this.fail(`${key}: its place`, "none", "an offset and a stride for each axis");
    let whole = read.get(path);
    if (!whole) {
      whole = this._storage(path, dtype);
      read.set(path, whole);
    }
    const n = sizeOf(shape);
    const last = n === 0 ? offset : strides.reduce((at, s, i) => at + s * (shape[i]! - 1), offset + 1);
    if (!Number.isSafeInteger(n) || last > whole.size || whole.dtype !== dtype)
      throw this.fail(
        key,
        `of size [${shape}] and stride [${strides}]`,
        `a view within ${whole.size} elements`,
      );
    const array = new Strided(whole.storage, dtype, shape, strides, offset);
    return { array, requiresGrad: meta.requires_grad === true, location: "cpu", conj: false, neg: false };
  }
  private _storage(path: string, dtype: DType): Strided {
    const entry = this._zip.entry(path);
    if (entry.method !== 0 || entry.size % dtype.itemsize !== 0)
      throw this.fail(path, `${entry.size} bytes by method ${entry.method}`, `stored elements of ${dtype}`);
    const numel = entry.size / dtype.itemsize;
    const options = { little: true };
    const storage = readStorage(this._zip.source, this._zip.locate(entry), dtype, numel, options);
    return new Strided(storage, dtype, [numel], [1], 0);
  }
}

/** Whether an archive is an exported program, by the names in it. */
export const isExported = (names: readonly string[]): boolean =>
  names.some((n) => /^([^/]+\/)?models\/[^/]+\.json$/.test(n));

/**
 * Reads what `torch.export.save` wrote (`.pt2`): the program's JSON and its tensors. Nothing of the program is run.
 *
 * @throws FormatError for another archive, or a broken one
 */
export function readExported(input: ByteInput): ExportedFile {
  return withSource(input, (source) => {
    const archive = new Archive(new ZipArchive(source, { format: "torch" }));
    return {
      program: archive.json(archive.model),
      weights: archive.tensors("data/weights/", listOf(archive.model, "weights")),
      constants: archive.tensors("data/constants/", listOf(archive.model, "constants")),
    };
  });
}

/** `models/net.json` has its tensors listed in `net_weights_config.json`. */
const listOf = (model: string, kind: string): string =>
  `${model.slice(model.lastIndexOf("/") + 1, -".json".length)}_${kind}_config.json`;
