import { sizeOf } from "@cognate/kernel";
import { gunzipSync, unzlibSync } from "fflate";
import { FormatError } from "../bytes/errors.js";
import { describe, Global, inertGlobal, STANDARD_GLOBALS } from "../pickle/globals.js";
import { PickledDType } from "../pickle/numpy.js";
import { type UnpickleOptions, Unpickler } from "../pickle/unpickler.js";
import { fillTable, PickledTable, tableGlobals } from "./arrays.js";

/** Modules whose classes stand in pickles of estimators; what they hold becomes plain descriptions, nothing more. */
const INERT = /^(sklearn|scipy\.sparse)(\.|$)/;

/** An array of joblib's: a description in the pickle, the bytes right behind it. */
class PickledWrapper extends PickledTable {}

interface WrapperState {
  readonly shape: readonly number[];
  readonly order: string;
  readonly dtype: PickledDType;
  readonly alignment: number | null;
}

function wrapperState(state: unknown, reader: Unpickler): WrapperState {
  const get = (key: string): unknown => (state instanceof Map ? state.get(key) : undefined);
  const [shape, order, dtype] = [get("shape"), get("order"), get("dtype")];
  if (!Array.isArray(shape) || (order !== "C" && order !== "F") || !(dtype instanceof PickledDType))
    throw reader.fail("an array of joblib's", describe(state), "shape, order and dtype");
  const alignment = get("numpy_array_alignment_bytes") ?? null;
  return { shape: [...shape] as number[], order, dtype, alignment: alignment as number | null };
}

/** Bytes of one element of a type that joblib writes as it is. */
function itemSize(dtype: PickledDType, reader: Unpickler): number {
  const [, kind, size] = /^([a-zA-Z])(\d+)$/.exec(dtype.code) ?? [];
  if (!kind || kind === "O") throw reader.fail("an array's element type", dtype.descr, "numbers or texts");
  return kind === "U" ? 4 * Number(size) : Number(size);
}

function readWrapped(to: PickledWrapper, state: unknown, reader: Unpickler, options: UnpickleOptions): void {
  const { shape, order, dtype, alignment } = wrapperState(state, reader);
  const { cursor } = reader;
  if (dtype.code.startsWith("O")) {
    const inner = new Unpickler(cursor, options).load();
    if (!(inner instanceof PickledTable))
      throw reader.fail("an array of objects", describe(inner), "an array");
    to.items = inner.items;
    to.shape = inner.shape;
    to.array = inner.array;
    return;
  }
  if (alignment !== null) {
    const padding = cursor.u8();
    if (padding > cursor.remaining) throw reader.fail("an array's padding", padding, "bytes that are there");
    cursor.view(padding);
  }
  const size = sizeOf(shape) * itemSize(dtype, reader);
  if (!Number.isSafeInteger(size) || size > cursor.remaining)
    throw reader.fail("an array's data", `${size} bytes long`, `at most ${cursor.remaining} bytes`);
  fillTable(to, shape, dtype, order === "F", cursor.view(size).slice(), reader);
}

/** The bytes of the pickle inside, without compression. @throws FormatError for compressions that are not known */
function inflated(bytes: Uint8Array): Uint8Array {
  const [a, b] = bytes;
  if (a === 0x1f && b === 0x8b) return gunzipSync(bytes);
  if (a === 0x78 && (b === 0x01 || b === 0x5e || b === 0x9c || b === 0xda)) return unzlibSync(bytes);
  const known = { BZh: "bz2", "\xfd7z": "xz", "]\0\0": "lzma", "\x04\x22\x4d": "lz4" };
  const start = String.fromCharCode(...bytes.subarray(0, 3));
  const other = Object.entries(known).find(([k]) => k === start);
  if (other)
    throw new FormatError({
      format: "joblib",
      what: "the compression",
      found: other[1],
      wanted: "none, zlib or gzip",
    });
  return bytes;
}

/**
 * A pickle of estimators, as `pickle.dump` or `joblib.dump` writes it. Classes of scikit-learn and sparse matrices become
 * descriptions (`PickledObject`), arrays `PickledArray`s; every other name is refused, and nothing is executed.
 *
 * @param findClass - what further names stand for
 * @throws FormatError, GlobalRefusedError
 */
export function readEstimators(
  bytes: Uint8Array,
  findClass: (module: string, name: string) => unknown = () => undefined,
): unknown {
  const arrays = tableGlobals();
  const inert = new Map<string, Global>();
  const options: UnpickleOptions = {
    findClass(module, name) {
      const path = `${module}.${name}`;
      const known =
        findClass(module, name) ?? arrays.get(path) ?? STANDARD_GLOBALS.get(path) ?? inert.get(path);
      if (known !== undefined) return known;
      if (path === "joblib.numpy_pickle.NumpyArrayWrapper") return wrapper;
      if (!INERT.test(module) && !/^numpy\.random/.test(module)) return undefined;
      const made = inertGlobal(module, name);
      inert.set(path, made);
      return made;
    },
  };
  const wrapper: Global = new Global("joblib.numpy_pickle", "NumpyArrayWrapper", {
    create: () => new PickledWrapper(),
    build: (object, state, context) => {
      readWrapped(object as PickledWrapper, state, context as Unpickler, options);
    },
  });
  return new Unpickler(inflated(bytes), options).load();
}
