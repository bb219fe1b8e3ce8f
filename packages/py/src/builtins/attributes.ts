import { className, isClass } from "../core/names.js";
import { callMethod, isPlainObject, methodOf } from "../core/plain.js";
import { AssertionError, AttributeError, type Exception, TypeError } from "../exceptions.js";
import { hasItem, same } from "../protocol/equality.js";
import { isIterable, iterate } from "../protocol/iterate.js";
import { truth } from "../protocol/truth.js";
import { typeName } from "../protocol/type-name.js";
import { stableHash } from "../sets/hash.js";
import { address } from "../text/repr.js";

type Attributes = Record<string, unknown>;

const holds = (x: unknown, name: string): boolean => x !== null && x !== undefined && name in Object(x);

const missing = (x: unknown, name: string): Exception =>
  new AttributeError(
    isClass(x)
      ? `type object '${className(x)}' has no attribute '${name}'`
      : `'${typeName(x)}' object has no attribute '${name}'`,
  );

/** Python's `getattr`: a method comes bound to its object. @throws AttributeError without a default */
export function getattr<T extends object, K extends keyof T>(x: T, name: K): T[K];
export function getattr(x: unknown, name: string, ...fallback: readonly unknown[]): unknown;
export function getattr(x: unknown, name: string, ...fallback: readonly unknown[]): unknown {
  if (!holds(x, name)) {
    if (fallback.length > 0) return fallback[0];
    throw missing(x, name);
  }
  const value = (x as Attributes)[name];
  const bindable =
    typeof value === "function" && !isClass(value) && !Object.hasOwn(Object(x) as object, name);
  return bindable ? (value as (...args: never[]) => unknown).bind(x) : value;
}

/** Python's `setattr`. */
export function setattr(x: object, name: string, value: unknown): void {
  if (!Reflect.set(x, name, value)) throw new AttributeError(`can't set attribute '${name}'`);
}

/** Python's `hasattr`. */
export const hasattr = (x: unknown, name: string): boolean => holds(x, name);

/** Python's `delattr`. @throws AttributeError for what is not there */
export function delattr(x: object, name: string): void {
  if (!Object.hasOwn(x, name)) throw missing(x, name);
  Reflect.deleteProperty(x, name);
}

/** Python's `vars(x)`: an object's own fields as a dict. */
export const vars = (x: object): Record<string, unknown> => ({ ...x });

/** Python's `id(x)`: a number of the object's own. */
export function id(x: unknown): number {
  if ((typeof x !== "object" && typeof x !== "function") || x === null)
    throw new TypeError(`${typeName(x)} values have no identity in JavaScript`);
  return address(x);
}

/** A hash of a text; Python's own differs from run to run. */
function textHash(text: string): number {
  let h = 5381;
  for (let i = 0; i < text.length; i++) h = (Math.imul(h, 33) ^ text.charCodeAt(i)) | 0;
  return h;
}

/**
 * Python's `hash(x)`: of numbers and tuples of numbers the very number of CPython.
 *
 * @throws TypeError for lists, dicts and sets
 */
export function hash(x: unknown): number | bigint {
  const stable = stableHash(x);
  if (stable !== null) return Number.isSafeInteger(Number(stable)) ? Number(stable) : stable;
  if (typeof x === "string") return textHash(x);
  if (methodOf(x, "__hash__")) return callMethod(x as object, "__hash__") as number;
  const frozen = Array.isArray(x) && Object.isFrozen(x);
  if (frozen) return textHash((x as unknown[]).map((item) => String(hash(item))).join());
  if (Array.isArray(x) || isPlainObject(x) || x instanceof Map || x?.constructor === Set)
    throw new TypeError(`unhashable type: '${typeName(x)}'`);
  return (typeof x === "object" || typeof x === "function") && x !== null
    ? address(x) / 16
    : textHash(String(x));
}

/**
 * Python's `x in container`: by equality in lists and tuples, by key in dicts, as a part in strings.
 *
 * @example
 * ```ts
 * import { contains, float, print } from "@cognate/py";
 * print(contains([1, 2], float(2)), contains({ a: 1 }, "a"), contains("hello", "ell")); // prints True True True
 * ```
 */
export function contains(container: unknown, x: unknown): boolean {
  if (typeof container === "string") {
    if (typeof x !== "string")
      throw new TypeError(`'in <string>' requires string as left operand, not ${typeName(x)}`);
    return container.includes(x);
  }
  if (container instanceof Set) return hasItem(container, x);
  if (container instanceof Map && container.has(x)) return true;
  if (isPlainObject(container)) return typeof x === "string" && Object.hasOwn(container, x);
  if (methodOf(container, "__contains__")) return truth(callMethod(container as object, "__contains__", x));
  if (!isIterable(container))
    throw new TypeError(`argument of type '${typeName(container)}' is not iterable`);
  for (const item of iterate(container)) if (same(item, x)) return true;
  return false;
}

/**
 * Python's `assert`, for conditions that may be arrays of one element.
 *
 * @throws AssertionError where the condition is not true
 */
export function assert(condition: unknown, message?: unknown): asserts condition {
  if (!truth(condition)) throw message === undefined ? new AssertionError() : new AssertionError(message);
}
