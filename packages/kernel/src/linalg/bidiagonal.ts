import { numbers, Rotations } from "./heap.js";
import { reflect, reflectColumns, reflectRows } from "./householder.js";
import { type Angle, givens, smallerSingular, triangularPair, withSign } from "./rotation.js";
import { type Lanes, type Pair, rotate, scale, swap } from "./vector.js";

/** The reflections of A = Q·B·Pᴴ: Q's below A's diagonal, P's right of its first superdiagonal. */
export interface Bidiagonal {
  readonly d: Float64Array;
  readonly e: Float64Array;
  readonly tauq: Float64Array;
  readonly taup: Float64Array;
}

const setTau = (lanes: Lanes, taus: Float64Array, i: number, tau: Pair): void => {
  taus[i * lanes] = tau.re;
  if (lanes === 2) taus[2 * i + 1] = tau.im;
};

/** Brings an m×n matrix, m ≥ n, to upper bidiagonal form in place. */
export function bidiagonalize(lanes: Lanes, m: number, n: number, a: Float64Array): Bidiagonal {
  const [d, e] = [new Float64Array(n), new Float64Array(n)];
  const [tauq, taup] = [new Float64Array(n * lanes), new Float64Array(n * lanes)];
  const tau: Pair = { re: 0, im: 0 };
  const work = numbers(n * lanes);
  for (let i = 0; i < n; i++) {
    const at = i * n + i;
    reflect(lanes, m - i, a, at, n, tau);
    d[i] = a[at * lanes]!;
    setTau(lanes, tauq, i, tau);
    const v = { data: a, at, step: n };
    reflectRows(lanes, m - i, n - i - 1, v, tau.re, -tau.im, a, at + 1, n, work);
    if (i >= n - 1) continue;
    // The row's conjugate is reflected; its v stays there.
    if (lanes === 2) for (let j = i + 1; j < n; j++) a[2 * (i * n + j) + 1] = -a[2 * (i * n + j) + 1]!;
    reflect(lanes, n - i - 1, a, at + 1, 1, tau);
    e[i] = a[(at + 1) * lanes]!;
    setTau(lanes, taup, i, tau);
    const row = { data: a, at: at + 1, step: 1 };
    reflectColumns(lanes, m - i - 1, n - i - 1, row, tau.re, tau.im, a, at + 1 + n, n);
  }
  return { d, e, tauq, taup };
}

/** Q·B in place of B (m×k). */
export function applyQ(
  lanes: Lanes,
  m: number,
  n: number,
  a: Float64Array,
  { tauq }: Bidiagonal,
  b: Float64Array,
  k: number,
): void {
  const work = numbers(k * lanes);
  for (let i = n - 1; i >= 0; i--) {
    const v = { data: a, at: i * n + i, step: n };
    reflectRows(lanes, m - i, k, v, tauq[i * lanes]!, lanes === 2 ? tauq[2 * i + 1]! : 0, b, i * k, k, work);
  }
}

/** P·B in place of B (n×k). */
export function applyP(
  lanes: Lanes,
  n: number,
  a: Float64Array,
  { taup }: Bidiagonal,
  b: Float64Array,
  k: number,
): void {
  const work = numbers(k * lanes);
  for (let i = n - 2; i >= 0; i--) {
    const v = { data: a, at: i * n + i + 1, step: 1 };
    const im = lanes === 2 ? taup[2 * i + 1]! : 0;
    reflectRows(lanes, n - i - 1, k, v, taup[i * lanes]!, im, b, (i + 1) * k, k, work);
  }
}

const EPS = 2 ** -53;
const TINY = 2 ** -1022;
const TOLERANCE = Math.max(10, Math.min(100, EPS ** -0.125)) * EPS;

/**
 * Singular values of an upper bidiagonal matrix, descending, in place of `d`. Rows of `ut` and `vt` (unit matrices at the start) become
 * the singular vectors. Implicit shifted QR that keeps small values accurate. Returns how many superdiagonal elements had not vanished.
 */
export function singularValues(
  n: number,
  d: Float64Array,
  e: Float64Array,
  ut: Float64Array | null,
  vt: Float64Array | null,
): number {
  const width = (z: Float64Array | null): number => (z ? z.length / n : 0);
  const [wu, wv] = [width(ut), width(vt)];
  const [laterU, laterV] = [ut && Rotations.of(ut, wu), vt && Rotations.of(vt, wv)];
  const turn = (z: Float64Array | null, w: number, i: number, c: number, s: number): void => {
    const later = z === ut ? laterU : laterV;
    if (later) later.add(i, c, s);
    else if (z) rotate(1, w, z, i * w, 1, z, (i + 1) * w, 1, c, s);
  };
  const [x, y]: [Angle, Angle] = [
    { c: 1, s: 0, r: 0 },
    { c: 1, s: 0, r: 0 },
  ];
  let least = Math.abs(d[0] ?? 0);
  for (let i = 1, mu = least; i < n && least !== 0; i++) {
    mu = Math.abs(d[i]!) * (mu / (mu + Math.abs(e[i - 1]!)));
    least = Math.min(least, mu);
  }
  const threshold = Math.max((TOLERANCE * least) / Math.sqrt(n), 6 * n * n * TINY);
  let [oldTop, oldEnd, downward] = [-1, -1, true];
  let steps = 6 * n * n + 30;
  for (let m = n - 1; m > 0; ) {
    if (steps-- === 0 || Number.isNaN(d[m]!)) return e.subarray(0, n - 1).filter((v) => v !== 0).length || n;
    let high = Math.abs(d[m]!);
    let top = 0;
    let split = false;
    for (let l = m - 1; l >= 0; l--) {
      const [abss, abse] = [Math.abs(d[l]!), Math.abs(e[l]!)];
      if (abse <= threshold) {
        e[l] = 0;
        top = l + 1;
        split = true;
        break;
      }
      high = Math.max(high, abss, abse);
    }
    if (split && top === m) {
      m--;
      continue;
    }
    if (top === m - 1) {
      const p = triangularPair(d[m - 1]!, e[m - 1]!, d[m]!);
      d[m - 1] = p.larger;
      e[m - 1] = 0;
      d[m] = p.smaller;
      turn(vt, wv, m - 1, p.cr, p.sr);
      turn(ut, wu, m - 1, p.cl, p.sl);
      m -= 2;
      continue;
    }
    if (top > oldEnd || m < oldTop || oldEnd < 0) downward = Math.abs(d[top]!) >= Math.abs(d[m]!);
    const least = negligible(d, e, top, m, downward);
    if (least < 0) continue;
    oldTop = top;
    oldEnd = m;
    let shift = 0;
    if (n * TOLERANCE * (least / high) > Math.max(EPS, 0.01 * TOLERANCE)) {
      const [p, head] = downward ? [m - 1, Math.abs(d[top]!)] : [top, Math.abs(d[m]!)];
      shift = smallerSingular(d[p]!, e[p]!, d[p + 1]!);
      if (head > 0 && (shift / head) ** 2 < EPS) shift = 0;
    }
    sweep(d, e, downward ? top : m, downward ? m : top, shift, x, y, (i, a, b) => {
      const [right, left, sign] = downward ? [a, b, 1] : [b, a, -1];
      turn(vt, wv, i, right.c, sign * right.s);
      turn(ut, wu, i, left.c, sign * left.s);
    });
    const last = downward ? m - 1 : top;
    if (Math.abs(e[last]!) <= threshold) e[last] = 0;
  }
  laterU?.done();
  laterV?.done();
  order(n, d, ut, vt);
  return 0;
}

/** Sets what is small beside its neighbours to zero and returns −1, or returns a lower bound of the least singular value. */
function negligible(d: Float64Array, e: Float64Array, top: number, m: number, downward: boolean): number {
  const [first, last] = downward ? [m - 1, m] : [top, top];
  if (Math.abs(e[first]!) <= TOLERANCE * Math.abs(d[last]!)) {
    e[first] = 0;
    return -1;
  }
  let mu = Math.abs(d[downward ? top : m]!);
  let least = mu;
  for (let k = 0; k < m - top; k++) {
    const l = downward ? top + k : m - 1 - k;
    if (Math.abs(e[l]!) <= TOLERANCE * mu) {
      e[l] = 0;
      return -1;
    }
    mu = Math.abs(d[downward ? l + 1 : l]!) * (mu / (mu + Math.abs(e[l]!)));
    least = Math.min(least, mu);
  }
  return least;
}

type Turned = (i: number, x: Angle, y: Angle) => void;

/** One QR step from one end of the block to the other; without a shift by a form that loses no small value. */
function sweep(
  d: Float64Array,
  e: Float64Array,
  from: number,
  to: number,
  shift: number,
  x: Angle,
  y: Angle,
  turned: Turned,
): void {
  const up = from < to ? 1 : -1;
  /** The element of e between i and the next one. */
  const edge = (i: number): number => Math.min(i, i + up);
  if (shift === 0) {
    let [c, oldC, oldS] = [1, 1, 0];
    for (let i = from; i !== to; i += up) {
      givens(d[i]! * c, e[edge(i)]!, x);
      if (i !== from) e[edge(i - up)] = oldS * x.r;
      givens(oldC * x.r, d[i + up]! * x.s, y);
      d[i] = y.r;
      turned(edge(i), x, y);
      [c, oldC, oldS] = [x.c, y.c, y.s];
    }
    const h = d[to]! * c;
    d[to] = h * oldC;
    e[edge(to - up)] = h * oldS;
    return;
  }
  let f = (Math.abs(d[from]!) - shift) * (withSign(1, d[from]!) + shift / d[from]!);
  let g = e[edge(from)]!;
  for (let i = from; i !== to; i += up) {
    const k = edge(i);
    givens(f, g, x);
    if (i !== from) e[edge(i - up)] = x.r;
    f = x.c * d[i]! + x.s * e[k]!;
    e[k] = x.c * e[k]! - x.s * d[i]!;
    g = x.s * d[i + up]!;
    d[i + up]! *= x.c;
    givens(f, g, y);
    d[i] = y.r;
    f = y.c * e[k]! + y.s * d[i + up]!;
    d[i + up] = y.c * d[i + up]! - y.s * e[k]!;
    if (i + up !== to) {
      g = y.s * e[edge(i + up)]!;
      e[edge(i + up)]! *= y.c;
    }
    turned(k, x, y);
  }
  e[edge(to - up)] = f;
}

/** Makes the values positive and puts them in descending order, with their vectors. */
function order(n: number, d: Float64Array, ut: Float64Array | null, vt: Float64Array | null): void {
  const rows = (z: Float64Array): number => z.length / n;
  for (let i = 0; i < n; i++)
    if (d[i]! < 0 || Object.is(d[i], -0)) {
      d[i] = -d[i]!;
      if (vt) scale(1, rows(vt), -1, 0, vt, i * rows(vt), 1);
    }
  for (let i = 0; i < n - 1; i++) {
    let k = i;
    for (let j = i + 1; j < n; j++) if (d[j]! > d[k]!) k = j;
    if (k === i) continue;
    [d[i], d[k]] = [d[k]!, d[i]!];
    for (const z of [ut, vt]) if (z) swap(1, rows(z), z, i * rows(z), 1, z, k * rows(z), 1);
  }
}

/** Turns a lower bidiagonal matrix (d, e below) into an upper one; gives the angles that did it. */
export function lowerToUpper(
  n: number,
  d: Float64Array,
  e: Float64Array,
): { c: Float64Array; s: Float64Array } {
  const angle: Angle = { c: 1, s: 0, r: 0 };
  const [c, s] = [new Float64Array(n), new Float64Array(n)];
  for (let i = 0; i < n - 1; i++) {
    givens(d[i]!, e[i]!, angle);
    d[i] = angle.r;
    e[i] = angle.s * d[i + 1]!;
    d[i + 1]! *= angle.c;
    c[i] = angle.c;
    s[i] = angle.s;
  }
  return { c, s };
}
