// What Python calls a class: `__name__` and `__module__`, which minification and bundling must not change.

/** The names given to classes, with their modules where those are known. */
export const classNames = new WeakMap<object, string>();

/** The last part of a dotted name. */
export const shortName = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

/**
 * Gives a class the name that Python prints for it; a dotted name is its module too.
 *
 * @example
 * ```ts
 * import { nameClass, print, type } from "@cognate/py";
 * class A {}
 * nameClass("torch.nn.modules.linear.Linear", A);
 * print(type(new A()), type(new A()).__name__); // prints <class 'torch.nn.modules.linear.Linear'> Linear
 * ```
 */
export function nameClass<C extends object>(name: string, C: C): C {
  classNames.set(C, name);
  return C;
}

/** A class's own static field of that name, a text. */
function ownText(C: object, field: string): string | undefined {
  const value = Object.getOwnPropertyDescriptor(C, field)?.value as unknown;
  return typeof value === "string" ? value : undefined;
}

/** The class's Python name: the one it was given, else its JavaScript name. */
export function className(C: object): string {
  const given = classNames.get(C);
  return given === undefined ? (ownText(C, "__name__") ?? (C as { name: string }).name) : shortName(given);
}

/** The module that Python prints before the name; classes of nobody's are the user's own, `__main__`. */
export function moduleName(C: object): string {
  const given = classNames.get(C) ?? "";
  const dot = given.lastIndexOf(".");
  return dot > 0 ? given.slice(0, dot) : (ownText(C, "__module__") ?? "__main__");
}

/** Lets the class and its subclasses answer to `C.__name__`. */
export function exposeName(C: object): void {
  if ("__name__" in C) return;
  Object.defineProperty(C, "__name__", {
    configurable: true,
    get(this: object) {
      return className(this);
    },
  });
}

/** Whether it is a function that is neither a class nor a callable object. */
export const isFunction = (f: unknown): f is Function => f instanceof Function && !isClass(f);

/** Whether a function is a class: it was named as one, or JavaScript froze its `prototype` as it does for classes. */
export function isClass(f: unknown): f is Function & { readonly prototype: object } {
  if (typeof f !== "function") return false;
  return classNames.has(f) || Object.getOwnPropertyDescriptor(f, "prototype")?.writable === false;
}
