import { dot, type Lanes, type Pair } from "./vector.js";

const sum: Pair = { re: 0, im: 0 };

/**
 * A = L·Lᴴ in place from A's lower triangle; zeros above. Returns the order of the first leading minor that is not positive, or 0.
 */
export function factorCholesky(lanes: Lanes, n: number, a: Float64Array): number {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      // Σ L[i, k]·conj(L[j, k]), k < j
      dot(lanes, j, a, j * n, 1, a, i * n, 1, sum);
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
    a.fill(0, (i * n + i + 1) * lanes, (i + 1) * n * lanes);
  }
  return 0;
}
