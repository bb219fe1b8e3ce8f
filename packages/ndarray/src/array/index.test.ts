import { float32, Strided } from "@cognate/kernel";
import { className } from "@cognate/py";
import { type GoldenArray, GoldenError, golden, itemDifference } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { type ArrayLike, fromStrided, type Index, type ndarray } from "../index.js";

interface Case {
  readonly name: string;
  readonly x: ndarray;
  readonly gets: readonly (readonly [Index[], unknown])[];
  readonly sets: readonly (readonly [Index[], ArrayLike, unknown])[];
  readonly bad: readonly (readonly [Index[], GoldenError])[];
}

const array = (a: GoldenArray) => Object.assign(fromStrided(a.array), { golden: a });
const cases = golden("ndarray/array", { array }) as unknown as Case[];

/** What a call gave, an error as its class and message. */
function outcome(f: () => unknown): unknown {
  try {
    return f();
  } catch (e) {
    return `${className((e as object).constructor)}: ${(e as Error).message}`;
  }
}

const wanted = (w: unknown): unknown =>
  w instanceof GoldenError
    ? `${w.type}: ${w.message}`
    : ((w as { golden?: GoldenArray } | null)?.golden ?? w);

const why = (got: unknown, want: unknown): string | null =>
  typeof got === "string" || typeof want === "string"
    ? got === want
      ? null
      : `${String(got)}, expected ${String(want)}`
    : itemDifference(got, want);

const text = (index: readonly Index[]): string => index.map((i) => String(i)).join(" | ");

describe.each(cases.filter((c) => c.gets))("indexing, $name", ({ x, gets, sets }) => {
  test(`${gets.length} gets`, () => {
    for (const [index, want] of gets)
      expect(
        why(
          outcome(() => x.at(...index)),
          wanted(want),
        ),
        `at(${text(index)})`,
      ).toBeNull();
  });
  test(`${sets.length} sets`, () => {
    for (const [index, value, want] of sets) {
      const y = x.copy();
      const got = outcome(() => {
        y.set(index, value);
        return y;
      });
      expect(why(got, wanted(want)), `set(${text(index)}, ${String(value)})`).toBeNull();
    }
  });
});

test.each(cases.filter((c) => c.bad))("$name", ({ x, bad }) => {
  for (const [index, want] of bad)
    expect(
      outcome(() => x.at(...index)),
      text(index),
    ).toBe(`${want.type}: ${want.message}`);
});

test("data has a buffer of its own, also that of a small array, and stays the array's memory", () => {
  const x = fromStrided(Strided.zeros(float32, [40]));
  const { data } = x;
  expect(data.buffer.byteLength).toBe(160);
  data[3] = 5;
  expect(x.item(3)).toBe(5);
  expect(x.data).toBe(data);
});
