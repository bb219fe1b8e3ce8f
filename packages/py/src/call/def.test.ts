import { describe, expect, expectTypeOf, test } from "vitest";
import { fixture, outcome } from "../golden.test.helper.js";
import { Callable, def, kw, method, pyClass, TypeError } from "../index.js";

const f = def(
  "torch.f",
  "input p|prob training * out",
  (input: number, p = 0.5, training = true, out: number | null = null) => [input, p, training, out],
);

test("positions and names", () => {
  expect(f(1)).toEqual([1, 0.5, true, null]);
  expect(f(1, 0.25, { training: false })).toEqual([1, 0.25, false, null]);
  expect(f({ input: 2, prob: 0.1, out: 9 })).toEqual([2, 0.1, true, 9]);
  expect(f(1, {})).toEqual([1, 0.5, true, null]);
});

test("Python's words", () => {
  const call = f as unknown as (...args: unknown[]) => unknown;
  expect(() => call()).toThrow(new TypeError("f() missing 1 required positional argument: 'input'"));
  expect(() => call(1, { q: 2 })).toThrow(new TypeError("f() got an unexpected keyword argument 'q'"));
  expect(() => call(1, { input: 2 })).toThrow(new TypeError("f() got multiple values for argument 'input'"));
  expect(() => call(1, 2, true, 4)).toThrow(
    new TypeError("f() takes from 1 to 3 positional arguments but 4 were given"),
  );
});

test("types", () => {
  expectTypeOf(f).toBeCallableWith(1, 0.5, { training: true });
  expectTypeOf(f).toBeCallableWith({ input: 1, out: 3 });
  // @ts-expect-error: no such keyword
  f.length === 99 && f(1, { nope: 1 });
  // @ts-expect-error: keyword only
  f.length === 99 && f(1, 2, true, 4);
});

test("varargs", () => {
  const randn = def(
    "randn",
    "...size * dtype",
    (size: readonly (number | readonly number[])[] = [], dtype = "f") => [size, dtype],
  );
  expect(randn(3, 2, { dtype: "d" })).toEqual([[3, 2], "d"]);
  expect(randn([3, 2])).toEqual([[[3, 2]], "f"]);
  expect(randn({ size: [4] })).toEqual([[[4]], "f"]);
  expectTypeOf(randn).toBeCallableWith(3, 2, { dtype: "x" });
});

test("mappings", () => {
  const load = def("load", "state_dict:dict strict", (state: Record<string, number>, strict = true) => [
    state,
    strict,
  ]);
  expect(load({ weight: 1 })).toEqual([{ weight: 1 }, true]);
  expect(load({ weight: 1 }, { strict: false })).toEqual([{ weight: 1 }, false]);
  expect(load({ state_dict: { a: 1 }, strict: false })).toEqual([{ a: 1 }, false]);
});

test("methods", () => {
  class T {
    constructor(readonly v: number) {}
    declare f: (p?: number) => unknown;
  }
  Object.defineProperty(T.prototype, "f", {
    value: method(def("f", "self p", (self: T, p = 1) => self.v + p)),
  });
  expect(new T(4).f(2)).toBe(6);
});

test("callable classes and instances", () => {
  class LayerImpl extends Callable {
    name = "dense";
    constructor(
      readonly units: number,
      readonly bias = true,
    ) {
      super();
    }
    override __call__(x: number): number {
      return x * this.units;
    }
  }
  const Layer = pyClass("Layer", "units bias", LayerImpl);
  class Mine extends Layer {
    extra = 1;
  }
  const layer = Layer(3, { bias: false });
  expect((layer as unknown as (x: number) => number)(2)).toBe(6);
  expect([layer.units, layer.bias, layer.name, layer instanceof Layer]).toEqual([3, false, "dense", true]);
  const mine = new Mine(5);
  expect([mine.units, mine.extra, mine instanceof Mine, mine instanceof Layer, Layer.__name__]).toEqual([
    5,
    1,
    true,
    true,
    "Layer",
  ]);
  expect(layer.constructor === Layer).toBe(true);
  expect(() => (Layer as unknown as (...a: unknown[]) => unknown)({ unit: 1 })).toThrow(
    "Layer.__init__() got an unexpected keyword argument 'unit'",
  );
});

type Loose = (...args: readonly unknown[]) => unknown;

// One function for each of the generator's, with the same parameters and defaults.
const functions: Readonly<Record<string, unknown>> = {
  one: def("one", "x", (x: number) => [x]),
  some: def("some", "x y", (x: number, y = 2) => [x, y]),
  more: def("more", "x y z", (x: number, y: number, z = 3) => [x, y, z]),
  many: def("many", "a b c d", (a: number, b: number, c: number, d: number) => [a, b, c, d]),
  only: def("only", "x * k", (x: number, k: number) => [x, k]),
  both: def("both", "x y * k m", (x: number, y = 1, k = 5, m = 6) => [x, y, k, m]),
  rest: def("rest", "...size * k", (size: readonly number[] = [], k = 1) => [size, k]),
  mixed: def("mixed", "x ...rest * k", (x: number, rest: readonly number[], k: number) => [x, rest, k]),
  none: def("none", "", () => []),
  keys: def("keys", "* k m", (k: number, m: number) => [k, m]),
};

describe("calls as CPython", () => {
  test.each(fixture<[string, number[], Record<string, number>, string][]>("call/cases"))(
    "%s %j %j",
    (name, args, keywords, expected) => {
      const f = functions[name] as Loose;
      expect(outcome(() => f(...args, ...(Object.keys(keywords).length > 0 ? [keywords] : [])))).toBe(
        expected,
      );
    },
  );
});

test("mappings among varargs, and keywords forced and refused", () => {
  const f = def("f", "...maps:dict * k", (maps: readonly object[] = [], k = 1) => [
    maps,
    k,
  ]) as unknown as Loose;
  expect(f({ a: 1 }, { b: 2 })).toEqual([[{ a: 1 }, { b: 2 }], 1]);
  expect(f({ a: 1 }, { k: 2 })).toEqual([[{ a: 1 }], 2]);
  expect(() => f(kw({ a: 1 }))).toThrow("f() got an unexpected keyword argument 'a'");
});

test("the keywords that no parameter has", () => {
  const f = def("f", "x y **kwargs", (x: number, y = 2, kwargs: { name?: string } = {}) => [x, y, kwargs]);
  expect(f(1)).toEqual([1, 2, {}]);
  expect(f(1, { name: "a" })).toEqual([1, 2, { name: "a" }]);
  expect(f(1, 3, { name: "a" })).toEqual([1, 3, { name: "a" }]);
  const loose = f as unknown as Loose;
  expect(loose({ x: 1, z: 4, y: 3 })).toEqual([1, 3, { z: 4 }]);
  expect(loose(1, { kwargs: 4 })).toEqual([1, 2, { kwargs: 4 }]);
  expect(() => loose(1, 2, 3)).toThrow("f() takes from 1 to 2 positional arguments but 3 were given");
  expectTypeOf(f).toBeCallableWith(1, { name: "a" });
  // @ts-expect-error: a keyword of another type
  f.length === 99 && f(1, { name: 5 });
});
