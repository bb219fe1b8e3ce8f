import { fromStrided, type ndarray } from "@cognate/ndarray";
import { str } from "@cognate/py";
import { type GoldenArray, golden, itemDifference } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as pd from "./index.js";

interface Case {
  readonly name: string;
  readonly data: Readonly<Record<string, ndarray>>;
  readonly text: string;
  readonly series: string[];
  readonly shape: number[];
  readonly sum: unknown[];
  readonly [key: string]: unknown;
}

const cases = golden("pandas", {
  array: (a: GoldenArray) => (a.array.rank === 0 ? a : fromStrided(a.array)),
}) as unknown as Case[];
const of = (name: string): Case => cases.find((c) => c.name === name)!;

describe("frames print as pandas prints them", () => {
  test.each(
    cases
      .filter((c) => c.name === "frame")
      .map((c) => ({ ...c, what: Object.keys(c.data).join(), n: c.shape[0] })),
  )("$what of $n", ({ data, text, series, shape, sum }) => {
    const df = pd.DataFrame(data);
    expect(str(df)).toBe(text);
    Object.keys(data).forEach((k, i) => {
      expect(str(df.at(k))).toBe(series[i]);
      expect(itemDifference(df.at(k).sum(), sum[i])).toBeNull();
    });
    expect([...df.shape]).toEqual(shape);
  });
});

test("labels, selection and arithmetic", () => {
  const c = of("indexed");
  const df = pd.DataFrame({ a: [1, 2, 3], b: [0.5, 1.5, -2] }, { index: ["x", "yy", "zzz"] });
  expect({
    text: str(df),
    series: str(df.at("b")),
    mask: str(df.at(df.at("b").gt(0))),
    row: str(df.loc.at("yy")),
    tail: str(df.tail(2)),
    times: str(df.mul(2)),
    less: str(df.lt(1)),
    plus: str(df.at("a").add(df.at("b"))),
    mean: str(df.mean()),
    drop: str(df.drop({ columns: "a" } as never)),
    std: str(df.at("b").std()),
    unnamed: str(pd.Series([1, 2, 3]).mul(1.5)),
    named: str(pd.Series([1, 2.5], { index: ["p", "q"], name: "s" })),
    transposed: str(df.T),
  }).toEqual(Object.fromEntries(Object.entries(c).filter(([k]) => k !== "name")));
});

test("long series", () => {
  const counts = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
  const got = [
    ...[60, 61, 1000, 20000].map((n) => str(pd.Series(counts(n)))),
    ...[61, 200].map((n) =>
      str(
        pd.Series(
          counts(n).map((i) => i / 3),
          { name: "t", dtype: "float64" },
        ),
      ),
    ),
  ];
  expect(got).toEqual(of("long").series);
});

test("columns and rows", () => {
  const df = pd.DataFrame({ x: [1, 2, 3, 4], y: [4, 3, 2, 1] });
  expect(df.at(["y"]).keys()).toEqual(["y"]);
  expect(df.at("1:3").at("x").tolist()).toEqual([2, 3]);
  expect(df.at("x").at(":2").rsub(0.5).tolist()).toEqual([-0.5, -1.5]);
  expect(df.values.tolist()).toEqual([
    [1, 4],
    [2, 3],
    [3, 2],
    [4, 1],
  ]);
  df.set("z", df.at("x").mul(df.at("y")));
  expect([df.columns.tolist(), df.at("z").tolist(), df.iloc.at(-1).tolist()]).toEqual([
    ["x", "y", "z"],
    [4, 6, 6, 4],
    [4, 1, 4],
  ]);
  expect(() => df.at("w")).toThrow("'w'");
  expect(() => pd.DataFrame({ a: [1], b: [1, 2] })).toThrow("All arrays must be of the same length");
});
