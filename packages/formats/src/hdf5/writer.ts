import { bool as boolType, contiguous, type DType, float64, int64, Strided, sizeOf } from "@cognate/kernel";
import { bytesOfArray } from "../bytes/arrays.js";
import { latin1 } from "../bytes/cursor.js";
import { WriteError } from "../bytes/errors.js";
import { joinBytes, Sink, utf8Bytes } from "../bytes/sink.js";
import {
  attributeMessage,
  dataspace,
  fixedStringType,
  NOWHERE,
  numberType,
  type OutMessage,
  objectHeader,
  variableStringType,
} from "./encode.js";

/** Strings with a say in how they are stored: h5py tells `str` (UTF-8) from `bytes` (ASCII), and both from `S10`. */
export class Hdf5Text {
  readonly utf8: boolean;
  readonly fixed: boolean;
  readonly shape: readonly number[];
  readonly values: readonly string[];
  constructor(
    value: string | readonly string[],
    options: {
      /** ASCII unless given. */
      utf8?: boolean;
      /** All of one length instead of in the heap. */
      fixed?: boolean;
      shape?: readonly number[];
    } = {},
  ) {
    this.values = typeof value === "string" ? [value] : value;
    this.shape = options.shape ?? (typeof value === "string" ? [] : [value.length]);
    this.utf8 = options.utf8 ?? false;
    this.fixed = options.fixed ?? false;
    if (sizeOf(this.shape) !== this.values.length)
      throw new WriteError(
        "hdf5",
        `${this.values.length} strings do not fill the shape [${this.shape.join(", ")}].`,
      );
  }
}

/**
 * What an attribute may be: a string (UTF-8), strings, a number (int64 where whole; a boxed one is float64), a bigint
 * (int64), a boolean, an array, `null` for an empty one, bytes (a string of ASCII, as h5py takes Python's bytes).
 */
export type AttributeInput =
  | string
  | readonly string[]
  | number
  | Number
  | bigint
  | boolean
  | null
  | Strided
  | Uint8Array
  | Hdf5Text;

/** What a dataset may be. */
export type DatasetInput = Strided | Hdf5Text | string | readonly string[];

type Values =
  | { readonly kind: "numbers"; readonly array: Strided }
  | { readonly kind: "text"; readonly text: Hdf5Text }
  | { readonly kind: "empty" };

const scalar = (dtype: DType, x: number | bigint): Strided => {
  const a = Strided.zeros(dtype, []);
  a.data[0] = x;
  return a;
};

function valuesOf(x: AttributeInput): Values {
  if (x === null) return { kind: "empty" };
  if (x instanceof Strided) return { kind: "numbers", array: x };
  if (x instanceof Hdf5Text) return { kind: "text", text: x };
  if (typeof x === "string") return { kind: "text", text: new Hdf5Text(x, { utf8: true }) };
  if (x instanceof Uint8Array) return { kind: "text", text: new Hdf5Text(latin1(x)) };
  if (Array.isArray(x))
    // An empty list tells no type: NumPy makes it float64, and so the files have it.
    return x.length === 0
      ? { kind: "numbers", array: Strided.zeros(float64, [0]) }
      : { kind: "text", text: new Hdf5Text(x as readonly string[], { utf8: true }) };
  if (typeof x === "boolean") return { kind: "numbers", array: scalar(boolType, x ? 1 : 0) };
  if (typeof x === "bigint") return { kind: "numbers", array: scalar(int64, x) };
  if (typeof x === "number" && Number.isSafeInteger(x))
    return { kind: "numbers", array: scalar(int64, BigInt(x)) };
  return { kind: "numbers", array: scalar(float64, Number(x)) };
}

/** A dataset to be written. */
export class Hdf5DatasetBuilder {
  readonly attrs = new Map<string, AttributeInput>();
  readonly value: Values;
  constructor(value: DatasetInput) {
    this.value = valuesOf(value);
  }

  /** Adds an attribute. */
  attr(name: string, value: AttributeInput): this {
    this.attrs.set(name, value);
    return this;
  }
}

/** A group to be written. */
export class Hdf5GroupBuilder {
  readonly attrs = new Map<string, AttributeInput>();
  readonly children = new Map<string, Hdf5GroupBuilder | Hdf5DatasetBuilder>();

  /** The group at a path below this one, made with those on the way to it where it is not there yet. */
  group(path: string): Hdf5GroupBuilder {
    let at: Hdf5GroupBuilder = this;
    for (const part of path.split("/")) {
      if (part === "") continue;
      let next = at.children.get(part);
      if (!next) at.children.set(part, (next = new Hdf5GroupBuilder()));
      if (!(next instanceof Hdf5GroupBuilder))
        throw new WriteError("hdf5", `${path}: ${part} is a dataset, not a group.`);
      at = next;
    }
    return at;
  }

  /** A new dataset at a path below this group. @throws WriteError where something is there already. */
  dataset(path: string, value: DatasetInput): Hdf5DatasetBuilder {
    const slash = path.lastIndexOf("/");
    const group = slash < 0 ? this : this.group(path.slice(0, slash));
    const name = path.slice(slash + 1);
    if (name === "" || group.children.has(name))
      throw new WriteError("hdf5", `${path}: the name is taken or empty.`);
    const made = new Hdf5DatasetBuilder(value);
    group.children.set(name, made);
    return made;
  }

  /** Adds an attribute. */
  attr(name: string, value: AttributeInput): this {
    this.attrs.set(name, value);
    return this;
  }
}

/**
 * An HDF5 file to be written, in the oldest form of the format, which every version of the library reads and h5py
 * writes by default: contiguous datasets, attributes in headers (at most 64 KB each), strings in the global heap.
 *
 * @example
 * ```ts
 * import { float32, Strided } from "@cognate/kernel";
 * import { print } from "@cognate/py";
 * import { Hdf5File, Hdf5Writer } from "@cognate/formats";
 * const h5 = new Hdf5Writer().attr("backend", "cognate");
 * h5.dataset("layers/dense/vars/0", Strided.over(Float32Array.of(1, 2), float32, [2]));
 * const file = new Hdf5File(h5.bytes());
 * print(file.attrs.get("backend"), [...file.dataset("layers/dense/vars/0").array().flat()]); // prints cognate [1, 2]
 * ```
 */
export class Hdf5Writer extends Hdf5GroupBuilder {
  /** The pieces of the file, in order; contiguous arrays are not copied. @throws WriteError */
  pieces(): Uint8Array[] {
    return new Emitter().file(this);
  }

  /** The file in one piece. @throws WriteError */
  bytes(): Uint8Array {
    return joinBytes(this.pieces());
  }
}

const SUPERBLOCK = 96;
/** Half of the entries of a symbol table node, and half of the children of a B-tree node: the library's defaults. */
const LEAF_K = 4;
const NODE_K = 16;
/** The library reads at least as much of a heap collection. */
const LEAST_COLLECTION = 4096;
const MOST_OBJECTS = 60_000;
const LARGEST_MESSAGE = 65_528;

interface HeapPlace {
  readonly address: number;
  readonly index: number;
}

class Emitter {
  private readonly _pieces: Uint8Array[] = [];
  private _at = SUPERBLOCK;
  private readonly _places = new Map<string, HeapPlace>();

  file(root: Hdf5GroupBuilder): Uint8Array[] {
    this._heap(root);
    const { header, tree, heap } = this._group(root, "");
    const s = new Sink(SUPERBLOCK).latin1("\x89HDF\r\n\x1a\n");
    s.fill(5).u8(8).u8(8).u8(0).u16(LEAF_K).u16(NODE_K).u32(0);
    s.u64(0).u64(NOWHERE).u64(this._at).u64(NOWHERE);
    s.u64(0).u64(header).u32(1).u32(0).u64(tree).u64(heap);
    return [s.done(), ...this._pieces];
  }

  /** Appends a piece at a multiple of eight bytes and gives its address. */
  private _put(piece: Uint8Array): number {
    const gap = (8 - (this._at % 8)) % 8;
    if (gap) this._pieces.push(new Uint8Array(gap));
    const address = this._at + gap;
    this._pieces.push(piece);
    this._at = address + piece.length;
    return address;
  }

  /** Puts every string of the file into the global heap, equal ones once. */
  private _heap(root: Hdf5GroupBuilder): void {
    const strings = new Set<string>();
    const note = (v: Values): void => {
      if (v.kind === "text" && !v.text.fixed) for (const s of v.text.values) if (s !== "") strings.add(s);
    };
    const open: (Hdf5GroupBuilder | Hdf5DatasetBuilder)[] = [root];
    while (open.length) {
      const object = open.pop()!;
      for (const value of object.attrs.values()) note(valuesOf(value));
      if (object instanceof Hdf5DatasetBuilder) note(object.value);
      else open.push(...object.children.values());
    }
    let collection: string[] = [];
    let bytes = 16;
    for (const text of strings) {
      const size = 16 + Math.ceil(utf8Bytes(text).length / 8) * 8;
      if (collection.length && (bytes + size > LEAST_COLLECTION || collection.length >= MOST_OBJECTS)) {
        this._collection(collection);
        collection = [];
        bytes = 16;
      }
      collection.push(text);
      bytes += size;
    }
    if (collection.length) this._collection(collection);
  }

  private _collection(strings: readonly string[]): void {
    const body = new Sink();
    for (const [i, text] of strings.entries()) {
      const raw = utf8Bytes(text);
      body
        .u16(i + 1)
        .u16(0)
        .u32(0)
        .u64(raw.length)
        .bytes(raw)
        .align(8);
    }
    const free = Math.max(LEAST_COLLECTION - 16 - body.length, 0);
    // What is left is an object with number 0, if its header fits.
    if (free >= 16)
      body
        .u16(0)
        .u16(0)
        .u32(0)
        .u64(free)
        .fill(free - 16);
    else body.fill(free);
    const s = new Sink(16 + body.length)
      .latin1("GCOL")
      .u8(1)
      .fill(3)
      .u64(16 + body.length)
      .bytes(body.done());
    const address = this._put(s.done());
    for (const [i, text] of strings.entries()) this._places.set(text, { address, index: i + 1 });
  }

  /** Type, shape and content of what a dataset or attribute holds. */
  private _encode(v: Values): { type: Uint8Array; space: Uint8Array; data: Uint8Array } {
    if (v.kind === "empty")
      return { type: numberType(float64), space: dataspace(null), data: new Uint8Array(0) };
    if (v.kind === "numbers")
      return {
        type: numberType(v.array.dtype),
        space: dataspace(v.array.shape),
        data: bytesOfArray(contiguous(v.array)),
      };
    const { values, shape, utf8, fixed } = v.text;
    const space = dataspace(shape);
    if (fixed) {
      const raw = values.map(utf8Bytes);
      const size = Math.max(1, ...raw.map((r) => r.length));
      const s = new Sink(size * raw.length);
      for (const r of raw) s.bytes(r).fill(size - r.length);
      return { type: fixedStringType(size, utf8), space, data: s.done() };
    }
    const s = new Sink(16 * values.length);
    for (const text of values) {
      const place = this._places.get(text);
      if (!place) s.fill(16);
      else s.u32(utf8Bytes(text).length).u64(place.address).u32(place.index);
    }
    return { type: variableStringType(utf8), space, data: s.done() };
  }

  private _attributes(attrs: ReadonlyMap<string, AttributeInput>, path: string): OutMessage[] {
    return [...attrs].map(([name, value]) => {
      const { type, space, data } = this._encode(valuesOf(value));
      const message = attributeMessage(name, type, space, data);
      if (message.body.length > LARGEST_MESSAGE)
        throw new WriteError(
          "hdf5",
          `the attribute ${name} of ${path || "/"} takes ${message.body.length} bytes; an object's header has room for ${LARGEST_MESSAGE}.`,
        );
      return message;
    });
  }

  private _dataset(d: Hdf5DatasetBuilder, path: string): number {
    const { type, space, data } = this._encode(d.value);
    const address = data.length ? this._put(data) : NOWHERE;
    const layout = new Sink(18).u8(3).u8(1).u64(address).u64(data.length).done();
    return this._put(
      objectHeader([
        { type: 0x01, body: space },
        { type: 0x03, body: type },
        // Memory is given when it is first needed; no fill value but zero.
        { type: 0x05, body: Uint8Array.of(2, 2, 2, 1, 0, 0, 0, 0) },
        { type: 0x08, body: layout },
        ...this._attributes(d.attrs, path),
      ]),
    );
  }

  private _group(g: Hdf5GroupBuilder, path: string): { header: number; tree: number; heap: number } {
    const entries = [...g.children].map(([name, child]) => {
      const at = `${path}/${name}`;
      const address =
        child instanceof Hdf5DatasetBuilder ? this._dataset(child, at) : this._group(child, at).header;
      return { name: utf8Bytes(name), address };
    });
    entries.sort((a, b) => compareBytes(a.name, b.name));

    // Offset 0 of the heap is the empty name, which the leftmost key of the B-tree needs.
    const names = new Sink().fill(8);
    const placed = entries.map(({ name, address }) => {
      const offset = names.length;
      names.bytes(name).u8(0).align(8);
      return { offset, address };
    });
    const data = this._put(names.done());
    const heap = this._put(new Sink(32).latin1("HEAP").fill(4).u64(names.length).u64(1).u64(data).done());
    const tree = this._tree(placed);
    const message = new Sink(16).u64(tree).u64(heap).done();
    const header = this._put(
      objectHeader([{ type: 0x11, body: message }, ...this._attributes(g.attrs, path)]),
    );
    return { header, tree, heap };
  }

  /** The symbol table nodes of a group and the B-tree over them; gives the root's address. */
  private _tree(entries: readonly { offset: number; address: number }[]): number {
    let nodes: { address: number; last: number }[] = [];
    for (let i = 0; i < entries.length; i += 2 * LEAF_K) {
      const part = entries.slice(i, i + 2 * LEAF_K);
      const s = new Sink(8 + 80 * LEAF_K).latin1("SNOD").u8(1).u8(0).u16(part.length);
      for (const e of part) s.u64(e.offset).u64(e.address).u32(0).u32(0).fill(16);
      s.fill(8 + 80 * LEAF_K - s.length);
      nodes.push({ address: this._put(s.done()), last: part[part.length - 1]!.offset });
    }
    for (let level = 0; ; level++) {
      const above: typeof nodes = [];
      const count = Math.max(1, Math.ceil(nodes.length / (2 * NODE_K)));
      const size = 24 + 8 * (4 * NODE_K + 1);
      // Nodes of one level know their neighbours: all have the same size and follow each other.
      const first = this._at + ((8 - (this._at % 8)) % 8);
      const key = (i: number): number => (i === 0 ? 0 : nodes[i - 1]!.last);
      for (let n = 0; n < count; n++) {
        const from = n * 2 * NODE_K;
        const part = nodes.slice(from, from + 2 * NODE_K);
        const s = new Sink(size).latin1("TREE").u8(0).u8(level).u16(part.length);
        s.u64(n === 0 ? NOWHERE : first + (n - 1) * size).u64(
          n === count - 1 ? NOWHERE : first + (n + 1) * size,
        );
        for (const [i, child] of part.entries()) s.u64(key(from + i)).u64(child.address);
        s.u64(part.length ? part[part.length - 1]!.last : 0);
        s.fill(size - s.length);
        above.push({ address: this._put(s.done()), last: part.length ? part[part.length - 1]!.last : 0 });
      }
      if (above.length === 1) return above[0]!.address;
      nodes = above;
    }
  }
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}
