import { isPlainObject, Tuple } from "@cognate/py";

/* Nested structures of lists, tuples (named ones too) and dicts, whose items are looked at. */

const isNested = (x: unknown): boolean =>
  Array.isArray(x) || (isPlainObject(x) && Object.getPrototypeOf(x) === Object.prototype);

/** What stands for one tensor that flows on with its changes: an array of tensors. */
interface Flowing {
  readonly flow: unknown;
  _withFlow(flow: unknown): unknown;
}
const flows = (x: unknown): x is Flowing =>
  typeof x === "object" && x !== null && typeof (x as Partial<Flowing>)._withFlow === "function";

/** The leaves from left to right, dicts by their sorted keys. */
export function flatten(x: unknown, out: unknown[] = []): unknown[] {
  if (Array.isArray(x)) for (const item of x) flatten(item, out);
  else if (isNested(x))
    for (const key of Object.keys(x as object).sort()) flatten((x as Record<string, unknown>)[key], out);
  else out.push(flows(x) ? x.flow : x);
  return out;
}

/** Items in the kind of list, tuple or named tuple that `like` is. */
export function sameKind(like: readonly unknown[], items: readonly unknown[]): unknown {
  if (!(like instanceof Tuple)) return [...items];
  const C = like.constructor as { _make?: (items: readonly unknown[]) => unknown };
  return typeof C._make === "function" ? C._make(items) : Tuple.of_(items);
}

/** The structure with `f` of each leaf and those at the same place of others. */
export function map(
  f: (...leaves: unknown[]) => unknown,
  x: unknown,
  ...others: readonly unknown[]
): unknown {
  if (Array.isArray(x))
    return sameKind(
      x,
      x.map((item, i) => map(f, item, ...others.map((o) => (o as readonly unknown[])[i]))),
    );
  if (isNested(x)) {
    const keys = Object.keys(x as object);
    return Object.fromEntries(
      keys.map((k) => [
        k,
        map(f, (x as Record<string, unknown>)[k], ...others.map((o) => (o as Record<string, unknown>)[k])),
      ]),
    );
  }
  return f(x, ...others);
}

/** Leaves in the shape of a structure, in the order of {@link flatten}. */
export function pack(like: unknown, leaves: readonly unknown[]): unknown {
  let at = 0;
  const build = (x: unknown): unknown => {
    if (Array.isArray(x)) return sameKind(x, x.map(build));
    if (flows(x)) return x._withFlow(leaves[at++]);
    if (!isNested(x)) return leaves[at++];
    const made = new Map(
      Object.keys(x as object)
        .sort()
        .map((k) => [k, build((x as Record<string, unknown>)[k])]),
    );
    return Object.fromEntries(Object.keys(x as object).map((k) => [k, made.get(k)]));
  };
  return build(like);
}
