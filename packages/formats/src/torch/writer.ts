import { type DType, type Storage, type Strided, uint8 } from "@cognate/kernel";
import { bytesOfStorage } from "../bytes/arrays.js";
import { crc32 } from "../bytes/crc32.js";
import { WriteError } from "../bytes/errors.js";
import { joinBytes, utf8Bytes } from "../bytes/sink.js";
import { Global, PickledObject } from "../pickle/globals.js";
import { PersistentId, type PickleOptions, Pickler } from "../pickle/pickler.js";
import { OrderedDict, PyTuple } from "../pickle/values.js";
import { type ZipRecord, zipPieces } from "../zip/writer.js";
import { storageClassOf } from "./dtypes.js";

/** A tensor or parameter to be saved; the façade's `replace` gives one for each of its tensors. */
export class SavedTensor {
  readonly requiresGrad: boolean;
  readonly conj: boolean;
  readonly neg: boolean;
  readonly parameter: boolean;
  readonly attributes: ReadonlyMap<unknown, unknown> | undefined;
  constructor(
    readonly array: Strided,
    options: {
      requiresGrad?: boolean;
      conj?: boolean;
      neg?: boolean;
      /** Saved as `torch.nn.Parameter`. */
      parameter?: boolean;
      /** Attributes that users put on a parameter. */
      attributes?: ReadonlyMap<unknown, unknown>;
    } = {},
  ) {
    this.requiresGrad = options.requiresGrad ?? false;
    this.conj = options.conj ?? false;
    this.neg = options.neg ?? false;
    this.parameter = options.parameter ?? false;
    this.attributes = options.attributes;
  }
}

export interface TorchWriteOptions {
  /** What stands for an object of the façade's: a {@link SavedTensor} or anything that `PickleOptions.replace` may give. */
  replace?(object: object): unknown;
  isTuple?: PickleOptions["isTuple"];
  /** The archive's folder; `torch.save` takes the file's name without its ending, and `archive` where there is no name. */
  name?: string;
  protocol?: PickleOptions["protocol"];
  /** `false` writes zeros instead of the tensors' numbers. */
  data?: boolean;
}

const utils = (name: string): Global => new Global("torch._utils", name);
const TENSOR_V2 = utils("_rebuild_tensor_v2");
const TENSOR_V3 = utils("_rebuild_tensor_v3");
const PARAMETER = utils("_rebuild_parameter");
const PARAMETER_STATE = utils("_rebuild_parameter_with_state");

interface Kept {
  readonly key: string;
  readonly storage: Storage;
  /** The type that the archive tells for it. */
  readonly dtype: DType;
}

/** Numbers the storages in the order in which the pickle meets them. */
class Storages {
  readonly kept: Kept[] = [];
  private readonly _byMemory = new Map<ArrayBufferLike, Map<number, Kept>>();

  /** The persistent id of a storage whose elements are `dtype` (`uint8` for an untyped one). */
  idOf(storage: Storage, dtype: DType, cls: Global): PersistentId {
    const { buffer, byteOffset, byteLength } = storage.data(uint8);
    let at = this._byMemory.get(buffer);
    if (!at) this._byMemory.set(buffer, (at = new Map()));
    let kept = at.get(byteOffset);
    if (!kept) {
      kept = { key: String(this.kept.length), storage, dtype };
      at.set(byteOffset, kept);
      this.kept.push(kept);
    } else if (kept.dtype !== dtype)
      throw new WriteError(
        "torch",
        "Cannot save multiple tensors or storages that view the same data as different types",
      );
    const numel = Math.floor(byteLength / dtype.itemsize);
    return new PersistentId(PyTuple.of_(["storage", cls, kept.key, "cpu", numel]));
  }
}

function tensorObject(t: SavedTensor, requiresGrad: boolean, storages: Storages): PickledObject {
  const { array } = t;
  const { dtype } = array;
  const cls = storageClassOf(dtype);
  // Types without a storage class of their own lie in untyped storages, and the tensor tells its type.
  const id = cls
    ? storages.idOf(array.storage, dtype, new Global("torch", cls))
    : storages.idOf(array.storage, uint8, new Global("torch.storage", "UntypedStorage"));
  const args: unknown[] = [
    id,
    array.offset,
    PyTuple.of_(array.shape),
    PyTuple.of_(array.strides),
    requiresGrad,
    new OrderedDict(),
  ];
  if (!cls) args.push(new Global("torch", dtype.name));
  if (t.conj || t.neg) {
    const set: [string, boolean][] = [];
    if (t.conj) set.push(["conj", true]);
    if (t.neg) set.push(["neg", true]);
    args.push(new Map(set));
  }
  return new PickledObject(cls ? TENSOR_V2 : TENSOR_V3, args);
}

function savedObject(t: SavedTensor, storages: Storages): PickledObject {
  if (!t.parameter) return tensorObject(t, t.requiresGrad, storages);
  const args: unknown[] = [tensorObject(t, false, storages), t.requiresGrad, new OrderedDict()];
  if (!t.attributes?.size) return new PickledObject(PARAMETER, args);
  return new PickledObject(PARAMETER_STATE, [...args, t.attributes]);
}

/**
 * The pieces of the archive that `torch.save` would write for `value`; storages are not copied. Tensors that share
 * memory share a storage in the file.
 *
 * @throws WriteError for what cannot be saved.
 */
export function torchPieces(value: unknown, options: TorchWriteOptions = {}): Uint8Array[] {
  const storages = new Storages();
  const pickled = new Pickler({
    protocol: options.protocol ?? 2,
    isTuple: options.isTuple,
    replace: (object) => {
      const other = object instanceof SavedTensor ? object : options.replace?.(object);
      return other instanceof SavedTensor ? savedObject(other, storages) : other;
    },
  }).dump(value);
  const folder = options.name ?? "archive";
  const record = (name: string, data: Uint8Array): ZipRecord => ({
    name: `${folder}/${name}`,
    data,
    crc32: crc32(data),
  });
  const records = [
    record("data.pkl", pickled),
    record(".format_version", utf8Bytes("1")),
    record(".storage_alignment", utf8Bytes("64")),
    record("byteorder", utf8Bytes("little")),
    ...storages.kept.map((k) => record(`data/${k.key}`, contentOf(k, options.data ?? true))),
    record("version", utf8Bytes("3\n")),
  ];
  records.push(record(".data/serialization_id", utf8Bytes(serializationId(records))));
  return zipPieces(records, { style: "torch", align: 64 });
}

function contentOf({ storage, dtype }: Kept, data: boolean): Uint8Array {
  const bytes = bytesOfStorage(storage, dtype);
  return data ? bytes : new Uint8Array(bytes.length);
}

/** {@link torchPieces} joined. */
export const writeTorch = (value: unknown, options?: TorchWriteOptions): Uint8Array =>
  joinBytes(torchPieces(value, options));

/** Forty digits that depend on the records' names and contents: the same content has the same id. */
function serializationId(records: readonly ZipRecord[]): string {
  const mask = (1n << 64n) - 1n;
  const combine = (seed: bigint, v: number): bigint =>
    (seed ^ (BigInt(v) + 0x9e3779b97f4a7c15n + (seed << 6n) + (seed >> 2n))) & mask;
  let names = 0n;
  let contents = 0n;
  for (const { name, crc32: crc } of records) {
    names = combine(names, crc32(utf8Bytes(name)));
    contents = combine(contents, crc!);
  }
  return String(names).padStart(20, "0") + String(contents).padStart(20, "0");
}
