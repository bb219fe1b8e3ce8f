import { numbers } from "./heap.js";

/**
 * Steps on lines of a dense matrix in float64. `lanes` is 1 for real numbers and 2 for interleaved complex ones; positions
 * and steps count elements. The factorisations are written with these alone, so that each is written once for both.
 */
export type Lanes = 1 | 2;

/** A complex number that steps give their result in, as JavaScript has no two return values for free. */
export interface Pair {
  re: number;
  im: number;
}

/** y += s·x. */
export function axpy(
  lanes: Lanes,
  n: number,
  sr: number,
  si: number,
  x: Float64Array,
  xi: number,
  xs: number,
  y: Float64Array,
  yi: number,
  ys: number,
): void {
  if (lanes === 1) {
    if (xs === 1 && ys === 1) for (let i = 0; i < n; i++) y[yi + i]! += sr * x[xi + i]!;
    else for (let i = 0, p = xi, q = yi; i < n; i++, p += xs, q += ys) y[q]! += sr * x[p]!;
    return;
  }
  const [dx, dy] = [2 * xs, 2 * ys];
  for (let i = 0, p = 2 * xi, q = 2 * yi; i < n; i++, p += dx, q += dy) {
    const re = x[p]!;
    const im = x[p + 1]!;
    y[q] = y[q]! + (sr * re - si * im);
    y[q + 1] = y[q + 1]! + (sr * im + si * re);
  }
}

/** Σ conj(x)·y into `out`. */
export function dot(
  lanes: Lanes,
  n: number,
  x: Float64Array,
  xi: number,
  xs: number,
  y: Float64Array,
  yi: number,
  ys: number,
  out: Pair,
): Pair {
  let [re, im] = [0, 0];
  if (lanes === 1) for (let i = 0, p = xi, q = yi; i < n; i++, p += xs, q += ys) re += x[p]! * y[q]!;
  else
    for (let i = 0, p = 2 * xi, q = 2 * yi; i < n; i++, p += 2 * xs, q += 2 * ys) {
      const a = x[p]!;
      const b = x[p + 1]!;
      const c = y[q]!;
      const d = y[q + 1]!;
      re += a * c + b * d;
      im += a * d - b * c;
    }
  out.re = re;
  out.im = im;
  return out;
}

/** x *= s. */
export function scale(
  lanes: Lanes,
  n: number,
  sr: number,
  si: number,
  x: Float64Array,
  xi: number,
  xs: number,
): void {
  if (lanes === 1) {
    for (let i = 0, p = xi; i < n; i++, p += xs) x[p]! *= sr;
    return;
  }
  for (let i = 0, p = 2 * xi; i < n; i++, p += 2 * xs) {
    const [re, im] = [x[p]!, x[p + 1]!];
    x[p] = sr * re - si * im;
    x[p + 1] = sr * im + si * re;
  }
}

/** x and y change places. */
export function swap(
  lanes: Lanes,
  n: number,
  x: Float64Array,
  xi: number,
  xs: number,
  y: Float64Array,
  yi: number,
  ys: number,
): void {
  for (let l = 0; l < lanes; l++)
    for (let i = 0, p = lanes * xi + l, q = lanes * yi + l; i < n; i++, p += lanes * xs, q += lanes * ys) {
      const t = x[p]!;
      x[p] = y[q]!;
      y[q] = t;
    }
}

/** x and y turn by a real angle: (c·x + s·y, c·y − s·x). */
export function rotate(
  lanes: Lanes,
  n: number,
  x: Float64Array,
  xi: number,
  xs: number,
  y: Float64Array,
  yi: number,
  ys: number,
  c: number,
  s: number,
): void {
  for (let l = 0; l < lanes; l++)
    for (let i = 0, p = lanes * xi + l, q = lanes * yi + l; i < n; i++, p += lanes * xs, q += lanes * ys) {
      const a = x[p]!;
      const b = y[q]!;
      x[p] = c * a + s * b;
      y[q] = c * b - s * a;
    }
}

/** The Euclidean length, without overflow or underflow on the way. */
export function length(lanes: Lanes, n: number, x: Float64Array, xi: number, xs: number): number {
  let [sum, top] = [0, 0];
  for (let l = 0; l < lanes; l++)
    for (let i = 0, p = lanes * xi + l; i < n; i++, p += lanes * xs) {
      const v = Math.abs(x[p]!);
      if (!(v <= top)) top = v;
      sum += v * v;
    }
  if (sum > 1e-290 && sum < 1e290) return Math.sqrt(sum);
  if (!(top > 0 && top < Infinity)) return top;
  sum = 0;
  for (let l = 0; l < lanes; l++)
    for (let i = 0, p = lanes * xi + l; i < n; i++, p += lanes * xs) sum += (x[p]! / top) ** 2;
  return top * Math.sqrt(sum);
}

/** The size that pivots are chosen by: |re| + |im|. */
export const sizeAt = (lanes: Lanes, x: Float64Array, i: number): number =>
  lanes === 1 ? Math.abs(x[i]!) : Math.abs(x[2 * i]!) + Math.abs(x[2 * i + 1]!);

/** The conjugate transpose of an m×n matrix. */
export function adjointOf(lanes: Lanes, m: number, n: number, a: Float64Array): Float64Array {
  const y = numbers(a.length);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      const [p, q] = [(i * n + j) * lanes, (j * m + i) * lanes];
      y[q] = a[p]!;
      if (lanes === 2) y[q + 1] = -a[p + 1]!;
    }
  return y;
}

/** The m×n matrix with ones on its diagonal. */
export function unit(lanes: Lanes, m: number, n: number): Float64Array {
  const y = numbers(m * n * lanes);
  for (let i = 0; i < Math.min(m, n); i++) y[(i * n + i) * lanes] = 1;
  return y;
}

/** The m×n product of an m×k and a k×n matrix. */
export function multiply(
  lanes: Lanes,
  m: number,
  k: number,
  n: number,
  a: Float64Array,
  b: Float64Array,
): Float64Array {
  const y = new Float64Array(m * n * lanes);
  for (let i = 0; i < m; i++)
    for (let p = 0; p < k; p++) {
      const at = (i * k + p) * lanes;
      axpy(lanes, n, a[at]!, lanes === 2 ? a[at + 1]! : 0, b, p * n, 1, y, i * n, 1);
    }
  return y;
}

/** The largest absolute value of a part; NaN if there is one. */
export function largest(x: Float64Array): number {
  let top = 0;
  for (let i = 0; i < x.length; i++) {
    const v = Math.abs(x[i]!);
    if (!(v <= top)) {
      if (Number.isNaN(v)) return v;
      top = v;
    }
  }
  return top;
}
