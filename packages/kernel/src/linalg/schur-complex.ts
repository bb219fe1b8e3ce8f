import { complexDiv } from "../math/complex.js";
import { blockStart } from "./schur-blocks.js";
import { axpy, type Pair, scale } from "./vector.js";

const q: Pair = { re: 0, im: 0 };

/** The principal square root into `q`. */
function root(re: number, im: number): Pair {
  const r = Math.hypot(re, im);
  if (r === 0) {
    q.re = q.im = 0;
    return q;
  }
  const a = Math.sqrt((r + Math.abs(re)) / 2);
  if (re >= 0) {
    q.re = a;
    q.im = im / (2 * a);
  } else {
    q.re = Math.abs(im) / (2 * a);
    q.im = im < 0 ? -a : a;
  }
  return q;
}

/** The eigenvalue of the last 2×2 block that is nearer to its corner, or a made-up shift when the iteration stalls. */
function shiftOf(n: number, h: Float64Array, l: number, i: number, count: number): [number, number] {
  const at = 2 * i * (n + 1);
  if (count % 10 === 0) {
    const [k, corner] = count % 20 === 0 ? [i * n + i - 1, at] : [(l + 1) * n + l, 2 * l * (n + 1)];
    return [0.75 * Math.abs(h[2 * k]!) + h[corner]!, h[corner + 1]!];
  }
  const [tr, ti] = [h[at]!, h[at + 1]!];
  const [up, sub] = [2 * ((i - 1) * n + i), 2 * (i * n + i - 1)];
  // u = √(h12·h21), taken factor by factor.
  const a = { ...root(h[up]!, h[up + 1]!) };
  const b = { ...root(h[sub]!, h[sub + 1]!) };
  let [ur, ui] = [a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re];
  if (ur === 0 && ui === 0) return [tr, ti];
  const p = 2 * (i - 1) * (n + 1);
  const [xr, xi] = [(h[p]! - tr) / 2, (h[p + 1]! - ti) / 2];
  const s = Math.max(Math.abs(ur) + Math.abs(ui), Math.abs(xr) + Math.abs(xi));
  const [x, y, u, v] = [xr / s, xi / s, ur / s, ui / s];
  root(x * x - y * y + u * u - v * v, 2 * (x * y + u * v));
  let [wr, wi] = [q.re * s, q.im * s];
  if (xr * wr + xi * wi < 0) [wr, wi] = [-wr, -wi];
  // t − u²/(x + w)
  complexDiv(ur, ui, xr + wr, xi + wi, q);
  [ur, ui] = [ur * q.re - ui * q.im, ur * q.im + ui * q.re];
  return [tr - ur, ti - ui];
}

/**
 * The Schur form of a complex Hessenberg matrix in place, by single-shift QR steps; `z` turns with it. The eigenvalues stand on the
 * diagonal. Returns how many had not settled.
 */
export function schurComplex(
  n: number,
  h: Float64Array,
  low: number,
  high: number,
  z: Float64Array | null,
): number {
  const limit = 30 * Math.max(10, high - low);
  for (let i = high - 1; i >= low; ) {
    let l = low;
    for (let steps = 0; ; steps++) {
      l = blockStart(2, n, h, low, high, i);
      if (l > low) h[2 * (l * n + l - 1)] = h[2 * (l * n + l - 1) + 1] = 0;
      if (l >= i) break;
      if (steps === limit || Number.isNaN(h[2 * i * (n + 1)]!)) return i + 1;
      step(n, h, l, i, steps + 1, z);
    }
    i = l - 1;
  }
  return 0;
}

/** One QR step: rotations chase the bulge that the shift made down the subdiagonal. */
function step(n: number, h: Float64Array, l: number, i: number, count: number, z: Float64Array | null): void {
  const [tr, ti] = shiftOf(n, h, l, i, count);
  const row = new Float64Array(2 * n);
  for (let k = l; k < i; k++) {
    // The unitary turn that takes (x, y) to (r, 0).
    const [p, s] =
      k === l ? [2 * k * (n + 1), 2 * ((k + 1) * n + k)] : [2 * (k * n + k - 1), 2 * ((k + 1) * n + k - 1)];
    const [xr, xi] = k === l ? [h[p]! - tr, h[p + 1]! - ti] : [h[p]!, h[p + 1]!];
    const [yr, yi] = [h[s]!, h[s + 1]!];
    const [nx, ny] = [Math.hypot(xr, xi), Math.hypot(yr, yi)];
    if (ny === 0) continue;
    const norm = Math.hypot(nx, ny);
    const c = nx / norm;
    // s = (x/|x|)·conj(y)/norm
    const [fr, fi] = nx === 0 ? [1, 0] : [xr / nx, xi / nx];
    const [sr, si] = [(fr * yr + fi * yi) / norm, (fi * yr - fr * yi) / norm];
    turnRows(n, h, k, c, sr, si, Math.max(k - 1, l), row);
    if (k > l) h[s] = h[s + 1] = 0;
    turnColumns(n, h, k, c, sr, si, Math.min(k + 2, i) + 1);
    if (z) turnColumns(n, z, k, c, sr, si, n);
  }
}

/** Rows k, k+1 become (c·a + s·b, c·b − conj(s)·a), from a column on. */
function turnRows(
  n: number,
  h: Float64Array,
  k: number,
  c: number,
  sr: number,
  si: number,
  from: number,
  row: Float64Array,
): void {
  const count = n - from;
  const [a, b] = [k * n + from, (k + 1) * n + from];
  row.set(h.subarray(2 * a, 2 * (a + count)));
  scale(2, count, c, 0, h, a, 1);
  axpy(2, count, sr, si, h, b, 1, h, a, 1);
  scale(2, count, c, 0, h, b, 1);
  axpy(2, count, -sr, si, row, 0, 1, h, b, 1);
}

/** Columns k, k+1 of the first rows, by the adjoint of the same turn. */
function turnColumns(
  n: number,
  h: Float64Array,
  k: number,
  c: number,
  sr: number,
  si: number,
  rows: number,
): void {
  for (let r = 0; r < rows; r++) {
    const p = 2 * (r * n + k);
    const [ar, ai, br, bi] = [h[p]!, h[p + 1]!, h[p + 2]!, h[p + 3]!];
    h[p] = c * ar + sr * br + si * bi;
    h[p + 1] = c * ai + sr * bi - si * br;
    h[p + 2] = c * br - (sr * ar - si * ai);
    h[p + 3] = c * bi - (sr * ai + si * ar);
  }
}
