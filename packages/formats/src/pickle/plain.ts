import { PyTuple } from "./values.js";

export interface PlainOptions {
  /** Makes the tuples that replace those whose items changed. */
  tuple?(items: readonly unknown[]): unknown;
  /** Whether an array is a tuple; `PyTuple`s are in any case. */
  isTuple?(array: readonly unknown[]): boolean;
  /** The fields of an object of the caller's, to be gone through in place; other objects are left alone. */
  fields?(object: object): Record<string, unknown> | undefined;
  /** What an object of the caller's is exchanged for, everywhere; `undefined` leaves it. */
  exchange?(object: object): unknown;
  /** Told of each dict that became a plain object, after it was filled. */
  converted?(from: Map<unknown, unknown>, to: Record<string, unknown>): void;
}

/**
 * What a pickle gave, with every dict whose keys are all strings as a plain object, in order. Lists, other dicts and
 * the caller's objects keep their identity and change in place; sharing and cycles stay; depth does not matter.
 * (JavaScript puts keys that are array indices, such as "0", before the others.)
 *
 * @example
 * ```ts
 * import { print } from "@cognate/py";
 * import { plainDicts } from "@cognate/formats";
 * const state = plainDicts(new Map([["a", [new Map([["b", 1]])]]])) as { a: { b: number }[] };
 * print(state.a[0].b); // prints 1
 * ```
 */
export function plainDicts(root: unknown, options: PlainOptions = {}): unknown {
  const { tuple = PyTuple.of_, fields } = options;
  const isTuple = (x: readonly unknown[]): boolean => x instanceof PyTuple || options.isTuple?.(x) === true;
  const done = new Map<unknown, unknown>();
  const order: object[] = [];
  const tuples: (readonly unknown[])[] = [];

  const open: unknown[] = [root];
  while (open.length) {
    const x = open.pop();
    if (typeof x === "function" ? !fields && !options.exchange : typeof x !== "object" || x === null)
      continue;
    if (done.has(x)) continue;
    const object = x as object;
    done.set(object, object);
    if (Array.isArray(object)) {
      if (isTuple(object)) tuples.push(object);
      else order.push(object);
      for (const item of object) open.push(item);
    } else if (object instanceof Map) {
      order.push(object);
      if (allStrings(object)) done.set(object, {});
      for (const value of object.values()) open.push(value);
    } else {
      const other = options.exchange?.(object);
      if (other !== undefined) done.set(object, other);
      const record = fields?.(object);
      if (!record) continue;
      order.push(object);
      for (const value of Object.values(record)) open.push(value);
    }
  }

  rebuildTuples(tuples, done, tuple);
  const now = (x: unknown): unknown => (done.has(x) ? done.get(x) : x);
  for (const object of order) {
    if (Array.isArray(object)) {
      for (let i = 0; i < object.length; i++) object[i] = now(object[i]);
    } else if (object instanceof Map) {
      const to = done.get(object);
      if (to === object) for (const [k, v] of object) object.set(k, now(v));
      else {
        for (const [k, v] of object) define(to as Record<string, unknown>, k as string, now(v));
        options.converted?.(object, to as Record<string, unknown>);
      }
    } else {
      const record = fields!(object)!;
      for (const key of Object.keys(record)) {
        const value = now(record[key]);
        if (value !== record[key]) record[key] = value;
      }
    }
  }
  return now(root);
}

/** A property of the object itself, whatever its name: `__proto__` is a key like any other. */
function define(to: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__")
    Object.defineProperty(to, key, { value, writable: true, enumerable: true, configurable: true });
  else to[key] = value;
}

function allStrings(map: ReadonlyMap<unknown, unknown>): boolean {
  for (const key of map.keys()) if (typeof key !== "string") return false;
  return true;
}

/** Replaces tuples that hold something replaced, inner ones first. Tuples nest in each other without circles. */
function rebuildTuples(
  tuples: readonly (readonly unknown[])[],
  done: Map<unknown, unknown>,
  tuple: (items: readonly unknown[]) => unknown,
): void {
  const left = new Set(tuples);
  for (const first of tuples) {
    const path = [first];
    while (path.length) {
      const t = path[path.length - 1]!;
      if (left.has(t)) {
        left.delete(t);
        for (const item of t) if (left.has(item as readonly unknown[])) path.push(item as readonly unknown[]);
        continue;
      }
      path.pop();
      if (done.get(t) === t && t.some((item) => done.has(item) && done.get(item) !== item))
        done.set(t, tuple(t.map((item) => (done.has(item) ? done.get(item) : item))));
    }
  }
}
