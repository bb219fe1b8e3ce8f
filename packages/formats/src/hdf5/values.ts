import { bfloat16, type Shape, type Strided, sizeOf } from "@cognate/kernel";
import { type ArrayReadOptions, readArray } from "../bytes/arrays.js";
import { Cursor } from "../bytes/cursor.js";
import { FormatError } from "../bytes/errors.js";
import { MemorySource } from "../bytes/source.js";
import type { Hdf5Type } from "./datatype.js";
import type { Hdf5Layout, Located } from "./file.js";
import { heapCollection } from "./global-heap.js";

/** Strings of an attribute or dataset, row-major. */
export interface Hdf5Strings {
  readonly kind: "strings";
  readonly shape: Shape;
  readonly values: readonly string[];
}
export interface Hdf5Numbers {
  readonly kind: "numbers";
  readonly array: Strided;
}
/** Uninterpreted bytes, `size` an element. */
export interface Hdf5Opaque {
  readonly kind: "opaque";
  readonly shape: Shape;
  readonly size: number;
  readonly bytes: Uint8Array;
}
/** A dataspace without elements (h5py's `Empty`). */
export interface Hdf5Empty {
  readonly kind: "empty";
}
/** What a dataset or attribute holds. */
export type Hdf5Value = Hdf5Strings | Hdf5Numbers | Hdf5Opaque | Hdf5Empty;

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const loose = new TextDecoder("latin1");

/** Text in UTF-8; bytes that are none are taken one character each, as older files have them. */
function text(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return loose.decode(bytes);
  }
}

function trimmed(bytes: Uint8Array, padding: "zero" | "space"): Uint8Array {
  const zero = bytes.indexOf(0);
  let end = zero < 0 ? bytes.length : zero;
  if (padding === "space") while (end > 0 && bytes[end - 1] === 0x20) end--;
  return bytes.subarray(0, end);
}

/** The type behind array types, whose axes follow those of the dataspace. */
export function flattened(type: Hdf5Type, shape: Shape): { type: Hdf5Type; shape: Shape } {
  while (type.kind === "array") {
    shape = [...shape, ...type.dims];
    type = type.base;
  }
  return { type, shape };
}

/** Interprets `data`, which holds all elements one after the other. */
export function interpret(
  file: Hdf5Layout,
  data: Located,
  declared: Hdf5Type,
  declaredShape: Shape,
  path: string,
  { share = false }: ArrayReadOptions = {},
): Hdf5Value {
  const { type, shape } = flattened(declared, declaredShape);
  const n = sizeOf(shape);
  const { source, offset } = data;
  if (type.kind === "number") {
    const options = { share: share || data.fresh, little: type.little };
    return { kind: "numbers", array: readArray(source, offset, type.dtype, shape, options) };
  }
  const raw = source.read(offset, data.size);
  switch (type.kind) {
    case "string": {
      const values: string[] = [];
      for (let i = 0; i < n; i++)
        values.push(text(trimmed(raw.subarray(i * type.size, (i + 1) * type.size), type.padding)));
      return { kind: "strings", shape, values };
    }
    case "varstring":
      return { kind: "strings", shape, values: heapStrings(file, raw, offset, n, path) };
    case "opaque":
      return { kind: "opaque", shape, size: type.size, bytes: raw.slice() };
    case "array":
    case "other":
      throw new FormatError({
        format: "hdf5",
        what: "the type",
        path,
        found: type.kind === "other" ? type.what : "an array",
        wanted: "numbers or strings",
        offset,
      });
  }
}

function heapStrings(file: Hdf5Layout, raw: Uint8Array, offset: number, n: number, path: string): string[] {
  const c = new Cursor(raw, "hdf5", offset);
  c.path = path;
  const values: string[] = [];
  for (let i = 0; i < n; i++) {
    const at = c.pos;
    const length = c.u32();
    const address = file.address(c, "a string's place");
    const index = c.u32();
    if (length === 0 || address === undefined || address === 0) {
      values.push("");
      continue;
    }
    const key = `${address}:${index}:${length}`;
    // One heap object may stand in many places; its text is made once.
    let value = file.strings.get(key);
    if (value === undefined) {
      const bytes = heapCollection(file, address, path).get(index);
      if (!bytes || bytes.length < length)
        throw c.fail(
          "a string",
          bytes ? `${bytes.length} bytes long` : "missing in the heap",
          `${length} bytes`,
          at,
        );
      value = text(trimmed(bytes.subarray(0, length), "zero"));
      file.account(key, length, path);
      file.strings.set(key, value);
    }
    values.push(value);
  }
  return values;
}

/** Two opaque bytes that an attribute calls bfloat16: how Keras's files keep them, since h5py knows no such type. */
export function asBfloat16(value: Hdf5Value): Hdf5Value {
  if (value.kind !== "opaque" || value.size !== 2) return value;
  const array = readArray(new MemorySource(value.bytes), 0, bfloat16, value.shape);
  return { kind: "numbers", array };
}
