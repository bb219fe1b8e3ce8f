import { exposeName, isClass, isFunction } from "../core/names.js";
import { type PyType, pyType } from "../core/py-type.js";
import { TypeError } from "../exceptions.js";
import { Complex } from "../numbers/complex.js";
import { floatOf, intOf } from "../protocol/convert.js";
import { typeName } from "../protocol/type-name.js";
import { Parenthesized } from "../sequences/parenthesized.js";
import { Range, range } from "../sequences/range.js";
import { Slice } from "../sequences/slice.js";
import { slice } from "../sequences/slicing.js";
import { Tuple } from "../sequences/tuple.js";
import { bytes, dict, list, set, str, tuple } from "./containers.js";
import { bool, complex, float, int } from "./numbers.js";

/** A class or type, as `isinstance` takes it. */
export type ClassLike = PyType<unknown> | (abstract new (...args: never[]) => unknown);

/** What instances of a class or type are in TypeScript. */
export type InstanceOf<C> = C extends abstract new (
  ...args: never[]
) => infer T
  ? T
  : C extends PyType<infer T>
    ? T
    : C extends readonly (infer D)[]
      ? InstanceOf<D>
      : never;

/** The type of None. */
const NoneType = pyType<null | undefined>()(
  "NoneType",
  () => null,
  (x) => x === null || x === undefined,
);
const FunctionType = pyType<Function>()(
  "function",
  () => {
    throw new TypeError("function() missing required argument 'code' (pos 1)");
  },
  isFunction,
);

/** Python's `object`, of which everything is an instance. */
export const object = pyType<unknown>()(
  "object",
  (): object => Object.create(null) as object,
  () => true,
);

const BY_CLASS: ReadonlyMap<unknown, PyType<unknown>> = new Map<unknown, PyType<unknown>>([
  [Array, list],
  [Tuple, tuple],
  [Parenthesized, tuple],
  [Range, range],
  [Slice, slice],
  [Object, dict],
  [Map, dict],
  [Set, set],
  [Uint8Array, bytes],
  [Complex, complex],
  [String, str],
  [Boolean, bool],
]);

function typeOf(x: unknown): PyType<unknown> {
  if (typeof x === "boolean") return bool;
  if (intOf(x) !== undefined) return int;
  if (floatOf(x) !== undefined) return float;
  if (typeof x === "string") return str;
  if (x === null || x === undefined) return NoneType;
  if (isClass(x)) return type as PyType<unknown>;
  if (FunctionType[Symbol.hasInstance](x)) return FunctionType;
  const C = (x as { constructor?: unknown }).constructor as PyType<unknown> | undefined;
  if (C === undefined) return dict;
  const builtin = BY_CLASS.get(C);
  if (!builtin) exposeName(C);
  return builtin ?? C;
}

/**
 * Python's `type(x)`: the class of a value, `===` the one that made it; `int`, `str`, `list` … for JavaScript's own values.
 *
 * @example
 * ```ts
 * import { int, print, type } from "@cognate/py";
 * class Net {}
 * print(type(1), type(0.5), type([]), type(null), type(new Net()), type(1) === int);
 * // prints <class 'int'> <class 'float'> <class 'list'> <class 'NoneType'> <class '__main__.Net'> True
 * ```
 */
export const type: ((x: unknown) => PyType<unknown>) & PyType<Function> = pyType<Function>()(
  "type",
  (x: unknown) => typeOf(x),
  isClass,
);

/**
 * Python's `type(x).__name__`.
 *
 * @example
 * ```ts
 * import { print, type_name, ValueError } from "@cognate/py";
 * print(type_name(1), type_name(null), type_name(new ValueError("x"))); // prints int NoneType ValueError
 * ```
 */
export const type_name = (x: unknown): string => typeName(x);

const isClassLike = (C: unknown): C is Function =>
  isClass(C) || (typeof C === "function" && typeof (C as { prototype?: unknown }).prototype === "object");

/**
 * Python's `isinstance(x, C)`: `C` a class, one of the types `int`, `str`, `list`, `tuple` …, or an array of them.
 *
 * @example
 * ```ts
 * import { float, int, isinstance, list, print, tuple } from "@cognate/py";
 * print(isinstance(1, int), isinstance(float(1), int), isinstance(tuple([1]), [list, tuple])); // prints True False True
 * ```
 */
export function isinstance(x: unknown, C: typeof int | typeof float): boolean;
export function isinstance<C extends ClassLike | readonly ClassLike[]>(x: unknown, C: C): x is InstanceOf<C>;
export function isinstance(x: unknown, C: unknown): boolean {
  if (Array.isArray(C)) return C.some((D) => isinstance(x, D as ClassLike));
  if (!isClassLike(C)) throw new TypeError("isinstance() arg 2 must be a type, a tuple of types, or a union");
  return x instanceof C;
}

/**
 * Python's `issubclass(C, D)`.
 *
 * @example
 * ```ts
 * import { bool, int, issubclass, KeyError, LookupError, print } from "@cognate/py";
 * print(issubclass(KeyError, LookupError), issubclass(bool, int), issubclass(int, bool)); // prints True True False
 * ```
 */
export function issubclass(C: unknown, D: unknown): boolean {
  if (!isClass(C)) throw new TypeError("issubclass() arg 1 must be a class");
  if (Array.isArray(D)) return D.some((E) => issubclass(C, E));
  if (!isClassLike(D))
    throw new TypeError("issubclass() arg 2 must be a class, a tuple of classes, or a union");
  if (D === object || (C === bool && D === int)) return true;
  for (let B: unknown = C; typeof B === "function"; B = Object.getPrototypeOf(B))
    if (B === D || BY_CLASS.get(B) === (D as unknown)) return true;
  return false;
}

/** Python's `callable(x)`: whether it can be called. */
export const callable = (x: unknown): x is Function => typeof x === "function";
