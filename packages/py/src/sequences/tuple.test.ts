import { expect, test } from "vitest";
import { eq, freezeInto, list, parseEntry, parseSlice, repr, Slice, slice, Tuple, tuple } from "../index.js";

class Size extends Tuple<number> {
  constructor(shape: readonly number[] = []) {
    super();
    freezeInto(this, shape);
  }
  override __repr__(): string {
    return `Size([${this.join(", ")}])`;
  }
}

test("frozen; plain arrays come out of map, filter and slice", () => {
  const t = tuple([1, 2, 3]);
  expect(() => (t as unknown as number[]).push(4)).toThrow();
  expect([repr(t.map((x) => x)), repr(t.filter((x) => x > 1)), repr(t.slice(1))]).toEqual([
    "[1, 2, 3]",
    "[2, 3]",
    "[2, 3]",
  ]);
  expect([`${t}`, String(tuple(["a"]))]).toEqual(["(1, 2, 3)", "('a',)"]);
});

test("at takes indices, slices and their texts", () => {
  const t = tuple([1, 2, 3]);
  expect([t.at(-1), repr(t.at("-2:")), repr(t.at(new Slice(null, null, -1)))]).toEqual([
    3,
    "(2, 3)",
    "(3, 2, 1)",
  ]);
  expect(() => t.at(3)).toThrow("tuple index out of range");
  expect(() => t.at("1")).toThrow("'1' is not a slice");
  expect(() => t.at(1.5)).toThrow("tuple indices must be integers or slices, not float");
});

test("subclasses keep their print, and are tuples", () => {
  const s = new Size([2, 3]);
  expect([repr(s), repr([s]), repr(tuple(s)), eq(s, tuple([2, 3])), eq(s, [2, 3]), `${s}`]).toEqual([
    "Size([2, 3])",
    "[Size([2, 3])]",
    "(2, 3)",
    true,
    false,
    "Size([2, 3])",
  ]);
});

test("a class says by __eq__ what it equals", () => {
  class Shape extends Size {
    __eq__(other: unknown): boolean {
      return Array.isArray(other) && list(other).join() === this.join();
    }
  }
  expect([eq(new Shape([2]), [2]), eq([2], new Shape([2])), eq([new Shape([2])], [[2]])]).toEqual([
    true,
    true,
    true,
  ]);
});

test("slices of everything that has an order", () => {
  const rows = { at: (s: unknown) => `rows ${repr(s)}` };
  expect(slice([1, 2, 3, 4], "1:3")).toEqual([2, 3]);
  expect(repr(slice(tuple([1, 2]), ":1"))).toBe("(1,)");
  expect(slice("añ😀b", "::-1")).toBe("b😀ña");
  expect(slice(Uint8Array.of(1, 2, 3), "::2")).toEqual(Uint8Array.of(1, 3));
  expect(slice(rows, "1:")).toBe("rows '1:'");
  expect(() => slice([1, 2], 5 as never)).toThrow("slice() of a list wants a slice or its text, not int");
});

test("texts of slices", () => {
  expect(repr([parseSlice("1:-2"), parseSlice(" : : -1 "), parseEntry("...")])).toBe(
    "[slice(1, -2, None), slice(None, None, -1), '...']",
  );
  for (const wrong of ["", "1", "a:b", "1:2:3:4", "1.5:"])
    expect(() => parseSlice(wrong)).toThrow("is not a slice");
});
