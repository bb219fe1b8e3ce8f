import { ValueError } from "./exceptions.js";

/** Python's slice object: `null` where a bound is left out. */
export class Slice {
  constructor(
    readonly start: number | null,
    readonly stop: number | null,
    readonly step: number | null,
  ) {}

  /** Positions of an axis of length `n` that the slice picks. */
  indices(n: number): number[] {
    const step = this.step ?? 1;
    if (step === 0) throw new ValueError("slice step cannot be zero");
    const clamp = (i: number, low: number, high: number): number =>
      Math.min(Math.max(i < 0 ? i + n : i, low), high);
    const [low, high] = step > 0 ? [0, n] : [-1, n - 1];
    const first = this.start === null ? (step > 0 ? low : high) : clamp(this.start, low, high);
    const last = this.stop === null ? (step > 0 ? high : low) : clamp(this.stop, low, high);
    const out: number[] = [];
    for (let i = first; step > 0 ? i < last : i > last; i += step) out.push(i);
    return out;
  }

  __repr__(): string {
    const show = (v: number | null): string => (v === null ? "None" : String(v));
    return `slice(${show(this.start)}, ${show(this.stop)}, ${show(this.step)})`;
  }
}

const SLICE = /^\s*([+-]?\d+)?\s*:\s*([+-]?\d+)?\s*(?::\s*([+-]?\d+)?\s*)?$/;

/**
 * The slice that a text like `"1:3"`, `":-1"` or `"::2"` names.
 *
 * @throws ValueError for a text that is no slice
 */
export function parseSlice(text: string): Slice {
  const m = SLICE.exec(text);
  if (!m)
    throw new ValueError(
      `'${text}' is not a slice: write it as 'start:stop:step', each part an integer or left out`,
    );
  const bound = (s: string | undefined): number | null => (s === undefined ? null : Number(s));
  return new Slice(bound(m[1]), bound(m[2]), bound(m[3]));
}

/** What stands between the brackets of `x[…]`: see {@link parseIndex}. */
export type IndexEntry<A> = number | Slice | "..." | null | boolean | readonly unknown[] | A;

/**
 * One entry of `x.at(…)` with texts parsed: `":"`, `"1:3"` and the like become slices, `"..."` stays.
 */
export function parseEntry<T>(entry: T): Exclude<T, string> | Slice | "..." {
  if (typeof entry !== "string") return entry as Exclude<T, string>;
  return entry.trim() === "..." ? "..." : parseSlice(entry);
}

/**
 * Python's slices, in both forms: `slice(a, b, c)` makes a slice object, `slice(list, "::2")` applies one to a list,
 * tuple or string.
 *
 * @example
 * ```ts
 * import { print, slice } from "@cognate/py";
 * print(slice([1, 2, 3, 4], "::2"), slice("hello", "-3:"), slice(1, 3)); // prints [1, 3] llo slice(1, 3, None)
 * ```
 */
export function slice(stop: number | null): Slice;
export function slice(start: number | null, stop: number | null, step?: number | null): Slice;
export function slice(text: string, index: string | Slice): string;
export function slice<T>(list: readonly T[], index: string | Slice): T[];
export function slice(a: unknown, b?: unknown, c?: unknown): unknown {
  if (Array.isArray(a) || (typeof a === "string" && b !== undefined)) {
    const picks = (typeof b === "string" ? parseSlice(b) : (b as Slice)).indices((a as string).length);
    if (typeof a === "string") return picks.map((i) => a[i]).join("");
    const items = picks.map((i) => (a as unknown[])[i]);
    return items;
  }
  if (b === undefined) return new Slice(null, a as number | null, null);
  return new Slice(a as number | null, b as number | null, (c ?? null) as number | null);
}
