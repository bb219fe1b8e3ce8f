import type { ndarray } from "@cognate/ndarray/core";
import { describe, expect, test, vi } from "vitest";
import { CsrMatrix, floats } from "../base/arrays.js";
import { cases, dataOf, estimatorOf, type FitCase } from "./fits.test.helper.js";

const warned = vi.spyOn(console, "warn").mockImplementation(() => {});

/** Fits whose solver takes another number of steps than scikit-learn's, and why. */
const OTHER_PATHS: Readonly<Record<string, string>> = {
  "SVC(kernel=poly, degree=2, coef0=1.0, tol=1e-09) wine csr":
    "735 steps and 740: powers of sums that differ in the last bit, at a tolerance of that size",
  "LinearSVC(C=10.0, class_weight=balanced, tol=1e-09, max_iter=200000) cancer":
    "70 Newton steps and 71: the last one is decided by rounding",
  "LinearSVR(loss=squared_epsilon_insensitive, tol=1e-09, max_iter=200000) diabetes":
    "6 Newton steps and 7: the last one is decided by rounding",
};

type Fitted = Record<string, (...args: unknown[]) => unknown> & Record<string, ndarray>;

const dense = (x: unknown): ndarray => (x instanceof CsrMatrix ? x.toarray() : (x as ndarray));

/** Why an array is not the expected one: beyond `rtol` of each number, or of a tenth of the largest. */
function difference(actual: unknown, expected: ndarray, rtol: number): string | null {
  const a = dense(actual);
  if (String(a.shape) !== String(expected.shape)) return `shape ${a.shape}, expected ${expected.shape}`;
  if (a.dtype !== expected.dtype) return `dtype ${a.dtype}, expected ${expected.dtype}`;
  const [x, y] = [floats(a), floats(expected)];
  const scale = y.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
  const at = y.findIndex((v, i) => !(Math.abs(x[i]! - v) <= rtol * (Math.abs(v) + 0.1 * scale)));
  return at < 0 ? null : `element ${at}: ${x[at]}, expected ${y[at]} (the largest is ${scale})`;
}

const isArray = (x: unknown): x is ndarray => typeof x === "object" && x !== null && "dtype" in x;
const list = (x: unknown): unknown => (isArray(x) ? x.tolist() : x);

/** Whether a fit follows scikit-learn's step by step. */
const followed = new Map<string, boolean>();

function check(c: FitCase): void {
  const { X, y, Xt, weight } = dataOf(c);
  const clf = estimatorOf(c) as unknown as Fitted;
  warned.mockClear();
  clf.fit!(X, y, weight);
  const { out } = c;
  const same = JSON.stringify(list(clf.n_iter_)) === JSON.stringify(list(out.n_iter_));
  followed.set(c.name, same);
  // Where the steps are the same, so is everything, whatever the tolerance.
  const rtol = c.params.tol === 1e-9 || same ? 1e-5 : 1e-2;
  const apart: string[] = [];
  const compare = (name: string, actual: unknown): void => {
    const expected = out[name];
    if (expected === undefined) return;
    const why = isArray(expected)
      ? difference(actual, expected, rtol)
      : JSON.stringify(list(actual)) === JSON.stringify(expected)
        ? null
        : `${String(actual)}, expected ${String(expected)}`;
    if (why) apart.push(`${name}: ${why}`);
  };
  for (const name of ["support_", "n_support_", "fit_status_"]) compare(name, clf[name]);
  if (isArray(out.n_iter_)) expect(dense(clf.n_iter_).dtype).toBe(out.n_iter_.dtype);
  for (const name of ["dual_coef_", "coef_", "intercept_", "offset_"])
    if (name in out) compare(name, typeof out[name] === "number" ? Number(clf[name]) : clf[name]);
  compare("classes_", clf.classes_ && list(clf.classes_));
  if ("decision" in out) compare("decision", clf.decision_function!(Xt));
  if ("score_samples" in out) compare("score_samples", clf.score_samples!(Xt));
  const predicted = clf.predict!(Xt) as ndarray;
  if (c.class.endsWith("R") || !isArray(out.predict))
    compare("predict", isArray(out.predict) ? predicted : list(predicted));
  else expect(list(predicted)).toEqual(list(out.predict));
  if (isArray(out.proba)) {
    const [p, q] = [floats(clf.predict_proba!(Xt) as ndarray), floats(out.proba)];
    expect(Math.max(...p.map((v, i) => Math.abs(v - q[i]!)))).toBeLessThan(1e-4);
  }
  expect(apart).toEqual([]);
}

describe("fits of scikit-learn", () => {
  test.each(cases)("$name", check);

  test("follow its steps, but for the listed ones", () => {
    const others = [...followed].filter(([, same]) => !same).map(([name]) => name);
    expect(others.sort()).toEqual(Object.keys(OTHER_PATHS).sort());
    expect(followed.size).toBeGreaterThanOrEqual(200);
  });
});
