import { kw } from "@cognate/py";
import { callOutcome, type GoldenArray, GoldenError, golden, itemDifference } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as np from "../index.js";
import { asArray, wrap } from "../internal.js";
import { fromstring, genfromtxt, loadtxt, savetxt } from "./text.js";

type Keywords = Readonly<Record<string, unknown>>;
type Call = readonly [string | GoldenArray, Keywords, unknown];
type Loose = (...args: readonly unknown[]) => unknown;

const cases = golden("numpy/io") as unknown as {
  name: string;
  npy: [GoldenArray, boolean, GoldenArray][];
  npz: GoldenArray[];
  big: GoldenArray;
  calls: Call[];
}[];
const of = (name: string) => cases.find((c) => c.name === name)!;
const bytes = (a: GoldenArray): Uint8Array => Uint8Array.from(a.array.flat() as Uint8Array);

test(".npy is written byte by byte as NumPy writes it, and read", () => {
  for (const [a, fortran, file] of of("npy").npy) {
    const x = wrap(a.array);
    const given = fortran ? np.asfortranarray(x) : x;
    expect(np.save(given), `${x.dtype} ${x.shape}`).toEqual(bytes(file));
    expect(itemDifference(np.load(bytes(file)), a)).toBeNull();
  }
});

test(".npz is read; big-endian numbers are turned", () => {
  const { npy } = of("npy");
  expect(npy.length).toBeGreaterThan(10);
  for (const file of of("npz").npz) {
    const z = np.load(bytes(file)) as unknown as np.NpzFile;
    expect([...z.files].sort()).toEqual(["arr_0", "second"]);
    expect(z.at("second").shape).toEqual(np.zeros([2, 2]).shape);
  }
  expect(np.load(bytes(of("npz").big)).tolist()).toEqual([0, 1, 2]);
  const round = np.load(np.savez(null, [1, 2.5], { b: np.eye(2) })!) as unknown as np.NpzFile;
  expect([round.at("arr_0").tolist(), round.at("b").tolist()]).toEqual([
    [1, 2.5],
    [
      [1, 0],
      [0, 1],
    ],
  ]);
});

/** Calls whose outcome differs, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {};

const text = new TextEncoder();

describe.each(["loadtxt", "genfromtxt", "savetxt", "fromstring"] as const)("np.%s", (name) => {
  const f = { loadtxt, genfromtxt, savetxt, fromstring }[name] as unknown as Loose;
  const { calls } = of(name);
  test(`${calls.length} calls`, () => {
    const wrong: string[] = [];
    for (const [input, keywords, want] of calls) {
      const call = `${name}(${typeof input === "string" ? JSON.stringify(input) : `${input.array.dtype} ${input.array.shape}`}, ${JSON.stringify(keywords)})`;
      const got = callOutcome(() => {
        if (typeof input !== "string")
          return new TextDecoder().decode(f(null, wrap(input.array), kw({ ...keywords })) as Uint8Array);
        return f(name === "fromstring" ? input : text.encode(input), kw({ ...keywords }));
      });
      const why = difference(got, want);
      if (why && !(call in EXCEPTIONS)) wrong.push(`${call}: ${why}`);
      if (!why && call in EXCEPTIONS) wrong.push(`${call}: is listed as an exception, but agrees`);
    }
    expect(wrong.join("\n")).toBe("");
  });
});

function difference(got: unknown, want: unknown): string | null {
  if (got instanceof GoldenError || want instanceof GoldenError) {
    const shown = (e: unknown): string =>
      e instanceof GoldenError ? `${e.type}: ${e.message}` : `no error, but ${String(e)}`;
    return shown(got) === shown(want) ? null : `${shown(got)}, expected ${shown(want)}`;
  }
  if (typeof want === "string")
    return got === want ? null : `${JSON.stringify(got)}, expected ${JSON.stringify(want)}`;
  return itemDifference(asArray(got as np.ndarray), want);
}
