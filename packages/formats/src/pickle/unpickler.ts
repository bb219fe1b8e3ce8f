import { Cursor, latin1 } from "../bytes/cursor.js";
import type { FormatError } from "../bytes/errors.js";
import { decodeLong, describe, Global, type PickleContext } from "./globals.js";
import { OP, type OpName, opName } from "./opcodes.js";
import { fromPython2 } from "./python2.js";
import { GlobalRefusedError, OpcodeRefusedError } from "./refused.js";
import { decodeSurrogatePass, rawUnicodeEscape, unquote } from "./text.js";
import { intOf, type PickleValues, PyByteArray, PyFrozenSet, plainValues } from "./values.js";

export interface UnpickleOptions {
  /**
   * What a name stands for: a {@link Global} with handlers, or a plain value (a dtype, say). `undefined` refuses the
   * pickle. Nothing is allowed unless given.
   */
  findClass?(module: string, name: string): unknown;
  /** What a persistent id stands for; ids are refused unless given. */
  persistentLoad?(id: unknown, context: PickleContext): unknown;
  /** How floats, tuples and complex numbers come into being. */
  values?: PickleValues;
  /** How Python 2's byte strings are read. Python's own default is ASCII. */
  encoding?: "ASCII" | "utf-8" | "latin1" | "bytes";
  /** The only operations that may occur; all unless given. */
  operations?: readonly OpName[];
  /** A call's arguments may be one value instead of a tuple, as in TorchScript's pickles of enumerations. */
  bareArguments?: boolean;
  /** Where the bytes begin in the file, for errors. */
  base?: number;
}

/** Python reads no longer decimal number by default; converting takes time that grows with the square. */
const MAX_DECIMAL_DIGITS = 4300;

/**
 * Reads pickles of protocols 0 to 5 without ever running anything from them: names become what the caller's allow-list
 * gives for them, and calls run the handlers of those. Cycles and shared references are kept, nesting may be of any
 * depth, and memory and time grow in proportion to the bytes that were given.
 *
 * @example
 * ```ts
 * import { print } from "@cognate/py";
 * import { Unpickler } from "@cognate/formats";
 * const bytes = Uint8Array.of(0x80, 2, 0x5d, 0x71, 0, 0x28, 0x4b, 1, 0x4b, 2, 0x65, 0x2e);
 * print(new Unpickler(bytes).load()); // prints [1, 2]
 * ```
 */
export class Unpickler implements PickleContext {
  readonly values: PickleValues;
  /** Where reading goes on after {@link load}: a file may hold several pickles. */
  readonly cursor: Cursor;
  private readonly _options: UnpickleOptions;
  private readonly _allowed: ReadonlySet<number> | undefined;
  private _stack: unknown[] = [];
  private _marks: number[] = [];
  private _memo = new Map<number, unknown>();
  private _makers = new WeakMap<object, Global>();
  private _proto = 0;
  private _work = 0;
  private _workLimit: number;
  /** Where the current operation begins. */
  private _at = 0;

  constructor(bytes: Uint8Array | Cursor, options: UnpickleOptions = {}) {
    this.cursor = bytes instanceof Cursor ? bytes : new Cursor(bytes, "pickle", options.base ?? 0);
    this.values = options.values ?? plainValues;
    this._options = options;
    this._allowed = options.operations && new Set(options.operations.map((name) => OP[name]));
    this._workLimit = 1e6 + 64 * this.cursor.length;
  }

  fail(what: string, found: unknown, wanted: string): FormatError {
    return this.cursor.fail(what, found, wanted, this._at);
  }

  charge(n: number): void {
    this._work += n;
    if (this._work > this._workLimit)
      throw this.fail(
        "the work that the pickle asks for",
        `over ${this._workLimit} steps`,
        "what its size explains",
      );
  }

  /** The next pickle. @throws FormatError, and what the caller's hooks throw. */
  load(): unknown {
    this._stack = [];
    this._marks = [];
    this._memo = new Map();
    this._makers = new WeakMap();
    this._proto = 0;
    const c = this.cursor;
    for (;;) {
      this._at = c.pos;
      if (c.remaining === 0) throw this.fail("the pickle", "cut off", "a STOP at its end");
      const op = c.u8();
      if (op === OP.STOP) return this._pop();
      if (this._allowed && !this._allowed.has(op))
        throw new OpcodeRefusedError(op, opName(op), c.base + this._at, "one of those allowed here");
      this._step(op);
    }
  }

  private _step(op: number): void {
    const c = this.cursor;
    const stack = this._stack;
    switch (op) {
      case OP.PROTO:
        this._proto = c.u8();
        if (this._proto > 5) throw this.fail("the protocol", this._proto, "0 to 5");
        return;
      case OP.FRAME: {
        const n = c.u64("a frame's length");
        if (n > c.remaining) throw this.fail("a frame", `${n} bytes long`, `at most ${c.remaining} bytes`);
        return;
      }
      case OP.MARK:
        this._marks.push(stack.length);
        return;
      case OP.POP:
        // After a mark without items it is the mark that goes.
        if (stack.length > this._fence()) stack.pop();
        else this._popMark();
        return;
      case OP.POP_MARK:
        this._popMark();
        return;
      case OP.DUP:
        stack.push(this._top());
        return;
      case OP.NONE:
        stack.push(null);
        return;
      case OP.NEWTRUE:
        stack.push(true);
        return;
      case OP.NEWFALSE:
        stack.push(false);
        return;
      case OP.BININT:
        stack.push(c.i32());
        return;
      case OP.BININT1:
        stack.push(c.u8());
        return;
      case OP.BININT2:
        stack.push(c.u16());
        return;
      case OP.LONG1:
        stack.push(decodeLong(this._view(c.u8(), "an integer")));
        return;
      case OP.LONG4:
        stack.push(decodeLong(this._view(this._length(c.i32()), "an integer")));
        return;
      case OP.INT:
        stack.push(this._textInt(true));
        return;
      case OP.LONG:
        stack.push(this._textInt(false));
        return;
      case OP.FLOAT:
        stack.push(this._textFloat());
        return;
      case OP.BINFLOAT: {
        c.little = false;
        const x = c.f64();
        c.little = true;
        stack.push(this.values.float(x));
        return;
      }
      case OP.STRING:
        stack.push(this._string(unquote(c, c.line("a string"), this._at)));
        return;
      case OP.BINSTRING:
        stack.push(this._string(this._view(this._length(c.i32()), "a string")));
        return;
      case OP.SHORT_BINSTRING:
        stack.push(this._string(this._view(c.u8(), "a string")));
        return;
      case OP.UNICODE:
        stack.push(rawUnicodeEscape(c, c.line("a string"), this._at));
        return;
      case OP.SHORT_BINUNICODE:
        stack.push(this._unicode(c.u8()));
        return;
      case OP.BINUNICODE:
        stack.push(this._unicode(c.u32()));
        return;
      case OP.BINUNICODE8:
        stack.push(this._unicode(c.u64("a string's length")));
        return;
      case OP.SHORT_BINBYTES:
        stack.push(this._bytes(c.u8()));
        return;
      case OP.BINBYTES:
        stack.push(this._bytes(c.u32()));
        return;
      case OP.BINBYTES8:
        stack.push(this._bytes(c.u64("the bytes' length")));
        return;
      case OP.BYTEARRAY8:
        stack.push(new PyByteArray(this._view(c.u64("a bytearray's length"), "a bytearray")));
        return;
      case OP.EMPTY_TUPLE:
        stack.push(this.values.tuple([]));
        return;
      case OP.TUPLE1:
        stack.push(this.values.tuple([this._pop()]));
        return;
      case OP.TUPLE2: {
        const b = this._pop();
        stack.push(this.values.tuple([this._pop(), b]));
        return;
      }
      case OP.TUPLE3: {
        const z = this._pop();
        const y = this._pop();
        stack.push(this.values.tuple([this._pop(), y, z]));
        return;
      }
      case OP.TUPLE: {
        const items = this._popMark();
        stack.push(this.values.tuple(items));
        return;
      }
      case OP.EMPTY_LIST:
        stack.push([]);
        return;
      case OP.LIST: {
        const items = this._popMark();
        stack.push(items);
        return;
      }
      case OP.EMPTY_DICT:
        stack.push(new Map());
        return;
      case OP.DICT: {
        const items = this._popMark();
        const dict = new Map();
        this._update(dict, items);
        stack.push(dict);
        return;
      }
      case OP.EMPTY_SET:
        stack.push(new Set());
        return;
      case OP.FROZENSET: {
        const items = this._popMark();
        stack.push(new PyFrozenSet(items));
        return;
      }
      case OP.APPEND: {
        const item = this._pop();
        this._extend(this._top(), [item]);
        return;
      }
      case OP.APPENDS: {
        const items = this._popMark();
        this._extend(this._top(), items);
        return;
      }
      case OP.SETITEM: {
        const value = this._pop();
        const key = this._pop();
        this._update(this._top(), [key, value]);
        return;
      }
      case OP.SETITEMS: {
        const items = this._popMark();
        this._update(this._top(), items);
        return;
      }
      case OP.ADDITEMS: {
        const items = this._popMark();
        const set = this._top();
        if (!(set instanceof Set) || set instanceof PyFrozenSet) this._extend(set, items);
        else for (const item of items) set.add(item);
        return;
      }
      case OP.GET:
        stack.push(this._recall(this._index()));
        return;
      case OP.BINGET:
        stack.push(this._recall(c.u8()));
        return;
      case OP.LONG_BINGET:
        stack.push(this._recall(c.u32()));
        return;
      case OP.PUT:
        this._memo.set(this._index(), this._top());
        return;
      case OP.BINPUT:
        this._memo.set(c.u8(), this._top());
        return;
      case OP.LONG_BINPUT:
        this._memo.set(c.u32(), this._top());
        return;
      case OP.MEMOIZE:
        this._memo.set(this._memo.size, this._top());
        return;
      case OP.GLOBAL: {
        const module = this._name("a module's name");
        const name = this._name("a global's name");
        stack.push(this._find(module, name));
        return;
      }
      case OP.STACK_GLOBAL: {
        const name = this._pop();
        const module = this._pop();
        if (typeof name !== "string" || typeof module !== "string")
          throw this.fail("a global", `${describe(module)} and ${describe(name)}`, "two strings");
        stack.push(this._find(module, name));
        return;
      }
      case OP.REDUCE: {
        const args = this._args(this._pop());
        stack.push(this._call(this._pop(), args));
        return;
      }
      case OP.NEWOBJ: {
        const args = this._args(this._pop());
        stack.push(this._create(this._pop(), args));
        return;
      }
      case OP.NEWOBJ_EX: {
        const kwargs = this._pop();
        const args = this._args(this._pop());
        if (!(kwargs instanceof Map))
          throw this.fail("the keywords of an object", describe(kwargs), "a dict");
        stack.push(this._create(this._pop(), args, kwargs));
        return;
      }
      case OP.OBJ: {
        const items = this._popMark();
        if (items.length === 0) throw this.fail("an object's class", "missing", "a class after the mark");
        const [cls, ...args] = items;
        stack.push(this._instance(cls, args));
        return;
      }
      case OP.INST: {
        const module = this._name("a module's name");
        const name = this._name("a class's name");
        const args = this._popMark();
        stack.push(this._instance(this._find(module, name), args));
        return;
      }
      case OP.BUILD: {
        const state = this._pop();
        this._build(this._top(), state);
        return;
      }
      case OP.PERSID:
        stack.push(this._persistent(c.line("a persistent id")));
        return;
      case OP.BINPERSID: {
        const id = this._pop();
        stack.push(this._persistent(id));
        return;
      }
      case OP.EXT1:
      case OP.EXT2:
      case OP.EXT4:
        throw this._refused(op, "a pickle without codes of an extension registry");
      case OP.NEXT_BUFFER:
      case OP.READONLY_BUFFER:
        throw this._refused(op, "a pickle with its buffers inside");
      default:
        throw this._refused(op, "an operation of protocols 0 to 5");
    }
  }

  private _refused(op: number, wanted: string): OpcodeRefusedError {
    return new OpcodeRefusedError(op, opName(op), this.cursor.base + this._at, wanted);
  }

  /** The stack may not be emptied beyond the last mark. */
  private _fence(): number {
    return this._marks.length ? this._marks[this._marks.length - 1]! : 0;
  }

  private _top(): unknown {
    if (this._stack.length <= this._fence())
      throw this.fail("the stack", "empty", "a value for this operation");
    return this._stack[this._stack.length - 1];
  }

  private _pop(): unknown {
    const top = this._top();
    this._stack.pop();
    return top;
  }

  private _popMark(): unknown[] {
    const mark = this._marks.pop();
    if (mark === undefined) throw this.fail("the stack", "without a mark", "a mark for this operation");
    return this._stack.splice(mark);
  }

  private _length(n: number): number {
    if (n < 0) throw this.fail("a length", n, "0 or more");
    return n;
  }

  private _view(n: number, what: string): Uint8Array {
    const c = this.cursor;
    if (n > c.remaining)
      throw this.fail(what, `${n} bytes long`, `at most the ${c.remaining} bytes that are left`);
    return c.view(n);
  }

  private _bytes(n: number): Uint8Array {
    // A copy: the result outlives the file's bytes and may be written to.
    return this._view(n, "the bytes").slice();
  }

  private _unicode(n: number): string {
    return this._utf8(this._view(n, "a string"));
  }

  private _utf8(raw: Uint8Array): string {
    const text = decodeSurrogatePass(raw);
    if (text === undefined) throw this.fail("a string", "not valid UTF-8", "UTF-8 text");
    return text;
  }

  /** A byte string of Python 2. */
  private _string(raw: Uint8Array): unknown {
    const { encoding = "ASCII" } = this._options;
    if (encoding === "bytes") return raw.slice();
    if (encoding === "latin1") return latin1(raw);
    if (encoding === "utf-8") return this._utf8(raw);
    if (raw.some((b) => b > 127))
      throw this.fail("a string", "bytes beyond 127", "ASCII (or another encoding given)");
    return latin1(raw);
  }

  private _name(what: string): string {
    const { bytes, pos } = this.cursor;
    const line = this.cursor.line(what);
    return this._utf8(bytes.subarray(pos, pos + line.length));
  }

  private _textInt(plain: boolean): number | bigint | boolean {
    const text = this.cursor.line("an integer");
    if (plain && (text === "00" || text === "01")) return text === "01";
    const digits = plain || !text.endsWith("L") ? text.trim() : text.slice(0, -1).trim();
    if (!/^[+-]?[0-9]+$/.test(digits) || digits.length > MAX_DECIMAL_DIGITS)
      throw this.fail(
        "an integer",
        digits.length > 40 ? `${digits.length} characters long` : describe(digits),
        "decimal digits",
      );
    return intOf(digits[0] === "-" ? -BigInt(digits.slice(1)) : BigInt(digits.replace("+", "")));
  }

  private _textFloat(): unknown {
    const text = this.cursor.line("a float").trim();
    const word = /^([+-]?)(nan|inf|infinity)$/i.exec(text);
    if (word) {
      const x = word[2]!.toLowerCase() === "nan" ? Number.NaN : Number.POSITIVE_INFINITY;
      return this.values.float(word[1] === "-" ? -x : x);
    }
    if (!/^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?$/i.test(text))
      throw this.fail("a float", describe(text), "a decimal number");
    return this.values.float(Number(text));
  }

  private _index(): number {
    const text = this.cursor.line("a memo index");
    if (!/^[0-9]{1,15}$/.test(text)) throw this.fail("a memo index", describe(text), "a number from 0 on");
    return Number(text);
  }

  private _recall(i: number): unknown {
    const value = this._memo.get(i);
    if (value === undefined && !this._memo.has(i))
      throw this.fail("a memo index", i, "one that was put before");
    return value;
  }

  private _find(module: string, name: string): unknown {
    // Later protocols use Python 3's names only.
    if (this._proto < 3) [module, name] = fromPython2(module, name);
    const found = this._options.findClass?.(module, name);
    if (found === undefined) throw new GlobalRefusedError(module, name, this.cursor.base + this._at);
    return found;
  }

  private _persistent(id: unknown): unknown {
    const load = this._options.persistentLoad;
    if (!load) throw this.fail("a persistent id", describe(id), "a pickle without references to other data");
    return load(id, this);
  }

  private _args(given: unknown): readonly unknown[] {
    const args = this._options.bareArguments && !Array.isArray(given) ? [given] : given;
    if (!Array.isArray(args)) throw this.fail("the arguments of a call", describe(args), "a tuple");
    // Copying a shared argument again and again must not cost more than the file is long.
    this.charge(1 + args.length);
    for (const a of args) this.charge(sizeOf(a));
    return args;
  }

  private _handler<K extends "call" | "create">(
    target: unknown,
    kind: K,
  ): NonNullable<Global["handlers"][K]> {
    const handler = target instanceof Global ? target.handlers[kind] : undefined;
    if (!handler)
      throw this.fail(
        kind === "call" ? "a call" : "a new object",
        `of ${describe(target)}`,
        `${kind === "call" ? "something that may be called" : "a class that may be created"}`,
      );
    return handler as NonNullable<Global["handlers"][K]>;
  }

  private _made(object: unknown, maker: unknown): unknown {
    const t = typeof object;
    if ((t === "object" || t === "function") && object !== null)
      this._makers.set(object as object, maker as Global);
    return object;
  }

  private _call(target: unknown, args: readonly unknown[]): unknown {
    return this._made(this._handler(target, "call")(args, this), target);
  }

  private _create(
    target: unknown,
    args: readonly unknown[],
    kwargs?: ReadonlyMap<unknown, unknown>,
  ): unknown {
    return this._made(this._handler(target, "create")(args, kwargs, this), target);
  }

  /** Protocol 0 and 1: a class with arguments is called, without them only created. */
  private _instance(target: unknown, args: readonly unknown[]): unknown {
    this._args(args);
    if (args.length === 0 && target instanceof Global && target.handlers.create)
      return this._create(target, args);
    return this._call(target, args);
  }

  private _makerOf(object: unknown): Global | undefined {
    const t = typeof object;
    return (t === "object" || t === "function") && object !== null
      ? this._makers.get(object as object)
      : undefined;
  }

  private _build(object: unknown, state: unknown): void {
    const build = this._makerOf(object)?.handlers.build;
    if (!build)
      throw this.fail("the state of an object", `for ${describe(object)}`, "an object that takes a state");
    this.charge(1 + sizeOf(state));
    build(object as object, state, this);
  }

  private _extend(list: unknown, items: readonly unknown[]): void {
    if (Array.isArray(list) && list.constructor === Array && !Object.isFrozen(list)) {
      for (const item of items) list.push(item);
      return;
    }
    const extend = this._makerOf(list)?.handlers.extend;
    if (!extend) throw this.fail("the target of items", describe(list), "a list");
    extend(list as object, items, this);
  }

  /** `items` are keys and values in turn. */
  private _update(dict: unknown, items: readonly unknown[]): void {
    if (items.length % 2 !== 0)
      throw this.fail("the items of a dict", `${items.length} of them`, "keys and values in pairs");
    if (dict instanceof Map) {
      for (let i = 0; i < items.length; i += 2) dict.set(items[i], items[i + 1]);
      return;
    }
    const update = this._makerOf(dict)?.handlers.update;
    if (!update) throw this.fail("the target of entries", describe(dict), "a dict");
    const entries: [unknown, unknown][] = [];
    for (let i = 0; i < items.length; i += 2) entries.push([items[i], items[i + 1]]);
    update(dict as object, entries, this);
  }
}

/** How many elements a handler may go through when it is given `x`. */
function sizeOf(x: unknown): number {
  if (typeof x === "string") return x.length;
  if (typeof x !== "object" || x === null) return 1;
  if (Array.isArray(x)) return x.length;
  if (x instanceof Map || x instanceof Set) return x.size;
  return x instanceof Uint8Array ? x.length : 1;
}

/** The one pickle in `bytes`; bytes behind it are ignored, as Python ignores them. */
export const unpickle = (bytes: Uint8Array, options?: UnpickleOptions): unknown =>
  new Unpickler(bytes, options).load();
