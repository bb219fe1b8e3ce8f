import type { FormatError } from "../bytes/errors.js";
import {
  Counter,
  DefaultDict,
  Deque,
  intOf,
  OrderedDict,
  type PickleValues,
  PyByteArray,
  PyDict,
  PyFrozenSet,
} from "./values.js";

/** What a handler may ask of the unpickler that called it. */
export interface PickleContext {
  readonly values: PickleValues;
  /** The error to throw about what stands at the current operation. */
  fail(what: string, found: unknown, wanted: string): FormatError;
  /** Notes work of `n` steps; throws once a pickle causes far more than its size explains. */
  charge(n: number): void;
}

/**
 * What a name in a pickle can do. Each handler stands for one thing that Python would do with the class or function;
 * without the handler the pickle is refused when it tries.
 */
export interface GlobalHandlers {
  /** `name(*args)`. */
  call?(args: readonly unknown[], context: PickleContext): unknown;
  /** `name.__new__(name, *args, **kwargs)`. */
  create?(
    args: readonly unknown[],
    kwargs: ReadonlyMap<unknown, unknown> | undefined,
    context: PickleContext,
  ): unknown;
  /** `object.__setstate__(state)`, of an object that `call` or `create` gave. */
  build?(object: object, state: unknown, context: PickleContext): void;
  /** `object.extend(items)`. */
  extend?(object: object, items: readonly unknown[], context: PickleContext): void;
  /** `object[key] = value` for each entry. */
  update?(object: object, entries: readonly (readonly [unknown, unknown])[], context: PickleContext): void;
}

/** A class or function that a pickle names. Only its handlers are ever run; nothing is looked up or imported. */
export class Global {
  constructor(
    readonly module: string,
    readonly name: string,
    readonly handlers: GlobalHandlers = {},
  ) {}
  get path(): string {
    return `${this.module}.${this.name}`;
  }
  toString(): string {
    return this.path;
  }
}

/** An object as a pickle describes it, uninterpreted: for looking into files, and for writing objects. */
export class PickledObject {
  constructor(
    readonly callable: Global,
    readonly args: readonly unknown[],
    /** `call`: `callable(*args)`; `new`: `callable.__new__(callable, *args, **kwargs)`. */
    readonly how: "call" | "new" = "call",
    public kwargs: ReadonlyMap<unknown, unknown> | undefined = undefined,
    public state: unknown = undefined,
    public listItems: unknown[] | undefined = undefined,
    public dictItems: Map<unknown, unknown> | undefined = undefined,
  ) {}
}

/** A global that lets a pickle describe objects without doing anything: they become {@link PickledObject}s. */
export function inertGlobal(module: string, name: string): Global {
  const self: Global = new Global(module, name, {
    call: (args) => new PickledObject(self, args),
    create: (args, kwargs) => new PickledObject(self, args, "new", kwargs),
    build: (object, state) => {
      (object as PickledObject).state = state;
    },
    extend: (object, items) => {
      const o = object as PickledObject;
      o.listItems ??= [];
      for (const item of items) o.listItems.push(item);
    },
    update: (object, entries) => {
      const o = object as PickledObject;
      o.dictItems ??= new Map();
      for (const [k, v] of entries) o.dictItems.set(k, v);
    },
  });
  return self;
}

const isIterable = (x: unknown): x is Iterable<unknown> =>
  typeof x === "object" && x !== null && Symbol.iterator in x;

function itemsOf(what: string, args: readonly unknown[], context: PickleContext): Iterable<unknown> {
  if (args.length === 0) return [];
  const [first] = args;
  if (args.length > 1 || !isIterable(first)) throw context.fail(what, describe(args), "one list");
  return first;
}

function fillDict<D extends PyDict>(dict: D, args: readonly unknown[], context: PickleContext): D {
  const [first] = args;
  if (first instanceof Map) {
    for (const [k, v] of first) dict.set(k, v);
    return dict;
  }
  for (const pair of itemsOf("the entries of a dict", args, context)) {
    if (!Array.isArray(pair) || pair.length !== 2)
      throw context.fail("an entry of a dict", describe(pair), "a pair");
    dict.set(pair[0], pair[1]);
  }
  return dict;
}

const asMap = (state: unknown): Map<unknown, unknown> | undefined =>
  state instanceof Map ? state : undefined;

function dictHandlers(make: () => PyDict): GlobalHandlers {
  return {
    call: (args, context) => fillDict(make(), args, context),
    create: () => make(),
    build: (object, state, context) => {
      const attributes = asMap(state);
      if (!attributes) throw context.fail("the state of a dict", describe(state), "a dict of attributes");
      const dict = object as PyDict;
      dict.attributes ??= new Map();
      for (const [k, v] of attributes) dict.attributes.set(k, v);
    },
  };
}

/** A short description of a value from a pickle, for errors. */
export function describe(x: unknown): string {
  if (x === null || x === undefined) return "None";
  if (typeof x === "string") return JSON.stringify(x.length > 40 ? `${x.slice(0, 40)}…` : x);
  if (typeof x === "object") {
    if (x instanceof Global) return x.path;
    if (Array.isArray(x)) return `${x.constructor === Array ? "a list" : "a tuple"} of ${x.length}`;
    if (x instanceof Map) return `a dict of ${x.size}`;
    return `a value of type ${x.constructor?.name ?? "object"}`;
  }
  return typeof x === "function" ? "a callable object" : String(x);
}

const global_ = (module: string, name: string, handlers: GlobalHandlers = {}): [string, Global] => [
  `${module}.${name}`,
  new Global(module, name, handlers),
];

/**
 * Python's own classes and functions that pickles of plain data use, by path. Each builds a plain value from its
 * arguments and can do nothing else. Allow-lists pick from it.
 */
export const STANDARD_GLOBALS: ReadonlyMap<string, Global> = new Map([
  global_("builtins", "set", { call: (args, c) => new Set(itemsOf("the items of a set", args, c)) }),
  global_("builtins", "frozenset", {
    call: (args, c) => new PyFrozenSet(itemsOf("the items of a frozenset", args, c)),
  }),
  global_("builtins", "list", { call: (args, c) => [...itemsOf("the items of a list", args, c)] }),
  global_("builtins", "tuple", {
    call: (args, c) => c.values.tuple([...itemsOf("the items of a tuple", args, c)]),
  }),
  global_(
    "builtins",
    "dict",
    dictHandlers(() => new PyDict()),
  ),
  global_("builtins", "complex", {
    call: (args, c) => {
      const [re = 0, im = 0] = args;
      if (args.length > 2 || !isReal(re) || !isReal(im))
        throw c.fail("a complex number", describe(args), "two numbers");
      return c.values.complex(Number(re), Number(im));
    },
  }),
  global_("builtins", "bytearray", {
    call: (args, c) => {
      const [bytes = new Uint8Array(0)] = args;
      if (typeof bytes === "string" && args[1] === "latin-1") return latin1Bytes(bytes, c, PyByteArray);
      if (args.length > 1 || !(bytes instanceof Uint8Array))
        throw c.fail("a bytearray", describe(args), "bytes");
      return new PyByteArray(bytes);
    },
  }),
  global_("builtins", "bytes", {
    call: (args, c) => {
      const [bytes = new Uint8Array(0)] = args;
      if (args.length > 1 || !(bytes instanceof Uint8Array)) throw c.fail("bytes", describe(args), "bytes");
      return bytes;
    },
  }),
  global_("builtins", "int"),
  global_("builtins", "float"),
  global_("builtins", "bool"),
  global_("builtins", "str"),
  global_("builtins", "object"),
  global_("_codecs", "encode", {
    call: (args, c) => {
      const [text, encoding] = args;
      if (typeof text !== "string" || (encoding !== "latin1" && encoding !== "latin-1"))
        throw c.fail("_codecs.encode", describe(args), "a string and 'latin1'");
      return latin1Bytes(text, c, Uint8Array);
    },
  }),
  global_(
    "collections",
    "OrderedDict",
    dictHandlers(() => new OrderedDict()),
  ),
  global_(
    "collections",
    "Counter",
    dictHandlers(() => new Counter()),
  ),
  global_("collections", "defaultdict", {
    ...dictHandlers(() => new DefaultDict()),
    call: (args, c) => {
      const dict = fillDict(new DefaultDict(), args.slice(1), c);
      dict.factory = args[0] ?? null;
      return dict;
    },
  }),
  global_("collections", "deque", {
    call: (args, c) => {
      const deque = new Deque();
      for (const item of itemsOf("the items of a deque", args.slice(0, 1), c)) deque.push(item);
      const maxlen = args[1] ?? null;
      if (maxlen !== null && typeof maxlen !== "number")
        throw c.fail("a deque's length", describe(maxlen), "a number");
      deque.maxlen = maxlen;
      return deque;
    },
    extend: (object, items) => {
      for (const item of items) (object as Deque).push(item);
    },
  }),
  // Protocols 0 and 1 make every object of a class without a `__reduce__` of its own this way.
  global_("copyreg", "_reconstructor", {
    call: (args, c) => {
      const [cls, base, state] = args;
      const create = cls instanceof Global ? cls.handlers.create : undefined;
      if (!create) throw c.fail("copyreg._reconstructor", describe(cls), "a class that may be created");
      if (!(base instanceof Global) || base.path === "builtins.object") return create([], undefined, c);
      return create([state], undefined, c);
    },
  }),
]);

const isReal = (x: unknown): boolean =>
  typeof x === "number" || x instanceof Number || typeof x === "bigint" || typeof x === "boolean";

function latin1Bytes<T extends Uint8Array>(text: string, c: PickleContext, Type: new (n: number) => T): T {
  const out = new Type(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 255)
      throw c.fail("a string of bytes", `the character U+${code.toString(16)}`, "characters up to U+ff");
    out[i] = code;
  }
  return out;
}

/** Little-endian two's complement of any length. */
export function decodeLong(bytes: Uint8Array): number | bigint {
  const n = bytes.length;
  if (n === 0) return 0;
  if (n <= 6) {
    let v = 0;
    for (let i = n - 1; i >= 0; i--) v = v * 256 + bytes[i]!;
    return bytes[n - 1]! & 0x80 ? v - 256 ** n : v;
  }
  let hex = "0x";
  for (let i = n - 1; i >= 0; i--) hex += (bytes[i]! < 16 ? "0" : "") + bytes[i]!.toString(16);
  return intOf(BigInt.asIntN(8 * n, BigInt(hex)));
}
