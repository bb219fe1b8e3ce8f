import { dtypeNamed, fill, Strided } from "@cognate/kernel";
import { Complex } from "@cognate/py";
import { type GoldenArray, golden, itemDifference } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { asStrided } from "../array/create.js";
import { charOf } from "../dtype/dtype.js";
import { type ArrayLike, fromStrided, type Index, type ndarray } from "../index.js";
import { ufuncs } from "./all.js";

const NAMES =
  "bool int8 uint8 int16 uint16 int32 uint32 int64 uint64 float16 float32 float64 complex64 complex128".split(
    " ",
  );
const ones = NAMES.map((n) => fromStrided(fill(Strided.zeros(dtypeNamed(n)!, [2]), 1)));
const WEAK: readonly ArrayLike[] = [2, 0.5, new Complex(0.5, 1), true];

/** Codes of the results' types, `x` for an error. */
function code(f: () => unknown): string {
  try {
    const y = f();
    return (Array.isArray(y) ? y : [y]).map((v) => charOf(asStrided(v as ArrayLike).dtype)).join("");
  } catch {
    return "x";
  }
}

interface Case {
  readonly name: string;
  readonly types: readonly string[];
  readonly weak: readonly string[];
  readonly items: readonly (readonly [GoldenArray[], unknown])[];
}

describe.each(golden("ndarray/ufunc") as unknown as Case[])("np.$name", ({ name, types, weak, items }) => {
  const f = ufuncs[name]!;
  test("result types", () => {
    const got =
      f.nin === 1
        ? ones.map((x) => code(() => f(x)))
        : ones.map((a) => ones.map((b) => code(() => f(a, b))).join(" "));
    expect(got).toEqual(types);
  });
  test("beside Python numbers", () => {
    const got = WEAK.map((v) =>
      f.nin === 1
        ? code(() => f(fromStrided(asStrided([v]))))
        : ones.map((x) => code(() => f(x, v))).join(" "),
    );
    expect(got).toEqual(weak);
  });
  test(`${items.length} values`, () => {
    items.forEach(([args, want], i) => {
      const arrays = args.map((a) => fromStrided(a.array));
      const got = (f as unknown as (...a: unknown[]) => unknown)(...arrays);
      const what = `${i}: ${name} of ${arrays.map((a) => `${a.dtype} ${a}`).join(" and ")}`;
      expect(itemDifference(got, want), what).toBeNull();
    });
  });
});

type Call = readonly [string, "reduce", unknown[], Record<string, unknown>, unknown];
interface Methods {
  readonly calls: readonly Call[];
  readonly at: readonly (readonly [string, GoldenArray, Index, ArrayLike, GoldenArray])[];
}
const [{ calls, at }] = golden("ndarray/ufunc", {}, "methods.json") as unknown as [Methods];
const wrap = (x: unknown): unknown =>
  Array.isArray(x) || typeof x !== "object" || x === null || !("array" in x)
    ? x
    : fromStrided((x as GoldenArray).array);

describe("reduce, accumulate, outer, reduceat", () => {
  test.each([...new Set(calls.map(([name]) => name))])("%s", (name) => {
    for (const [, how, args, kw, want] of calls.filter((c) => c[0] === name)) {
      const method = ufuncs[name]![how] as unknown as (...a: unknown[]) => unknown;
      const keywords = Object.fromEntries(Object.entries(kw).map(([k, v]) => [k, wrap(v)]));
      const what = `${name}.${how} of ${String(wrap(args[0]))} with ${JSON.stringify(kw)}`;
      expect(itemDifference(method(...args.map(wrap), keywords), want), what).toBeNull();
    }
  });
});

const wrapped = (shape: readonly number[]): ndarray =>
  fromStrided(Strided.zeros(dtypeNamed("float64")!, shape));

test("at takes a list of places, or an entry for each axis", () => {
  const x = wrapped([3]);
  ufuncs.add!.at(x, [0, 0, 1], 1);
  expect(x.tolist()).toEqual([2, 1, 0]);
  const rows = wrapped([2, 2]);
  ufuncs.add!.at(rows, [1, 1], 1);
  ufuncs.add!.at(rows, [0, ":"], 1);
  expect(rows.tolist()).toEqual([
    [1, 1],
    [2, 2],
  ]);
});

test("at", () => {
  for (const [name, x, index, v, want] of at) {
    const a = wrap(x) as ndarray;
    expect(ufuncs[name]!.at(a, [index], v)).toBeNull();
    expect(itemDifference(a, want)).toBeNull();
  }
});
