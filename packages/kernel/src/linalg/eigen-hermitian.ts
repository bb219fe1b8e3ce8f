import { copied, numbers, onHeap, rotationRoom } from "./heap.js";
import { applyTridiagonal, diagonalize, tridiagonalize } from "./tridiagonal.js";
import { type Lanes, largest, unit } from "./vector.js";

/** The factor by which a matrix is brought to a middling size, a power of two. */
export function scaleFor(top: number): number {
  if (!(top > 0 && top < Infinity) || (top > 1e-140 && top < 1e140)) return 1;
  return 2 ** -Math.round(Math.log2(top));
}

/** Fills the other triangle of a square matrix with the conjugates of one. */
export function mirror(lanes: Lanes, n: number, a: Float64Array, lower: boolean): void {
  for (let i = 0; i < n; i++) {
    if (lanes === 2) a[2 * i * (n + 1) + 1] = 0;
    for (let j = 0; j < i; j++) {
      const [p, q] = [(i * n + j) * lanes, (j * n + i) * lanes];
      const [from, to] = lower ? [p, q] : [q, p];
      a[to] = a[from]!;
      if (lanes === 2) a[to + 1] = -a[from + 1]!;
    }
  }
}

/**
 * Eigenvalues, ascending, and eigenvectors (columns) of the Hermitian matrix whose lower or upper triangle is given. `a` is used up.
 * Returns how many values had not settled.
 */
export function eigenHermitian(
  lanes: Lanes,
  n: number,
  a: Float64Array,
  lower: boolean,
  values: Float64Array,
  vectors: Float64Array | null,
): number {
  mirror(lanes, n, a, lower);
  const factor = scaleFor(largest(a));
  if (factor !== 1) for (let i = 0; i < a.length; i++) a[i]! *= factor;
  if (lanes === 1 && n >= 32 && n <= 4096)
    return onHeap(3 * n * n + 8 * n + rotationRoom(n), () => solve(1, n, copied(a), factor, values, vectors));
  return solve(lanes, n, a, factor, values, vectors);
}

function solve(
  lanes: Lanes,
  n: number,
  a: Float64Array,
  factor: number,
  values: Float64Array,
  vectors: Float64Array | null,
): number {
  const [e, taus] = [new Float64Array(n), new Float64Array(n * lanes)];
  tridiagonalize(lanes, n, a, values, e, taus);
  const z = vectors && unit(1, n, n);
  const left = diagonalize(n, values, e, z);
  if (left > 0) return left;
  if (factor !== 1) for (let i = 0; i < n; i++) values[i]! /= factor;
  if (!vectors || !z) return 0;
  const y = numbers(n * n * lanes);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) y[(j * n + i) * lanes] = z[i * n + j]!;
  applyTridiagonal(lanes, n, a, taus, y, n);
  vectors.set(y);
  return 0;
}
