import { markPositional } from "../call/keywords.js";
import { isPlainObject, methodOf } from "../core/plain.js";
import { pyType } from "../core/py-type.js";
import { TypeError, ValueError } from "../exceptions.js";
import { intOf } from "../protocol/convert.js";
import { type ItemOf, isIterable, itemsOf, iterate, type PyIterable } from "../protocol/iterate.js";
import { typeName } from "../protocol/type-name.js";
import { Parenthesized } from "../sequences/parenthesized.js";
import { Range } from "../sequences/range.js";
import { Tuple } from "../sequences/tuple.js";
import { FrozenSet } from "../sets/frozenset.js";
import { orderedSet } from "../sets/order.js";
import { decodeBytes } from "../text/decode.js";
import { textOf } from "../text/repr.js";

interface ListCall {
  <X>(items: X): ItemOf<X>[];
  <T = unknown>(): T[];
}

/**
 * Python's `list`: a new array of the items of anything iterable; of a dict its keys. Also a type.
 *
 * @example
 * ```ts
 * import { list, print, range } from "@cognate/py";
 * print(list(range(3)), list("ab"), list({ x: 1 }), list(new Map([[1, 2]]))); // prints [0, 1, 2] ['a', 'b'] ['x'] [1]
 * ```
 */
export const list = pyType<unknown[]>()(
  "list",
  ((items?: unknown) => (items === undefined ? [] : [...iterate(items)])) as ListCall,
  (x) => Array.isArray(x) && !(x instanceof Parenthesized) && !(x instanceof Range),
);

interface TupleCall {
  <X>(items: X): Tuple<ItemOf<X>>;
  (): Tuple<never>;
}

/**
 * Python's `tuple`: a frozen array that prints with parentheses. Also a type.
 *
 * @example
 * ```ts
 * import { isinstance, print, tuple } from "@cognate/py";
 * const t = tuple([1, "a"]);
 * print(t, tuple(), isinstance(t, tuple), isinstance([1], tuple)); // prints (1, 'a') () True False
 * ```
 */
export const tuple = pyType<Tuple>()(
  "tuple",
  ((items: unknown = []) => (items?.constructor === Tuple ? items : Tuple.of_(iterate(items)))) as TupleCall,
  (x) => x instanceof Parenthesized,
);

type Dict<K, V> = [K] extends [string] ? Record<string, V> : Map<K, V>;

interface DictCall {
  <T extends object>(mapping: T extends Iterable<unknown> ? never : T): T;
  <K, V>(mapping: ReadonlyMap<K, V>): Map<K, V>;
  <K, V>(pairs: Iterable<readonly [K, V]>): Dict<K, V>;
  (): Record<string, never>;
}

function pairOf(pair: unknown, at: number): [unknown, unknown] {
  if (!isIterable(pair))
    throw new TypeError(`cannot convert dictionary update sequence element #${at} to a sequence`);
  const items = itemsOf(pair);
  if (items.length !== 2)
    throw new ValueError(
      `dictionary update sequence element #${at} has length ${items.length}; 2 is required`,
    );
  return items as [unknown, unknown];
}

function dictCall(given: unknown = {}): unknown {
  if (given instanceof Map) return new Map(given as Map<unknown, unknown>);
  if (isPlainObject(given)) return markPositional({ ...given });
  const pairs = itemsOf(given).map(pairOf);
  if (pairs.every(([k]) => typeof k === "string")) return markPositional(Object.fromEntries(pairs) as object);
  return new Map(pairs);
}

/**
 * Python's `dict`: a copy of a mapping, or a dict of pairs: a plain object where all keys are strings, else a Map. A plain
 * object made by it is never taken for keywords. Also a type.
 *
 * @example
 * ```ts
 * import { dict, print, zip } from "@cognate/py";
 * print(dict({ a: 1 }), dict(zip("ab", [1, 2])), dict([[0, "x"]])); // prints {'a': 1} {'a': 1, 'b': 2} {0: 'x'}
 * ```
 */
export const dict = pyType<Record<string, unknown> | Map<unknown, unknown>>()(
  "dict",
  dictCall as DictCall,
  (x) => x instanceof Map || isPlainObject(x),
);

interface SetCall {
  <X>(items: X): Set<ItemOf<X>>;
  <T = unknown>(): Set<T>;
}

function hashable(items: readonly unknown[]): readonly unknown[] {
  for (const x of items)
    if (
      (Array.isArray(x) && !Object.isFrozen(x)) ||
      isPlainObject(x) ||
      x instanceof Map ||
      x?.constructor === Set
    )
      throw new TypeError(`unhashable type: '${typeName(x)}'`);
  return items;
}

/**
 * Python's `set`: a Set of the items, sets of numbers in the order in which CPython iterates them. Also a type.
 *
 * @example
 * ```ts
 * import { print, set, sorted } from "@cognate/py";
 * print(set([3, 1, 1]), set(), sorted(set("hello"))); // prints {1, 3} set() ['e', 'h', 'l', 'o']
 * ```
 */
export const set = pyType<Set<unknown>>()(
  "set",
  ((items: unknown = []) => orderedSet(hashable(itemsOf(items)), (o) => new Set(o))) as SetCall,
  (x) => x instanceof Set && !(x instanceof FrozenSet),
);

/** Python's `frozenset`: a set that cannot be changed. Also a type. */
export const frozenset = pyType<FrozenSet>()(
  "frozenset",
  (<X>(items?: X) => orderedSet(hashable(itemsOf(items ?? [])), (o) => new FrozenSet(o))) as <X>(
    items?: X,
  ) => FrozenSet<ItemOf<X>>,
  (x) => x instanceof FrozenSet,
);

interface StrCall {
  (x?: unknown): string;
  (bytes: Uint8Array, encoding: string, errors?: string): string;
}

/**
 * Python's `str`: the text that `print` shows; of bytes and an encoding, what they spell. Also a type and a dtype.
 *
 * @example
 * ```ts
 * import { print, str, ValueError } from "@cognate/py";
 * print(str(1e-7) + "!", str([null, "a"]), str(new ValueError("why"))); // prints 1e-07! [None, 'a'] why
 * ```
 */
export const str = pyType<string>()(
  "str",
  ((x: unknown = "", encoding?: string, errors?: string) =>
    encoding === undefined ? textOf(x) : decodeBytes(x, encoding, errors)) as StrCall,
  (x) => typeof x === "string" || x instanceof String,
);

function bytesCall(x: unknown = [], encoding?: string): Uint8Array {
  if (typeof x === "string") {
    if (encoding === undefined) throw new TypeError("string argument without an encoding");
    return new TextEncoder().encode(x);
  }
  const n = intOf(x);
  if (n !== undefined) {
    if (n < 0) throw new ValueError("negative count");
    return new Uint8Array(Number(n));
  }
  if (methodOf(x, "__bytes__")) return (x as { __bytes__(): Uint8Array }).__bytes__();
  if (x instanceof ArrayBuffer) return new Uint8Array(x.slice(0));
  if (!isIterable(x)) throw new TypeError(`cannot convert '${typeName(x)}' object to bytes`);
  const items = itemsOf(x).map((b) => {
    const value = intOf(b);
    if (value === undefined)
      throw new TypeError(`'${typeName(b)}' object cannot be interpreted as an integer`);
    if (value < 0 || value > 255) throw new ValueError("bytes must be in range(0, 256)");
    return Number(value);
  });
  return Uint8Array.from(items);
}

/**
 * Python's `bytes`: a Uint8Array of ints, of zeros, or of a text in UTF-8. Also a type.
 *
 * @example
 * ```ts
 * import { bytes, print } from "@cognate/py";
 * print(bytes([65, 0, 255]), bytes("é", "utf-8"), bytes(2)); // prints b'A\x00\xff' b'\xc3\xa9' b'\x00\x00'
 * ```
 */
export const bytes = pyType<Uint8Array>()(
  "bytes",
  bytesCall as (x?: number | string | PyIterable | ArrayBuffer, encoding?: string) => Uint8Array,
  (x) => x instanceof Uint8Array,
);
