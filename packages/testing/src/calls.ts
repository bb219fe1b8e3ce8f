import { className, kw, Tuple } from "@cognate/py";
import { expect, test } from "vitest";
import { GoldenArray, GoldenDType, GoldenError, golden } from "./golden.js";
import { itemDifference } from "./items.js";

type Args = readonly unknown[];
type Call = (...args: Args) => unknown;
/** Arguments, keywords, what came out; and the first argument afterwards, where the call writes into it. */
type Row = readonly [Args, Readonly<Record<string, unknown>>, unknown, unknown?];

/** A call whose outcome differs from the library's, and why. */
export interface CallException {
  readonly call: string;
  readonly reason: string;
}

/** How a package runs the calls of a fixture. */
export interface CallSuite {
  /** The folder under test-fixtures. */
  readonly path: string;
  readonly file?: string;
  /** What error texts begin with: `np`. */
  readonly name: string;
  /** A function by its dotted name. */
  find(name: string): unknown;
  /** An array of the fixture as an argument. */
  array(a: GoldenArray): unknown;
  dtype?(name: string): unknown;
  /** A result in the fixture's terms: a dtype as its name. */
  comparable?(x: unknown): unknown;
  readonly exceptions?: readonly CallException[];
}

/** What a call gave; an error as its class and message. */
export function callOutcome(f: () => unknown): unknown {
  try {
    return f();
  } catch (e) {
    if (!(e instanceof Error)) throw e;
    return new GoldenError(className(e.constructor), e.message);
  }
}

function shown(x: unknown): string {
  if (x instanceof GoldenArray) return `${x.array.dtype.name}[${x.array.shape.join(",")}]`;
  if (Array.isArray(x)) return `[${x.map(shown).join(", ")}]`;
  if (x instanceof Map) return `{${[...x].map((e) => e.map(shown).join(": ")).join(", ")}}`;
  return typeof x === "string" ? JSON.stringify(x) : String(x);
}

/** A row as one line. */
const describeCall = (name: string, [args, keywords]: Row): string =>
  `${name}(${[...args.map(shown), ...Object.entries(keywords).map(([k, v]) => `${k}=${shown(v)}`)].join(", ")})`;

function inputOf(x: unknown, suite: CallSuite): unknown {
  if (x instanceof GoldenArray) return suite.array(x);
  if (x instanceof GoldenDType) return suite.dtype?.(x.dtype.name);
  if (x instanceof Tuple) return Tuple.of_(x.map((v) => inputOf(v, suite)));
  return Array.isArray(x) ? x.map((v) => inputOf(v, suite)) : x;
}

function difference(got: unknown, want: unknown, comparable: (x: unknown) => unknown): string | null {
  if (got instanceof GoldenError || want instanceof GoldenError) {
    const text = (e: unknown): string =>
      e instanceof GoldenError ? `${e.type}: ${e.message}` : `no error, but ${String(e)}`;
    return text(got) === text(want) ? null : `${text(got)}\n    expected ${text(want)}`;
  }
  const value = comparable(got);
  if (want === null) return got === null || got === undefined ? null : `${String(got)}, expected None`;
  const name = want instanceof GoldenDType ? want.dtype.name : want;
  if (typeof name === "string") return value === name ? null : `${String(got)}, expected ${name}`;
  return itemDifference(value, want);
}

function rowDifference(name: string, [args, keywords, want, after]: Row, suite: CallSuite): string | null {
  const comparable = suite.comparable ?? ((x: unknown): unknown => x);
  const given = args.map((x) => inputOf(x, suite));
  const named = Object.fromEntries(Object.entries(keywords).map(([k, v]) => [k, inputOf(v, suite)]));
  const f = suite.find(name);
  if (typeof f !== "function") return "is missing";
  const got = callOutcome(() => (f as Call)(...given, ...(Object.keys(named).length > 0 ? [kw(named)] : [])));
  const why = difference(got, want, comparable);
  if (why !== null || after === undefined) return why;
  const later = itemDifference(given[0], after);
  return later && `afterwards: ${later}`;
}

/** One test a function of a fixture; the rows that `exceptions` lists must differ, all others must not. */
export function callTests(suite: CallSuite): void {
  const cases = golden(suite.path, {}, suite.file) as unknown as { name: string; items: readonly Row[] }[];
  const exceptions = suite.exceptions ?? [];
  const seen = new Set<string>();
  for (const { name, items } of cases)
    test(`${suite.name}.${name}, ${items.length} calls`, () => {
      const wrong: string[] = [];
      for (const row of items) {
        const call = describeCall(name, row);
        const listed = exceptions.some((e) => e.call === call);
        if (listed) seen.add(call);
        let text: string | null;
        try {
          text = rowDifference(name, row, suite);
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
