import { BLOCK, type Part, subtractProduct } from "./blocks.js";
import { dot, type Lanes, type Pair } from "./vector.js";

const sum: Pair = { re: 0, im: 0 };

/**
 * A = L·Lᴴ in place from A's lower triangle; zeros above. Returns the order of the first leading minor that is not positive, or 0.
 */
export function factorCholesky(lanes: Lanes, n: number, a: Float64Array): number {
  const size = lanes === 1 && n >= 2 * BLOCK ? BLOCK : n;
  const at = (i: number, j: number): Part => ({ data: a, at: i * n + j, row: n, column: 1 });
  for (let low = 0; low < n; low += size) {
    const high = Math.min(low + size, n);
    for (let left = 0; left <= low; left += size) {
      const right = Math.min(left + size, high);
      // What the columns before this block take from it.
      const turned: Part = { data: a, at: left * n, row: 1, column: n };
      if (left > 0) subtractProduct(high - low, right - left, left, at(low, 0), turned, at(low, left));
      for (let i = low; i < high; i++) {
        const minor = factorRow(lanes, n, a, i, left, Math.min(right, i + 1));
        if (minor > 0) return minor;
        if (left === low) a.fill(0, (i * n + i + 1) * lanes, (i + 1) * n * lanes);
      }
    }
  }
  return 0;
}

/** L[i, j] for from ≤ j < to ≤ i + 1, from rows that lack the products with the columns from `from` on. */
function factorRow(lanes: Lanes, n: number, a: Float64Array, i: number, from: number, to: number): number {
  for (let j = from; j < to; j++) {
    // Σ L[i, k]·conj(L[j, k]), from ≤ k < j
    dot(lanes, j - from, a, j * n + from, 1, a, i * n + from, 1, sum);
    const p = (i * n + j) * lanes;
    if (i === j) {
      const d = a[p]! - sum.re;
      if (!(d > 0)) return i + 1;
      a[p] = Math.sqrt(d);
      if (lanes === 2) a[p + 1] = 0;
    } else {
      const d = a[j * (n + 1) * lanes]!;
      a[p] = (a[p]! - sum.re) / d;
      if (lanes === 2) a[p + 1] = (a[p + 1]! - sum.im) / d;
    }
  }
  return 0;
}
