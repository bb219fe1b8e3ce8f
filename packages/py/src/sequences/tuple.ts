import { nameClass } from "../core/names.js";
import { IndexError, TypeError, ValueError } from "../exceptions.js";
import { intOf, toIndex } from "../protocol/convert.js";
import { equal, same } from "../protocol/equality.js";
import { typeName } from "../protocol/type-name.js";
import { freezeInto, Parenthesized } from "./parenthesized.js";
import { asSlice, Slice } from "./slice.js";

/** The position that Python's index names: negative ones count from the end. @throws IndexError beyond the ends */
export function position(i: number, length: number, kind: string): number {
  const at = i < 0 ? i + length : i;
  if (at < 0 || at >= length) throw new IndexError(`${kind} index out of range`);
  return at;
}

/** An index as a whole number. @throws TypeError for what is neither an int nor a slice */
export function indexOf(index: unknown, kind: string): number {
  if (Number.isInteger(index)) return index as number;
  return toIndex(index, `${kind} indices must be integers or slices, not ${typeName(index)}`);
}

/** What `list.index` and its like do. */
export function indexIn(items: readonly unknown[], x: unknown, start = 0, stop = items.length): number {
  const [first, last] = new Slice(start, stop, null).indices(items.length) as unknown as [number, number];
  for (let i = first; i < last; i++) if (same(items[i], x)) return i;
  return -1;
}

/**
 * Python's tuple: a frozen array that prints with parentheses. Every call that returns a tuple in Python returns one.
 *
 * `map`, `filter` and `slice` give plain arrays, which print as lists.
 *
 * @example
 * ```ts
 * import { print, tuple } from "@cognate/py";
 * const t = tuple([1, 2, 3]);
 * print(t, tuple([3]), t.at(-1), t.at(":2"), t.add(tuple([4]))); // prints (1, 2, 3) (3,) 3 (1, 2) (1, 2, 3, 4)
 * ```
 */
export class Tuple<T = unknown> extends Parenthesized<T> {
  /** A tuple of the items of any iterable. */
  static of_<T>(items: Iterable<T>): Tuple<T> {
    return freezeInto(new Tuple<T>(), items);
  }

  /** `t[i]`, `t[-1]`; a slice or its text (`t.at("-2:")`) gives a tuple. @throws IndexError beyond the ends */
  override at(index: number): T;
  override at(index: string | Slice): Tuple<T>;
  override at(index: number | string | Slice): T | Tuple<T> {
    if (typeof index === "string" || index instanceof Slice)
      return Tuple.of_(
        asSlice(index)
          .positions(this.length)
          .map((i) => this[i]!),
      );
    return this[position(indexOf(index, "tuple"), this.length, "tuple")]!;
  }

  /** How many items equal `x`. */
  count(x: unknown): number {
    let n = 0;
    for (const item of this) if (same(item, x)) n++;
    return n;
  }
  /** Where the first item stands that equals `x`. @throws ValueError where none does */
  index(x: unknown, start?: number, stop?: number): number {
    const i = indexIn(this, x, start, stop);
    if (i < 0) throw new ValueError("tuple.index(x): x not in tuple");
    return i;
  }
  /** Whether `other` is a tuple of equal items. */
  eq(other: unknown): boolean {
    return Array.isArray(other) && equal(this, other) === true;
  }
  ne(other: unknown): boolean {
    return !this.eq(other);
  }
  /** The items of both, in a tuple. */
  add<U>(other: Parenthesized<U>): Tuple<T | U> {
    if (!((other as unknown) instanceof Parenthesized))
      throw new TypeError(`can only concatenate tuple (not "${typeName(other)}") to tuple`);
    return Tuple.of_<T | U>([...this, ...other]);
  }
  /** The items `n` times. */
  mul(n: number): Tuple<T> {
    if (intOf(n) === undefined)
      throw new TypeError(`can't multiply sequence by non-int of type '${typeName(n)}'`);
    const out: T[] = [];
    for (let i = 0; i < n; i++) out.push(...this);
    return Tuple.of_(out);
  }
}
nameClass("builtins.tuple", Tuple);
nameClass("builtins.tuple", Parenthesized);
