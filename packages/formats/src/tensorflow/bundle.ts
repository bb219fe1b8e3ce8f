import { allocate, contiguousStrides, type DType, Strided, sizeOf } from "@cognate/kernel";
import { type ArrayReadOptions, bytesOfStorage, readArray } from "../bytes/arrays.js";
import { Cursor } from "../bytes/cursor.js";
import { FormatError } from "../bytes/errors.js";
import { type ByteInput, type ByteSource, withSource } from "../bytes/source.js";
import { crc32c, maskCrc } from "./crc32c.js";
import {
  BundleEntryProto,
  BundleHeaderProto,
  TrackableObjectGraph as graphType,
  type TrackableObjectGraph,
} from "./messages-bundle.js";
import { type Extent, sliceKey } from "./ordered-code.js";
import { decodeMessage, varsize } from "./proto.js";
import { readTable } from "./sstable.js";
import { StringArray } from "./strings.js";
import { type FileTensor, shapeOfProto } from "./tensor-proto.js";
import { DT_STRING, DT_VARIANT, dtypeOfNumber, KNOWN_TYPES, typeName } from "./types.js";

/** The key of the graph of objects in checkpoints of TensorFlow 2. */
export const OBJECT_GRAPH_KEY = "_CHECKPOINTABLE_OBJECT_GRAPH";

/** The files of a checkpoint, where they do not lie in a file system. */
export interface BundleFiles {
  /** `model.ckpt.index`. */
  readonly index: ByteInput;
  /** `model.ckpt.data-0000k-of-0000n`. */
  shard(k: number, n: number): ByteInput;
}

/** A checkpoint: the path of its files without endings, or the files. */
export type BundleInput = string | BundleFiles;

/** One tensor as the index tells it. */
export interface BundleEntry {
  /** The kernel's element type; `undefined` for strings. */
  readonly dtype: DType | undefined;
  /** TensorFlow's name of the element type. */
  readonly type: string;
  readonly shape: readonly number[];
  /** The slices that a partitioned tensor is stored as. */
  readonly slices: readonly (readonly Extent[])[];
}

export interface BundleReadOptions extends ArrayReadOptions {
  /** Whether the checksum of each tensor is compared. On unless given. */
  readonly verify?: boolean;
}

const digits = (n: number): string => String(n).padStart(5, "0");
/** The name of a checkpoint's data file. */
export const shardName = (prefix: string, k: number, n: number): string =>
  `${prefix}.data-${digits(k)}-of-${digits(n)}`;

const utf8 = new TextDecoder();
const hex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");

/**
 * A checkpoint of TensorFlow (format V2): an index of names, types and shapes, and shards of data that are read when a
 * tensor is asked for.
 *
 * @example
 * ```ts
 * import { float32, Strided } from "@cognate/kernel";
 * import { print } from "@cognate/py";
 * import { BundleReader, writeBundle } from "@cognate/formats";
 * const { index, data } = writeBundle([["w", Strided.over(Float32Array.of(1, 2), float32, [2])]]);
 * const bundle = new BundleReader({ index, shard: () => data });
 * print(bundle.names, bundle.get("w").shape); // prints ['w'] [2]
 * ```
 */
export class BundleReader {
  /** Names of the tensors, in order. */
  readonly names: readonly string[];
  private readonly _entries = new Map<string, BundleEntryProto>();
  private readonly _slices = new Map<string, BundleEntryProto>();
  private readonly _shards: number;
  private readonly _little: boolean;

  /** @throws FormatError where the index is broken; FileError where a path cannot be opened. */
  constructor(
    private readonly _input: BundleInput,
    private readonly _options: BundleReadOptions = {},
  ) {
    const index = typeof _input === "string" ? `${_input}.index` : _input.index;
    const header = withSource(index, (source) => this._readIndex(source));
    this._shards = header.num_shards;
    this._little = header.endianness === 0;
    this.names = [...this._entries.keys()];
  }

  private _readIndex(source: ByteSource): NonNullable<(typeof BundleHeaderProto)["decoded"]> {
    const file = new Cursor(source.read(0, source.size), "checkpoint");
    let header: NonNullable<(typeof BundleHeaderProto)["decoded"]> | undefined;
    for (const [key, value] of readTable(file)) {
      if (key.length === 0) header = decodeMessage(BundleHeaderProto, value.bytes, "checkpoint", value.base);
      else {
        const entry = decodeMessage(BundleEntryProto, value.bytes, "checkpoint", value.base);
        if (key[0] === 0) this._slices.set(hex(key), entry);
        else this._entries.set(utf8.decode(key), entry);
      }
    }
    if (!header) throw file.fail("the header's entry", "missing", "an entry with an empty key", 0);
    if (!(header.num_shards >= 1))
      throw file.fail("the number of shards", header.num_shards, "at least 1", 0);
    if (header.endianness > 1) throw file.fail("the byte order", header.endianness, "0 or 1", 0);
    if ((header.version?.min_consumer ?? 0) > 1)
      throw file.fail("the oldest reader's version", header.version!.min_consumer, "at most 1", 0);
    return header;
  }

  has(name: string): boolean {
    return this._entries.has(name);
  }

  private _fail(name: string, what: string, found: unknown, wanted: string): FormatError {
    return new FormatError({
      format: "checkpoint",
      what,
      path: JSON.stringify(name),
      found: String(found),
      wanted,
    });
  }

  private _entry(name: string): BundleEntryProto {
    const entry = this._entries.get(name);
    if (!entry) throw this._fail(name, "the tensor", "missing", "a name that the index lists");
    return entry;
  }

  /** Type, shape and slices of a tensor, from the index alone. @throws FormatError where there is none. */
  entry(name: string): BundleEntry {
    const e = this._entry(name);
    return {
      dtype: dtypeOfNumber(e.dtype),
      type: typeName(e.dtype),
      shape: shapeOfProto(e.shape, `the shape of ${name}`),
      slices: e.slices.map((s) => s.extent.map(({ start, length }) => ({ start, length }))),
    };
  }

  /** The tensor of this name. @throws FormatError for what is missing, cut off, or has another checksum. */
  get(name: string): FileTensor {
    const e = this._entry(name);
    if (e.slices.length === 0) return this._read(name, e);
    return this._assemble(name, this.entry(name));
  }

  /** Every tensor whose type is read here. */
  all(): Map<string, FileTensor> {
    const readable = this.names.filter(
      (n) => this._entry(n).dtype < DT_VARIANT - 1 || dtypeOfNumber(this._entry(n).dtype),
    );
    return new Map(readable.map((n) => [n, this.get(n)]));
  }

  /** The graph of objects that TensorFlow 2 saves beside the tensors; `undefined` in TensorFlow 1's checkpoints. */
  objectGraph(): TrackableObjectGraph | undefined {
    if (!this.has(OBJECT_GRAPH_KEY)) return undefined;
    const tensor = this.get(OBJECT_GRAPH_KEY);
    if (!(tensor instanceof StringArray) || tensor.values.length !== 1)
      throw this._fail(OBJECT_GRAPH_KEY, "the tensor", "of another kind", "one string");
    return decodeMessage(graphType, tensor.values[0]!, "checkpoint");
  }

  private _read(name: string, e: BundleEntryProto): FileTensor {
    if (!(e.shard_id >= 0 && e.shard_id < this._shards))
      throw this._fail(name, "the shard", e.shard_id, `0 to ${this._shards - 1}`);
    const input =
      typeof this._input === "string"
        ? shardName(this._input, e.shard_id, this._shards)
        : this._input.shard(e.shard_id, this._shards);
    return withSource(input, (source) => {
      if (!(e.offset >= 0 && e.size >= 0 && e.offset + e.size <= source.size))
        throw this._fail(name, "the data", `${e.offset} + ${e.size} bytes`, `within ${source.size} bytes`);
      const shape = shapeOfProto(e.shape, `the shape of ${name}`);
      if (e.dtype === DT_STRING) return this._strings(name, e, shape, source.read(e.offset, e.size));
      const dtype = dtypeOfNumber(e.dtype);
      if (!dtype) throw this._fail(name, "the type", typeName(e.dtype), KNOWN_TYPES);
      const size = sizeOf(shape) * dtype.itemsize;
      if (e.size !== size) throw this._fail(name, "the data", `${e.size} bytes`, `${size} bytes`);
      if (this._options.data !== false && this._options.verify !== false)
        this._check(name, crc32c(source.read(e.offset, e.size)), e.crc32c);
      return readArray(source, e.offset, dtype, shape, { ...this._options, little: this._little });
    });
  }

  private _check(name: string, crc: number, stored: number): void {
    const computed = maskCrc(crc);
    if (computed !== stored)
      throw this._fail(name, "the data's checksum", stored.toString(16), computed.toString(16));
  }

  /** Lengths, their checksum, and the bytes; the checksums run over the lengths as 32-bit numbers. */
  private _strings(
    name: string,
    e: BundleEntryProto,
    shape: readonly number[],
    raw: Uint8Array,
  ): StringArray {
    const c = new Cursor(raw, "checkpoint", e.offset);
    c.path = name;
    const n = sizeOf(shape);
    if (n > c.length) throw c.fail("the number of strings", n, `at most ${c.length}`);
    const lengths = Array.from({ length: n }, () => varsize(c, "a string's length"));
    const fixed = new Uint8Array(4 * n);
    const view = new DataView(fixed.buffer);
    lengths.forEach((v, i) => {
      view.setUint32(4 * i, v, this._little);
    });
    let crc = crc32c(fixed);
    const sum = c.view(4, "the lengths' checksum");
    const stored = new DataView(sum.buffer, sum.byteOffset).getUint32(0, this._little);
    if (stored !== maskCrc(crc))
      throw c.fail("the lengths' checksum", stored.toString(16), maskCrc(crc).toString(16));
    crc = crc32c(sum, crc);
    const values = lengths.map((v) => c.view(v, "a string").slice());
    for (const v of values) crc = crc32c(v, crc);
    if (this._options.verify !== false) this._check(name, crc, e.crc32c);
    return new StringArray(values, shape);
  }

  private _assemble(name: string, { dtype, type, shape, slices }: BundleEntry): Strided {
    if (!dtype) throw this._fail(name, "the type", type, "a type of numbers in a partitioned tensor");
    const parts = slices.map((extents) => {
      if (extents.length !== shape.length)
        throw this._fail(name, "a slice", `${extents.length} axes`, `${shape.length} axes`);
      const starts = extents.map((x) => (x.length === undefined ? 0 : x.start));
      const lengths = extents.map((x, i) => x.length ?? shape[i]!);
      starts.forEach((s, i) => {
        if (!(s >= 0 && lengths[i]! >= 0 && s + lengths[i]! <= shape[i]!))
          throw this._fail(name, "a slice", `${s} + ${lengths[i]}`, `within the axis of ${shape[i]}`);
      });
      const entry = this._slices.get(hex(sliceKey(name, extents)));
      if (!entry) throw this._fail(name, "a slice", "missing", "an entry of its own");
      const array = this._read(name, entry);
      if (!(array instanceof Strided) || array.dtype !== dtype || array.shape.join() !== lengths.join())
        throw this._fail(name, "a slice", "of another type or shape", `[${lengths.join(", ")}] of ${type}`);
      return { starts, lengths, bytes: bytesOfStorage(array.storage, dtype) };
    });
    const covered = parts.reduce((n, p) => n + sizeOf(p.lengths), 0);
    if (covered !== sizeOf(shape))
      throw this._fail(name, "the slices", `${covered} elements`, `${sizeOf(shape)} elements`);
    const storage = allocate(dtype, sizeOf(shape));
    const target = bytesOfStorage(storage, dtype);
    const strides = contiguousStrides(shape);
    for (const { starts, lengths, bytes } of parts) {
      const row = (lengths.at(-1) ?? 1) * dtype.itemsize;
      const rows = row === 0 ? 0 : bytes.length / row;
      const at = lengths.map(() => 0);
      for (let r = 0; r < rows; r++) {
        const to = at.reduce((n, k, i) => n + (starts[i]! + k) * strides[i]!, 0) * dtype.itemsize;
        target.set(bytes.subarray(r * row, (r + 1) * row), to);
        for (let d = lengths.length - 2; d >= 0 && ++at[d]! === lengths[d]; d--) at[d] = 0;
      }
    }
    return new Strided(storage, dtype, shape, strides, 0, true);
  }
}
