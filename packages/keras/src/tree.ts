import { isPlainObject, Tuple } from "@cognate/py";

/*
 * Nested structures of lists, tuples and dicts, in Keras's order: dicts by their sorted keys.
 */

/** Whether a thing is a list, a tuple or a dict, whose items are looked at. */
export const isNested = (x: unknown): x is readonly unknown[] | Record<string, unknown> =>
  Array.isArray(x) || isPlainObject(x);

const sortedKeys = (x: object): string[] => Object.keys(x).sort();

/** The leaves from left to right. */
export function flatten(x: unknown, out: unknown[] = []): unknown[] {
  if (Array.isArray(x)) for (const item of x) flatten(item, out);
  else if (isPlainObject(x)) for (const key of sortedKeys(x)) flatten(x[key], out);
  else out.push(x);
  return out;
}

/** The leaves with the keys and positions that lead to them. */
export function flattenWithPath(
  x: unknown,
  path: readonly (string | number)[] = [],
): [typeof path, unknown][] {
  if (Array.isArray(x)) return x.flatMap((item, i) => flattenWithPath(item, [...path, i]));
  if (isPlainObject(x)) return sortedKeys(x).flatMap((key) => flattenWithPath(x[key], [...path, key]));
  return [[path, x]];
}

/** A list of the items that is a tuple where the model is one. */
export const listLike = <T>(like: readonly unknown[], items: readonly T[]): readonly T[] =>
  like instanceof Tuple ? Tuple.of_(items) : [...items];

/** The structure with `f` of each leaf; with others beside it, of the leaves at the same places. */
export function map<R = unknown>(
  f: (...leaves: never[]) => R,
  x: unknown,
  ...others: readonly unknown[]
): unknown {
  const visit = f as (...leaves: unknown[]) => R;
  if (others.length === 0) return mapOne(visit, x);
  if (Array.isArray(x))
    return listLike(
      x,
      x.map((item, i) => map(f, item, ...others.map((o) => (o as unknown[] | null)?.[i]))),
    );
  if (isPlainObject(x))
    return Object.fromEntries(
      Object.keys(x).map((key) => [
        key,
        map(f, x[key], ...others.map((o) => (o as Record<string, unknown> | null)?.[key])),
      ]),
    );
  return visit(x, ...others);
}

function mapOne<R>(f: (leaf: unknown) => R, x: unknown): unknown {
  if (Array.isArray(x)) {
    const out = x.map((item) => (typeof item === "object" && item !== null ? mapOne(f, item) : f(item)));
    return x instanceof Tuple ? Tuple.of_(out) : out;
  }
  if (!isPlainObject(x)) return f(x);
  return Object.fromEntries(Object.keys(x).map((key) => [key, mapOne(f, x[key])]));
}

/** Leaves in the shape of a structure. */
export function pack(like: unknown, leaves: readonly unknown[]): unknown {
  if (!isNested(like)) return leaves[0];
  if (Array.isArray(like) && !like.some(isNested)) return listLike(like, leaves.slice(0, like.length));
  let at = 0;
  const order = new Map<string, unknown>();
  // Dicts are filled by sorted keys and built in their own order.
  for (const [path] of flattenWithPath(like)) order.set(JSON.stringify(path), leaves[at++]);
  const build = (x: unknown, path: readonly (string | number)[]): unknown => {
    if (Array.isArray(x))
      return listLike(
        x,
        x.map((item, i) => build(item, [...path, i])),
      );
    if (isPlainObject(x))
      return Object.fromEntries(Object.keys(x).map((key) => [key, build(x[key], [...path, key])]));
    return order.get(JSON.stringify(path));
  };
  return build(like, []);
}

/** Whether two structures have the same lists, dicts and keys; lists and tuples count as one. */
export function sameStructure(a: unknown, b: unknown): boolean {
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((x, i) => sameStructure(x, b[i]));
  if (isPlainObject(a)) {
    if (!isPlainObject(b)) return false;
    const keys = sortedKeys(a);
    const other = sortedKeys(b);
    return keys.length === other.length && keys.every((k, i) => k === other[i] && sameStructure(a[k], b[k]));
  }
  return !isNested(b);
}

/** Whether a list of lengths: numbers and `null` only. */
export const isShape = (x: unknown): x is readonly (number | null)[] =>
  Array.isArray(x) && x.every((d) => d === null || typeof d === "number");

/** {@link map} over structures whose leaves are shapes. */
export function mapShapes<R>(f: (shape: readonly (number | null)[]) => R, x: unknown): unknown {
  if (isShape(x)) return f(x);
  if (Array.isArray(x))
    return listLike(
      x,
      x.map((item) => mapShapes(f, item)),
    );
  if (isPlainObject(x))
    return Object.fromEntries(Object.entries(x).map(([key, item]) => [key, mapShapes(f, item)]));
  return x;
}
