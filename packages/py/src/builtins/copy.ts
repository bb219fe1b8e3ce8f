import { Callable } from "../call/callable.js";
import { isClass, isFunction } from "../core/names.js";
import { callMethod, methodOf } from "../core/plain.js";

/** A function without a body of its own, whose `new` makes an instance of the prototype's class. */
function maker(prototype: object): Function {
  const F = function () {};
  F.prototype = prototype;
  return F;
}

/** An object of the same class without its contents and without running its constructor. */
function emptyLike(x: object): object {
  const prototype = Object.getPrototypeOf(x) as object | null;
  if (prototype === null) return Object.create(null) as object;
  const target = maker(prototype);
  if (typeof x === "function") return Reflect.construct(Callable, [], target) as object;
  for (const Base of [Array, Map, Set, Error, Number, String, Boolean] as const)
    if (x instanceof Base)
      return Reflect.construct(Base, x instanceof Error ? [] : primitive(x), target) as object;
  return Object.create(prototype) as object;
}

const primitive = (x: object): unknown[] =>
  x instanceof Number || x instanceof String || x instanceof Boolean ? [x.valueOf()] : [];

/** Copies `from`'s contents and own properties to `into`, each through `copied`. */
function fill(into: object, from: object, copied: (x: unknown) => unknown): void {
  if (from instanceof Map)
    for (const [k, v] of from as Map<unknown, unknown>) Map.prototype.set.call(into, copied(k), copied(v));
  else if (from instanceof Set) for (const v of from as Set<unknown>) Set.prototype.add.call(into, copied(v));
  for (const key of Reflect.ownKeys(from)) {
    const property = Object.getOwnPropertyDescriptor(from, key)!;
    const own = Object.getOwnPropertyDescriptor(into, key);
    if (own && !own.configurable && !own.writable) continue;
    if ("value" in property) property.value = copied(property.value);
    Object.defineProperty(into, key, property);
  }
  if (Object.isFrozen(from)) Object.freeze(into);
}

/** What has no parts of its own to copy: primitives, functions, classes, frozen scalars. */
function isAtomic(x: unknown): x is null {
  if (typeof x === "function") return isClass(x) || isFunction(x);
  return (
    typeof x !== "object" ||
    x === null ||
    x instanceof WeakMap ||
    x instanceof WeakSet ||
    x instanceof Promise
  );
}

function copyBytes(x: object): object | undefined {
  if (x instanceof ArrayBuffer) return x.slice(0);
  if (x instanceof DataView) return new DataView(x.buffer.slice(x.byteOffset, x.byteOffset + x.byteLength));
  if (ArrayBuffer.isView(x)) return (x as Uint8Array).slice();
  if (x instanceof Date) return new Date(x.getTime());
  return x instanceof RegExp ? new RegExp(x) : undefined;
}

class DeepCopier {
  constructor(readonly memo: Map<object, unknown> = new Map()) {}

  copy = (x: unknown): unknown => {
    if (isAtomic(x)) return x;
    const object = x as object;
    if (this.memo.has(object)) return this.memo.get(object);
    const made = methodOf(object, "__deepcopy__")
      ? callMethod(object, "__deepcopy__", this.memo)
      : (copyBytes(object) ?? this.#structure(object));
    this.memo.set(object, made);
    return made;
  };

  #structure(x: object): object {
    const empty = emptyLike(x);
    this.memo.set(x, empty);
    fill(empty, x, this.copy);
    return empty;
  }
}

/**
 * Python's `copy.deepcopy`: lists, dicts, sets and instances of any class with all they hold; what is shared stays shared.
 *
 * A class says for itself how it is copied by `__deepcopy__(memo)`; fields that are private in JavaScript (`#x`) want that.
 *
 * @param memo - copies made so far, for calls out of a `__deepcopy__`
 *
 * @example
 * ```ts
 * import { deepcopy, print } from "@cognate/py";
 * const inner = [1];
 * const both = deepcopy({ a: inner, b: inner });
 * both.a.push(2);
 * print(inner, both); // prints [1] {'a': [1, 2], 'b': [1, 2]}
 * ```
 */
export function deepcopy<T>(x: T, memo?: Map<object, unknown>): T {
  return new DeepCopier(memo).copy(x) as T;
}

/** Python's `copy.copy`: a new container or instance that holds the same objects. */
export function copy<T>(x: T): T {
  if (isAtomic(x)) return x;
  const object = x as object;
  if (methodOf(object, "__copy__")) return callMethod(object, "__copy__") as T;
  const bytes = copyBytes(object);
  if (bytes) return bytes as T;
  const made = emptyLike(object);
  fill(made, object, (item) => item);
  return made as T;
}
