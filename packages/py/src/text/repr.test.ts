import { describe, expect, test } from "vitest";
import { decode, fixture } from "../golden.test.helper.js";
import { namedTuple, repr, str, tuple } from "../index.js";

const loop: unknown[] = [1];
loop.push(loop);
const knot: Record<string, unknown> = { a: 1 };
knot.self = knot;
const recursive: Readonly<Record<string, unknown>> = { loop, knot };

describe("as CPython", () => {
  test.each(fixture<[never, string, string][]>("text/cases"))("%j", (given, shown, text) => {
    const value = typeof given === "string" && given in recursive ? recursive[given] : decode(given);
    expect(repr(value)).toBe(shown);
    expect(str(value)).toBe(text);
    if (value instanceof Set && value.size > 0 && value.constructor === Set)
      expect(repr([...value])).toBe(shown.replace("{", "[").replace(/\}$/, "]"));
  });
});

test("which characters are shown as they are", () => {
  const [printable, unassigned] = fixture<[[number, number][], [number, number][]]>("text/printable");
  const within = (ranges: readonly [number, number][], code: number): boolean => {
    let [low, high] = [0, ranges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ranges[middle]![1] <= code) low = middle + 1;
      else high = middle;
    }
    return low < ranges.length && ranges[low]![0] <= code;
  };
  const wrong: number[] = [];
  let newer = 0;
  for (let code = 0; code < 0x110000; code++) {
    const c = String.fromCodePoint(code);
    const shown = !repr(c).includes("\\") || c === "\\";
    if (shown === within(printable, code)) continue;
    if (within(unassigned, code)) newer++;
    else wrong.push(code);
  }
  expect(wrong).toEqual([]);
  expect(newer).toBeLessThan(20_000);
});

test("JavaScript's own things", () => {
  class Net {}
  class Custom {
    __repr__() {
      return "Custom()";
    }
    __str__() {
      return "custom";
    }
  }
  class Texty {
    toString() {
      return "by toString";
    }
  }
  expect(repr(undefined)).toBe("None");
  expect(repr(Net)).toBe("<class '__main__.Net'>");
  expect(repr(new Net())).toMatch(/^<__main__\.Net object at 0x[0-9a-f]+>$/);
  expect(repr(function f() {})).toMatch(/^<function f at 0x[0-9a-f]+>$/);
  expect(repr([() => 1])).toMatch(/^\[<function <lambda> at 0x[0-9a-f]+>\]$/);
  expect([repr([new Custom()]), str(new Custom())]).toEqual(["[Custom()]", "custom"]);
  expect(repr(tuple([new Texty()]))).toBe("(by toString,)");
  expect(repr(new Float32Array([1, 0.5]))).toBe("array('f', [1.0, 0.5])");
  expect(repr(new BigInt64Array(2))).toBe("array('q', [0, 0])");
  expect(repr([new RangeError("native")])).toBe("[RangeError('native')]");
  expect(str(new RangeError("native"))).toBe("native");
  const same = {};
  expect(repr(new Net())).not.toBe(repr(new Net()));
  expect(repr([same, same])).toBe("[{}, {}]");
});

test("named tuples", () => {
  const Point = namedTuple<{ x: number; y: number }>("Point", ["x", "y"]);
  const p = Point(1, 2);
  expect([repr(p), repr([p]), p.x, p[1], p.length, p instanceof Point, Array.isArray(p)]).toEqual([
    "Point(x=1, y=2)",
    "[Point(x=1, y=2)]",
    1,
    2,
    2,
    true,
    true,
  ]);
  expect(repr(new Point({ x: 3, y: 4 })._replace({ y: 0 }))).toBe("Point(x=3, y=0)");
  expect(Point._make([5, 6])._asdict()).toEqual({ x: 5, y: 6 });
  expect(() => Point(1)).toThrow("Point.__new__() missing 1 required positional argument: 'y'");
  expect(() => p._replace({ z: 1 } as never)).toThrow("Got unexpected field names: ['z']");
  const Max = namedTuple<{ values: string; indices: number }>(
    "torch.return_types.max",
    ["values", "indices"],
    { repr: "lines" },
  );
  const m = Max("v", 1);
  expect(repr(m)).toBe("torch.return_types.max(\nvalues='v',\nindices=1)");
  expect([...m, m.values]).toEqual(["v", 1, "v"]);
  const Opt = namedTuple<{ a: number; b: number }>("Opt", ["a", "b"], { defaults: [7] });
  expect(repr(Opt(1))).toBe("Opt(a=1, b=7)");
});
