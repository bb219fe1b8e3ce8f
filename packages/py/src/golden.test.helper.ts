// Reads this package's fixtures. `@cognate/testing` stands on this package, so that its tests cannot use it.
import * as py from "./index.js";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

interface Files {
  readFileSync(path: URL, encoding: "utf8"): string;
}

const { process } = globalThis as unknown as { process: { getBuiltinModule(name: "node:fs"): Files } };

/** `test-fixtures/py/<path>.json`. */
export function fixture<T = Json[]>(path: string): T {
  const url = new URL(`../../../test-fixtures/py/${path}.json`, import.meta.url);
  return JSON.parse(process.getBuiltinModule("node:fs").readFileSync(url, "utf8")) as T;
}

const named = py as unknown as Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

const SPECIAL: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  "-inf": Number.NEGATIVE_INFINITY,
};

const REVIVE: Readonly<Record<string, (v: Json, whole: { [key: string]: Json }) => unknown>> = {
  $f: (v) => (typeof v === "string" ? SPECIAL[v] : new py.Float(v as number)),
  $i: (v) => BigInt(v as string),
  $c: (v) => new py.Complex(...((v as Json[]).map((x) => Number(decode(x))) as [number, number])),
  $s: (v) => new py.Slice(...(v as [number | null, number | null, number | null])),
  $t: (v) => py.Tuple.of_((v as Json[]).map(decode)),
  $bytes: (v) => Uint8Array.from(v as number[]),
  $set: (v) => new Set((v as Json[]).map(decode)),
  $frozenset: (v) => new py.FrozenSet((v as Json[]).map(decode)),
  $range: (v) => py.range(...(v as [number, number, number])),
  $type: (v) => (v === "NoneType" ? py.type(null) : named[v as string]),
  $exception: (v, { args }) => named[v as string]!(...(args as Json[]).map(decode)),
  $call: (v, { of }) => named[v as string]!((of as Json[]).map(decode)),
  $d(v) {
    const entries = (v as [Json, Json][]).map(([k, x]) => [decode(k), decode(x)] as const);
    return entries.every(([k]) => typeof k === "string") ? Object.fromEntries(entries) : new Map(entries);
  },
};

/** The value that `value` of test-fixtures/py/cpython.py wrote. */
export function decode(v: Json): unknown {
  if (v === null || typeof v !== "object") return v;
  if (Array.isArray(v)) return v.map(decode);
  for (const [key, revive] of Object.entries(REVIVE)) if (key in v) return revive(v[key]!, v);
  throw new Error(`no such value: ${JSON.stringify(v)}`);
}

/** The text of what `f` gives, or `!Name: message` of what it throws. */
export function outcome(f: () => unknown, show: (x: unknown) => string = py.repr): string {
  try {
    return show(f());
  } catch (e) {
    if (!(e instanceof py.BaseException)) throw e;
    return `!${e.name}: ${e.message}`;
  }
}

/** Calls a function of this package by name. */
export const callNamed = (name: string, args: readonly Json[]): unknown => named[name]!(...args.map(decode));
