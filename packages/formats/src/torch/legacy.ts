import { type DType, uint8 } from "@cognate/kernel";
import { readStorage } from "../bytes/arrays.js";
import { Cursor } from "../bytes/cursor.js";
import { type ByteSource, MemorySource } from "../bytes/source.js";
import { describe, inertGlobal, type PickleContext } from "../pickle/globals.js";
import { type UnpickleOptions, Unpickler } from "../pickle/unpickler.js";
import { plainValues } from "../pickle/values.js";
import { StorageClass } from "./globals.js";
import { TorchStorage } from "./loaded.js";
import type { TorchContext } from "./reader.js";
import { storageId, textOf } from "./storages.js";

const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL_VERSION = 1001;

/** The pickled magic number: PROTO 2, LONG1 of ten bytes. */
const START = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

/** Whether a file begins with the magic number of the container from before PyTorch 1.6. */
export function startsSequential(source: ByteSource): boolean {
  if (source.size < START.length) return false;
  const head = source.read(0, START.length);
  // The protocol may be another one; the number itself is written alike from 2 on.
  return START.every((b, i) => i === 1 || head[i] === b);
}

/** Where a storage's bytes are. */
interface Place {
  readonly offset: number;
  readonly numel: number;
}

/**
 * The container from before PyTorch 1.6: pickles of a magic number, a version, facts about the machine, the object and
 * the list of its storages' keys; then each storage's number of elements and its bytes.
 *
 * The storages lie behind the pickle that needs them, so the pickle is walked through once without making anything, to
 * find them: memory is taken only for bytes that are there.
 */
export function readSequential(source: ByteSource, context: TorchContext): unknown {
  const bytes = source.read(0, source.size);
  const c = new Cursor(bytes, "torch");
  const plain: UnpickleOptions = { ...context.unpickle, findClass: undefined };
  const next = (options: UnpickleOptions): unknown => new Unpickler(c, options).load();

  const magic = next(plain);
  if (magic !== MAGIC) throw c.fail("the magic number", describe(magic), "that of PyTorch", 0);
  const at = c.pos;
  const version = next(plain);
  if (version !== PROTOCOL_VERSION)
    throw c.fail("the protocol version", describe(version), PROTOCOL_VERSION.toString(), at);
  next(plain);
  const start = c.pos;
  const types = surveyed(c, context);
  const keysAt = c.pos;
  const keys = next(plain);
  if (!Array.isArray(keys)) throw c.fail("the list of storages", describe(keys), "a list of keys", keysAt);
  const places = new Map<string, Place>();
  for (const raw of keys) {
    const key = textOf(raw);
    const here = c.pos;
    const type = typeof key === "string" ? types.get(key) : undefined;
    if (!type) throw c.fail("a storage's key", describe(key), "one that the object uses", here);
    const numel = c.i64("a storage's number of elements");
    const size = numel * type.itemsize;
    if (numel < 0 || size > c.remaining)
      throw c.fail(
        `the storage ${key}`,
        `${size} bytes long`,
        `at most the ${c.remaining} bytes that are left`,
        here,
      );
    places.set(key as string, { offset: c.pos, numel });
    c.skip(size);
  }
  c.seek(start);
  return new Unpickler(c, {
    ...context.unpickle,
    persistentLoad: storageLoader(bytes, places, context.share),
  }).load();
}

/** Goes through the object's pickle for the element types of its storages. */
function surveyed(c: Cursor, context: TorchContext): Map<string, DType> {
  const types = new Map<string, DType>();
  const find = context.unpickle.findClass!;
  new Unpickler(c, {
    ...context.unpickle,
    // The object itself is read by the real allow-list, so what is refused is refused here with the same words.
    values: plainValues,
    findClass: (module, name) => {
      const found = find(module, name);
      if (found === undefined || found instanceof StorageClass) return found;
      return inertGlobal(module, name);
    },
    persistentLoad: (id, p) => {
      if (Array.isArray(id) && textOf(id[0]) === "module") return id[1];
      const said = storageId(id, p);
      if (!types.has(said.key)) types.set(said.key, said.dtype ?? uint8);
      return null;
    },
  }).load();
  return types;
}

function storageLoader(bytes: Uint8Array, places: ReadonlyMap<string, Place>, share: boolean) {
  const source = new MemorySource(bytes, "torch");
  const roots = new Map<string, TorchStorage>();
  const views = new Map<string, TorchStorage>();
  return (id: unknown, c: PickleContext): unknown => {
    // The class of a whole module, with its source text, which nobody needs.
    if (Array.isArray(id) && textOf(id[0]) === "module") return id[1];
    const { key, dtype = uint8, untyped, location, numel, view } = storageId(id, c);
    const place = places.get(key);
    if (!place) throw c.fail("a storage's key", describe(key), "one in the file's list of storages");
    let root = roots.get(key);
    if (!root) {
      if (place.numel !== numel)
        throw c.fail(`the storage ${key}`, `${place.numel} elements long in the file`, `${numel} elements`);
      const storage = readStorage(source, place.offset, dtype, numel, { share });
      root = new TorchStorage(storage, dtype, untyped, numel, location);
      roots.set(key, root);
    }
    if (!view) return root;
    const [viewKey, offset, size] = view;
    const name = String(textOf(viewKey));
    const known = views.get(name);
    if (known) return known;
    if (!isCount(offset) || !isCount(size) || offset + size > root.numel)
      throw c.fail(
        `a view of the storage ${key}`,
        `${describe(size)} elements from ${describe(offset)} on`,
        `within its ${root.numel}`,
      );
    const part = new TorchStorage(root.storage, dtype, untyped, size, location, offset);
    views.set(name, part);
    return part;
  };
}

const isCount = (x: unknown): x is number => typeof x === "number" && Number.isSafeInteger(x) && x >= 0;
