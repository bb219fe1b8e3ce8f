import { nameClass } from "../core/names.js";
import { callMethod, isPlainObject, methodOf } from "../core/plain.js";
import { AttributeError } from "../exceptions.js";
import { typeName } from "../protocol/type-name.js";
import { Tuple } from "../sequences/tuple.js";
import { reprList } from "../text/repr.js";
import type { TupleOf } from "./iteration.js";

/** What a dict's views have in common: they are arrays, and print as `dict_keys(['a'])`. */
class DictView<T> extends Array<T> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
  __repr__(): string {
    return `${typeName(this)}([${reprList(this)}])`;
  }
  override toString(): string {
    return this.__repr__();
  }
}
class DictKeys<T> extends DictView<T> {}
class DictValues<T> extends DictView<T> {}
class DictItems<T> extends DictView<T> {}
nameClass("builtins.dict_keys", DictKeys);
nameClass("builtins.dict_values", DictValues);
nameClass("builtins.dict_items", DictItems);

type Mapping<K, V> = ReadonlyMap<K, V> | Readonly<Record<string, V>>;
type KeyOf<M> = 0 extends 1 & M ? M : M extends ReadonlyMap<infer K, unknown> ? K : string;
type ValueOf<M> = 0 extends 1 & M
  ? M
  : M extends ReadonlyMap<unknown, infer V>
    ? V
    : M extends Readonly<Record<string, infer V>>
      ? V
      : unknown;

function pairs(x: unknown, method: string): Iterable<readonly [unknown, unknown]> {
  if (x instanceof Map) return x as Map<unknown, unknown>;
  if (isPlainObject(x)) return Object.entries(x);
  if (methodOf(x, "items")) return callMethod(x as object, "items") as Iterable<[unknown, unknown]>;
  if (methodOf(x, "entries") && !Array.isArray(x))
    return callMethod(x as object, "entries") as Iterable<[unknown, unknown]>;
  throw new AttributeError(`'${typeName(x)}' object has no attribute '${method}'`);
}

function view<V extends DictView<unknown>>(into: V, entries: Iterable<unknown>): V {
  for (const e of entries) into.push(e);
  return into;
}

/**
 * Python's `d.items()`: an array of (key, value) tuples of a plain object, a Map, or anything with `items()`.
 *
 * @example
 * ```ts
 * import { items, keys, print, values } from "@cognate/py";
 * const d = { a: 1, b: 2 };
 * print(items(d), keys(d), values(d)); // prints dict_items([('a', 1), ('b', 2)]) dict_keys(['a', 'b']) dict_values([1, 2])
 * for (const [k, v] of items(d)) print(k, v + 1);
 * // prints
 * // a 2
 * // b 3
 * ```
 */
export function items<M extends Mapping<unknown, unknown> | object>(d: M): TupleOf<[KeyOf<M>, ValueOf<M>]>[] {
  const entries = [...pairs(d, "items")].map((pair) => Tuple.of_(pair));
  return view(new DictItems<unknown>(), entries) as unknown as TupleOf<[KeyOf<M>, ValueOf<M>]>[];
}

/** Python's `d.keys()` as an array. */
export function keys<M extends Mapping<unknown, unknown> | object>(d: M): KeyOf<M>[] {
  if (!(d instanceof Map) && !isPlainObject(d) && methodOf(d, "keys") && !Array.isArray(d))
    return view(new DictKeys<unknown>(), callMethod(d, "keys") as Iterable<unknown>) as KeyOf<M>[];
  return view(
    new DictKeys<unknown>(),
    [...pairs(d, "keys")].map(([k]) => k),
  ) as KeyOf<M>[];
}

/** Python's `d.values()` as an array. */
export function values<M extends Mapping<unknown, unknown> | object>(d: M): ValueOf<M>[] {
  if (!(d instanceof Map) && !isPlainObject(d) && methodOf(d, "values") && !Array.isArray(d))
    return view(new DictValues<unknown>(), callMethod(d, "values") as Iterable<unknown>) as ValueOf<M>[];
  return view(
    new DictValues<unknown>(),
    [...pairs(d, "values")].map(([, v]) => v),
  ) as ValueOf<M>[];
}
