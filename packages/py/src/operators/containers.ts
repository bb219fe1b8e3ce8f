import { isPlainObject } from "../core/plain.js";
import { intOf, toIndex } from "../protocol/convert.js";
import { hasItem, NotImplemented, same } from "../protocol/equality.js";
import { truth } from "../protocol/truth.js";
import { Parenthesized } from "../sequences/parenthesized.js";
import { Range } from "../sequences/range.js";
import { Tuple } from "../sequences/tuple.js";
import { orderedSet, setOrder } from "../sets/order.js";

type Sequence = string | readonly unknown[] | Uint8Array;

const isTuple = (x: unknown): x is Parenthesized => x instanceof Parenthesized;

/** A list, a tuple, a string or bytes; not a range, which has no `+` and `*`. */
export const isSequence = (x: unknown): x is Sequence =>
  typeof x === "string" || (Array.isArray(x) && !(x instanceof Range)) || x instanceof Uint8Array;

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}

/** `a + b` of two strings, two lists, two tuples or two bytes. */
export function concatenate(a: unknown, b: unknown): unknown {
  if (typeof a === "string" && typeof b === "string") return a + b;
  if (a instanceof Uint8Array && b instanceof Uint8Array) return joinBytes([a, b]);
  if (!isSequence(a) || !Array.isArray(a) || !Array.isArray(b) || isTuple(a) !== isTuple(b))
    return NotImplemented;
  if (b instanceof Range) return NotImplemented;
  return isTuple(a) ? Tuple.of_([...a, ...b]) : [...a, ...b];
}

/** `a * n` and `n * a` of a sequence. */
export function repeated(a: unknown, b: unknown): unknown {
  const [items, count] = isSequence(a) ? [a, b] : [b, a];
  if (!isSequence(items) || intOf(count) === undefined) return NotImplemented;
  const n = Math.max(toIndex(count), 0);
  if (typeof items === "string") return items.repeat(n);
  if (items instanceof Uint8Array) return joinBytes(new Array<Uint8Array>(n).fill(items));
  const out: unknown[] = [];
  for (let i = 0; i < n; i++) for (const item of items) out.push(item);
  return isTuple(items) ? Tuple.of_(out) : out;
}

/** A set of the same class in Python's order. */
function setLike(a: ReadonlySet<unknown>, items: Iterable<unknown>): Set<unknown> {
  const C = a.constructor as new (items: Iterable<unknown>) => Set<unknown>;
  return orderedSet([...items], (o) => new C(o));
}

const setOp =
  (items: (a: ReadonlySet<unknown>, b: ReadonlySet<unknown>) => Iterable<unknown>) =>
  (a: unknown, b: unknown): unknown =>
    a instanceof Set && b instanceof Set ? setLike(a, items(a, b)) : NotImplemented;

const without = (a: ReadonlySet<unknown>, b: ReadonlySet<unknown>): unknown[] =>
  setOrder(a).filter((x) => !hasItem(b, x));

export const setDifference = setOp(without);
export const setIntersection = setOp((a, b) => {
  const [few, many] = b.size > a.size ? [a, b] : [b, a];
  return setOrder(few).filter((x) => hasItem(many, x));
});
export const setExclusion = setOp((a, b) => [...without(b, a), ...without(a, b)]);
const setUnion = setOp((a, b) => [...setOrder(a), ...without(b, a)]);

/** `a | b` of sets, and of dicts, where the right one's values win. */
export function union(a: unknown, b: unknown): unknown {
  if (isPlainObject(a) && isPlainObject(b)) return { ...a, ...b };
  const entries = (x: unknown): Iterable<[unknown, unknown]> | null =>
    x instanceof Map ? (x as Map<unknown, unknown>) : isPlainObject(x) ? Object.entries(x) : null;
  const [p, q] = [entries(a), entries(b)];
  return p && q ? new Map([...p, ...q]) : setUnion(a, b);
}

/** By code points, as Python compares strings; JavaScript's `<` compares UTF-16 units. */
export function compareStrings(a: string, b: string): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x === y) continue;
    const high = (c: number): boolean => c >= 0xd800 && c <= 0xdfff;
    return high(x) !== high(y) ? (high(x) ? 1 : -1) : x - y;
  }
  return a.length - b.length;
}

/** How an ordering reads: by sign of a three-way comparison, and between sets. */
export interface Ordering {
  readonly holds: (sign: number) => boolean;
  readonly sets: (a: ReadonlySet<unknown>, b: ReadonlySet<unknown>) => boolean;
}

const subset = (a: ReadonlySet<unknown>, b: ReadonlySet<unknown>): boolean =>
  a.size <= b.size && [...a].every((x) => hasItem(b, x));

export const ORDERINGS = {
  lt: { holds: (s) => s < 0, sets: (a, b) => a.size < b.size && subset(a, b) },
  le: { holds: (s) => s <= 0, sets: subset },
  gt: { holds: (s) => s > 0, sets: (a, b) => b.size < a.size && subset(b, a) },
  ge: { holds: (s) => s >= 0, sets: (a, b) => subset(b, a) },
} as const satisfies Record<string, Ordering>;

/**
 * An ordering of strings, lists, tuples, bytes and sets; of lists the first items that differ decide, by `items`.
 */
export function ordered(
  { holds, sets }: Ordering,
  a: unknown,
  b: unknown,
  items: (x: unknown, y: unknown) => unknown,
): unknown {
  if (typeof a === "string" && typeof b === "string") return holds(compareStrings(a, b));
  if (a instanceof Set && b instanceof Set) return sets(a, b);
  const bytes = a instanceof Uint8Array && b instanceof Uint8Array;
  const lists =
    Array.isArray(a) && Array.isArray(b) && isSequence(a) && isSequence(b) && isTuple(a) === isTuple(b);
  if (!bytes && !lists) return NotImplemented;
  const [p, q] = [a, b] as [readonly unknown[], readonly unknown[]];
  const n = Math.min(p.length, q.length);
  for (let i = 0; i < n; i++) if (!same(p[i], q[i])) return truth(items(p[i], q[i]));
  return holds(p.length - q.length);
}
