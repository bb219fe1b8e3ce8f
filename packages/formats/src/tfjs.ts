import {
  bool,
  complex64,
  type DType,
  float16,
  float32,
  int32,
  type NumericData,
  type Strided,
  sizeOf,
  uint8,
  uint16,
} from "@cognate/kernel";
import { bytesOfArray, readArray } from "./bytes/arrays.js";
import { FormatError, WriteError } from "./bytes/errors.js";
import { parseJson } from "./bytes/json.js";
import { joinBytes, utf8Bytes } from "./bytes/sink.js";
import { MemorySource } from "./bytes/source.js";

/*
 * Layers models of TensorFlow.js: `model.json` with the topology and a list of weights, whose bytes lie one after the other
 * in files beside it.
 */

/** One weight of a layers model. */
export interface TfjsWeight {
  readonly name: string;
  readonly array: Strided;
}
export interface TfjsModel {
  /** The architecture: a class name and its configuration, as Keras 2 has them. */
  readonly topology: Record<string, unknown>;
  readonly weights: readonly TfjsWeight[];
}

const TYPES: Readonly<Record<string, DType>> = { float32, int32, bool, complex64, float16, uint8, uint16 };
const isRecord = (x: unknown): x is Record<string, unknown> =>
  typeof x === "object" && x !== null && !Array.isArray(x);
const wrong = (what: string, found: unknown, wanted: string): FormatError =>
  new FormatError({ format: "tfjs", what, found: JSON.stringify(found) ?? "nothing", wanted, offset: 0 });

/** Integers of a quantized weight as what they stand for. */
function dequantized(packed: Strided, scale: number, min: number, dtype: DType): Strided {
  const data = packed.flat() as NumericData;
  const bytes = new Uint8Array(data.length * 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < data.length; i++)
    if (dtype === int32) view.setInt32(4 * i, Math.round(data[i]! * scale + min), true);
    else view.setFloat32(4 * i, data[i]! * scale + min, true);
  return readArray(new MemorySource(bytes), 0, dtype === int32 ? int32 : float32, packed.shape);
}

/**
 * Reads a layers model of TensorFlow.js.
 *
 * @param json - the bytes of `model.json`
 * @param read - gives the bytes of a file beside it by the path that the manifest has
 * @throws FormatError that names what is missing or broken
 */
export function readTfjsModel(json: Uint8Array, read: (path: string) => Uint8Array): TfjsModel {
  const model = parseJson(new TextDecoder().decode(json), (found) => wrong("model.json", found, "JSON"));
  if (!isRecord(model) || !isRecord(model.modelTopology))
    throw wrong("modelTopology", isRecord(model) ? model.modelTopology : model, "an object");
  if (model.format === "graph-model") throw wrong("format", model.format, '"layers-model"');
  const { modelTopology } = model;
  const topology = isRecord(modelTopology.model_config) ? modelTopology.model_config : modelTopology;
  const manifest = model.weightsManifest ?? [];
  if (!Array.isArray(manifest)) throw wrong("weightsManifest", manifest, "a list");
  const weights = manifest.flatMap((group: unknown) => {
    if (!isRecord(group) || !Array.isArray(group.paths) || !Array.isArray(group.weights))
      throw wrong("weightsManifest", group, "paths and weights");
    return weightsOf(joinBytes(group.paths.map((path) => read(String(path)))), group.weights);
  });
  return { topology, weights };
}

function weightsOf(bytes: Uint8Array, entries: readonly unknown[]): TfjsWeight[] {
  const source = new MemorySource(bytes);
  let offset = 0;
  return entries.map((entry) => {
    if (!isRecord(entry) || typeof entry.name !== "string" || !Array.isArray(entry.shape))
      throw wrong("weight", entry, "a name and a shape");
    const { name, quantization } = entry;
    const shape = entry.shape as number[];
    if (!shape.every((n) => Number.isSafeInteger(n) && n >= 0))
      throw wrong(`shape of ${name}`, shape, "lengths");
    const packed = isRecord(quantization) ? quantization : null;
    const own = TYPES[String(entry.dtype)];
    const stored = packed ? TYPES[String(packed.dtype)] : own;
    if (!own || !stored) throw wrong(`dtype of ${name}`, packed?.dtype ?? entry.dtype, "a known type");
    const array = readArray(source, offset, stored, shape);
    offset += sizeOf(shape) * stored.itemsize;
    if (packed === null || stored === float16) return { name, array };
    return { name, array: dequantized(array, Number(packed.scale ?? 1), Number(packed.min ?? 0), own) };
  });
}

/** How large TensorFlow.js makes the files of a model's weights. */
const SHARD = 4 * 1024 * 1024;

/** The files of a layers model by name: `model.json` and `group1-shard1of1.bin` and so on. */
export function tfjsModelFiles(
  topology: unknown,
  weights: readonly TfjsWeight[],
  generatedBy: string,
): Map<string, Uint8Array> {
  const entries = weights.map(({ name, array }) => {
    const dtype = Object.keys(TYPES).find((key) => TYPES[key] === array.dtype);
    if (dtype === undefined || array.dtype === float16)
      throw new WriteError("tfjs", `weight ${name} is of type ${array.dtype.name}, which it does not have`);
    return { name, shape: [...array.shape], dtype };
  });
  const bytes = joinBytes(weights.map(({ array }) => bytesOfArray(array)));
  const count = Math.max(1, Math.ceil(bytes.length / SHARD));
  const paths = Array.from({ length: count }, (_, i) => `group1-shard${i + 1}of${count}.bin`);
  const model = {
    format: "layers-model",
    generatedBy,
    convertedBy: null,
    modelTopology: topology,
    weightsManifest: [{ paths, weights: entries }],
  };
  return new Map([
    ["model.json", utf8Bytes(JSON.stringify(model))],
    ...paths.map((path, i) => [path, bytes.subarray(i * SHARD, (i + 1) * SHARD)] as const),
  ]);
}
