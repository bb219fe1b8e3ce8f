import { callMethod, isPlainObject, methodOf } from "../core/plain.js";
import type { Complex } from "../numbers/complex.js";
import { Parenthesized } from "../sequences/parenthesized.js";
import { equalKeys, stableHash } from "../sets/hash.js";
import { numberOf } from "./convert.js";
import { truth } from "./truth.js";

/**
 * What `__eq__`, `__add__` and their like return where they cannot tell, so that the other operand is asked.
 *
 * @example
 * ```ts
 * import { add, NotImplemented, print } from "@cognate/py";
 * class Meter { __add__(x: unknown) { return typeof x === "number" ? `${x + 1} m` : NotImplemented; } }
 * print(add(new Meter(), 2)); // prints 3 m
 * ```
 */
export const NotImplemented: unique symbol = Symbol("NotImplemented");

function equalNumbers(a: unknown, b: unknown): boolean | undefined {
  const [p, q] = [numberOf(a), numberOf(b)];
  if (!p || !q) return undefined;
  if (p.kind === "complex" || q.kind === "complex") {
    const [x, y] = [p, q].map(({ value }) =>
      typeof value === "object" ? value : { real: Number(value), imag: 0 },
    ) as [Complex, Complex];
    return x.real === y.real && x.imag === y.imag;
  }
  // Not `===`: a bigint and a double compare by their exact values only so.
  return p.value >= q.value && p.value <= q.value;
}

/** Entries of a dict, a plain object or a Map; `null` for anything else. */
export function entriesOf(x: unknown): [unknown, unknown][] | null {
  if (x instanceof Map) return [...x.entries()] as [unknown, unknown][];
  return isPlainObject(x) ? Object.entries(x) : null;
}

function equalDicts(a: object, b: object): boolean {
  const [p, q] = [entriesOf(a), entriesOf(b)] as [[unknown, unknown][], [unknown, unknown][]];
  if (p.length !== q.length) return false;
  const other = new Map(q);
  return p.every(([k, v]) => {
    if (other.has(k)) return same(v, other.get(k));
    const match = stableHash(k) === null ? undefined : q.find(([key]) => same(k, key));
    return match !== undefined && same(v, match[1]);
  });
}

function equalSets(a: ReadonlySet<unknown>, b: ReadonlySet<unknown>): boolean {
  if (a.size !== b.size) return false;
  for (const x of a) if (!hasItem(b, x)) return false;
  return true;
}

/** `x in set`, also for tuples and for numbers of different types, which JavaScript's sets hold apart. */
export function hasItem(set: ReadonlySet<unknown>, x: unknown): boolean {
  if (set.has(x)) return true;
  const hash = stableHash(x);
  if (hash === null) return false;
  for (const y of set) if (stableHash(y) === hash && equalKeys(x, y)) return true;
  return false;
}

function equalSequences(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a instanceof Parenthesized !== b instanceof Parenthesized || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!same(a[i], b[i])) return false;
  return true;
}

const equalBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((x, i) => x === b[i]);

/** Asks the operands' own methods, the left one first. */
function asked(a: unknown, b: unknown): unknown {
  // A tuple's own `eq` comes here for its answer.
  for (const [x, y] of [
    [a, b],
    [b, a],
  ])
    for (const name of Array.isArray(x) ? ["__eq__"] : ["__eq__", "eq"])
      if (methodOf(x, name)) {
        const answer = callMethod(x as object, name, y);
        if (answer !== NotImplemented) return answer;
      }
  return NotImplemented;
}

/** Python's `a == b`: a boolean, or what an array's own `eq` gives. */
export function equal(a: unknown, b: unknown): unknown {
  if (typeof a === "string" || typeof b === "string") if (typeof a === typeof b) return a === b;
  const numbers = equalNumbers(a, b);
  if (numbers !== undefined) return numbers;
  if (Array.isArray(a) && Array.isArray(b) && !methodOf(a, "__eq__") && !methodOf(b, "__eq__"))
    return equalSequences(a, b);
  if (a instanceof Set && b instanceof Set) return equalSets(a, b);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return equalBytes(a, b);
  if (entriesOf(a) && entriesOf(b)) return equalDicts(a as object, b as object);
  const answer = asked(a, b);
  if (answer !== NotImplemented) return answer;
  return Object.is(a, b) || (a ?? null) === (b ?? null);
}

/** Whether two items count as equal inside containers: the same object, or equal. */
export const same = (a: unknown, b: unknown): boolean => a === b || truth(equal(a, b));
