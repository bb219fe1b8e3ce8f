import { describe, expect, test } from "vitest";
import { float64 } from "../dtype/dtype.js";
import { eigh, qr, svd } from "../ops/table.js";
import type { Strided } from "../strided/strided.js";
import { wasmBuild } from "../wasm/instance.js";
import { fastCalls, withoutFastKernels } from "../wasm/registry.js";
import { random } from "../wasm/testing.js";
import { factorCholesky } from "./cholesky.js";
import { factorLu, permuteRows, solveLu } from "./lu.js";
import { solveTriangle } from "./triangular.js";

const EPS = 2 ** -52;
const numbers = (n: number): Float64Array => random([n], -1, 1, float64).data as Float64Array;

/** a·b for a of m×k and b of k×n. */
function product(m: number, n: number, k: number, a: Float64Array, b: Float64Array): Float64Array {
  const y = new Float64Array(m * n);
  for (let i = 0; i < m; i++)
    for (let p = 0; p < k; p++) for (let j = 0; j < n; j++) y[i * n + j]! += a[i * k + p]! * b[p * n + j]!;
  return y;
}
const worst = (a: Float64Array, b: Float64Array): number =>
  a.reduce((w, v, i) => Math.max(w, Math.abs(v - b[i]!)), 0);
const triangle = (
  _m: number,
  n: number,
  a: Float64Array,
  keep: (i: number, j: number) => number,
): Float64Array => a.map((v, p) => keep(Math.floor(p / n), p % n) * v);

/** Runs with fast kernels, which must have run, and without. */
function bothWays(f: () => void): void {
  const before = fastCalls();
  f();
  expect(fastCalls() > before).toBe(wasmBuild() !== "off");
  withoutFastKernels(f);
}

test.each([
  [64, 64],
  [97, 97],
  [150, 100],
  [100, 150],
  [129, 65],
])("LU of %i×%i", (m, n) =>
  bothWays(() => {
    const a = numbers(m * n);
    const lu = a.slice();
    const k = Math.min(m, n);
    const pivots = new Int32Array(k);
    expect(factorLu(1, m, n, lu, pivots)).toBe(0);
    const l = new Float64Array(m * k);
    for (let i = 0; i < m; i++)
      for (let j = 0; j < k; j++) l[i * k + j] = i === j ? 1 : i > j ? lu[i * n + j]! : 0;
    for (const v of l) expect(Math.abs(v)).toBeLessThanOrEqual(1);
    const u = triangle(k, n, lu.slice(0, k * n), (i, j) => (j >= i ? 1 : 0));
    permuteRows(1, n, a, pivots);
    expect(worst(product(m, n, k, l, u), a)).toBeLessThan(10 * n * EPS * 4);
  }),
);

test("a singular matrix names its first zero pivot", () => {
  const n = 80;
  const a = numbers(n * n);
  for (let i = 0; i < n; i++) a[i * n + 40] = 0;
  expect(factorLu(1, n, n, a, new Int32Array(n))).toBe(41);
});

describe.each([64, 100, 161])("of order %i", (n) => {
  test("systems", () =>
    bothWays(() => {
      const [a, x] = [numbers(n * n), numbers(n * 20)];
      for (let i = 0; i < n; i++) a[i * n + i]! += 4;
      const b = product(n, 20, n, a, x);
      const pivots = new Int32Array(n);
      factorLu(1, n, n, a, pivots);
      solveLu(1, n, 20, a, pivots, b);
      expect(worst(b, x)).toBeLessThan(1e-10);
    }));
  test.each([
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ])("triangles: upper %s, unit %s", (upper, unit) =>
    bothWays(() => {
      const a = numbers(n * n).map((v) => v / n);
      for (let i = 0; i < n; i++) a[i * n + i] = 2 + a[i * n + i]!;
      const x = numbers(n * 17);
      const t = triangle(n, n, a, (i, j) => (i === j || (upper ? j > i : j < i) ? 1 : 0));
      if (unit) for (let i = 0; i < n; i++) t[i * n + i] = 1;
      const b = product(n, 17, n, t, x);
      solveTriangle(1, n, 17, a, n, b, upper, unit);
      expect(worst(b, x)).toBeLessThan(1e-13);
    }),
  );
  test("Cholesky", () =>
    bothWays(() => {
      const g = numbers(n * n);
      const turned = g.map((_, p) => g[(p % n) * n + Math.floor(p / n)]!);
      const a = product(n, n, n, g, turned);
      for (let i = 0; i < n; i++) a[i * n + i]! += n;
      const l = a.slice();
      expect(factorCholesky(1, n, l)).toBe(0);
      const lt = l.map((_, p) => l[(p % n) * n + Math.floor(p / n)]!);
      expect(worst(product(n, n, n, l, lt), a)).toBeLessThan(10 * n * EPS * 2 * n);
      for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) expect(l[i * n + j]).toBe(0);
      a[50 * n + 50] = -1;
      expect(factorCholesky(1, n, a)).toBe(51);
    }));
});

test.each([
  [40, 40],
  [100, 60],
  [60, 100],
  [130, 33],
])("SVD and QR of %i×%i", (m, n) =>
  bothWays(() => {
    const x = random([m, n], -1, 1, float64);
    const a = x.data as Float64Array;
    const k = Math.min(m, n);
    for (const fullMatrices of [false, true]) {
      const [u, s, vh] = (svd.run([x], { fullMatrices }) as Strided[]).map((y) => y.data as Float64Array);
      const [cu, cv] = fullMatrices ? [m, n] : [k, k];
      const us = new Float64Array(m * cv);
      for (let i = 0; i < m; i++) for (let j = 0; j < k; j++) us[i * cv + j] = u![i * cu + j]! * s![j]!;
      expect(worst(product(m, n, cv, us, vh!), a)).toBeLessThan(10 * n * EPS * 10);
    }
    const [q, r] = (qr.run([x], {}) as Strided[]).map((y) => y.data as Float64Array);
    expect(worst(product(m, n, k, q!, r!), a)).toBeLessThan(10 * n * EPS);
  }),
);

test.each([33, 64, 101])("eigenvectors of a symmetric matrix of order %i", (n) =>
  bothWays(() => {
    const x = random([n, n], -1, 1, float64);
    const a = x.data as Float64Array;
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[j * n + i] = a[i * n + j]!;
    const [values, v] = (eigh.run([x], {}) as Strided[]).map((y) => y.data as Float64Array);
    const av = product(n, n, n, a, v!);
    expect(
      worst(
        av,
        v!.map((e, p) => e * values![p % n]!),
      ),
    ).toBeLessThan(10 * n * EPS * 4);
    for (let i = 1; i < n; i++) expect(values![i]! >= values![i - 1]!).toBe(true);
  }),
);
