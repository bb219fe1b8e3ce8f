import { describe, expect, test } from "vitest";
import { wasmBuild } from "../wasm/instance.js";
import { fastCalls, withoutFastKernels } from "../wasm/registry.js";
import { next } from "../wasm/testing.js";
import { eigenHermitian } from "./eigen-hermitian.js";
import { factorLu, solveLu } from "./lu.js";
import { decompose } from "./svd.js";
import { solveTriangle } from "./triangular.js";

const EPS = 2 ** -52;
const random = (n: number): Float64Array => Float64Array.from({ length: n }, next);

/** The largest difference relative to the largest number. */
function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let [worst, top] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    worst = Math.max(worst, Math.abs(a[i]! - b[i]!));
    top = Math.max(top, Math.abs(b[i]!));
  }
  return top === 0 ? worst : worst / top;
}

/** Runs `f` with and without kernels; the former must have run. */
function both<T>(f: () => T): [fast: T, plain: T] {
  const before = fastCalls();
  const fast = f();
  if (wasmBuild() !== "off") expect(fastCalls()).toBeGreaterThan(before);
  return [fast, withoutFastKernels(f)];
}

describe("LU factors and systems", () => {
  test.each([
    [16, 16],
    [17, 17],
    [31, 33],
    [32, 32],
    [33, 20],
    [65, 65],
    [100, 40],
    [40, 101],
    [130, 130],
  ])("%i×%i", (m, n) => {
    const a = random(m * n);
    const [fast, plain] = both(() => {
      const lu = a.slice();
      const pivots = new Int32Array(Math.min(m, n));
      return { info: factorLu(1, m, n, lu, pivots), lu, pivots };
    });
    expect(fast.info).toBe(0);
    expect(fast.pivots).toEqual(plain.pivots);
    expect(distance(fast.lu, plain.lu)).toBeLessThan(1e-10);
    if (m !== n) return;
    for (const k of [1, 2, 5, n]) {
      const b = random(n * k);
      const [x] = both(() => {
        const y = b.slice();
        solveLu(1, n, k, fast.lu, fast.pivots, y);
        return y;
      });
      // The backward error of each column.
      let worst = 0;
      for (let c = 0; c < k; c++)
        for (let i = 0; i < n; i++) {
          let [sum, size] = [-b[i * k + c]!, Math.abs(b[i * k + c]!)];
          for (let j = 0; j < n; j++) {
            sum += a[i * n + j]! * x[j * k + c]!;
            size += Math.abs(a[i * n + j]! * x[j * k + c]!);
          }
          worst = Math.max(worst, Math.abs(sum) / size);
        }
      expect(worst).toBeLessThan(10 * n * EPS);
    }
  });

  test("a column of zeros is told, and the others are factored", () => {
    const n = 50;
    const a = random(n * n);
    for (let i = 0; i < n; i++) a[i * n + 20] = 0;
    const [fast, plain] = both(() => {
      const lu = a.slice();
      return { info: factorLu(1, n, n, lu, new Int32Array(n)), lu };
    });
    expect([fast.info, plain.info]).toEqual([21, 21]);
    expect(distance(fast.lu, plain.lu)).toBeLessThan(1e-10);
  });

  test("NaN stays NaN", () => {
    const a = random(20 * 20);
    a[7] = Number.NaN;
    const b = random(20);
    for (const y of both(() => {
      const [lu, x, pivots] = [a.slice(), b.slice(), new Int32Array(20)];
      factorLu(1, 20, 20, lu, pivots);
      solveLu(1, 20, 1, lu, pivots, x);
      return x;
    }))
      expect(y.some(Number.isNaN)).toBe(true);
  });

  test.each([16, 33, 70])("triangles of %i rows, of a wider matrix", (n) => {
    const lda = n + 3;
    const a = random(n * lda);
    for (let i = 0; i < n; i++) a[i * lda + i]! += 4;
    for (const k of [1, 3, 40])
      for (const upper of [true, false])
        for (const unit of [true, false]) {
          const scaled = unit ? a.map((v, i) => (i % (lda + 1) === 0 ? v : v / n)) : a;
          const b = random(n * k);
          const [fast, plain] = both(() => {
            const x = b.slice();
            solveTriangle(1, n, k, scaled, lda, x, upper, unit);
            return x;
          });
          expect(distance(fast, plain)).toBeLessThan(1e-10);
        }
  });
});

describe("reflections and rotations", () => {
  test.each([
    [32, 32],
    [33, 35],
    [70, 41],
    [97, 97],
    [40, 130],
  ])("singular values and vectors, %i×%i", (m, n) => {
    const a = random(m * n);
    const k = Math.min(m, n);
    const [fast, plain] = both(() => decompose(1, m, n, a.slice(), true, true));
    expect(fast.left).toBe(0);
    expect(distance(fast.s, plain.s)).toBeLessThan(10 * k * EPS);
    const back = new Float64Array(m * n);
    for (let i = 0; i < m; i++)
      for (let j = 0; j < n; j++)
        for (let p = 0; p < k; p++)
          back[i * n + j]! += fast.u![i * m + p]! * fast.s[p]! * fast.v![j * n + p]!;
    expect(distance(back, a)).toBeLessThan(10 * k * EPS * 4);
  });

  test.each([
    [41, 35],
    [97, 97],
    [40, 70],
  ])("singular values of equal rows, whose rest falls below all numbers, %i×%i", (m, n) => {
    const row = random(n);
    const a = Float64Array.from({ length: m * n }, (_, i) => row[i % n]!);
    const top = Math.sqrt(m * row.reduce((s, v) => s + v * v, 0));
    for (const { s, left } of both(() => decompose(1, m, n, a.slice(), true, true))) {
      expect(left).toBe(0);
      expect(Math.abs(s[0]! - top)).toBeLessThan(10 * m * EPS * top);
      expect(s[1]).toBeLessThan(10 * m * EPS * top);
    }
  });

  test.each([32, 33, 65, 100])("eigenvalues and vectors, %i×%i", (n) => {
    const a = random(n * n);
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[j * n + i] = a[i * n + j]!;
    const [fast, plain] = both(() => {
      const [values, vectors] = [new Float64Array(n), new Float64Array(n * n)];
      expect(eigenHermitian(1, n, a.slice(), true, values, vectors)).toBe(0);
      return { values, vectors };
    });
    expect(distance(fast.values, plain.values)).toBeLessThan(10 * n * EPS);
    const back = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        for (let p = 0; p < n; p++)
          back[i * n + j]! += fast.vectors[i * n + p]! * fast.values[p]! * fast.vectors[j * n + p]!;
    expect(distance(back, a)).toBeLessThan(10 * n * EPS * 4);
  });
});
