import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type DType, dtypeNamed, Strided } from "@cognate/kernel";
import { Complex, Float, Slice, Tuple } from "@cognate/py";

const ROOT = fileURLToPath(new URL("../../../test-fixtures/", import.meta.url));

/** An array of a fixture, before a test makes it an array of its package. */
export class GoldenArray {
  constructor(
    readonly array: Strided,
    /** It was a leaf that wants a gradient. */
    readonly grad: boolean,
    /** It was a NumPy array, where that is told apart from the library's own. */
    readonly numpy: boolean,
  ) {}
}

/** A dtype of a fixture by its bare name. */
export class GoldenDType {
  constructor(readonly dtype: DType) {}
}

/** An exception of a fixture. */
export class GoldenError {
  constructor(
    readonly type: string,
    readonly message: string,
  ) {}
}

/** What a value of a fixture becomes; tests give their package's constructors. */
export interface Revive {
  array?: (a: GoldenArray) => unknown;
  dtype?: (d: GoldenDType) => unknown;
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

function special(v: Json): number {
  return v === "nan"
    ? Number.NaN
    : v === "inf"
      ? Number.POSITIVE_INFINITY
      : v === "-inf"
        ? Number.NEGATIVE_INFINITY
        : (v as number);
}

/** The value that `encode` of test-fixtures/fixtures.py wrote. */
export function decode(v: Json, revive: Revive = {}): unknown {
  if (v === null || typeof v !== "object") return v;
  if (Array.isArray(v)) return v.map((x) => decode(x, revive));
  if ("$f" in v) return typeof v.$f === "number" ? new Float(v.$f) : special(v.$f!);
  if ("$i" in v) return BigInt(v.$i as string);
  if ("$c" in v) {
    const [re, im] = (v.$c as Json[]).map((x) => Number(decode(x)));
    return new Complex(re!, im!);
  }
  if ("$s" in v) {
    const [start, stop, step] = v.$s as (number | null)[];
    return new Slice(start!, stop!, step!);
  }
  if ("$e" in v) return "...";
  if ("$t" in v) return Tuple.of_((v.$t as Json[]).map((x) => decode(x, revive)));
  if ("$dtype" in v) {
    const d = new GoldenDType(dtypeNamed(v.$dtype as string)!);
    return revive.dtype?.(d) ?? d;
  }
  if ("$error" in v) return new GoldenError(v.$error as string, v.message as string);
  if ("$repr" in v) return v.$repr;
  if ("$d" in v) {
    const entries = (v.$d as [Json, Json][]).map(([k, x]) => [decode(k, revive), decode(x, revive)] as const);
    return entries.every(([k]) => typeof k === "string")
      ? Object.fromEntries(entries as [string, unknown][])
      : new Map(entries);
  }
  if ("$a" in v) {
    const dtype = dtypeNamed(v.$a as string)!;
    const bytes = Uint8Array.from(Buffer.from(v.b64 as string, "base64"));
    const data = new dtype.Data(bytes.buffer, 0, bytes.byteLength / dtype.Data.BYTES_PER_ELEMENT);
    const a = new GoldenArray(Strided.over(data, dtype, v.shape as number[]), v.grad === true, v.np === true);
    return revive.array?.(a) ?? a;
  }
  return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, decode(x, revive)]));
}

/** One case: whatever the generator noted, by name. */
export type GoldenCase = { readonly name: string } & Readonly<Record<string, unknown>>;

/** The cases of `test-fixtures/<path>/cases.json` (or another file there), decoded. */
export function golden(path: string, revive: Revive = {}, file = "cases.json"): GoldenCase[] {
  const cases = JSON.parse(readFileSync(`${ROOT}${path}/${file}`, "utf8")) as Json[];
  return cases.map((c) => decode(c, revive) as GoldenCase);
}

/** The absolute path of a file under test-fixtures. */
export const fixturePath = (path: string): string => `${ROOT}${path}`;

/** A file of test-fixtures as bytes. */
export const fixtureBytes = (path: string): Uint8Array => new Uint8Array(readFileSync(ROOT + path));

export const fixtureExists = (path: string): boolean => existsSync(ROOT + path);

/** The names of the JSON files in a folder of test-fixtures, without the ending. */
export const fixtureFiles = (path: string): string[] =>
  readdirSync(ROOT + path)
    .filter((f) => f.endsWith(".json"))
    .map((f) => f.slice(0, -".json".length));
