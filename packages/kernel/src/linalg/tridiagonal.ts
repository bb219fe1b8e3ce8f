import { addressOf, kernelsHere, numbers, Rotations, resident } from "./heap.js";
import { applyReflections, reflect } from "./householder.js";
import { type Angle, givens, symmetricPair, withSign } from "./rotation.js";
import { axpy, dot, type Lanes, type Pair, rotate, swap } from "./vector.js";

/**
 * A = Q·T·Qᴴ of a Hermitian matrix, given whole: T's diagonal and off-diagonal in `d` and `e`; the reflections' v
 * stand below A's first subdiagonal, their τ in `taus`.
 */
export function tridiagonalize(
  lanes: Lanes,
  n: number,
  a: Float64Array,
  d: Float64Array,
  e: Float64Array,
  taus: Float64Array,
): void {
  const tau: Pair = { re: 0, im: 0 };
  const s: Pair = { re: 0, im: 0 };
  const [v, w] = [numbers(n * lanes), numbers(n * lanes)];
  for (let i = 0; i < n - 1; i++) {
    const k = n - 1 - i;
    const at = (i + 1) * n + i;
    reflect(lanes, k, a, at, n, tau);
    e[i] = a[at * lanes]!;
    taus[i * lanes] = tau.re;
    if (lanes === 2) taus[2 * i + 1] = tau.im;
    d[i] = a[i * (n + 1) * lanes]!;
    if (tau.re === 0 && tau.im === 0) continue;
    v[0] = 1;
    if (lanes === 2) v[1] = 0;
    for (let j = 1; j < k; j++)
      for (let l = 0; l < lanes; l++) v[j * lanes + l] = a[(at + j * n) * lanes + l]!;
    if (lanes === 1 && resident(a, v, w)) {
      const corner = addressOf(a, (i + 1) * (n + 1));
      kernelsHere().reflect_both_f64(k, addressOf(v, 0), tau.re, corner, n, addressOf(w, 0));
      for (let j = 1; j < k; j++) a[at + j * n] = v[j]!;
      continue;
    }
    // w = τ·A·v; rows of a Hermitian matrix are its conjugate columns.
    for (let j = 0; j < k; j++) {
      const row = (i + 1 + j) * n + i + 1;
      let [re, im] = [0, 0];
      if (lanes === 1) re = dot(1, k, a, row, 1, v, 0, 1, s).re;
      else
        for (let c = 0; c < k; c++) {
          const p = (row + c) * lanes;
          re += a[p]! * v[2 * c]! - a[p + 1]! * v[2 * c + 1]!;
          im += a[p]! * v[2 * c + 1]! + a[p + 1]! * v[2 * c]!;
        }
      w[j * lanes] = tau.re * re - tau.im * im;
      if (lanes === 2) w[2 * j + 1] = tau.re * im + tau.im * re;
    }
    dot(lanes, k, w, 0, 1, v, 0, 1, s);
    const [hr, hi] = [-(tau.re * s.re - tau.im * s.im) / 2, -(tau.re * s.im + tau.im * s.re) / 2];
    axpy(lanes, k, hr, hi, v, 0, 1, w, 0, 1);
    // A −= v·wᴴ + w·vᴴ
    for (let j = 0; j < k; j++) {
      const row = (i + 1 + j) * n + i + 1;
      if (lanes === 1) {
        axpy(1, k, -v[j]!, 0, w, 0, 1, a, row, 1);
        axpy(1, k, -w[j]!, 0, v, 0, 1, a, row, 1);
      } else
        for (let c = 0; c < k; c++) {
          const p = (row + c) * lanes;
          const [vr, vi, wr, wi] = [v[2 * j]!, v[2 * j + 1]!, w[2 * j]!, w[2 * j + 1]!];
          const [xr, xi, yr, yi] = [w[2 * c]!, w[2 * c + 1]!, v[2 * c]!, v[2 * c + 1]!];
          a[p]! -= vr * xr + vi * xi + wr * yr + wi * yi;
          a[p + 1]! -= vi * xr - vr * xi + wi * yr - wr * yi;
        }
    }
    // The column of v was part of what was just changed; the reflection stays there.
    for (let j = 1; j < k; j++)
      for (let l = 0; l < lanes; l++) a[(at + j * n) * lanes + l] = v[j * lanes + l]!;
  }
  if (n > 0) d[n - 1] = a[(n * n - 1) * lanes]!;
}

/** Q·B in place of the n×k matrix B, from the reflections that {@link tridiagonalize} left. */
export function applyTridiagonal(
  lanes: Lanes,
  n: number,
  a: Float64Array,
  taus: Float64Array,
  b: Float64Array,
  k: number,
): void {
  if (n < 2) return;
  // The reflections stand one row lower than those of a QR: as a matrix of n − 1 rows and columns of stride n.
  const shifted = a.subarray(n * lanes);
  applyReflections(lanes, n - 1, n, shifted, taus, n - 1, b.subarray(k * lanes), k, false);
}

const EPS = 2 ** -53;
const SAFE = 2 ** -1022;

/**
 * Eigenvalues of a symmetric tridiagonal matrix, ascending, in place of `d`; `z`, if given, holds rows that turn with them (the unit
 * matrix becomes the eigenvectors, one a row). Implicit QL or QR, whichever has the larger end at the start. Returns how many
 * off-diagonal elements had not vanished.
 */
export function diagonalize(n: number, d: Float64Array, e: Float64Array, z: Float64Array | null): number {
  const angle: Angle = { c: 1, s: 0, r: 0 };
  const columns = z ? z.length / n : 0;
  const later = z && Rotations.of(z, columns);
  const turn = (i: number, c: number, s: number): void => {
    if (later) later.add(i, c, s);
    else if (z) rotate(1, columns, z, i * columns, 1, z, (i + 1) * columns, 1, c, s);
  };
  const [cs, sn] = [new Float64Array(n), new Float64Array(n)];
  let steps = 30 * n;
  for (let from = 0; from < n; ) {
    let to = from;
    for (; to < n - 1; to++) {
      const tst = Math.abs(e[to]!);
      if (tst === 0) break;
      if (tst <= Math.sqrt(Math.abs(d[to]!)) * Math.sqrt(Math.abs(d[to + 1]!)) * EPS) {
        e[to] = 0;
        break;
      }
    }
    let [l, end] = [from, to];
    from = to + 1;
    if (l === end) continue;
    if (Math.abs(d[end]!) < Math.abs(d[l]!)) [l, end] = [end, l];
    const up = end > l ? 1 : -1;
    // e's index between position i and the next one in the direction of work
    const edge = (i: number): number => (up > 0 ? i : i - 1);
    while (up > 0 ? l <= end : l >= end) {
      let m = l;
      for (; m !== end; m += up) {
        const tst = e[edge(m)]! ** 2;
        if (tst <= EPS * EPS * Math.abs(d[m]!) * Math.abs(d[m + up]!) + SAFE) break;
      }
      if (m !== end) e[edge(m)] = 0;
      if (m === l) {
        l += up;
        continue;
      }
      const p0 = d[l]!;
      if (m === l + up) {
        const low = Math.min(l, m);
        const pair = symmetricPair(d[low]!, e[low]!, d[low + 1]!);
        turn(low, pair.c, pair.s);
        d[low] = pair.first;
        d[low + 1] = pair.second;
        e[low] = 0;
        l += 2 * up;
        continue;
      }
      if (steps-- === 0) return e.subarray(0, n - 1).filter((v) => v !== 0).length;
      let g = (d[l + up]! - p0) / (2 * e[edge(l)]!);
      const r0 = Math.hypot(g, 1);
      g = d[m]! - p0 + e[edge(l)]! / (g + withSign(r0, g));
      let [s, c, p] = [1, 1, 0];
      for (let i = m - up; ; i -= up) {
        const f = s * e[edge(i)]!;
        const b = c * e[edge(i)]!;
        givens(g, f, angle);
        ({ c, s } = angle);
        if (i !== m - up) e[edge(i + up)] = angle.r;
        g = d[i + up]! - p;
        const r = (d[i]! - g) * s + 2 * c * b;
        p = s * r;
        d[i + up] = g + p;
        g = c * r - b;
        const low = Math.min(i, i + up);
        cs[low] = c;
        sn[low] = up > 0 ? -s : s;
        if (i === l) break;
      }
      for (let i = m - up; ; i -= up) {
        const low = Math.min(i, i + up);
        turn(low, cs[low]!, sn[low]!);
        if (i === l) break;
      }
      d[l]! -= p;
      e[edge(l)] = g;
    }
  }
  later?.done();
  for (let i = 0; i < n - 1; i++) {
    let k = i;
    for (let j = i + 1; j < n; j++) if (d[j]! < d[k]!) k = j;
    if (k === i) continue;
    [d[i], d[k]] = [d[k]!, d[i]!];
    if (z) swap(1, columns, z, i * columns, 1, z, k * columns, 1);
  }
  return 0;
}
