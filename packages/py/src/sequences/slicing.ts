import { callMethod, methodOf } from "../core/plain.js";
import { pyType } from "../core/py-type.js";
import { TypeError } from "../exceptions.js";
import { intOf, scalarOf } from "../protocol/convert.js";
import { typeName } from "../protocol/type-name.js";
import { Parenthesized } from "./parenthesized.js";
import type { Range } from "./range.js";
import { asSlice, Slice } from "./slice.js";
import { Tuple } from "./tuple.js";

/** The slice of a string by code points, as Python counts. */
function sliceText(text: string, s: Slice): string {
  const points = /[\ud800-\udbff]/.test(text) ? [...text] : text;
  let out = "";
  for (const i of s.positions(points.length)) out += points[i];
  return out;
}

/** Whether a first argument is what a slice is taken of, rather than a bound. */
const isSliced = (x: unknown): boolean =>
  Array.isArray(x) || ArrayBuffer.isView(x) || typeof x === "string" || methodOf(x, "at") !== undefined;

function applied(x: unknown, index: string | Slice): unknown {
  const s = asSlice(index);
  if (typeof x === "string") return sliceText(x, s);
  if (x instanceof Uint8Array) return Uint8Array.from(s.positions(x.length), (i) => x[i]!);
  if (!Array.isArray(x) || x.constructor !== Array) {
    const own = methodOf(x, "at");
    const builtin = own === Array.prototype.at;
    if (own && !builtin) return callMethod(x as object, "at", index);
  }
  const items = x as readonly unknown[];
  const picked = s.positions(items.length).map((i) => items[i]);
  return items instanceof Parenthesized ? Tuple.of_(picked) : picked;
}

/** A bound as a number; a one-element array of ints gives its own. */
function bound(x: unknown): number | null {
  if (x === null || x === undefined) return null;
  return Number(intOf(x) ?? intOf(scalarOf(x, "__index__")) ?? x);
}

interface SliceCall {
  (text: string, index: string | Slice): string;
  (bytes: Uint8Array, index: string | Slice): Uint8Array;
  (range: Range, index: string | Slice): Range;
  <T>(tuple: Tuple<T>, index: string | Slice): Tuple<T>;
  <T>(list: readonly T[], index: string | Slice): T[];
  <R>(array: { at(index: string | Slice): R }, index: string | Slice): R;
  (stop: number | null): Slice;
  (start: number | null, stop: number | null, step?: number | null): Slice;
}

function sliceCall(a?: unknown, b?: unknown, c?: unknown): unknown {
  if (a === undefined) throw new TypeError("slice expected at least 1 argument, got 0");
  if ((typeof b === "string" || b instanceof Slice) && isSliced(a)) return applied(a, b);
  if (typeof a === "string" || Array.isArray(a))
    throw new TypeError(`slice() of a ${typeName(a)} wants a slice or its text, not ${typeName(b)}`);
  return b === undefined ? new Slice(null, bound(a), null) : new Slice(bound(a), bound(b), bound(c));
}

/**
 * Python's slices, in both forms: `slice(a, b, c)` makes a slice object, `slice(list, "::2")` applies one to a list, tuple,
 * string or array.
 *
 * @example
 * ```ts
 * import { print, slice, tuple } from "@cognate/py";
 * print(slice([1, 2, 3, 4], "::2"), slice("hello", "-3:"), slice(1, 3)); // prints [1, 3] llo slice(1, 3, None)
 * print(slice(tuple([1, 2, 3]), slice(1, null))); // prints (2, 3)
 * ```
 */
export const slice = pyType<Slice>()("slice", sliceCall as SliceCall, (x) => x instanceof Slice);
