import { allocate, type Storage, uint8 } from "@cognate/kernel";
import { bytesOfStorage, laneBytes, readStorage, swapBytes } from "../bytes/arrays.js";
import { latin1 } from "../bytes/cursor.js";
import { FormatError } from "../bytes/errors.js";
import type { ByteSource } from "../bytes/source.js";
import type { PickleContext } from "../pickle/globals.js";
import { Unpickler } from "../pickle/unpickler.js";
import { ZipArchive } from "../zip/reader.js";
import { TorchStorage } from "./loaded.js";
import type { TorchContext } from "./reader.js";
import { type StorageId, storageId } from "./storages.js";

/** The container of PyTorch 1.6 and later: `<name>/data.pkl` and one record a storage, `<name>/data/<key>`. */
export function readZipped(
  source: ByteSource,
  context: TorchContext,
): { value: unknown; byteOrder: "little" | "big" } {
  const zip = new ZipArchive(source, { format: "torch" });
  return readRecord(zip, prefixOf(zip), "data", context);
}

/** The pickle `<prefix><record>.pkl` with the storages that lie in `<prefix><record>/`. */
export function readRecord(
  zip: ZipArchive,
  prefix: string,
  record: string,
  context: TorchContext,
): { value: unknown; byteOrder: "little" | "big" } {
  const byteOrder = byteOrderOf(zip, prefix, context.unnoted);
  const loaded = new Map<string, TorchStorage>();
  const persistentLoad = (id: unknown, c: PickleContext): TorchStorage => {
    const said = storageId(id, c);
    let storage = loaded.get(said.key);
    if (!storage) {
      storage = load(zip, `${prefix}${record}/`, said, byteOrder, context, c);
      loaded.set(said.key, storage);
    }
    return storage;
  };
  const name = `${prefix}${record}.pkl`;
  const pickled = zip.read(name);
  const base = zip.entry(name).method === 0 ? zip.locate(zip.entry(name)) : 0;
  const value = new Unpickler(pickled, { ...context.unpickle, persistentLoad, base }).load();
  return { value, byteOrder };
}

/** Everything lies in one folder, whose name is that of the file when it was saved. */
export function prefixOf(zip: ZipArchive): string {
  const pickled = zip.names.find((n) => n === "data.pkl" || /^[^/]+\/data\.pkl$/.test(n));
  if (pickled === undefined)
    throw new FormatError({
      format: "torch",
      what: "the archive",
      found: `without a data.pkl (it holds ${zip.names.slice(0, 5).join(", ") || "nothing"})`,
      wanted: "what torch.save wrote",
    });
  return pickled.slice(0, -"data.pkl".length);
}

function byteOrderOf(
  zip: ZipArchive,
  prefix: string,
  unnoted: "little" | "big" = "little",
): "little" | "big" {
  const name = `${prefix}byteorder`;
  if (!zip.has(name)) return unnoted;
  const order = latin1(zip.read(name).subarray(0, 16));
  if (order === "little" || order === "big") return order;
  throw new FormatError({
    format: "torch",
    what: "the record byteorder",
    found: JSON.stringify(order),
    wanted: "little or big",
    offset: zip.entry(name).headerOffset,
  });
}

function load(
  zip: ZipArchive,
  folder: string,
  { dtype = uint8, untyped, key, location, numel }: StorageId,
  byteOrder: "little" | "big",
  { share, data }: TorchContext,
  c: PickleContext,
): TorchStorage {
  const name = `${folder}${key}`;
  const entry = zip.entry(name);
  const size = numel * dtype.itemsize;
  if (entry.size !== size)
    throw c.fail(
      `the storage ${key}`,
      `${entry.size} bytes in the archive`,
      `the ${size} bytes of ${numel} elements of ${dtype}`,
    );
  let storage: Storage;
  if (entry.method === 0)
    storage = readStorage(zip.source, zip.locate(entry), dtype, numel, {
      share,
      data,
      little: byteOrder === "little",
    });
  else {
    const raw = zip.read(name);
    storage = allocate(dtype, numel);
    const bytes = bytesOfStorage(storage, dtype);
    bytes.set(raw);
    if (byteOrder === "big") swapBytes(bytes, laneBytes(dtype));
  }
  return new TorchStorage(storage, dtype, untyped, numel, location);
}
