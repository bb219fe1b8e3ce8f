import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { bytesOfArray } from "../bytes/arrays.js";
import { FormatError, WriteError } from "../bytes/errors.js";
import { joinBytes, Sink, utf8Bytes } from "../bytes/sink.js";
import { Global, inertGlobal, PickledObject, STANDARD_GLOBALS } from "./globals.js";
import { OP } from "./opcodes.js";
import { PersistentId, pickle } from "./pickler.js";
import { plainDicts } from "./plain.js";
import { GlobalRefusedError, OpcodeRefusedError } from "./refused.js";
import { type UnpickleOptions, Unpickler, unpickle } from "./unpickler.js";
import {
  Counter,
  DefaultDict,
  Deque,
  OrderedDict,
  PyByteArray,
  PyComplex,
  PyFloat,
  PyFrozenSet,
  PyTuple,
} from "./values.js";

const standard: UnpickleOptions = { findClass: (module, name) => STANDARD_GLOBALS.get(`${module}.${name}`) };

/** The notation of test-fixtures/formats/pickle/generate.py for values that JSON has no word for. */
function tagged(v: unknown): unknown {
  const pairs = (m: Map<unknown, unknown>) => [...m].map(([k, x]) => [tagged(k), tagged(x)]);
  if (v instanceof PyFloat) return { float: v.valueOf() };
  if (typeof v === "number" && !Number.isInteger(v)) return v;
  if (v instanceof PyByteArray) return ["bytearray", [...v]];
  if (v instanceof Uint8Array) return ["bytes", [...v]];
  if (v instanceof PyFrozenSet) return ["frozenset", [...v].map(tagged)];
  if (v instanceof Set) return ["set", [...v].map(tagged)];
  if (v instanceof Deque) return ["deque", v.map(tagged), v.maxlen];
  if (v instanceof OrderedDict) return ["OrderedDict", pairs(v)];
  if (v instanceof Counter) return ["Counter", pairs(v)];
  if (v instanceof DefaultDict) return ["defaultdict", pairs(v)];
  if (v instanceof Map) return ["dict", pairs(v)];
  if (v instanceof PyTuple) return ["tuple", v.map(tagged)];
  if (Array.isArray(v)) return ["list", v.map(tagged)];
  if (v instanceof PyComplex) return { re: v.re, im: v.im };
  return v;
}

/** What `golden` made of the same notation, in plain arrays. */
function wanted(v: unknown): unknown {
  if (v instanceof Number) return { float: v.valueOf() };
  if (Array.isArray(v)) return Array.from(v, wanted);
  if (typeof v === "object" && v !== null && "real" in v) {
    const { real, imag } = v as unknown as { real: number; imag: number };
    return { re: Number(real), im: Number(imag) };
  }
  return v;
}

const cases = golden("formats/pickle").map((c) => ({
  name: c.name,
  protocol: c.protocol as number,
  bytes: bytesOfArray((c.pickle as GoldenArray).array),
  value: c.value,
}));

describe("pickles of CPython", () => {
  test.each(cases.filter((c) => c.value !== undefined))("$name", ({ bytes, value }) => {
    expect(tagged(unpickle(bytes, standard))).toEqual(wanted(value));
  });

  test.each(cases.filter((c) => c.protocol >= 2))("$name is written byte for byte", ({ bytes, protocol }) => {
    const value = unpickle(bytes, standard);
    expect(pickle(value, { protocol: protocol as 2 | 4 })).toEqual(bytes);
  });

  test("shared objects stay shared", () => {
    const { bytes } = cases.find((c) => c.name === "shared, protocol 2")!;
    const [a, b, t, d] = unpickle(bytes) as [unknown, unknown, unknown[], Map<string, unknown>];
    expect(b).toBe(a);
    expect(t[0]).toBe(a);
    expect(d.get("again")).toBe(a);
  });
});

describe("objects", () => {
  test("circles through lists, dicts and tuples", () => {
    const list: unknown[] = [];
    const map = new Map<unknown, unknown>([["list", list]]);
    list.push(map, PyTuple.of_([list, 1]), PyTuple.of_([1, 2, 3, list]));
    for (const protocol of [2, 4] as const) {
      const back = unpickle(pickle(list, { protocol })) as [Map<string, unknown>, unknown[], unknown[]];
      expect(back[0].get("list")).toBe(back);
      expect(back[1][0]).toBe(back);
      expect(back[2][3]).toBe(back);
    }
  });

  test("a tuple that holds itself", () => {
    const inner: unknown[] = [];
    const t = PyTuple.of_([inner]);
    inner.push(t);
    for (const protocol of [2, 5] as const) {
      const back = unpickle(pickle(t, { protocol })) as [unknown[]];
      expect(back[0][0]).toBe(back);
    }
  });

  test("descriptions of objects survive", () => {
    const cls = new Global("package.module", "Class");
    const made = new PickledObject(
      cls,
      [1],
      "new",
      undefined,
      new Map([["x", PyTuple.of_([])]]),
      [7, 8],
      new Map([["k", 9]]),
    );
    for (const protocol of [2, 3, 4, 5] as const) {
      const back = unpickle(pickle([made, made], { protocol }), {
        findClass: inertGlobal,
      }) as PickledObject[];
      expect(back[1]).toBe(back[0]);
      const { callable, args, how, state, listItems, dictItems } = back[0]!;
      expect([callable.path, how, [...args], listItems]).toEqual([
        "package.module.Class",
        "new",
        [1],
        [7, 8],
      ]);
      expect([state, dictItems]).toEqual([new Map([["x", PyTuple.of_([])]]), new Map([["k", 9]])]);
    }
  });

  test("keywords need protocol 4", () => {
    const made = new PickledObject(new Global("m", "C"), [], "new", new Map([["key", 1]]));
    const back = unpickle(pickle(made, { protocol: 4 }), { findClass: inertGlobal }) as PickledObject;
    expect(back.kwargs).toEqual(new Map([["key", 1]]));
    expect(() => pickle(made)).toThrow(WriteError);
  });

  test("persistent ids and replaced objects", () => {
    class Own {}
    const own = new Own();
    const bytes = pickle([own, own, 3], {
      replace: (x) => (x instanceof Own ? new PersistentId(PyTuple.of_(["own", 1])) : undefined),
    });
    const seen: unknown[] = [];
    const back = unpickle(bytes, { persistentLoad: (id) => [seen.push(id), "loaded"][1] });
    expect(back).toEqual(["loaded", "loaded", 3]);
    expect(seen).toHaveLength(2);
    expect(() => unpickle(bytes)).toThrow(FormatError);
    expect(() => pickle([own])).toThrow("an object of class Own cannot be pickled");
  });

  test("what Python has no word for is refused", () => {
    expect(() => pickle(undefined)).toThrow("undefined has no counterpart");
    expect(() => pickle(Symbol("s"))).toThrow(WriteError);
    let deep: unknown[] = [];
    for (let i = 0; i < 1100; i++) deep = [deep];
    expect(() => pickle(deep)).toThrow("nested more than 1000 deep");
  });
});

describe("Python 2", () => {
  test("names and strings", () => {
    const found: string[] = [];
    const findClass = (module: string, name: string) => {
      found.push(`${module}.${name}`);
      return inertGlobal(module, name);
    };
    unpickle(utf8Bytes("(c__builtin__\nset\nccopy_reg\n_reconstructor\ncexceptions\nStandardError\nt."), {
      findClass,
    });
    expect(found).toEqual(["builtins.set", "copyreg._reconstructor", "builtins.Exception"]);
    const latin = Uint8Array.of(OP.SHORT_BINSTRING, 1, 0xe4, OP.STOP);
    expect(unpickle(latin, { encoding: "latin1" })).toBe("ä");
    expect(unpickle(latin, { encoding: "bytes" })).toEqual(Uint8Array.of(0xe4));
    expect(() => unpickle(latin)).toThrow("ASCII");
    expect(() => unpickle(latin, { encoding: "utf-8" })).toThrow("UTF-8");
    expect(unpickle(utf8Bytes("S'a\\x41\\n\\\\'\n."))).toBe("aA\n\\");
  });
});

const hostile = (text: string) => Uint8Array.from(text, (ch) => ch.charCodeAt(0));
/** MARK, a global and arguments: the ways in which a pickle calls `os.system`. */
const ATTACKS: readonly [string, Uint8Array][] = [
  ["REDUCE", hostile("cos\nsystem\n(S'touch hacked'\ntR.")],
  ["INST", hostile("(S'touch hacked'\nios\nsystem\n.")],
  ["OBJ", hostile("(cos\nsystem\nS'touch hacked'\no.")],
  [
    "NEWOBJ",
    joinBytes([
      Uint8Array.of(0x80, 2),
      hostile("cos\nsystem\n"),
      Uint8Array.of(OP.EMPTY_TUPLE, OP.NEWOBJ, OP.STOP),
    ]),
  ],
  [
    "STACK_GLOBAL",
    new Sink()
      .u8(0x80)
      .u8(4)
      .u8(0x8c)
      .u8(2)
      .text("os")
      .u8(0x8c)
      .u8(6)
      .text("system")
      .u8(0x93)
      .u8(0x2e)
      .done(),
  ],
  ["a chain", hostile("c__builtin__\ngetattr\n(c__builtin__\n__import__\n(S'os'\ntRS'system'\ntR(S'x'\ntR.")],
  ["posix", hostile("cposix\nsystem\n(S'x'\ntR.")],
  ["eval", hostile("c__builtin__\neval\n(S'1'\ntR.")],
];

describe("hostile pickles", () => {
  test.each(ATTACKS)("%s", (_name, bytes) => {
    const error = caught(() => unpickle(bytes, standard)) as GlobalRefusedError;
    expect(error).toBeInstanceOf(GlobalRefusedError);
    expect(error.path).toBeUndefined();
    expect(`${error.module}.${error.global}`).toMatch(/^(os|posix)\.system$|^builtins\.(getattr|eval)$/);
    expect(error.offset).toBeGreaterThanOrEqual(0);
  });

  test("only what is allowed can be called, created or given a state", () => {
    expect(() => unpickle(hostile("S'text'\n(S'x'\ntR."))).toThrow('a call at byte 15 is of "text"');
    expect(() => unpickle(hostile("c__builtin__\nint\n(I1\ntR."), standard)).toThrow("of builtins.int");
    expect(() => unpickle(hostile("c__builtin__\nset\n)\x81."), standard)).toThrow("a new object");
    expect(() => unpickle(hostile("(lS'state'\nb."), standard)).toThrow("the state of an object");
    // __setstate__ on something that was made by an allowed call
    expect(() => unpickle(hostile("c__builtin__\nset\n((ltR(dS'a'\nI1\nsb."), standard)).toThrow(
      "a value of type Set",
    );
    expect(() => unpickle(hostile("c__builtin__\nset\n(I1\ntR."), standard)).toThrow(FormatError);
  });

  test("operations without meaning here", () => {
    for (const op of [OP.EXT1, OP.EXT2, OP.EXT4, OP.NEXT_BUFFER, OP.READONLY_BUFFER, 0xff, 0])
      expect(() => unpickle(Uint8Array.of(op, 1, 0, 0, 0, OP.STOP))).toThrow(OpcodeRefusedError);
    const only = { operations: ["PROTO", "STOP", "NONE"] } as const;
    expect(unpickle(Uint8Array.of(0x80, 2, OP.NONE, OP.STOP), only)).toBeNull();
    const error = caught(() => unpickle(Uint8Array.of(0x80, 4, OP.FRAME), only)) as OpcodeRefusedError;
    expect([error.opcode, error.offset]).toEqual([149, 2]);
  });

  test("lengths are held against the bytes that are there", () => {
    const u32 = [0xff, 0xff, 0xff, 0x7f];
    const u64 = [0, 0, 0, 0, 0, 0, 16, 0];
    for (const [op, ...n] of [
      [OP.BINUNICODE, ...u32],
      [OP.BINBYTES, ...u32],
      [OP.BINSTRING, ...u32],
      [OP.LONG4, ...u32],
      [OP.BINUNICODE8, ...u64],
      [OP.BINBYTES8, ...u64],
      [OP.BYTEARRAY8, ...u64],
      [OP.FRAME, ...u64],
    ])
      expect(() => unpickle(Uint8Array.of(op!, ...n, 0x2e))).toThrow(FormatError);
    expect(() => unpickle(Uint8Array.of(OP.LONG4, 0xff, 0xff, 0xff, 0xff))).toThrow(
      "a length at byte 0 is -1",
    );
    expect(() => unpickle(hostile(`I${"9".repeat(5000)}\n.`))).toThrow("5000 characters");
  });

  test("a stack that is empty, a mark that is missing, an end that is missing", () => {
    for (const text of [
      ".",
      "a.",
      "s.",
      "R.",
      "b.",
      "t.",
      "u.",
      "(a.",
      "((l",
      "",
      "h\x05.",
      "g7\n.",
      "0.",
      "q\0",
      "2.",
    ])
      expect(() => unpickle(hostile(text))).toThrow(FormatError);
    expect(() => unpickle(hostile("(I1\nu."))).toThrow(FormatError);
    expect(() => unpickle(hostile(")I1\na."))).toThrow("the target of items");
  });

  test("deep nesting", () => {
    const n = 200_000;
    const nested = joinBytes([
      new Uint8Array(n).fill(OP.EMPTY_LIST),
      new Uint8Array(n - 1).fill(OP.APPEND),
      Uint8Array.of(OP.STOP),
    ]);
    let depth = 0;
    for (let x = unpickle(nested) as unknown[]; x; x = x[0] as unknown[]) depth++;
    expect(depth).toBe(n);
    const tuples = joinBytes([
      Uint8Array.of(OP.NONE),
      new Uint8Array(n).fill(OP.TUPLE1),
      Uint8Array.of(OP.STOP),
    ]);
    expect(plainDicts(unpickle(tuples))).toHaveLength(1);
    expect(plainDicts(unpickle(nested))).toHaveLength(1);
  });

  test("copying one long list again and again ends", () => {
    const copy = hostile("c__builtin__\nset\nq\x01h\x00\x85R0");
    const list = joinBytes([
      hostile("(lq\x00("),
      new Uint8Array(2 * 50_000).map((_, i) => (i % 2 ? i >> 1 : OP.BININT1)),
      hostile("e0"),
    ]);
    const bomb = joinBytes([list, ...new Array<Uint8Array>(20_000).fill(copy), hostile("N.")]);
    expect(() => unpickle(bomb, standard)).toThrow("the work that the pickle asks for");
  });

  test("doubling by the memo stays small", () => {
    const s = new Sink().u8(OP.EMPTY_LIST);
    for (let i = 0; i < 200; i++) s.u8(OP.BINPUT).u8(i).u8(OP.BINGET).u8(i).u8(OP.TUPLE2);
    expect(unpickle(s.u8(OP.STOP).done())).toHaveLength(2);
  });
});

function caught(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

test("several pickles in one stream", () => {
  const bytes = joinBytes([pickle(1), pickle("two"), Uint8Array.of(9, 9)]);
  const first = new Unpickler(bytes);
  expect(first.load()).toBe(1);
  const second = new Unpickler(first.cursor);
  expect(second.load()).toBe("two");
  expect([...second.cursor.rest()]).toEqual([9, 9]);
});

describe("plainDicts", () => {
  test("keeps sharing and circles, and what is no dict of strings", () => {
    const shared = new Map<unknown, unknown>([["x", 1]]);
    const numbers = new Map<unknown, unknown>([[1, shared]]);
    const list: unknown[] = [shared, numbers, PyTuple.of_([shared, PyTuple.of_([numbers])])];
    shared.set("list", list);
    const out = plainDicts(list) as [Record<string, unknown>, Map<number, unknown>, unknown[]];
    expect(out).toBe(list);
    expect(out[0]).not.toBeInstanceOf(Map);
    expect(out[0].list).toBe(out);
    expect(out[1]).toBe(numbers);
    expect(out[1].get(1)).toBe(out[0]);
    expect(out[2][0]).toBe(out[0]);
    expect(out[2]).toBeInstanceOf(PyTuple);
  });

  test("goes into the caller's objects and exchanges some", () => {
    class Box {
      inside: unknown = new Map([["__proto__", new Date(0)]]);
    }
    const box = new Box();
    const from: unknown[] = [];
    plainDicts([box], {
      fields: (x) => (x instanceof Box ? (x as unknown as Record<string, unknown>) : undefined),
      exchange: (x) => (x instanceof Date ? "exchanged" : undefined),
      converted: (_map, to) => from.push(to),
    });
    expect(Object.getPrototypeOf(box.inside)).toBe(Object.prototype);
    expect(Object.entries(box.inside as object)).toEqual([["__proto__", "exchanged"]]);
    expect(from).toEqual([box.inside]);
  });
});
