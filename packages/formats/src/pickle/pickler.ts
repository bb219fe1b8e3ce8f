import { latin1 } from "../bytes/cursor.js";
import { WriteError } from "../bytes/errors.js";
import { joinBytes, Sink } from "../bytes/sink.js";
import { Global, PickledObject } from "./globals.js";
import { OP } from "./opcodes.js";
import { toPython2 } from "./python2.js";
import { encodeSurrogatePass } from "./text.js";
import {
  Counter,
  DefaultDict,
  Deque,
  OrderedDict,
  PyByteArray,
  PyComplex,
  PyDict,
  PyFrozenSet,
  PyTuple,
} from "./values.js";

/** A reference to data that lies outside the pickle. */
export class PersistentId {
  constructor(readonly id: unknown) {}
}

export interface PickleOptions {
  /** 2 (what `torch.save` writes; unless given), 3, 4 or 5. */
  protocol?: 2 | 3 | 4 | 5;
  /**
   * What stands for an object of the caller's: a {@link PickledObject}, {@link Global} or {@link PersistentId}, or a
   * plain value. `undefined` leaves it to the pickler. Asked for every object before anything else.
   */
  replace?(object: object): unknown;
  /** Whether an array is a tuple; `PyTuple`s are in any case. */
  isTuple?(array: readonly unknown[]): boolean;
}

/** CPython writes list items and dict entries in groups of this many. */
const BATCH = 1000;
/** A frame is closed once it is this long; longer single values stand outside of frames. */
const FRAME_TARGET = 64 * 1024;
const FRAME_LEAST = 4;
/** Python's own limit of nesting, by its recursion limit. */
const DEEPEST = 1000;

const BUILTIN = (name: string): Global => new Global("builtins", name);
const SET = BUILTIN("set");
const FROZENSET = BUILTIN("frozenset");
const COMPLEX = BUILTIN("complex");
const BYTES = BUILTIN("bytes");
const BYTEARRAY = BUILTIN("bytearray");
const ENCODE = new Global("_codecs", "encode");
const ORDERED = new Global("collections", "OrderedDict");
const COUNTER = new Global("collections", "Counter");
const DEFAULT = new Global("collections", "defaultdict");
const DEQUE = new Global("collections", "deque");

/**
 * Writes pickles as CPython's pickler writes them, byte for byte where the same objects are shared. (Strings have no
 * identity in JavaScript: equal ones are written once, as CPython does with those that it interns.)
 *
 * @example
 * ```ts
 * import { print } from "@cognate/py";
 * import { pickle, unpickle } from "@cognate/formats";
 * const bytes = pickle({ lr: 0.1, betas: [0.9, 0.999] });
 * print(unpickle(bytes)); // prints {'lr': 0.1, 'betas': [0.9, 0.999]}
 * ```
 */
export class Pickler {
  private readonly _protocol: number;
  private readonly _options: PickleOptions;
  /** Objects by identity, strings by value. */
  private readonly _memo = new Map<unknown, number>();
  private _next = 0;
  /** One global is written once, whichever of several equal references names it. */
  private readonly _globals = new Map<string, Global>();
  private _pieces: Uint8Array[] = [];
  private _out = new Sink();
  private _framing = false;
  private _depth = 0;

  constructor(options: PickleOptions = {}) {
    this._options = options;
    this._protocol = options.protocol ?? 2;
  }

  /** @throws WriteError for a value that no pickle holds. */
  dump(value: unknown): Uint8Array {
    this._memo.clear();
    this._next = 0;
    this._globals.clear();
    this._pieces = [];
    this._out = new Sink().u8(OP.PROTO).u8(this._protocol);
    if (this._protocol >= 4) {
      this._flush();
      this._framing = true;
    }
    this._save(value);
    this._out.u8(OP.STOP);
    this._closeFrame();
    this._framing = false;
    return joinBytes(this._pieces);
  }

  private _flush(): void {
    if (this._out.length) this._pieces.push(this._out.done());
    this._out = new Sink();
  }

  private _closeFrame(): void {
    const n = this._out.length;
    if (this._framing && n >= FRAME_LEAST) this._pieces.push(new Sink(9).u8(OP.FRAME).u64(n).done());
    this._flush();
  }

  /** A header and its payload; a long payload stands outside of frames. */
  private _payload(header: (s: Sink) => Sink, data: Uint8Array): void {
    if (data.length < FRAME_TARGET) {
      header(this._out).bytes(data);
      return;
    }
    this._closeFrame();
    header(this._out);
    this._flush();
    this._pieces.push(data);
  }

  private _memoize(object: unknown): void {
    const i = this._next++;
    this._memo.set(object, i);
    if (this._protocol >= 4) this._out.u8(OP.MEMOIZE);
    else if (i < 256) this._out.u8(OP.BINPUT).u8(i);
    else this._out.u8(OP.LONG_BINPUT).u32(i);
  }

  private _recall(i: number): void {
    if (i < 256) this._out.u8(OP.BINGET).u8(i);
    else this._out.u8(OP.LONG_BINGET).u32(i);
  }

  private _save(value: unknown): void {
    if (this._saveAtom(value)) return;
    const seen = this._memo.get(value);
    if (seen !== undefined) return this._recall(seen);
    if (++this._depth > DEEPEST)
      throw new WriteError(
        "pickle",
        `the value is nested more than ${DEEPEST} deep; Python cannot pickle it either.`,
      );
    if (typeof value === "string") this._saveString(value);
    else if (typeof value === "object" || typeof value === "function") this._saveObject(value as object);
    else throw new WriteError("pickle", `a ${typeof value} cannot be pickled.`);
    this._depth--;
    if (this._framing && this._out.length >= FRAME_TARGET) this._closeFrame();
  }

  /** Values that are never memoized. */
  private _saveAtom(value: unknown): boolean {
    const out = this._out;
    if (value === null) out.u8(OP.NONE);
    else if (value === undefined)
      throw new WriteError("pickle", "undefined has no counterpart in Python; use null.");
    else if (typeof value === "boolean") out.u8(value ? OP.NEWTRUE : OP.NEWFALSE);
    else if (typeof value === "number") {
      if (Number.isSafeInteger(value) && !Object.is(value, -0)) this._saveInt(value);
      else out.u8(OP.BINFLOAT).f64(value, false);
    } else if (typeof value === "bigint") this._saveInt(value);
    else if (value instanceof Number) out.u8(OP.BINFLOAT).f64(value.valueOf(), false);
    else return false;
    return true;
  }

  private _saveInt(v: number | bigint): void {
    const out = this._out;
    if (v >= -0x80000000 && v <= 0x7fffffff) {
      const n = Number(v);
      if (n < 0 || n > 0xffff) out.u8(OP.BININT).i32(n);
      else if (n > 0xff) out.u8(OP.BININT2).u16(n);
      else out.u8(OP.BININT1).u8(n);
      return;
    }
    const bytes = encodeLong(BigInt(v));
    if (bytes.length < 256) out.u8(OP.LONG1).u8(bytes.length).bytes(bytes);
    else out.u8(OP.LONG4).u32(bytes.length).bytes(bytes);
  }

  private _saveString(text: string): void {
    const raw = encodeSurrogatePass(text);
    if (this._protocol >= 4 && raw.length < 256) this._out.u8(OP.SHORT_BINUNICODE).u8(raw.length).bytes(raw);
    else if (raw.length <= 0xffffffff) this._payload((s) => s.u8(OP.BINUNICODE).u32(raw.length), raw);
    else this._payload((s) => s.u8(OP.BINUNICODE8).u64(raw.length), raw);
    this._memoize(text);
  }

  private _saveObject(object: object): void {
    const other = this._options.replace?.(object);
    if (other !== undefined && other !== object) return this._saveReplacement(object, other);
    if (object instanceof Global) return this._saveGlobal(object);
    if (object instanceof PickledObject) return this._saveReduced(object, object);
    if (object instanceof PersistentId) return this._savePersistent(object);
    if (Array.isArray(object)) return this._saveArray(object);
    if (object instanceof Uint8Array) return this._saveBytes(object);
    if (object instanceof Map) return this._saveMap(object);
    if (object instanceof Set) return this._saveSet(object);
    if (object instanceof PyComplex) {
      // Each part is a float, also where it is whole.
      const parts = [new Number(object.re), new Number(object.im)];
      return this._saveReduced(new PickledObject(COMPLEX, parts), object);
    }
    const prototype = Object.getPrototypeOf(object);
    if (prototype === Object.prototype || prototype === null) {
      this._out.u8(OP.EMPTY_DICT);
      this._memoize(object);
      return this._saveEntries(Object.entries(object), true);
    }
    const kind = (object as { constructor?: { name?: string } }).constructor?.name ?? "object";
    throw new WriteError("pickle", `an object of class ${kind} cannot be pickled: nothing says how.`);
  }

  private _saveReplacement(object: object, other: unknown): void {
    if (other instanceof PickledObject) return this._saveReduced(other, object);
    if (other instanceof PersistentId) return this._savePersistent(other);
    this._save(other);
    // The replacement was memoized; the object itself stands for the same thing from now on.
    const i = this._memo.get(other instanceof Global ? this._globals.get(other.path) : other);
    if (i !== undefined) this._memo.set(object, i);
  }

  private _savePersistent(p: PersistentId): void {
    this._save(p.id);
    this._out.u8(OP.BINPERSID);
  }

  private _saveGlobal(g: Global): void {
    const same = this._globals.get(g.path);
    if (same !== undefined) return this._recall(this._memo.get(same)!);
    this._globals.set(g.path, g);
    if (this._protocol >= 4) {
      this._save(g.module);
      this._save(g.name);
      this._out.u8(OP.STACK_GLOBAL);
    } else {
      if (/[\n]/.test(g.path))
        throw new WriteError("pickle", `${JSON.stringify(g.path)} is no name of a global.`);
      if (g.name.includes(".")) return this._saveNested(g);
      const [module, name] = this._protocol < 3 ? toPython2(g.module, g.name) : [g.module, g.name];
      this._out.u8(OP.GLOBAL).text(`${module}\n${name}\n`);
    }
    this._memoize(g);
  }

  /** Before protocol 4 a nested class is an attribute fetched from its outer one. */
  private _saveNested(g: Global): void {
    const dot = g.name.lastIndexOf(".");
    const outer = new Global(g.module, g.name.slice(0, dot));
    this._saveReduced(new PickledObject(BUILTIN("getattr"), [outer, g.name.slice(dot + 1)]), g);
  }

  private _saveReduced(r: PickledObject, object: object): void {
    this._save(r.callable);
    if (r.kwargs?.size && this._protocol < 4)
      throw new WriteError(
        "pickle",
        `${r.callable} is created with keywords, which protocol ${this._protocol} lacks.`,
      );
    this._save(PyTuple.of_(r.args));
    if (r.how === "new" && r.kwargs?.size) {
      this._save(r.kwargs);
      this._out.u8(OP.NEWOBJ_EX);
    } else this._out.u8(r.how === "new" ? OP.NEWOBJ : OP.REDUCE);
    const i = this._memo.get(object);
    if (i !== undefined) {
      // Its own arguments led back to it.
      this._out.u8(OP.POP);
      this._recall(i);
    } else this._memoize(object);
    if (r.listItems) this._saveItems(r.listItems, false);
    if (r.dictItems) this._saveEntries([...r.dictItems], false);
    if (r.state !== undefined) {
      this._save(r.state);
      this._out.u8(OP.BUILD);
    }
  }

  private _saveArray(array: readonly unknown[]): void {
    if (array instanceof Deque) {
      const args: unknown[] = array.maxlen === null ? [] : [PyTuple.of_([]), array.maxlen];
      return this._saveReduced(
        new PickledObject(DEQUE, args, "call", undefined, undefined, [...array]),
        array,
      );
    }
    if (array instanceof PyTuple || this._options.isTuple?.(array)) return this._saveTuple(array);
    this._out.u8(OP.EMPTY_LIST);
    this._memoize(array);
    this._saveItems(array, true);
  }

  private _saveTuple(t: readonly unknown[]): void {
    const n = t.length;
    if (n === 0) {
      this._out.u8(OP.EMPTY_TUPLE);
      return;
    }
    if (n > 3) this._out.u8(OP.MARK);
    for (const item of t) this._save(item);
    const i = this._memo.get(t);
    if (i !== undefined) {
      // One of its items led back to it: the tuple exists already.
      if (n > 3) this._out.u8(OP.POP_MARK);
      else for (let k = 0; k < n; k++) this._out.u8(OP.POP);
      return this._recall(i);
    }
    this._out.u8(n === 1 ? OP.TUPLE1 : n === 2 ? OP.TUPLE2 : n === 3 ? OP.TUPLE3 : OP.TUPLE);
    this._memoize(t);
  }

  /** `exact`: CPython writes the items of a list itself in another way than those an object hands out one by one. */
  private _saveItems(items: readonly unknown[], exact: boolean): void {
    this._batches(items, exact, (item) => this._save(item), OP.APPEND, OP.APPENDS);
  }

  private _saveEntries(entries: readonly (readonly [unknown, unknown])[], exact: boolean): void {
    const save = ([k, v]: readonly [unknown, unknown]): void => {
      this._save(k);
      this._save(v);
    };
    this._batches(entries, exact, save, OP.SETITEM, OP.SETITEMS);
  }

  private _batches<T>(
    items: readonly T[],
    exact: boolean,
    save: (item: T) => void,
    one: number,
    many: number,
  ): void {
    for (let from = 0; from < items.length; from += BATCH) {
      const until = Math.min(from + BATCH, items.length);
      if (until - from === 1 && (from === 0 || !exact)) {
        save(items[from]!);
        this._out.u8(one);
        continue;
      }
      this._out.u8(OP.MARK);
      for (let i = from; i < until; i++) save(items[i]!);
      this._out.u8(many);
    }
  }

  private _saveMap(map: Map<unknown, unknown>): void {
    if (map instanceof PyDict && map.constructor !== PyDict) {
      const attributes = map.attributes?.size ? map.attributes : undefined;
      const entries = new Map(map);
      if (map instanceof Counter)
        return this._saveReduced(new PickledObject(COUNTER, [entries], "call", undefined, attributes), map);
      const callable = map instanceof DefaultDict ? DEFAULT : ORDERED;
      if (!(map instanceof DefaultDict || map instanceof OrderedDict))
        throw new WriteError(
          "pickle",
          `a dict of class ${map.constructor.name} cannot be pickled: nothing says how.`,
        );
      const args = map instanceof DefaultDict && map.factory !== null ? [map.factory] : [];
      const r = new PickledObject(callable, args, "call", undefined, attributes, undefined, entries);
      return this._saveReduced(r, map);
    }
    this._out.u8(OP.EMPTY_DICT);
    this._memoize(map);
    this._saveEntries([...map], true);
  }

  private _saveSet(set: Set<unknown>): void {
    const frozen = set instanceof PyFrozenSet;
    if (this._protocol < 4)
      return this._saveReduced(new PickledObject(frozen ? FROZENSET : SET, [[...set]]), set);
    if (frozen) {
      this._out.u8(OP.MARK);
      for (const item of set) this._save(item);
      const i = this._memo.get(set);
      if (i !== undefined) {
        this._out.u8(OP.POP_MARK);
        return this._recall(i);
      }
      this._out.u8(OP.FROZENSET);
      return this._memoize(set);
    }
    this._out.u8(OP.EMPTY_SET);
    this._memoize(set);
    const items = [...set];
    for (let from = 0; from < items.length; from += BATCH) {
      this._out.u8(OP.MARK);
      for (const item of items.slice(from, from + BATCH)) this._save(item);
      this._out.u8(OP.ADDITEMS);
    }
  }

  private _saveBytes(bytes: Uint8Array): void {
    const n = bytes.length;
    if (bytes instanceof PyByteArray) {
      if (this._protocol < 5)
        return this._saveReduced(new PickledObject(BYTEARRAY, n ? [Uint8Array.from(bytes)] : []), bytes);
      this._payload((s) => s.u8(OP.BYTEARRAY8).u64(n), bytes);
    } else if (this._protocol < 3) {
      // Python 2 has no bytes apart from strings: they travel as text of the same code points.
      const r = n ? new PickledObject(ENCODE, [latin1(bytes), "latin1"]) : new PickledObject(BYTES, []);
      return this._saveReduced(r, bytes);
    } else if (n < 256) this._out.u8(OP.SHORT_BINBYTES).u8(n).bytes(bytes);
    else if (n <= 0xffffffff) this._payload((s) => s.u8(OP.BINBYTES).u32(n), bytes);
    else this._payload((s) => s.u8(OP.BINBYTES8).u64(n), bytes);
    this._memoize(bytes);
  }
}

/** Little-endian two's complement in as few bytes as hold it. */
export function encodeLong(v: bigint): Uint8Array {
  if (v === 0n) return new Uint8Array(0);
  const magnitude = v < 0n ? -v - 1n : v;
  const bits = magnitude === 0n ? 0 : magnitude.toString(2).length;
  const n = Math.floor(bits / 8) + 1;
  const hex = BigInt.asUintN(8 * n, v)
    .toString(16)
    .padStart(2 * n, "0");
  const out = new Uint8Array(n);
  for (let i = 0; i < n; i++) out[n - 1 - i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return out;
}

/** `value` as a pickle. */
export const pickle = (value: unknown, options?: PickleOptions): Uint8Array =>
  new Pickler(options).dump(value);
