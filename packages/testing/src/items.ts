import { arrayOf, elementAt } from "@cognate/kernel";
import type { Closeness } from "./compare.js";
import { difference } from "./compare.js";
import { GoldenArray } from "./golden.js";
import { goldenDifference } from "./matchers.js";

/** Relative tolerances that NumPy's own tests use, by element type; what is not here must be equal. */
export const NUMPY_TOLERANCE: Readonly<Record<string, Closeness>> = {
  float16: { rtol: 2e-3, atol: 1e-7 },
  float32: { rtol: 2e-6, atol: 1e-7 },
  float64: { rtol: 1e-12, atol: 1e-14 },
  complex64: { rtol: 2e-6, atol: 1e-7 },
  complex128: { rtol: 1e-12, atol: 1e-14 },
};

const EXACT: Closeness = { rtol: 0, atol: 0 };

const close = (a: number, b: number, { rtol, atol }: Closeness): boolean =>
  Object.is(a, b) || a === b || Math.abs(a - b) <= atol + rtol * Math.abs(b);

/**
 * Why what a NumPy call gave is not what the fixture says, or `null`. Results without axes come as JavaScript numbers
 * and booleans where the type is float64, an integer or bool; those compare with the fixture's zero-dimensional arrays.
 */
export function itemDifference(
  actual: unknown,
  expected: unknown,
  closeness?: Closeness,
  path = "",
): string | null {
  const at = (why: string | null): string | null => (why === null ? null : `${path}${path && ": "}${why}`);
  if (expected instanceof GoldenArray) {
    const want = expected.array;
    const tolerance = closeness ?? NUMPY_TOLERANCE[want.dtype.name] ?? EXACT;
    const exact = want.dtype.kind !== "float" && want.dtype.kind !== "complex";
    if (arrayOf(actual)) return at(difference(actual, want, exact ? EXACT : tolerance));
    const element = elementAt(want, want.offset);
    if (want.rank > 0 || typeof element === "object") return at(`${String(actual)} is no array`);
    if (typeof element !== "number" || exact)
      return Object.is(actual, element) || actual === element
        ? null
        : at(`${String(actual)}, expected ${String(element)}`);
    if (typeof actual !== "number") return at(`${String(actual)} is no number`);
    return close(actual, element, tolerance) ? null : at(`${actual}, expected ${element}`);
  }
  if (typeof expected === "number" || expected instanceof Number) {
    const [a, e] = [Number(actual), Number(expected)];
    return close(a, e, closeness ?? NUMPY_TOLERANCE.float64!) ? null : at(`${a}, expected ${e}`);
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return at(`expected a list of ${expected.length}, got ${String(actual)}`);
    if (actual.length !== expected.length) return at(`${actual.length} items, expected ${expected.length}`);
    for (let i = 0; i < expected.length; i++) {
      const why = itemDifference(actual[i], expected[i], closeness, `${path}[${i}]`);
      if (why) return why;
    }
    return null;
  }
  return at(goldenDifference(actual, expected, closeness));
}
