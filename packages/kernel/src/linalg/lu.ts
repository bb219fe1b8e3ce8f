import { reciprocalAt, solveTriangle } from "./triangular.js";
import { axpy, type Lanes, scale, sizeAt, swap } from "./vector.js";

/**
 * PA = LU in place, by columns with row pivots: L's unit triangle below the diagonal, U on and above it. `pivots[i]` is the row
 * that changed places with row i. Returns the first column whose pivot is zero, counted from 1, or 0.
 */
export function factorLu(lanes: Lanes, m: number, n: number, a: Float64Array, pivots: Int32Array): number {
  let info = 0;
  for (let c = 0; c < Math.min(m, n); c++) {
    let pivot = c;
    for (let r = c + 1; r < m; r++)
      if (sizeAt(lanes, a, r * n + c) > sizeAt(lanes, a, pivot * n + c)) pivot = r;
    pivots[c] = pivot;
    if (sizeAt(lanes, a, pivot * n + c) === 0) {
      info ||= c + 1;
      continue;
    }
    if (pivot !== c) swap(lanes, n, a, c * n, 1, a, pivot * n, 1);
    const { re, im } = reciprocalAt(lanes, a, c * n + c);
    scale(lanes, m - c - 1, re, im, a, (c + 1) * n + c, n);
    for (let r = c + 1; r < m; r++) {
      const p = (r * n + c) * lanes;
      axpy(lanes, n - c - 1, -a[p]!, lanes === 2 ? -a[p + 1]! : 0, a, c * n + c + 1, 1, a, r * n + c + 1, 1);
    }
  }
  return info;
}

/** Exchanges rows of an n-column matrix as the pivots say, or back. */
export function permuteRows(
  lanes: Lanes,
  n: number,
  b: Float64Array,
  pivots: Int32Array,
  back = false,
): void {
  for (let step = 0; step < pivots.length; step++) {
    const i = back ? pivots.length - 1 - step : step;
    const j = pivots[i]!;
    if (j !== i) swap(lanes, n, b, i * n, 1, b, j * n, 1);
  }
}

/** A·X = B in place of B (n×k) from A's factors. */
export function solveLu(
  lanes: Lanes,
  n: number,
  k: number,
  lu: Float64Array,
  pivots: Int32Array,
  b: Float64Array,
): void {
  permuteRows(lanes, k, b, pivots);
  solveTriangle(lanes, n, k, lu, n, b, false, true);
  solveTriangle(lanes, n, k, lu, n, b, true, false);
}

/** Where each row of A stands in P: `order[i]` is the row of A that is row i of LU. */
export function rowOrder(m: number, pivots: Int32Array): Int32Array {
  const order = Int32Array.from({ length: m }, (_, i) => i);
  pivots.forEach((j, i) => {
    const t = order[i]!;
    order[i] = order[j]!;
    order[j] = t;
  });
  return order;
}

/** Whether the row exchanges are an odd number. */
export const isOdd = (pivots: Int32Array): boolean => pivots.reduce((odd, p, i) => odd !== (p !== i), false);
