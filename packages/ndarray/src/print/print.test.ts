import type { Strided } from "@cognate/kernel";
import { repr, str } from "@cognate/py";
import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { scalarOf } from "../array/scalars.js";
import { fromStrided } from "../index.js";
import { printoptions, set_printoptions } from "./options.js";
import {
  array_repr,
  array_str,
  array2string,
  format_float_positional,
  format_float_scientific,
} from "./repr.js";

interface Case {
  readonly name: string;
  readonly options: Record<string, never>;
  readonly items: readonly (readonly [GoldenArray, string, string])[];
}

describe.each(golden("ndarray/print") as unknown as Case[])("printing: $name", ({ name, options, items }) => {
  const wrap = (a: Strided): unknown => (name === "scalars" ? scalarOf(a) : fromStrided(a));
  test(`${items.length} arrays`, () => {
    printoptions(options, () => {
      const [got, want]: [string[], string[]] = [[], []];
      for (const [a, s, r] of items) {
        const x = wrap(a.array);
        got.push(str(x), repr(x));
        want.push(s, r);
      }
      expect(got).toEqual(want);
    });
  });
});

const functions = { array2string, array_repr, array_str, format_float_positional, format_float_scientific };

type Call = readonly [keyof typeof functions, GoldenArray | number, Record<string, unknown>, string];

test("functions that give texts", () => {
  const [{ calls }] = golden(
    "ndarray/print",
    { array: (a) => fromStrided(a.array) },
    "functions.json",
  ) as unknown as [{ calls: readonly Call[] }];
  for (const [name, x, options, want] of calls) {
    const f = functions[name] as unknown as (x: unknown, options: unknown) => string;
    expect(f(x, options), `${name}(${String(x)}, ${JSON.stringify(options)})`).toBe(want);
  }
});

test("set_printoptions refuses what means nothing", () => {
  expect(() => set_printoptions({ sign: "?" as never })).toThrow(
    "sign option must be one of ' ', '+', or '-'",
  );
  expect(() => set_printoptions({ threshold: Number.NaN })).toThrow("threshold must be non-NAN");
});
