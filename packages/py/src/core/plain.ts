/** A plain object: `{…}`, not an instance of a class, an array, a Map or a module. */
export function isPlainObject(x: unknown): x is Record<string, unknown> {
  if (typeof x !== "object" || x === null) return false;
  const proto = Object.getPrototypeOf(x) as unknown;
  return proto === Object.prototype || (proto === null && !(Symbol.toStringTag in x));
}

type Named = (...args: never[]) => unknown;

/** The object's method of that name, or `undefined`. */
export function methodOf(x: unknown, name: PropertyKey): Named | undefined {
  if ((typeof x !== "object" && typeof x !== "function") || x === null) return undefined;
  const f = (x as Record<PropertyKey, unknown>)[name];
  return typeof f === "function" ? (f as Named) : undefined;
}

/** Calls the object's method of that name. */
export const callMethod = (x: object, name: string, ...args: readonly unknown[]): unknown =>
  (x as Record<string, (...a: readonly unknown[]) => unknown>)[name]!(...args);
