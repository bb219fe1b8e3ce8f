import { readStorage } from "../bytes/arrays.js";
import { Cursor } from "../bytes/cursor.js";
import { FormatError } from "../bytes/errors.js";
import { type ByteSource, MemorySource } from "../bytes/source.js";
import { describe, type Global, type PickleContext } from "../pickle/globals.js";
import { type UnpickleOptions, Unpickler } from "../pickle/unpickler.js";
import { storageTypeOf } from "./globals.js";
import { TorchStorage } from "./loaded.js";
import type { TorchContext } from "./reader.js";
import { textOf } from "./storages.js";
import { readTar } from "./tar.js";

/**
 * The container from before PyTorch 0.1.10: a tar archive of `storages`, `tensors` (each pickles with raw numbers
 * between them) and the object's `pickle`, whose persistent ids are numbers of storages and tensors.
 */
export function readTarred(source: ByteSource, context: TorchContext): unknown {
  const entries = readTar(source);
  const file = (name: string): Cursor => {
    const entry = entries.get(name);
    if (!entry)
      throw new FormatError({
        format: "torch",
        what: `the entry ${name}`,
        found: "missing",
        wanted: "in the tar archive",
      });
    return new Cursor(source.read(entry.offset, entry.size), "torch", entry.offset);
  };
  const objects = new Map<string, unknown>();
  readStorages(file("storages"), context, objects);
  readTensors(file("tensors"), context, objects);
  const persistentLoad = (id: unknown, c: PickleContext): unknown => {
    // A class with its source text: ("module"-less tuple of class, file and source).
    if (Array.isArray(id)) return id[0];
    const found = objects.get(String(textOf(id)));
    if (found === undefined)
      throw c.fail("a persistent id", describe(id), "the number of a tensor or storage");
    return found;
  };
  return new Unpickler(file("pickle"), { ...context.unpickle, persistentLoad }).load();
}

type Next = () => unknown;

function pickles(
  c: Cursor,
  context: TorchContext,
): { next: Next; fail: PickleContext["fail"]; context: PickleContext } {
  const options: UnpickleOptions = context.unpickle;
  let last = new Unpickler(c, options);
  const fail: PickleContext["fail"] = (what, found, wanted) => c.fail(what, found, wanted);
  return {
    next: () => {
      last = new Unpickler(c, options);
      return last.load();
    },
    fail,
    context: { values: options.values!, fail, charge: (n) => last.charge(n) },
  };
}

function countOf(x: unknown, what: string, p: { fail: PickleContext["fail"] }): number {
  if (typeof x !== "number" || !Number.isSafeInteger(x) || x < 0)
    throw p.fail(what, describe(x), "a whole number from 0 on");
  return x;
}

function readStorages(c: Cursor, { share, ...context }: TorchContext, objects: Map<string, unknown>): void {
  const p = pickles(c, { share, ...context });
  const source = new MemorySource(c.bytes, "torch");
  const count = countOf(p.next(), "the number of storages", p);
  for (let i = 0; i < count; i++) {
    const entry = p.next();
    const [key, location, cls] = Array.isArray(entry) ? entry : [];
    const { dtype } = storageTypeOf(cls, p.context);
    if (!dtype) throw p.fail("a storage's class", describe(cls), "a typed storage");
    const numel = countOf(c.i64("a storage's number of elements"), "a storage's number of elements", p);
    const size = numel * dtype.itemsize;
    if (size > c.remaining) throw p.fail("a storage", `${size} bytes long`, `at most ${c.remaining} bytes`);
    const storage = readStorage(source, c.pos, dtype, numel, { share });
    c.skip(size);
    objects.set(String(key), new TorchStorage(storage, dtype, false, numel, String(textOf(location))));
  }
  const views = p.next();
  if (!Array.isArray(views)) throw p.fail("the views of storages", describe(views), "a list");
  for (const view of views) {
    const [key, rootKey, rawOffset, rawNumel] = Array.isArray(view) ? view : [];
    const root = objects.get(String(rootKey));
    const offset = countOf(rawOffset, "a view's offset", p);
    const numel = countOf(rawNumel, "a view's size", p);
    if (!(root instanceof TorchStorage) || offset + numel > root.numel)
      throw p.fail("a view of a storage", describe(view), "a part of a storage of the file");
    const { storage, dtype, location } = root;
    objects.set(String(key), new TorchStorage(storage, dtype, false, numel, location, root.offset + offset));
  }
}

function readTensors(c: Cursor, context: TorchContext, objects: Map<string, unknown>): void {
  const p = pickles(c, context);
  const rebuild = context.unpickle.findClass!("torch._utils", "_rebuild_tensor") as Global;
  const count = countOf(p.next(), "the number of tensors", p);
  for (let i = 0; i < count; i++) {
    const entry = p.next();
    const [key, storageKey] = Array.isArray(entry) ? entry : [];
    const storage = objects.get(String(storageKey));
    const rank = countOf(c.i32(), "a tensor's number of axes", p);
    // The number of axes was once eight bytes long.
    c.skip(4);
    const axes = (): number[] => {
      if (rank * 8 > c.remaining)
        throw p.fail("a tensor's number of axes", rank, "what the file has room for");
      return Array.from({ length: rank }, () => c.i64("an axis"));
    };
    const size = axes();
    const stride = axes();
    const offset = c.i64("a tensor's offset");
    objects.set(String(key), rebuild.handlers.call!([storage, offset, size, stride], p.context));
  }
}
