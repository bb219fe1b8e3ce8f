import { callMethod, isPlainObject, methodOf } from "../core/plain.js";
import { TypeError } from "../exceptions.js";
import { typeName } from "./type-name.js";

/** Whatever Python's `for` walks through; a mapping gives its keys, a string its code points. */
export type PyIterable<T = unknown> =
  | Iterable<T>
  | ReadonlyMap<T, unknown>
  | Readonly<Record<string, unknown>>;

/** What iterating an `X` gives. */
export type ItemOf<X> = 0 extends 1 & X
  ? X
  : X extends string
    ? string
    : X extends ReadonlyMap<infer K, unknown>
      ? K
      : X extends Iterable<infer T>
        ? T
        : X extends object
          ? string
          : never;

/** Whether {@link iterate} takes it. */
export const isIterable = (x: unknown): boolean =>
  typeof x === "string" ||
  isPlainObject(x) ||
  [Symbol.iterator, "__iter__", "__next__"].some((name) => methodOf(x, name) !== undefined);

/** Python's `iter(x)` as a JavaScript iterable. @throws TypeError for what cannot be iterated */
export function iterate(x: unknown): Iterable<unknown> {
  if (Array.isArray(x) || typeof x === "string") return x;
  if ((typeof x === "object" || typeof x === "function") && x !== null) {
    if (x instanceof Map) return x.keys();
    if (methodOf(x, Symbol.iterator)) return x as Iterable<unknown>;
    if (methodOf(x, "__iter__")) return iterate(callMethod(x, "__iter__"));
    if (isPlainObject(x)) return Object.keys(x);
    if (methodOf(x, "__next__")) return nexts(x);
  }
  throw new TypeError(`'${typeName(x)}' object is not iterable`);
}

function* nexts(x: object): Generator<unknown> {
  for (;;) {
    try {
      yield callMethod(x, "__next__");
    } catch (e) {
      if ((e as { name?: unknown }).name === "StopIteration") return;
      throw e;
    }
  }
}

/** The items of anything iterable as an array, which may be the very array given. */
export const itemsOf = (x: unknown): readonly unknown[] => (Array.isArray(x) ? x : [...iterate(x)]);
