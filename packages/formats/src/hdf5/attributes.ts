import type { Strided } from "@cognate/kernel";
import { sizeOf } from "@cognate/kernel";
import type { Cursor } from "../bytes/cursor.js";
import { walkBTree2 } from "./btree2.js";
import { readDataspace } from "./dataspace.js";
import { readDatatype } from "./datatype.js";
import type { Hdf5Layout } from "./file.js";
import { FractalHeap } from "./fractal-heap.js";
import { MESSAGE, type Message, shared } from "./object-header.js";
import { flattened, type Hdf5Value, interpret } from "./values.js";

/**
 * An attribute's value as JavaScript has it: strings, numbers (bigint where 64-bit integers are beyond 2^53), booleans;
 * `string[]` for a list of strings, an array for numbers with axes, `null` for an empty one, bytes for opaque ones.
 */
export type AttributeValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly string[]
  | Strided
  | Uint8Array;

/** The attributes of a group or dataset. */
export class Hdf5Attributes {
  private readonly _parts = new Map<string, () => Hdf5Value>();

  constructor(file: Hdf5Layout, messages: readonly Message[], path: string) {
    for (const m of messages) {
      if (m.type === MESSAGE.ATTRIBUTE) this._add(file, m.open(), path);
      else if (m.type === MESSAGE.ATTRIBUTE_INFO) this._addDense(file, m.open(), path);
    }
  }

  private _add(file: Hdf5Layout, c: Cursor, path: string): void {
    file.spend(c.length, path);
    const { name, value } = readAttribute(file, c, path);
    this._parts.set(name, value);
  }

  /** Many or large attributes lie in a heap, with an index by their names' hashes. */
  private _addDense(file: Hdf5Layout, c: Cursor, path: string): void {
    c.skip(1);
    if (c.u8() & 1) c.skip(2);
    const heapAddress = file.address(c);
    const tree = file.address(c);
    if (heapAddress === undefined || tree === undefined) return;
    const heap = new FractalHeap(file, heapAddress, path);
    walkBTree2(file, tree, path, (record) => this._add(file, heap.object(record), path));
  }

  get names(): string[] {
    return [...this._parts.keys()];
  }

  has(name: string): boolean {
    return this._parts.has(name);
  }

  /** What an attribute holds, with its shape; `undefined` where there is none. @throws FormatError */
  raw(name: string): Hdf5Value | undefined {
    return this._parts.get(name)?.();
  }

  /** An attribute's value; `undefined` where there is none. @throws FormatError */
  get(name: string): AttributeValue | undefined {
    const value = this.raw(name);
    return value && simple(value);
  }
}

function simple(value: Hdf5Value): AttributeValue {
  if (value.kind === "empty") return null;
  if (value.kind === "opaque") return value.bytes;
  if (value.kind === "strings") return value.shape.length === 0 ? value.values[0]! : value.values;
  const { array } = value;
  if (array.rank > 0 || array.dtype.lanes > 1 || array.dtype.half) return array;
  const x = array.data[array.offset]!;
  if (array.dtype.kind === "bool") return x !== 0;
  if (typeof x === "number") return x;
  const n = Number(x);
  return Number.isSafeInteger(n) ? n : x;
}

function readAttribute(file: Hdf5Layout, c: Cursor, path: string): { name: string; value: () => Hdf5Value } {
  const version = c.u8();
  if (version < 1 || version > 3) throw c.fail("an attribute's version", version, "1 to 3", 0);
  const flags = c.u8();
  const nameSize = c.u16();
  const typeSize = c.u16();
  const spaceSize = c.u16();
  if (version === 3) c.skip(1);
  /** A part, which version 1 pads to a multiple of eight bytes. */
  const part = (n: number): [number, number] => {
    const at = c.take(n, "an attribute");
    if (version === 1) c.align(8, at);
    return [at, n];
  };
  const [nameAt] = part(nameSize);
  const [typeAt] = part(typeSize);
  const [spaceAt] = part(spaceSize);
  const dataAt = c.pos;
  const name = new TextDecoder().decode(c.bytes.subarray(nameAt, nameAt + nameSize)).replace(/\0.*$/s, "");
  const where = `${path}@${name}`;
  const value = (): Hdf5Value => {
    const sub = (at: number, isShared: boolean, type: number): Cursor => {
      c.path = where;
      c.seek(at);
      return isShared ? shared(file, type, c, where) : c;
    };
    const space = readDataspace(file, sub(spaceAt, version > 1 && (flags & 2) !== 0, MESSAGE.DATASPACE));
    if (!space) return { kind: "empty" };
    const declared = readDatatype(sub(typeAt, version > 1 && (flags & 1) !== 0, MESSAGE.DATATYPE));
    const { type, shape } = flattened(declared, space);
    const bytes = sizeOf(shape) * type.size;
    c.path = where;
    c.seek(dataAt);
    if (!(bytes <= c.remaining))
      throw c.fail("the value", `${c.remaining} bytes long`, `${bytes} bytes for its type and shape`);
    return interpret(file, file.locate(c.offset - file.base, bytes, where), declared, space, where);
  };
  return { name, value };
}
