import type { ndarray } from "@cognate/ndarray/core";
import { describe, expect, test, vi } from "vitest";
import { CsrMatrix, floats } from "../base/arrays.js";
import { cases, dataOf, estimatorOf } from "./fits.test.helper.js";

vi.spyOn(console, "warn").mockImplementation(() => {});

const dense = (x: unknown): ndarray => (x instanceof CsrMatrix ? x.toarray() : (x as ndarray));

/** Largest difference beyond rtol and, for numbers near 0, a share of the largest number. */
function close(actual: unknown, expected: ndarray, rtol: number): string | null {
  const a = dense(actual);
  if (String(a.shape) !== String(expected.shape)) return `shape ${a.shape}, expected ${expected.shape}`;
  if (a.dtype !== expected.dtype) return `dtype ${a.dtype}, expected ${expected.dtype}`;
  const [x, y] = [floats(a), floats(expected)];
  const scale = y.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
  for (let i = 0; i < y.length; i++)
    if (!(Math.abs(x[i]! - y[i]!) <= rtol * Math.abs(y[i]!) + rtol * 0.1 * scale))
      return `element ${i}: ${x[i]}, expected ${y[i]} (of ${scale})`;
  return null;
}

let [same, all] = [0, 0];

describe("fits", () => {
  test.each(cases)("$name", (c) => {
    const { X, y, Xt, weight } = dataOf(c);
    const clf = estimatorOf(c) as unknown as Record<string, (...args: unknown[]) => unknown> & Record<string, ndarray>;
    clf.fit(X, y, weight);
    const tight = c.params.tol === 1e-9;
    const { out } = c;
    const probs: string[] = [];
    const check = (what: string, why: string | null): void => {
      if (why) probs.push(`${what}: ${why}`);
    };
    const rtol = tight ? 1e-5 : 2e-2;
    if (tight || c.params.max_iter) {
      for (const k of ["support_", "n_support_"]) if (k in out) expect(clf[k]!.tolist(), k).toEqual(out[k]!.tolist());
      for (const k of ["dual_coef_", "coef_", "intercept_", "offset_", "score_samples"])
        if (k in out) check(k, k === "score_samples" ? close(clf.score_samples!(Xt), out[k]!, rtol) : typeof out[k] === "number" ? null : close(clf[k], out[k]!, rtol));
      if ("decision" in out) check("decision", close(clf.decision_function!(Xt), out.decision!, rtol));
    }
    const p = clf.predict!(Xt) as ndarray;
    if (Array.isArray(out.predict)) expect(p.tolist()).toEqual(out.predict);
    else if (c.class.endsWith("R" as never)) check("predict", close(p, out.predict!, tight ? 1e-5 : 5e-2));
    else expect(p.tolist()).toEqual((out.predict as ndarray).tolist());
    if ("proba" in out) {
      const q = clf.predict_proba!(Xt) as ndarray;
      const [a, b] = [floats(q), floats(out.proba!)];
      b.forEach((v, i) => {
        if (Math.abs(v - a[i]!) > 1e-4) check("proba", `${a[i]} expected ${v}`);
      });
    }
    const n = clf.n_iter_ as unknown as ndarray;
    const own = typeof n === "number" ? n : n.tolist();
    const real = typeof out.n_iter_ === "number" ? out.n_iter_ : (out.n_iter_ as ndarray).tolist();
    all++;
    if (JSON.stringify(own) === JSON.stringify(real)) same++;
    else console.log(c.name, JSON.stringify(own), JSON.stringify(real));
    expect(probs).toEqual([]);
  });
  test("iterations", () => {
    console.log(same, all);
    expect(same / all).toBeGreaterThan(0.75);
  });
});
