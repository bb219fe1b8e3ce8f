import { complexDiv } from "../math/complex.js";
import { scaleFor } from "./eigen-hermitian.js";
import { balance, hessenberg, unbalance } from "./hessenberg.js";
import { schurComplex } from "./schur-complex.js";
import { schurReal } from "./schur-real.js";
import { type Lanes, largest, length, type Pair } from "./vector.js";

const EPS = 2 ** -53;
const SMALL = 2 ** -1000;

/** Eigenvalues and right eigenvectors, complex and interleaved; vectors are columns of length 1. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array | null;
  readonly left: number;
}

/** Eigenvalues and eigenvectors of any square matrix, which is used up. */
export function eigenGeneral(lanes: Lanes, n: number, a: Float64Array, vectors: boolean): Eigen {
  const factor = scaleFor(largest(a));
  if (factor !== 1) for (let i = 0; i < a.length; i++) a[i]! *= factor;
  const b = balance(lanes, n, a);
  const z = hessenberg(lanes, n, a, b.low, b.high, vectors);
  const values = new Float64Array(2 * n);
  let left: number;
  if (lanes === 2) {
    left = schurComplex(n, a, b.low, b.high, z);
    for (let i = 0; i < n; i++) for (let l = 0; l < 2; l++) values[2 * i + l] = a[2 * i * (n + 1) + l]!;
  } else {
    const [wr, wi] = [new Float64Array(n), new Float64Array(n)];
    left = schurReal(n, a, b.low, b.high, wr, wi, z);
    for (let i = 0; i < n; i++) [values[2 * i], values[2 * i + 1]] = [wr[i]!, wi[i]!];
  }
  let found: Float64Array | null = null;
  if (z && left === 0) {
    const x = lanes === 2 ? backComplex(n, a) : backReal(n, a, values);
    found = combine(lanes, n, z, x);
    unbalance(2, n, b, found);
    normalize(lanes, n, found, values);
  }
  if (factor !== 1) for (let i = 0; i < 2 * n; i++) values[i]! /= factor;
  return { values, vectors: found, left };
}

/** z·x, where x is complex and one column an eigenvector. */
function combine(lanes: Lanes, n: number, z: Float64Array, x: Float64Array): Float64Array {
  const y = new Float64Array(2 * n * n);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) {
      const [zr, zi] = lanes === 1 ? [z[i * n + k]!, 0] : [z[2 * (i * n + k)]!, z[2 * (i * n + k) + 1]!];
      if (zr === 0 && zi === 0) continue;
      for (let j = 0; j < n; j++) {
        const [xr, xi] = [x[2 * (k * n + j)]!, x[2 * (k * n + j) + 1]!];
        y[2 * (i * n + j)]! += zr * xr - zi * xi;
        y[2 * (i * n + j) + 1]! += zr * xi + zi * xr;
      }
    }
  return y;
}

const q: Pair = { re: 0, im: 0 };

/** Eigenvectors of an upper triangular complex matrix, one a column. */
function backComplex(n: number, t: Float64Array): Float64Array {
  const x = new Float64Array(2 * n * n);
  const norm = largest(t);
  for (let k = 0; k < n; k++) {
    const [lr, li] = [t[2 * k * (n + 1)]!, t[2 * k * (n + 1) + 1]!];
    const floor = Math.max(EPS * (Math.abs(lr) + Math.abs(li)), SMALL, EPS * SMALL * norm);
    const column = new Float64Array(2 * n);
    column[2 * k] = 1;
    for (let i = k - 1; i >= 0; i--) {
      let [re, im] = [0, 0];
      for (let j = i + 1; j <= k; j++) {
        const p = 2 * (i * n + j);
        re -= t[p]! * column[2 * j]! - t[p + 1]! * column[2 * j + 1]!;
        im -= t[p]! * column[2 * j + 1]! + t[p + 1]! * column[2 * j]!;
      }
      let [dr, di] = [t[2 * i * (n + 1)]! - lr, t[2 * i * (n + 1) + 1]! - li];
      if (Math.abs(dr) + Math.abs(di) < floor) [dr, di] = [floor, 0];
      complexDiv(re, im, dr, di, q);
      column[2 * i] = q.re;
      column[2 * i + 1] = q.im;
      tame(column, k);
    }
    for (let i = 0; i <= k; i++) for (let l = 0; l < 2; l++) x[2 * (i * n + k) + l] = column[2 * i + l]!;
  }
  return x;
}

/** Keeps growing solutions from overflowing. */
function tame(column: Float64Array, k: number): void {
  const top = largest(column);
  if (top < 1e150) return;
  for (let i = 0; i <= 2 * k + 1; i++) column[i]! /= top;
}

/** Eigenvectors of a real Schur form, one a column; a pair's second vector is the conjugate of its first. */
function backReal(n: number, t: Float64Array, values: Float64Array): Float64Array {
  const x = new Float64Array(2 * n * n);
  const at = (i: number, j: number): number => t[i * n + j]!;
  for (let k = n - 1; k >= 0; k--) {
    const pair = k > 0 && at(k, k - 1) !== 0;
    const [lr, li] = [at(k, k), pair ? Math.abs(values[2 * k + 1]!) : 0];
    const floor = Math.max(EPS * (Math.abs(lr) + li), SMALL);
    const column = new Float64Array(2 * n);
    let i = k - 1;
    if (!pair) column[2 * k] = 1;
    else {
      if (Math.abs(at(k - 1, k)) >= Math.abs(at(k, k - 1))) {
        column[2 * k - 2] = 1;
        column[2 * k + 1] = li / at(k - 1, k);
      } else {
        column[2 * k - 2] = -li / at(k, k - 1);
        column[2 * k + 1] = 1;
      }
      i = k - 2;
    }
    while (i >= 0) {
      const two = i > 0 && at(i, i - 1) !== 0;
      solveBlock(n, t, column, k, two ? i - 1 : i, two, lr, li, floor);
      tame(column, k);
      i -= two ? 2 : 1;
    }
    for (let r = 0; r <= k; r++) {
      const [re, im] = [column[2 * r]!, column[2 * r + 1]!];
      if (!pair) {
        x[2 * (r * n + k)] = re;
        continue;
      }
      // The first of a pair has the positive imaginary part.
      x[2 * (r * n + k - 1)] = x[2 * (r * n + k)] = re;
      x[2 * (r * n + k - 1) + 1] = im;
      x[2 * (r * n + k) + 1] = -im;
    }
    if (pair) k--;
  }
  return x;
}

/** One or two rows of (T − λ)·x = 0, solved for their elements of x. */
function solveBlock(
  n: number,
  t: Float64Array,
  column: Float64Array,
  k: number,
  i: number,
  two: boolean,
  lr: number,
  li: number,
  floor: number,
): void {
  const rows = two ? 2 : 1;
  const [re, im] = [
    [0, 0],
    [0, 0],
  ];
  for (let r = 0; r < rows; r++)
    for (let j = i + rows; j <= k; j++) {
      re[r]! -= t[(i + r) * n + j]! * column[2 * j]!;
      im[r]! -= t[(i + r) * n + j]! * column[2 * j + 1]!;
    }
  if (!two) {
    let [dr, di] = [t[i * n + i]! - lr, -li];
    if (Math.abs(dr) + Math.abs(di) < floor) [dr, di] = [floor, 0];
    complexDiv(re[0]!, im[0]!, dr, di, q);
    column[2 * i] = q.re;
    column[2 * i + 1] = q.im;
    return;
  }
  // Cramer's rule with the pivot row first would lose nothing here: blocks are in standard form, a = d.
  const p = i * n + i;
  const [a, b, c, d] = [t[p]! - lr, t[p + 1]!, t[p + n]!, t[p + n + 1]! - lr];
  let [dr, di] = [a * d - li * li - b * c, -li * (a + d)];
  if (Math.abs(dr) + Math.abs(di) < floor * floor) [dr, di] = [floor * floor, 0];
  complexDiv(d * re[0]! + li * im[0]! - b * re[1]!, d * im[0]! - li * re[0]! - b * im[1]!, dr, di, q);
  column[2 * i] = q.re;
  column[2 * i + 1] = q.im;
  complexDiv(a * re[1]! + li * im[1]! - c * re[0]!, a * im[1]! - li * re[1]! - c * im[0]!, dr, di, q);
  column[2 * i + 2] = q.re;
  column[2 * i + 3] = q.im;
}

/** Columns to length 1; of complex ones the largest element becomes real. */
function normalize(lanes: Lanes, n: number, v: Float64Array, values: Float64Array): void {
  for (let j = 0; j < n; j++) {
    const size = length(2, n, v, j, n);
    if (size === 0) continue;
    if (lanes === 1 && values[2 * j + 1]! < 0) {
      // Not turned once more: zeros keep the signs that conjugating gives them.
      for (let p = 2 * j; p < v.length; p += 2 * n) [v[p], v[p + 1]] = [v[p - 2]!, -v[p - 1]!];
      continue;
    }
    let [cr, ci] = [1 / size, 0];
    if (lanes === 2 || values[2 * j + 1] !== 0) {
      let [top, at] = [-1, 0];
      for (let i = 0; i < n; i++) {
        const p = 2 * (i * n + j);
        const s = v[p]! ** 2 + v[p + 1]! ** 2;
        if (s > top) [top, at] = [s, p];
      }
      const r = Math.hypot(v[at]!, v[at + 1]!);
      // A real matrix's pair keeps the sign of that element's real part.
      const sign = lanes === 1 && v[at]! < 0 ? -1 : 1;
      [cr, ci] = [(sign * v[at]!) / r / size, (-sign * v[at + 1]!) / r / size];
      for (let i = 0; i < n; i++) turn(v, 2 * (i * n + j), cr, ci);
      v[at + 1] = 0;
      continue;
    }
    for (let i = 0; i < n; i++) v[2 * (i * n + j)]! *= cr;
  }
}

function turn(v: Float64Array, p: number, cr: number, ci: number): void {
  const [re, im] = [v[p]!, v[p + 1]!];
  v[p] = cr * re - ci * im;
  v[p + 1] = cr * im + ci * re;
}
