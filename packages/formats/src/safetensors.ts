import {
  bfloat16,
  bool,
  complex64,
  contiguous,
  type DType,
  float16,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  type Strided,
  sizeOf,
  uint8,
  uint16,
  uint32,
  uint64,
} from "@cognate/kernel";
import { type ArrayReadOptions, bytesOfArray, readArray } from "./bytes/arrays.js";
import { Cursor } from "./bytes/cursor.js";
import { FormatError, WriteError } from "./bytes/errors.js";
import { parseJson } from "./bytes/json.js";
import { joinBytes, Sink, utf8Bytes } from "./bytes/sink.js";
import { type ByteInput, type ByteSource, withSource } from "./bytes/source.js";

/** The format's types by its own order, which is that of their alignment; the writer sorts tensors by it, backwards. */
const ORDER = [
  "BOOL F4 F6_E2M3 F6_E3M2 U8 I8 F8_E5M2 F8_E4M3 F8_E8M0 F8_E4M3FNUZ F8_E5M2FNUZ",
  "I16 U16 F16 BF16 I32 U32 F32 C64 F64 I64 U64",
].flatMap((names) => names.split(" "));

const TYPES: ReadonlyMap<string, DType> = new Map([
  ["BOOL", bool],
  ["U8", uint8],
  ["I8", int8],
  ["U16", uint16],
  ["I16", int16],
  ["F16", float16],
  ["BF16", bfloat16],
  ["U32", uint32],
  ["I32", int32],
  ["F32", float32],
  ["C64", complex64],
  ["U64", uint64],
  ["I64", int64],
  ["F64", float64],
]);
const NAMES: ReadonlyMap<DType, string> = new Map([...TYPES].map(([name, dtype]) => [dtype, name]));

/** The reference library's own limit. */
const LONGEST_HEADER = 100_000_000;

/** One tensor as the header tells it. */
export interface SafetensorsEntry {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** First byte in the file. */
  readonly offset: number;
  readonly size: number;
}

/** A file's header: what is in it, before any tensor is read. */
export interface SafetensorsHeader {
  /** In the order in which they lie in the file. */
  readonly tensors: ReadonlyMap<string, SafetensorsEntry>;
  readonly metadata: ReadonlyMap<string, string> | undefined;
}

export interface Safetensors {
  readonly tensors: Map<string, Strided>;
  readonly metadata: ReadonlyMap<string, string> | undefined;
}

/** Reads the header of a `.safetensors` file and checks all of it. @throws FormatError */
export function readSafetensorsHeader(input: ByteInput): SafetensorsHeader {
  return withSource(input, headerOf);
}

function headerOf(source: ByteSource): SafetensorsHeader {
  const front = new Cursor(source.read(0, Math.min(8, source.size)), "safetensors");
  if (source.size < 8)
    throw front.fail("the header's length", `cut off (the file has ${source.size} bytes)`, "8 bytes", 0);
  const length = front.u64("the header's length");
  const most = Math.min(LONGEST_HEADER, source.size - 8);
  if (length > most)
    throw front.fail(
      "the header's length",
      `${length} bytes`,
      `at most ${most} (the file has ${source.size})`,
      0,
    );
  const c = new Cursor(source.read(8, length), "safetensors", 8);
  if (!c.at("{")) throw c.fail("the header", "not a JSON object", "an object that begins with {");
  const json = parseJson(c.text(length, "the header"), (found) =>
    c.fail("the header", found, "a JSON object", 0),
  );
  const start = 8 + length;
  const room = source.size - start;
  const entries: [string, SafetensorsEntry][] = [];
  let metadata: Map<string, string> | undefined;
  for (const [name, value] of Object.entries(json as Record<string, unknown>)) {
    if (name === "__metadata__") metadata = metadataOf(value, c);
    else entries.push([name, entryOf(name, value, start, room)]);
  }
  entries.sort(([, a], [, b]) => a.offset - b.offset || a.size - b.size);
  checkLayout(entries, start, source.size);
  return { tensors: new Map(entries), metadata };
}

function metadataOf(value: unknown, c: Cursor): Map<string, string> {
  const entries =
    typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  if (typeof value !== "object" || value === null || entries.some(([, v]) => typeof v !== "string"))
    throw c.fail("__metadata__", JSON.stringify(value)?.slice(0, 40), "an object of strings", 0);
  return new Map(entries as [string, string][]);
}

const isCount = (x: unknown): x is number => typeof x === "number" && Number.isSafeInteger(x) && x >= 0;

function entryOf(name: string, value: unknown, start: number, room: number): SafetensorsEntry {
  const fail = (what: string, found: unknown, wanted: string): FormatError =>
    new FormatError({
      format: "safetensors",
      what,
      path: JSON.stringify(name),
      found: String(found),
      wanted,
      offset: 8,
    });
  const { dtype, shape, data_offsets } = (value ?? {}) as Record<string, unknown>;
  const type = typeof dtype === "string" ? TYPES.get(dtype) : undefined;
  if (!type) {
    const known = typeof dtype === "string" && ORDER.includes(dtype);
    throw fail(
      "the dtype",
      known ? `${dtype}, which is not supported here` : JSON.stringify(dtype),
      [...TYPES.keys()].join(", "),
    );
  }
  if (!Array.isArray(shape) || !shape.every(isCount) || !Number.isSafeInteger(sizeOf(shape)))
    throw fail("the shape", JSON.stringify(shape), "a list of axis lengths");
  const [from, to] = Array.isArray(data_offsets) && data_offsets.length === 2 ? data_offsets : [];
  if (!isCount(from) || !isCount(to) || from > to)
    throw fail("the data_offsets", JSON.stringify(data_offsets), "[begin, end]");
  if (to > room)
    throw fail("the data_offsets", `[${from}, ${to}]`, `within the file's ${room} bytes of data`);
  const size = sizeOf(shape) * type.itemsize;
  if (to - from !== size)
    throw fail(
      "the data_offsets",
      `${to - from} bytes apart`,
      `${size} bytes for shape [${shape.join(", ")}] of ${dtype}`,
    );
  return { dtype: type, shape: shape as number[], offset: start + from, size };
}

/** The data must be covered without gaps and without overlaps. */
function checkLayout(
  entries: readonly (readonly [string, SafetensorsEntry])[],
  start: number,
  end: number,
): void {
  let at = start;
  for (const [name, { offset, size }] of entries) {
    if (offset !== at)
      throw new FormatError({
        format: "safetensors",
        what: "the data",
        path: JSON.stringify(name),
        found: offset < at ? "overlapping the tensor before it" : "behind a gap",
        wanted: `a beginning at byte ${at}`,
        offset,
      });
    at += size;
  }
  if (at !== end)
    throw new FormatError({
      format: "safetensors",
      what: "the end",
      found: `${end - at} bytes that belong to no tensor`,
      wanted: "the last tensor's end",
      offset: at,
    });
}

/**
 * Reads a `.safetensors` file: tensors by name, in the order in which they lie in it, and its metadata.
 *
 * @throws FormatError when the header is too long or no JSON, names a key twice, or its offsets overlap, leave gaps or
 * reach beyond the file; F8, F6 and F4 types are refused by name.
 *
 * @example
 * ```ts
 * import { float32, Strided } from "@cognate/kernel";
 * import { print } from "@cognate/py";
 * import { readSafetensors, writeSafetensors } from "@cognate/formats";
 * const bytes = writeSafetensors([["w", Strided.over(Float32Array.of(1, 2), float32, [2])]]);
 * print([...readSafetensors(bytes).tensors.get("w")!.flat()]); // prints [1, 2]
 * ```
 */
export function readSafetensors(input: ByteInput, options: ArrayReadOptions = {}): Safetensors {
  return withSource(input, (source) => {
    const { tensors, metadata } = headerOf(source);
    const arrays = new Map<string, Strided>();
    for (const [name, { dtype, shape, offset }] of tensors)
      arrays.set(name, readArray(source, offset, dtype, shape, options));
    return { tensors: arrays, metadata };
  });
}

/** By code points, as UTF-8 bytes sort. */
function compareNames(a: string, b: string): number {
  const [x, y] = [utf8Bytes(a), utf8Bytes(b)];
  const n = Math.min(x.length, y.length);
  for (let i = 0; i < n; i++) if (x[i] !== y[i]) return x[i]! - y[i]!;
  return x.length - y.length;
}

/**
 * The pieces of a `.safetensors` file in the reference library's layout: tensors by falling alignment of their types,
 * then by name; the header padded to a multiple of eight bytes.
 *
 * @throws WriteError for complex128, and for a name given twice.
 */
export function safetensorsPieces(
  tensors: Iterable<readonly [string, Strided]>,
  metadata?: Iterable<readonly [string, string]>,
): Uint8Array[] {
  const entries = [...tensors].map(([name, array]) => {
    const dtype = NAMES.get(array.dtype);
    if (!dtype)
      throw new WriteError("safetensors", `the format has no element type ${array.dtype} (tensor ${name}).`);
    if (name === "__metadata__")
      throw new WriteError("safetensors", "no tensor can have the name __metadata__.");
    return { name, array: contiguous(array), dtype, rank: ORDER.indexOf(dtype) };
  });
  entries.sort((a, b) => b.rank - a.rank || compareNames(a.name, b.name));
  const parts: string[] = [];
  const meta = metadata && Object.fromEntries(metadata);
  if (meta) parts.push(`"__metadata__":${JSON.stringify(meta)}`);
  let at = 0;
  for (const [i, { name, array, dtype }] of entries.entries()) {
    if (i > 0 && entries[i - 1]!.name === name)
      throw new WriteError("safetensors", `two tensors have the name ${name}.`);
    const end = at + array.size * array.dtype.itemsize;
    const offsets = `[${at},${end}]`;
    parts.push(
      `${JSON.stringify(name)}:{"dtype":"${dtype}","shape":[${array.shape.join(",")}],"data_offsets":${offsets}}`,
    );
    at = end;
  }
  const header = utf8Bytes(`{${parts.join(",")}}`);
  const padding = (8 - (header.length % 8)) % 8;
  const front = new Sink(8 + header.length + padding)
    .u64(header.length + padding)
    .bytes(header)
    .fill(padding, 0x20);
  return [front.done(), ...entries.map((e) => bytesOfArray(e.array))];
}

/** {@link safetensorsPieces} joined. */
export const writeSafetensors = (
  tensors: Iterable<readonly [string, Strided]>,
  metadata?: Iterable<readonly [string, string]>,
): Uint8Array => joinBytes(safetensorsPieces(tensors, metadata));
