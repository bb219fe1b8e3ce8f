import { arrayOf } from "@cognate/kernel";
import { expect } from "vitest";
import { type Closeness, difference } from "./compare.js";
import { GoldenArray } from "./golden.js";

interface GoldenMatchers {
  /** Every array of `expected` (nested in tuples, lists, dicts) equals its counterpart within its type's tolerance. */
  toMatchGolden(expected: unknown, closeness?: Closeness): void;
}

declare module "vitest" {
  interface Matchers<T> extends GoldenMatchers {}
}

/** Why nested `actual` is not nested `expected`, or `null`. */
export function goldenDifference(
  actual: unknown,
  expected: unknown,
  closeness?: Closeness,
  path = "",
): string | null {
  const at = (why: string | null): string | null => (why === null ? null : path ? `${path}: ${why}` : why);
  if (expected instanceof GoldenArray) return at(difference(actual, expected.array, closeness));
  const array = arrayOf(expected);
  if (array) return at(difference(actual, array, closeness));
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return at(`expected a list of ${expected.length}, got ${String(actual)}`);
    if (actual.length !== expected.length) return at(`${actual.length} items, expected ${expected.length}`);
    for (let i = 0; i < expected.length; i++) {
      const why = goldenDifference(actual[i], expected[i], closeness, `${path}[${i}]`);
      if (why) return why;
    }
    return null;
  }
  if (typeof expected === "number" || expected instanceof Number) {
    const [a, e] = [Number(actual), Number(expected)];
    const { rtol, atol } = closeness ?? { rtol: 1e-6, atol: 1e-9 };
    return Object.is(a, e) || Math.abs(a - e) <= atol + rtol * Math.abs(e) ? null : at(`${a}, expected ${e}`);
  }
  if (typeof expected === "object" && expected !== null) {
    for (const [k, v] of Object.entries(expected)) {
      const why = goldenDifference(
        (actual as Record<string, unknown>)?.[k],
        v,
        closeness,
        path ? `${path}.${k}` : k,
      );
      if (why) return why;
    }
    return null;
  }
  return Object.is(actual, expected) ? null : at(`${String(actual)}, expected ${String(expected)}`);
}

expect.extend({
  toMatchGolden(actual: unknown, expected: unknown, closeness?: Closeness) {
    const why = goldenDifference(actual, expected, closeness);
    return { pass: why === null, message: () => why ?? "expected a difference, there is none" };
  },
});
