import { describe, expect, expectTypeOf, test, vi } from "vitest";
import { decode, fixture, outcome } from "../golden.test.helper.js";
import * as py from "../index.js";

type Row = [name: string, args: never[], expected: string, keywords: Record<string, never>, key?: string];
type Call = (...args: readonly unknown[]) => unknown;

/** Cases that are no function of that name. */
const SPECIAL: Readonly<Record<string, Call>> = {
  indices: (s, n) => (s as py.Slice).indices(n as number),
  at: (t, i) => (t as py.Tuple).at(i as number),
  count: (t, x) => (t as py.Tuple).count(x),
  index: (t, x) => (t as py.Tuple).index(x),
  concat: (t, u) => (t as py.Tuple).add(u as py.Tuple),
};

describe("as CPython", () => {
  test.each(fixture<Row[]>("builtins/cases"))("%s %j", (name, args, expected, keywords, key) => {
    const f = SPECIAL[name] ?? (py as unknown as Record<string, Call>)[name]!;
    const named: Record<string, unknown> = Object.fromEntries(
      Object.entries(keywords).map(([k, v]) => [k, decode(v)]),
    );
    if (key === "first") named.key = (t: readonly unknown[]) => t[0];
    const more = Object.keys(named).length > 0 ? [py.kw(named)] : [];
    expect(outcome(() => f(...args.map(decode), ...more))).toBe(expected);
  });
});

function printed(f: () => void): string {
  let text = "";
  const before = py.setOutput((s) => {
    text += s;
  });
  try {
    f();
  } finally {
    py.setOutput(before);
  }
  return text;
}

test("print", () => {
  expect(printed(() => py.print())).toBe("\n");
  expect(printed(() => py.print(1, "a", [0.5], null))).toBe("1 a [0.5] None\n");
  expect(printed(() => py.print("x", { sep: "-" }))).toBe("x {'sep': '-'}\n");
  expect(printed(() => py.print(1, 2, py.kw({ sep: "-", end: "|" })))).toBe("1-2|");
  expect(printed(() => py.print(1, py.kw({ sep: null, flush: true })))).toBe("1\n");
  const parts: string[] = [];
  py.print("to", "file", py.kw({ file: { write: (s: string) => parts.push(s) } }));
  expect(parts).toEqual(["to file\n"]);
  expect(() => py.print(1, py.kw({ separator: "-" }))).toThrow(
    new py.TypeError("'separator' is an invalid keyword argument for print()"),
  );
  expect(() => py.print(1, py.kw({ sep: 1 }))).toThrow("sep must be None or a string, not int");
});

test("keywords of builtins, and dicts that are none", () => {
  expect(py.sorted([1, 2], { reverse: true })).toEqual([2, 1]);
  expect(py.sorted({ reverse: 1, a: 2 })).toEqual(["a", "reverse"]);
  expect(py.max({ key: 1, abc: 2 })).toBe("key");
  expect(py.max([], { default: 3 })).toBe(3);
  expect(py.round(2.567, { ndigits: 1 })).toBe(2.6);
  expect(py.repr(py.enumerate("a", { start: 4 }))).toBe("[(4, 'a')]");
  expect(py.len({ start: 1 })).toBe(1);
  expect(py.list({ sep: 1 })).toEqual(["sep"]);
});

test("dicts", () => {
  const given = { a: 1 };
  const made = py.dict(given);
  expect(made).toEqual(given);
  expect(made).not.toBe(given);
  expect(py.repr(py.dict(py.zip([1, 2], "ab")))).toBe("{1: 'a', 2: 'b'}");
  expect(py.dict(py.zip("ab", [1, 2])).b).toBe(2);
  expect(py.repr(py.keys({ a: 1 }))).toBe("dict_keys(['a'])");
  expect(py.repr(py.values(new Map([[1, 0.5]])))).toBe("dict_values([0.5])");
  expect(py.repr(py.list(py.items({ a: 1 })))).toBe("[('a', 1)]");
  expect(py.items({ a: 1 }).map(([k, v]) => `${k}${v}`)).toEqual(["a1"]);
  expect(() => py.items([1] as never)).toThrow("'list' object has no attribute 'items'");
});

test("iterators", () => {
  const it = py.iter([1, 2]);
  expect([py.next(it), py.next(it), py.next(it, "end")]).toEqual([1, 2, "end"]);
  expect(() => py.next(it)).toThrow(py.StopIteration);
  let n = 0;
  expect([...py.iter(() => ++n, 4)]).toEqual([1, 2, 3]);
  function* count() {
    yield 1;
    yield 2;
  }
  expect(py.repr(py.zip(count(), count()))).toBe("[(1, 1), (2, 2)]");
  expect(py.sum(count())).toBe(3);
  expect(() => py.next([1] as never)).toThrow("'list' object is not an iterator");
});

test("one-element arrays convert", () => {
  class Scalar {
    constructor(readonly value: unknown) {}
    item() {
      return this.value;
    }
  }
  expect([py.int(new Scalar(3.7)), py.float(new Scalar(0.5)), py.bool(new Scalar(0))]).toEqual([
    3,
    0.5,
    false,
  ]);
  expect(py.repr(py.float(new Scalar(2)))).toBe("2.0");
  expect(py.repr(py.range(new Scalar(2) as never))).toBe("range(0, 2)");
  expect(() => py.range(new Scalar(2.5) as never)).toThrow(
    "'Scalar' object cannot be interpreted as an integer",
  );
});

test("ranges are frozen arrays", () => {
  const r = py.range(3);
  expect([Array.isArray(r), Object.isFrozen(r), [...r], r.map((i) => i * 2), r.length]).toEqual([
    true,
    true,
    [0, 1, 2],
    [0, 2, 4],
    3,
  ]);
  expect(py.repr([r.map((i) => i), r.at("::2"), r.slice(1)])).toBe("[[0, 1, 2], range(0, 3, 2), [1, 2]]");
  expect(py.repr(py.range(-0))).toBe("range(0, 0)");
  expect(() => py.range(2 ** 40)).toThrow(py.MemoryError);
});

test("types of classes", () => {
  class Net {}
  const Wrapped = py.pyclass(class Wrapped extends Net {});
  expect(py.type(new Net()).__name__).toBe("Net");
  expect(py.type(Wrapped()) === (Wrapped as unknown)).toBe(true);
  expect(py.repr(py.type(Wrapped()))).toBe("<class '__main__.Wrapped'>");
  expect(py.pyclass(Wrapped)).toBe(Wrapped);
  expect([py.isinstance(Wrapped(), Net), py.isinstance(new Net(), [Wrapped, py.int])]).toEqual([true, false]);
  expect(py.issubclass(Wrapped, Net)).toBe(true);
  expect([py.type(1) === py.int, py.type(2n ** 60n) === py.int, py.type(py.float(1)) === py.float]).toEqual([
    true,
    true,
    true,
  ]);
  expect(() => py.isinstance(1, 5 as never)).toThrow(
    "isinstance() arg 2 must be a type, a tuple of types, or a union",
  );
  const L = py.pyClass(
    "torch.nn.modules.linear.Linear",
    "n",
    class Linear {
      constructor(readonly n: number) {}
    },
  );
  expect([py.repr(L), L.__name__, py.type(L(1)) === L]).toEqual([
    "<class 'torch.nn.modules.linear.Linear'>",
    "Linear",
    true,
  ]);
  expect(() => (L as unknown as () => void)()).toThrow(
    "Linear.__init__() missing 1 required positional argument: 'n'",
  );
});

test("input reads lines of standard input, or asks the page", () => {
  const { process } = globalThis as unknown as { process: { getBuiltinModule(name: string): unknown } };
  const fed = [...new TextEncoder().encode("añ\r\n\nlast")];
  let held = true;
  const readSync = (_fd: number, into: Uint8Array): number => {
    if (held) {
      held = false;
      throw Object.assign(new Error("try again"), { code: "EAGAIN" });
    }
    if (fed.length === 0) return 0;
    into[0] = fed.shift()!;
    return 1;
  };
  const spy = vi.spyOn(process, "getBuiltinModule").mockReturnValue({ readSync });
  const lines: string[] = [];
  const shown = printed(() => {
    for (let i = 0; i < 3; i++) lines.push(py.input("> "));
  });
  expect([lines, shown]).toEqual([["añ", "", "last"], "> > > "]);
  expect(() => printed(() => py.input())).toThrow(new py.EOFError("EOF when reading a line"));
  spy.mockReturnValue(undefined);
  vi.stubGlobal("prompt", (text: string) => `answer to ${text}`);
  expect(py.input("why?")).toBe("answer to why?");
  vi.unstubAllGlobals();
  spy.mockRestore();
});

test("attributes", () => {
  class Point {
    x = 1;
    move() {
      return this.x + 1;
    }
  }
  const p = new Point();
  expect([py.getattr(p, "x"), py.getattr(p, "y", 5), py.hasattr(p, "y")]).toEqual([1, 5, false]);
  expect((py.getattr(p, "move") as () => number)()).toBe(2);
  py.setattr(p, "y", 3);
  expect(py.vars(p)).toEqual({ x: 1, y: 3 });
  py.delattr(p, "y");
  expect(() => py.getattr(p, "y")).toThrow(new py.AttributeError("'Point' object has no attribute 'y'"));
  expect(() => py.getattr(null, "data")).toThrow("'NoneType' object has no attribute 'data'");
  expect(() => py.assert(py.eq([1], [2]), "differ")).toThrow(new py.AssertionError("differ"));
  const again = p;
  expect([py.id(again) === py.id(p), py.id(new Point()) === py.id(p)]).toEqual([true, false]);
});

test("inferred types", () => {
  expectTypeOf(py.list(new Set([1]))).toEqualTypeOf<number[]>();
  expectTypeOf(py.list(new Map([["a", 1]]))).toEqualTypeOf<string[]>();
  expectTypeOf(py.list("ab")).toEqualTypeOf<string[]>();
  expectTypeOf(py.sorted(new Set(["a"]))).toEqualTypeOf<string[]>();
  expectTypeOf(py.sum([1, 2])).toEqualTypeOf<number>();
  expectTypeOf(py.max([1, 2])).toEqualTypeOf<number>();
  expectTypeOf(py.float("1")).toEqualTypeOf<number>();
  expectTypeOf(py.dict({ a: 1 })).toEqualTypeOf<{ a: number }>();
  for (const [i, c] of py.enumerate("ab")) {
    expectTypeOf(i).toEqualTypeOf<number>();
    expectTypeOf(c).toEqualTypeOf<string>();
  }
  const [first] = py.zip([1], ["a"], new Set([true]));
  const [n, s, b] = first!;
  expectTypeOf([n]).toEqualTypeOf<number[]>();
  expectTypeOf([s]).toEqualTypeOf<string[]>();
  expectTypeOf([b]).toEqualTypeOf<boolean[]>();
  const Net = py.pyClass(
    "Net",
    "n",
    class Net {
      constructor(readonly n: number) {}
    },
  );
  const net: unknown = Net(3);
  if (py.isinstance(net, Net)) expectTypeOf(net.n).toEqualTypeOf<number>();
  if (py.isinstance(net, [py.str, py.list])) expectTypeOf(net).toEqualTypeOf<string | unknown[]>();
  const x: unknown = py.tuple([1]);
  if (py.isinstance(x, py.tuple)) expectTypeOf(x.length).toEqualTypeOf<number>();
  expect([n, s, b]).toEqual([1, "a", true]);
});
