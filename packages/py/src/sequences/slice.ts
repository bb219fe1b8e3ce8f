import { nameClass } from "../core/names.js";
import { ValueError } from "../exceptions.js";
import { toIndex } from "../protocol/convert.js";
import { repr } from "../text/repr.js";
import { freezeInto, Parenthesized } from "./parenthesized.js";

const NO_INDEX = "slice indices must be integers or None or have an __index__ method";

/**
 * Python's slice object: `null` where a bound is left out.
 *
 * @example
 * ```ts
 * import { print, slice } from "@cognate/py";
 * const s = slice(null, null, -1);
 * print(s, s.indices(4), s.positions(4)); // prints slice(None, None, -1) (3, -1, -1) [3, 2, 1, 0]
 * ```
 */
export class Slice {
  constructor(
    readonly start: number | null,
    readonly stop: number | null,
    readonly step: number | null,
  ) {}

  /** Python's `slice.indices(n)`: start, stop and step for a sequence of length `n`, with no bound left out. */
  indices(n: number): Parenthesized<number> {
    return freezeInto(new Parenthesized<number>(), this.#bounds(n));
  }

  /** Positions of a sequence of length `n` that the slice picks. */
  positions(n: number): number[] {
    const [first, last, step] = this.#bounds(n);
    const out: number[] = [];
    for (let i = first; step > 0 ? i < last : i > last; i += step) out.push(i);
    return out;
  }

  #bounds(n: number): [number, number, number] {
    const step = this.step === null ? 1 : toIndex(this.step, NO_INDEX);
    if (step === 0) throw new ValueError("slice step cannot be zero");
    const [low, high] = step > 0 ? [0, n] : [-1, n - 1];
    const clamp = (bound: number): number => {
      const i = toIndex(bound, NO_INDEX);
      return Math.min(Math.max(i < 0 ? i + n : i, low), high);
    };
    const first = this.start === null ? (step > 0 ? low : high) : clamp(this.start);
    const last = this.stop === null ? (step > 0 ? high : low) : clamp(this.stop);
    return [first, last, step];
  }

  __repr__(): string {
    return `slice(${repr(this.start)}, ${repr(this.stop)}, ${repr(this.step)})`;
  }
  toString(): string {
    return this.__repr__();
  }
}
nameClass("builtins.slice", Slice);

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

/** What stands between the brackets of `x[…]`: see {@link parseEntry}. */
export type IndexEntry<A> = number | Slice | "..." | null | boolean | readonly unknown[] | A;

/**
 * One entry of `x.at(…)` with texts parsed: `":"`, `"1:3"` and the like become slices, `"..."` stays.
 */
export function parseEntry<T>(entry: T): Exclude<T, string> | Slice | "..." {
  if (typeof entry !== "string") return entry as Exclude<T, string>;
  return entry.trim() === "..." ? "..." : parseSlice(entry);
}

/** A slice or its text as a slice. */
export const asSlice = (s: string | Slice): Slice => (typeof s === "string" ? parseSlice(s) : s);
