import { splitKeywords } from "../call/keywords.js";
import { TypeError, ValueError } from "../exceptions.js";
import { gt, lt } from "../operators/comparison.js";
import { type ItemOf, itemsOf, iterate } from "../protocol/iterate.js";
import { truth } from "../protocol/truth.js";

/** `key` gives what items are compared by. */
export interface SortOptions<T> {
  readonly key?: ((item: T) => unknown) | null;
  readonly reverse?: boolean;
}

const before = (a: unknown, b: unknown): boolean => truth(lt(a, b));
const order = (a: unknown, b: unknown): number => (before(a, b) ? -1 : before(b, a) ? 1 : 0);
const byNumber = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

/** Sorts by Python's `<` alone, stable in both directions. */
function sortedItems(
  items: readonly unknown[],
  key: ((item: unknown) => unknown) | null,
  reverse: boolean,
): unknown[] {
  const entries = items.map((item) => ({ item, by: key ? key(item) : item }));
  if (reverse) entries.reverse();
  const numbers = entries.every(({ by }) => typeof by === "number");
  const compare = (numbers ? byNumber : order) as (a: unknown, b: unknown) => number;
  entries.sort((a, b) => compare(a.by, b.by));
  if (reverse) entries.reverse();
  return entries.map((e) => e.item);
}

/**
 * Python's `sorted`: a new list in ascending order, equal items in their old one; `key` and `reverse` by keyword.
 *
 * @throws TypeError in Python's words for items that have no order
 *
 * @example
 * ```ts
 * import { print, sorted } from "@cognate/py";
 * print(sorted([3, 1, 2]), sorted("bca"), sorted([10, 9, 1])); // prints [1, 2, 3] ['a', 'b', 'c'] [1, 9, 10]
 * print(sorted(["bb", "a"], { key: (s) => s.length, reverse: true })); // prints ['bb', 'a']
 * ```
 */
export function sorted<X>(items: X, options: SortOptions<ItemOf<X>> = {}): ItemOf<X>[] {
  const [extra, { key, reverse }] = splitKeywords("sorted", [items, options], ["key", "reverse"], 1);
  if (extra.length > 1) throw new TypeError(`sorted expected 1 argument, got ${extra.length}`);
  const by = (key ?? null) as ((item: unknown) => unknown) | null;
  return sortedItems(itemsOf(items), by, truth(reverse)) as ItemOf<X>[];
}

/** `key` gives what items are compared by, `default` is for no items at all. */
export interface ExtremeOptions<T, D = never> {
  readonly key?: ((item: T) => unknown) | null;
  readonly default?: D;
}

interface Extreme {
  <X, D = never>(items: X, options?: ExtremeOptions<ItemOf<X>, D>): ItemOf<X> | D;
  <T>(first: T, second: T, ...rest: readonly T[]): T;
  <T>(...itemsAndOptions: readonly [T, T, ...T[], ExtremeOptions<T>]): T;
}

function extreme(name: string, better: (a: unknown, b: unknown) => unknown): Extreme {
  const find = (...args: readonly unknown[]): unknown => {
    const [given, keywords] = splitKeywords(name, args, ["key", "default"], 1);
    if (given.length === 0) throw new TypeError(`${name} expected at least 1 argument, got 0`);
    const key = (keywords.key ?? null) as ((item: unknown) => unknown) | null;
    let found: { item: unknown; by: unknown } | undefined;
    for (const item of given.length === 1 ? iterate(given[0]) : given) {
      const by = key ? key(item) : item;
      if (!found || truth(better(by, found.by))) found = { item, by };
    }
    if (found) return found.item;
    if ("default" in keywords) return keywords.default;
    throw new ValueError(`${name}() arg is an empty sequence`);
  };
  Object.defineProperty(find, "name", { value: name });
  return find as Extreme;
}

/**
 * Python's `min`: of an iterable or of several arguments; `key` and `default` by keyword.
 *
 * @throws ValueError for an empty iterable without a default
 */
export const min = extreme("min", lt);

/**
 * Python's `max`, see {@link min}; the first of equal ones.
 *
 * @example
 * ```ts
 * import { max, min, print } from "@cognate/py";
 * print(max([1, 3, 2]), min(4, 2), max(["a", "bbb"], { key: (s) => s.length }), max([], { default: 0 })); // prints 3 2 bbb 0
 * ```
 */
export const max = extreme("max", gt);
