import { complexDiv } from "../math/complex.js";
import { addressOf, kernelsHere, numbers, resident } from "./heap.js";
import { axpy, dot, type Lanes, length, type Pair, scale, unit } from "./vector.js";

const t: Pair = { re: 0, im: 0 };

/** A line of numbers inside a matrix: elements i, i + step, … */
export interface LineOf {
  readonly data: Float64Array;
  readonly at: number;
  readonly step: number;
}

/** The reciprocal of what is smaller may overflow. */
const SAFE = 2 ** -969;

/**
 * The reflection H = 1 − τ·v·vᴴ with v₀ = 1 and Hᴴ·x = β·e₀, β real. Puts β in place of x₀ and the rest of v in place of the rest of
 * x; τ goes to `tau`.
 */
export function reflect(lanes: Lanes, n: number, x: Float64Array, at: number, step: number, tau: Pair): void {
  tau.re = tau.im = 0;
  if (n <= 0) return;
  let re = x[at * lanes]!;
  let im = lanes === 2 ? x[at * lanes + 1]! : 0;
  let rest = length(lanes, n - 1, x, at + step, step);
  if (rest === 0 && im === 0) return;
  let size = Math.hypot(re, im, rest);
  let lifted = 0;
  for (; size < SAFE; lifted++) {
    scale(lanes, n - 1, 1 / SAFE, 0, x, at + step, step);
    re /= SAFE;
    im /= SAFE;
    rest = length(lanes, n - 1, x, at + step, step);
    size = Math.hypot(re, im, rest);
  }
  let beta = re >= 0 && !Object.is(re, -0) ? -size : size;
  tau.re = (beta - re) / beta;
  tau.im = -im / beta;
  complexDiv(1, 0, re - beta, im, t);
  scale(lanes, n - 1, t.re, t.im, x, at + step, step);
  for (; lifted > 0; lifted--) beta *= SAFE;
  x[at * lanes] = beta;
  if (lanes === 2) x[at * lanes + 1] = 0;
}

/** Rows r…r+n of a matrix from column c on (k columns, rows `lda` apart) less τ·v·(vᴴ·rows), v₀ = 1. */
export function reflectRows(
  lanes: Lanes,
  n: number,
  k: number,
  v: LineOf,
  tr: number,
  ti: number,
  a: Float64Array,
  at: number,
  lda: number,
  work: Float64Array,
): void {
  if ((tr === 0 && ti === 0) || k <= 0 || n <= 0) return;
  if (lanes === 1 && resident(v.data, a, work)) {
    const { data, at: from, step } = v;
    kernelsHere().reflect_rows_f64(
      n,
      k,
      addressOf(data, from),
      step,
      tr,
      addressOf(a, at),
      lda,
      addressOf(work, 0),
    );
    return;
  }
  const w = work.subarray(0, k * lanes);
  w.set(a.subarray(at * lanes, (at + k) * lanes));
  for (let i = 1; i < n; i++) {
    const p = (v.at + i * v.step) * lanes;
    axpy(lanes, k, v.data[p]!, lanes === 2 ? -v.data[p + 1]! : 0, a, at + i * lda, 1, w, 0, 1);
  }
  axpy(lanes, k, -tr, -ti, w, 0, 1, a, at, 1);
  for (let i = 1; i < n; i++) {
    const p = (v.at + i * v.step) * lanes;
    const [vr, vi] = [v.data[p]!, lanes === 2 ? v.data[p + 1]! : 0];
    axpy(lanes, k, ti * vi - tr * vr, -(tr * vi + ti * vr), w, 0, 1, a, at + i * lda, 1);
  }
}

/** Columns c…c+n of m rows (rows `lda` apart) less τ·(columns·v)·vᴴ, v₀ = 1. */
export function reflectColumns(
  lanes: Lanes,
  m: number,
  n: number,
  v: LineOf,
  tr: number,
  ti: number,
  a: Float64Array,
  at: number,
  lda: number,
): void {
  if ((tr === 0 && ti === 0) || n <= 0) return;
  const sum: Pair = { re: 0, im: 0 };
  if (lanes === 1 && v.step === 1) {
    if (resident(v.data, a)) {
      kernelsHere().reflect_columns_f64(m, n, addressOf(v.data, v.at), tr, addressOf(a, at), lda);
      return;
    }
    for (let i = 0, row = at; i < m; i++, row += lda) {
      dot(1, n - 1, a, row + 1, 1, v.data, v.at + 1, 1, sum);
      const s = tr * (a[row]! + sum.re);
      a[row]! -= s;
      axpy(1, n - 1, -s, 0, v.data, v.at + 1, 1, a, row + 1, 1);
    }
    return;
  }
  for (let i = 0; i < m; i++) {
    const row = at + i * lda;
    let re = a[row * lanes]!;
    let im = lanes === 2 ? a[row * lanes + 1]! : 0;
    for (let j = 1; j < n; j++) {
      const [p, q] = [(row + j) * lanes, (v.at + j * v.step) * lanes];
      if (lanes === 1) re += a[p]! * v.data[q]!;
      else {
        re += a[p]! * v.data[q]! - a[p + 1]! * v.data[q + 1]!;
        im += a[p]! * v.data[q + 1]! + a[p + 1]! * v.data[q]!;
      }
    }
    const [sr, si] = [tr * re - ti * im, tr * im + ti * re];
    a[row * lanes]! -= sr;
    if (lanes === 2) a[row * lanes + 1]! -= si;
    for (let j = 1; j < n; j++) {
      const [p, q] = [(row + j) * lanes, (v.at + j * v.step) * lanes];
      if (lanes === 1) a[p]! -= sr * v.data[q]!;
      else {
        const [vr, vi] = [v.data[q]!, v.data[q + 1]!];
        a[p]! -= sr * vr + si * vi;
        a[p + 1]! -= si * vr - sr * vi;
      }
    }
  }
}

/** QR in place: R on and above the diagonal, the reflections' v below it, their τ in `taus`. */
export function factorQr(lanes: Lanes, m: number, n: number, a: Float64Array, taus: Float64Array): void {
  const tau: Pair = { re: 0, im: 0 };
  const work = numbers(n * lanes);
  for (let i = 0; i < Math.min(m, n); i++) {
    reflect(lanes, m - i, a, i * n + i, n, tau);
    taus[i * lanes] = tau.re;
    if (lanes === 2) taus[2 * i + 1] = tau.im;
    const v = { data: a, at: i * n + i, step: n };
    reflectRows(lanes, m - i, n - i - 1, v, tau.re, -tau.im, a, i * n + i + 1, n, work);
  }
}

/** The first `columns` columns of H₀·H₁⋯ from reflections whose v stand below the diagonal of an m×n matrix. */
export function productOf(
  lanes: Lanes,
  m: number,
  n: number,
  a: Float64Array,
  taus: Float64Array,
  count: number,
  columns: number,
): Float64Array {
  const q = unit(lanes, m, columns);
  applyReflections(lanes, m, n, a, taus, count, q, columns, false);
  return q;
}

/** H₀·H₁⋯·B, or its adjoint times B, in place of the m×k matrix B. */
export function applyReflections(
  lanes: Lanes,
  m: number,
  n: number,
  a: Float64Array,
  taus: Float64Array,
  count: number,
  b: Float64Array,
  k: number,
  adjoint: boolean,
): void {
  const work = numbers(k * lanes);
  for (let step = 0; step < count; step++) {
    const i = adjoint ? step : count - 1 - step;
    const v = { data: a, at: i * n + i, step: n };
    const im = lanes === 2 ? taus[2 * i + 1]! : 0;
    reflectRows(lanes, m - i, k, v, taus[i * lanes]!, adjoint ? -im : im, b, i * k, k, work);
  }
}

/** The upper triangle of the first `rows` rows of an m×n matrix. */
export function upperOf(lanes: Lanes, rows: number, n: number, a: Float64Array): Float64Array {
  const r = a.slice(0, rows * n * lanes);
  const filled = new Float64Array(rows * n * lanes);
  for (let i = 0; i < rows; i++) {
    const from = (i * n + Math.min(i, n)) * lanes;
    filled.set(r.subarray(from, (i + 1) * n * lanes), from);
  }
  return filled;
}
