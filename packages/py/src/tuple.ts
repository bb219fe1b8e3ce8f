/**
 * Python's tuple: a frozen array that prints with parentheses. Every call that returns a tuple in Python returns one.
 *
 * `map`, `filter` and `slice` give plain arrays, which print as lists.
 *
 * @example
 * ```ts
 * import { print, tuple } from "@cognate/py";
 * print(tuple([1, 2]), tuple([3])); // prints (1, 2) (3,)
 * ```
 */
export class Tuple<T = unknown> extends Array<T> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  /** A tuple of the items of any iterable. */
  static of_<T>(items: Iterable<T>): Tuple<T> {
    return freezeInto(new Tuple<T>(), items);
  }
}

/** Fills a new instance of a tuple class and freezes it. */
export function freezeInto<T, U extends Tuple<T>>(target: U, items: Iterable<T>): U {
  for (const item of items) target.push(item);
  return Object.freeze(target);
}
