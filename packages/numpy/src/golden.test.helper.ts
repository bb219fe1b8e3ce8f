import { className, kw, Tuple } from "@cognate/py";
import { type GoldenArray, type GoldenDType, GoldenError, golden, itemDifference } from "@cognate/testing";
import { expect, test } from "vitest";
import * as np from "./index.js";
import { wrap } from "./internal.js";

type Args = readonly unknown[];
type Call = (...args: Args) => unknown;
/** Arguments, keywords, what came out; and the first argument afterwards, where the call writes into it. */
type Row = readonly [Args, Readonly<Record<string, unknown>>, unknown, unknown?];

/** A call whose outcome differs from NumPy's, and why. */
export interface Exception {
  readonly call: string;
  readonly reason: string;
}

/** Arrays for the call; arrays without axes that NumPy gave as scalars are scalars. */
const asInput = (x: unknown): unknown => {
  if (x instanceof Tuple) return Tuple.of_(x.map(asInput));
  if (Array.isArray(x)) return x.map(asInput);
  if (x instanceof Map) return x;
  if (typeof x === "object" && x !== null && "array" in x) {
    const a = wrap((x as GoldenArray).array).copy();
    return a.ndim === 0 ? (np.dtype(a.dtype).type as unknown as Call)(a) : a;
  }
  if (typeof x === "object" && x !== null && "dtype" in x) return np.dtype((x as GoldenDType).dtype.name);
  return x;
};

/** What a call gave; an error as its class and message. */
export function outcome(f: () => unknown): unknown {
  try {
    return f();
  } catch (e) {
    if (!(e instanceof Error)) throw e;
    return new GoldenError(className(e.constructor), e.message);
  }
}

const shown = (x: unknown): string => {
  if (typeof x === "object" && x !== null && "array" in x) {
    const { array } = x as GoldenArray;
    return `${array.dtype.name}[${array.shape.join(",")}]`;
  }
  if (Array.isArray(x)) return `[${x.map(shown).join(", ")}]`;
  if (x instanceof Map) return `{${[...x].map((e) => e.map(shown).join(": ")).join(", ")}}`;
  return typeof x === "string" ? JSON.stringify(x) : String(x);
};

/** A row as one line. */
export const describeCall = (name: string, [args, keywords]: Row): string =>
  `${name}(${[...args.map(shown), ...Object.entries(keywords).map(([k, v]) => `${k}=${shown(v)}`)].join(", ")})`;

/** Dtypes and classes by name, iterators as lists: what fixtures hold in their place. */
function comparable(x: unknown): unknown {
  if (x instanceof np.dtype) return x.name;
  if (typeof x === "function" && "__name__" in x && "dtype" in x) return (x as { __name__: string }).__name__;
  if (Array.isArray(x) && !(x instanceof np.ndarray)) return x.map(comparable);
  return x;
}

function why(got: unknown, want: unknown): string | null {
  if (got instanceof GoldenError || want instanceof GoldenError) {
    const text = (e: unknown): string =>
      e instanceof GoldenError ? `${e.type}: ${e.message}` : `no error, but ${String(e)}`;
    return text(got) === text(want) ? null : `${text(got)}\n    expected ${text(want)}`;
  }
  if (want === null) return got === null || got === undefined ? null : `${String(got)}, expected None`;
  if (typeof want === "object" && "dtype" in want && !("array" in want))
    return comparable(got) === (want as GoldenDType).dtype.name
      ? null
      : `${String(got)}, expected ${(want as GoldenDType).dtype.name}`;
  if (typeof want === "string") return comparable(got) === want ? null : `${String(got)}, expected ${want}`;
  return itemDifference(comparable(got), want);
}

function find(name: string): Call {
  const parts = name.split(".");
  if (parts[0] === "ndarray")
    return (self, ...args) => (self as Readonly<Record<string, Call>>)[parts[1]!]!(...args);
  let f: unknown = np;
  for (const p of parts) f = (f as Readonly<Record<string, unknown>>)[p];
  if (typeof f !== "function") throw new Error(`np.${name} is missing`);
  return f as Call;
}

/** Runs one row and says why its outcome is not NumPy's, or `null`. */
export function rowDifference(name: string, row: Row): string | null {
  const [args, keywords, want, after] = row;
  const given = args.map(asInput);
  const named = Object.fromEntries(Object.entries(keywords).map(([k, v]) => [k, asInput(v)]));
  const f = find(name);
  const got = outcome(() => (Object.keys(named).length > 0 ? f(...given, kw(named)) : f(...given)));
  return why(got, want) ?? (after === undefined ? null : after_(given[0], after));
}

const after_ = (got: unknown, want: unknown): string | null => {
  const text = itemDifference(got, want);
  return text && `afterwards: ${text}`;
};

/** One test a function of a fixture file; rows of `exceptions` must differ, all others must not. */
export function callTests(path: string, exceptions: readonly Exception[] = [], file = "cases.json"): void {
  const cases = golden(`numpy/${path}`, {}, file) as unknown as { name: string; items: readonly Row[] }[];
  const seen = new Set<string>();
  for (const { name, items } of cases)
    test(`np.${name}, ${items.length} calls`, () => {
      const wrong: string[] = [];
      for (const row of items) {
        const call = describeCall(name, row);
        const listed = exceptions.some((e) => e.call === call);
        if (listed) seen.add(call);
        let text: string | null;
        try {
          text = rowDifference(name, row);
        } catch (e) {
          text = `threw ${String(e)}`;
        }
        if (text !== null && !listed) wrong.push(`${call}: ${text}`);
        if (text === null && listed) wrong.push(`${call}: is listed as an exception, but agrees`);
      }
      expect(wrong.join("\n")).toBe("");
    });
  if (exceptions.length > 0)
    test("every exception is a call of the fixture", () => {
      expect(exceptions.map((e) => e.call).filter((call) => !seen.has(call))).toEqual([]);
    });
}
