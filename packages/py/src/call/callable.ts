import { className, exposeName, nameClass, shortName } from "../core/names.js";
import { methodOf } from "../core/plain.js";
import { objectRepr, textOf } from "../text/repr.js";
import { bindArguments, isPlainCall, parseSignature } from "./signature.js";
import type { Arguments } from "./types.js";

/**
 * Base of classes whose instances are called like functions (`layer(x)`): the constructor returns a function whose
 * prototype is the class's, so that methods, fields and `instanceof` work as for any object.
 *
 * Names that JavaScript functions own (`name`, `length`) are free for fields of the class.
 */
export abstract class Callable {
  constructor() {
    const self = ((...args: unknown[]) =>
      (self as unknown as Callable).__call__(...args)) as unknown as Record<"name" | "length", unknown>;
    Object.setPrototypeOf(self, new.target.prototype);
    delete self.name;
    delete self.length;
    // biome-ignore lint/correctness/noConstructorReturn: this is what makes instances callable
    return self as unknown as Callable;
  }

  /** The text that `print` shows, so that `${model}` is it, too. */
  toString(): string {
    return methodOf(this, "__str__") || methodOf(this, "__repr__") ? textOf(this) : objectRepr(this);
  }

  /** What calling the instance does. */
  abstract __call__(...args: unknown[]): unknown;
}

type Constructor = abstract new (...args: never[]) => object;

/** A class that is called with or without `new`, by position or by name, and extended like any class. */
export type PyClass<C extends Constructor, S extends string> = C & {
  (...args: Arguments<S, ConstructorParameters<C>>): InstanceType<C>;
  new (...args: Arguments<S, ConstructorParameters<C>>): InstanceType<C>;
  readonly __name__: string;
};

/**
 * Makes a class callable as in Python: `Linear(3, 4)`, `new Linear(3, 4)` and `Linear({ in_features: 3, … })` are the
 * same, and `class MyLinear extends Linear` works.
 *
 * @param name - the class's name in Python; a dotted one is its module too, which `print(type(x))` shows
 * @param signature - the constructor's parameters, see {@link def}
 */
export function pyClass<C extends new (...args: never[]) => object, const S extends string>(
  name: string,
  signature: S,
  C: C,
): PyClass<C, S> {
  const s = parseSignature(`${shortName(name)}.__init__`, signature, C.length, 1);
  const construct = (args: unknown[], target: Function): object =>
    Reflect.construct(C, isPlainCall(s, args) ? args : bindArguments(s, args), target) as object;
  const proxy: object = new Proxy(C, {
    apply: (_t, _self, args: unknown[]) => construct(args, proxy as Function),
    construct: (_t, args: unknown[], target) => construct(args, target),
    get: (t, key, receiver) =>
      key === "__name__" ? className(receiver as object) : Reflect.get(t, key, receiver),
  });
  nameClass(name, C);
  nameClass(name, proxy);
  Object.defineProperty(C.prototype, "constructor", { value: proxy, writable: true, configurable: true });
  return proxy as PyClass<C, S>;
}

/**
 * Makes `Net()` work without `new` for a class of the user's own.
 *
 * @example
 * ```ts
 * import { print, pyclass } from "@cognate/py";
 * const Point = pyclass(class Point { constructor(readonly x: number) {} });
 * print(Point(3).x); // prints 3
 * ```
 */
export function pyclass<C extends new (...args: never[]) => object>(
  C: C,
): C & ((...args: ConstructorParameters<C>) => InstanceType<C>) {
  const known = wrapped.get(C);
  if (known) return known as C & ((...args: ConstructorParameters<C>) => InstanceType<C>);
  const proxy: object = new Proxy(C, {
    apply: (_t, _self, args: unknown[]) => Reflect.construct(C, args, proxy as Function) as object,
  });
  wrapped.set(C, proxy);
  wrapped.set(proxy, proxy);
  inner.set(proxy, C);
  nameClass(className(C), proxy);
  exposeName(C);
  Object.defineProperty(C.prototype, "constructor", { value: proxy, writable: true, configurable: true });
  return proxy as C & ((...args: ConstructorParameters<C>) => InstanceType<C>);
}

/** The class inside of what {@link pyclass} gave, whose source can be read; any other class itself. */
export const innerClass = (C: Function): Function => inner.get(C) ?? C;
const inner = new WeakMap<object, Function>();

/** One class has one wrapper. */
const wrapped = new WeakMap<object, object>();
