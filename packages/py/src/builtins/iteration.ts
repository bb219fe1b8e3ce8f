import { splitKeywords } from "../call/keywords.js";
import { callMethod, isPlainObject, methodOf } from "../core/plain.js";
import { StopIteration, TypeError, ValueError } from "../exceptions.js";
import { toIndex } from "../protocol/convert.js";
import { type ItemOf, isIterable, itemsOf, iterate } from "../protocol/iterate.js";
import { truth } from "../protocol/truth.js";
import { typeName } from "../protocol/type-name.js";
import { Tuple } from "../sequences/tuple.js";

/** A tuple of which each place has its own type. */
export type TupleOf<T extends readonly unknown[]> = T & Tuple<T[number]>;

/**
 * Python's `len`: items of a list, tuple, dict, set or array, code points of a string.
 *
 * @throws TypeError for what has no length
 *
 * @example
 * ```ts
 * import { len, print } from "@cognate/py";
 * print(len([1, 2]), len("añ😀"), len({ a: 1 }), len(new Map())); // prints 2 3 1 0
 * ```
 */
export function len(x: unknown): number {
  if (Array.isArray(x)) return x.length;
  if (typeof x === "string") return [...x].length;
  if ((typeof x === "object" || typeof x === "function") && x !== null) {
    if (methodOf(x, "__len__")) return callMethod(x, "__len__") as number;
    if (x instanceof Map || x instanceof Set) return x.size;
    if (isPlainObject(x)) return Object.keys(x).length;
    const { length } = x as { length?: unknown };
    if (typeof x === "object" && typeof length === "number") return length;
  }
  throw new TypeError(`object of type '${typeName(x)}' has no len()`);
}

type Zipped<X extends readonly unknown[]> = { [I in keyof X]: ItemOf<X[I]> };

/**
 * Python's `zip`: an array of tuples, as long as the shortest; `kw({ strict: true })` wants equal lengths.
 *
 * @throws ValueError for unequal lengths under `strict`
 *
 * @example
 * ```ts
 * import { print, zip } from "@cognate/py";
 * print(zip([1, 2], "ab"), zip(...zip([1, 2], "ab"))); // prints [(1, 'a'), (2, 'b')] [(1, 2), ('a', 'b')]
 * ```
 */
export function zip<X extends readonly unknown[]>(...iterables: X): TupleOf<Zipped<X>>[] {
  const [columns, { strict }] = splitKeywords("zip", iterables, ["strict"]);
  return rowsOf(columns, truth(strict)) as TupleOf<Zipped<X>>[];
}

function rowsOf(columns: readonly unknown[], strict: boolean): Tuple[] {
  const out: Tuple[] = [];
  if (columns.length === 0) return out;
  const iterators = columns.map((c) => iterate(c)[Symbol.iterator]());
  for (;;) {
    const row: unknown[] = [];
    for (const [i, it] of iterators.entries()) {
      const next = it.next();
      if (next.done) {
        if (strict) checkEnds(iterators, i);
        return out;
      }
      row.push(next.value);
    }
    out.push(Tuple.of_(row));
  }
}

/** Under `strict`: the column at `ended` is done; the others must be, too. */
function checkEnds(iterators: readonly Iterator<unknown>[], ended: number): void {
  const others = (n: number): string => (n === 1 ? "argument 1" : `arguments 1-${n}`);
  if (ended > 0) throw new ValueError(`zip() argument ${ended + 1} is shorter than ${others(ended)}`);
  for (let i = 1; i < iterators.length; i++)
    if (!iterators[i]!.next().done)
      throw new ValueError(`zip() argument ${i + 1} is longer than ${others(i)}`);
}

/**
 * Python's `enumerate`: an array of tuples of a counter and the item.
 *
 * @example
 * ```ts
 * import { enumerate, print } from "@cognate/py";
 * print(enumerate("ab"), enumerate(["x"], 1)); // prints [(0, 'a'), (1, 'b')] [(1, 'x')]
 * ```
 */
export function enumerate<X>(
  items: X,
  start: number | { readonly start: number } = 0,
): TupleOf<[number, ItemOf<X>]>[] {
  const [[, given], keywords] = splitKeywords("enumerate", [items, start], ["start"], 1);
  let n = toIndex(given ?? keywords.start);
  const out: Tuple[] = [];
  for (const item of iterate(items)) out.push(Tuple.of_([n++, item]));
  return out as unknown as TupleOf<[number, ItemOf<X>]>[];
}

/**
 * Python's `reversed`, as an array.
 *
 * @example
 * ```ts
 * import { print, range, reversed } from "@cognate/py";
 * print(reversed(range(3)), reversed("ab")); // prints [2, 1, 0] ['b', 'a']
 * ```
 */
export function reversed<X>(items: X): ItemOf<X>[] {
  if (items instanceof Set || !isIterable(items))
    throw new TypeError(`'${typeName(items)}' object is not reversible`);
  if (methodOf(items, "__reversed__"))
    return [...iterate(callMethod(items as object, "__reversed__"))] as ItemOf<X>[];
  return [...iterate(items)].reverse() as ItemOf<X>[];
}

type Mapper<X extends readonly unknown[], R> = (...items: { [I in keyof X]: ItemOf<X[I]> }) => R;

/**
 * Python's `map`, as an array: `f` of the items of one iterable, or of several side by side.
 *
 * @example
 * ```ts
 * import { add, int, map, print } from "@cognate/py";
 * print(map(int, ["1", "2"]), map(add, [1, 2], [10, 20])); // prints [1, 2] [11, 22]
 * ```
 */
export function map<X extends readonly unknown[], R>(f: Mapper<X, R>, ...iterables: X): R[] {
  if (iterables.length === 0) throw new TypeError("map() must have at least two arguments.");
  return rowsOf(iterables, false).map((row) => (f as (...items: readonly unknown[]) => R)(...row));
}

/**
 * Python's `filter`, as an array: the items of which `f` is true; with `null` for `f`, the items that are true themselves.
 *
 * @example
 * ```ts
 * import { filter, print } from "@cognate/py";
 * print(filter((x) => x > 1, [1, 2, 3]), filter(null, [0, 1, "", "a"])); // prints [2, 3] [1, 'a']
 * ```
 */
export function filter<X>(f: ((item: ItemOf<X>) => unknown) | null, items: X): ItemOf<X>[] {
  return (itemsOf(items) as readonly ItemOf<X>[]).filter((item) => truth(f === null ? item : f(item)));
}

/** Python's `all`: whether every item is true; of nothing, true. */
export function all(items: unknown): boolean {
  for (const item of iterate(items)) if (!truth(item)) return false;
  return true;
}

/** Python's `any`: whether some item is true. */
export function any(items: unknown): boolean {
  for (const item of iterate(items)) if (truth(item)) return true;
  return false;
}

function* callsUntil<T>(f: () => T, sentinel: unknown): Generator<T> {
  for (let x = f(); !Object.is(x, sentinel); x = f()) yield x;
}

interface IterCall {
  <X>(items: X): IterableIterator<ItemOf<X>>;
  <T>(f: () => T, sentinel: unknown): IterableIterator<T>;
}

/**
 * Python's `iter`: an iterator for {@link next}; with a sentinel, of a function's results up to it.
 *
 * @example
 * ```ts
 * import { iter, next, print } from "@cognate/py";
 * const it = iter([1, 2]);
 * print(next(it), next(it), next(it, "done")); // prints 1 2 done
 * ```
 */
export const iter = ((items: unknown, ...sentinel: readonly unknown[]) => {
  if (sentinel.length > 0) return callsUntil(items as () => unknown, sentinel[0]);
  const it = iterate(items)[Symbol.iterator]();
  return methodOf(it, Symbol.iterator) ? it : { next: () => it.next(), [Symbol.iterator]: () => it };
}) as IterCall;

/** Python's `next`: the iterator's next item. @throws StopIteration after the last, unless a default is given */
export function next<T>(it: Iterator<T>): T;
export function next<T, D>(it: Iterator<T>, fallback: D): T | D;
export function next(it: unknown, ...fallback: readonly unknown[]): unknown {
  if (methodOf(it, "next")) {
    const { done, value } = (it as Iterator<unknown>).next();
    if (!done) return value;
  } else if (methodOf(it, "__next__")) {
    try {
      return callMethod(it as object, "__next__");
    } catch (e) {
      if (!(e instanceof StopIteration) || fallback.length === 0) throw e;
    }
  } else throw new TypeError(`'${typeName(it)}' object is not an iterator`);
  if (fallback.length > 0) return fallback[0];
  throw new StopIteration();
}
