import { reflect } from "./householder.js";
import { withSign } from "./rotation.js";
import { blockStart } from "./schur-blocks.js";
import { type Pair, rotate } from "./vector.js";

const EPS = 2 ** -52;

/** A 2×2 block in standard form (equal diagonal, off-diagonal of opposite signs, or upper triangular), and the turn to it. */
interface Block {
  a: number;
  b: number;
  c: number;
  d: number;
  cs: number;
  sn: number;
}

function standardize(m: Block): void {
  m.cs = 1;
  m.sn = 0;
  const { a, b, c, d } = m;
  if (c === 0) return;
  if (b === 0) {
    [m.cs, m.sn, m.a, m.d, m.b, m.c] = [0, 1, d, a, -c, 0];
    return;
  }
  const gap = a - d;
  if (gap === 0 && b > 0 !== c > 0) return;
  const p = gap / 2;
  const [most, least] = [
    Math.max(Math.abs(b), Math.abs(c)),
    Math.min(Math.abs(b), Math.abs(c)) * withSign(1, b) * withSign(1, c),
  ];
  const size = Math.max(Math.abs(p), most);
  let z = (p / size) * p + (most / size) * least;
  if (z >= 4 * EPS) {
    z = p + withSign(Math.sqrt(size) * Math.sqrt(z), p);
    m.a = d + z;
    m.d = d - (most / z) * least;
    const tau = Math.hypot(c, z);
    m.cs = z / tau;
    m.sn = c / tau;
    m.b = b - c;
    m.c = 0;
    return;
  }
  const sigma = b + c;
  const tau = Math.hypot(sigma, gap);
  const cs = Math.sqrt((1 + Math.abs(sigma) / tau) / 2);
  const sn = -(p / (tau * cs)) * withSign(1, sigma);
  const [aa, bb, cc, dd] = [a * cs + b * sn, -a * sn + b * cs, c * cs + d * sn, -c * sn + d * cs];
  const mean = (aa * cs + cc * sn + (-bb * sn + dd * cs)) / 2;
  m.a = m.d = mean;
  m.b = bb * cs + dd * sn;
  m.c = -aa * sn + cc * cs;
  m.cs = cs;
  m.sn = sn;
  if (m.c === 0) return;
  if (m.b === 0) {
    [m.b, m.c, m.cs, m.sn] = [-m.c, 0, -m.sn, m.cs];
    return;
  }
  if (m.b > 0 !== m.c > 0) return;
  const [sb, sc] = [Math.sqrt(Math.abs(m.b)), Math.sqrt(Math.abs(m.c))];
  const root = withSign(sb * sc, m.c);
  const t = 1 / Math.sqrt(Math.abs(m.b + m.c));
  m.a = mean + root;
  m.d = mean - root;
  m.b -= m.c;
  m.c = 0;
  const [c1, s1] = [sb * t, sc * t];
  [m.cs, m.sn] = [m.cs * c1 - m.sn * s1, m.cs * s1 + m.sn * c1];
}

/**
 * The real Schur form of a Hessenberg matrix in place, by double-shift QR steps (Francis): blocks of one row for real eigenvalues,
 * of two for pairs. `z` turns with it. Returns how many values had not settled.
 */
export function schurReal(
  n: number,
  h: Float64Array,
  low: number,
  high: number,
  wr: Float64Array,
  wi: Float64Array,
  z: Float64Array | null,
): number {
  for (let i = 0; i < n; i++) if (i < low || i >= high) wr[i] = h[i * n + i]!;
  const limit = 30 * Math.max(10, high - low);
  for (let i = high - 1; i >= low; ) {
    let l = low;
    let steps = 0;
    for (; ; steps++) {
      l = blockStart(1, n, h, low, high, i);
      if (l > low) h[l * n + l - 1] = 0;
      if (l >= i - 1) break;
      if (steps === limit || Number.isNaN(h[i * n + i]!)) return i + 1;
      step(n, h, l, i, steps + 1, z);
    }
    if (l === i) {
      wr[i] = h[i * n + i]!;
      wi[i] = 0;
    } else settlePair(n, h, i, wr, wi, z);
    i = l - 1;
  }
  return 0;
}

function settlePair(
  n: number,
  h: Float64Array,
  i: number,
  wr: Float64Array,
  wi: Float64Array,
  z: Float64Array | null,
): void {
  const [p, q] = [(i - 1) * n + i - 1, i * n + i - 1];
  const m: Block = { a: h[p]!, b: h[p + 1]!, c: h[q]!, d: h[q + 1]!, cs: 1, sn: 0 };
  standardize(m);
  [h[p], h[p + 1], h[q], h[q + 1]] = [m.a, m.b, m.c, m.d];
  rotate(1, n - i - 1, h, p + 2, 1, h, q + 2, 1, m.cs, m.sn);
  rotate(1, i - 1, h, i - 1, n, h, i, n, m.cs, m.sn);
  if (z) rotate(1, n, z, i - 1, n, z, i, n, m.cs, m.sn);
  wr[i - 1] = m.a;
  wr[i] = m.d;
  wi[i] = wi[i - 1] = 0;
  if (m.c !== 0) {
    wi[i - 1] = Math.sqrt(Math.abs(m.b)) * Math.sqrt(Math.abs(m.c));
    wi[i] = -wi[i - 1]!;
  }
}

/** The two shifts: the eigenvalues of the last 2×2 block, or made-up ones when the iteration stalls. */
function shifts(
  n: number,
  h: Float64Array,
  l: number,
  i: number,
  count: number,
): [number, number, number, number] {
  const at = (r: number, c: number): number => h[r * n + c]!;
  let [h11, h21, h12, h22] = [at(i - 1, i - 1), at(i, i - 1), at(i - 1, i), at(i, i)];
  if (count % 10 === 0) {
    const end = count % 20 === 0;
    const s = end
      ? Math.abs(at(i, i - 1)) + Math.abs(at(i - 1, i - 2))
      : Math.abs(at(l + 1, l)) + Math.abs(at(l + 2, l + 1));
    h11 = 0.75 * s + (end ? at(i, i) : at(l, l));
    [h12, h21, h22] = [-0.4375 * s, s, h11];
  }
  const s = Math.abs(h11) + Math.abs(h12) + Math.abs(h21) + Math.abs(h22);
  if (s === 0) return [0, 0, 0, 0];
  h11 /= s;
  h21 /= s;
  h12 /= s;
  h22 /= s;
  const mean = (h11 + h22) / 2;
  const det = (h11 - mean) * (h22 - mean) - h12 * h21;
  const root = Math.sqrt(Math.abs(det));
  if (det >= 0) return [mean * s, root * s, mean * s, -root * s];
  const [r1, r2] = [mean + root, mean - root];
  const r = (Math.abs(r1 - h22) <= Math.abs(r2 - h22) ? r1 : r2) * s;
  return [r, 0, r, 0];
}

const tau: Pair = { re: 0, im: 0 };

function step(n: number, h: Float64Array, l: number, i: number, count: number, z: Float64Array | null): void {
  const at = (r: number, c: number): number => h[r * n + c]!;
  const [r1, i1, r2, i2] = shifts(n, h, l, i, count);
  const v = new Float64Array(3);
  let m = i - 2;
  for (; ; m--) {
    let sub = Math.abs(at(m + 1, m));
    let s = Math.abs(at(m, m) - r2) + Math.abs(i2) + sub;
    sub = at(m + 1, m) / s;
    v[0] = sub * at(m, m + 1) + (at(m, m) - r1) * ((at(m, m) - r2) / s) - i1 * (i2 / s);
    v[1] = sub * (at(m, m) + at(m + 1, m + 1) - r1 - r2);
    v[2] = sub * at(m + 2, m + 1);
    s = Math.abs(v[0]) + Math.abs(v[1]) + Math.abs(v[2]);
    for (let k = 0; k < 3; k++) v[k]! /= s;
    if (m === l) break;
    const near = Math.abs(at(m - 1, m - 1)) + Math.abs(at(m, m)) + Math.abs(at(m + 1, m + 1));
    if (Math.abs(at(m, m - 1)) * (Math.abs(v[1]) + Math.abs(v[2])) <= EPS * Math.abs(v[0]) * near) break;
  }
  for (let k = m; k < i; k++) {
    const size = Math.min(3, i - k + 1);
    if (k > m) for (let r = 0; r < size; r++) v[r] = at(k + r, k - 1);
    reflect(1, size, v, 0, 1, tau);
    if (k > m) {
      h[k * n + k - 1] = v[0]!;
      h[(k + 1) * n + k - 1] = 0;
      if (k < i - 1) h[(k + 2) * n + k - 1] = 0;
    } else if (m > l) h[k * n + k - 1]! *= 1 - tau.re;
    const [v1, v2] = [v[1]!, size === 3 ? v[2]! : 0];
    const third = size === 3;
    const t = tau.re;
    for (let j = k; j < n; j++) {
      const p = k * n + j;
      const sum = t * (h[p]! + v1 * h[p + n]! + (third ? v2 * h[p + 2 * n]! : 0));
      h[p]! -= sum;
      h[p + n]! -= sum * v1;
      if (third) h[p + 2 * n]! -= sum * v2;
    }
    turnColumns(h, n, k, Math.min(k + 3, i) + 1, t, v1, v2, third);
    if (z) turnColumns(z, n, k, n, t, v1, v2, third);
  }
}

function turnColumns(
  a: Float64Array,
  n: number,
  k: number,
  rows: number,
  t: number,
  v1: number,
  v2: number,
  third: boolean,
): void {
  for (let j = 0; j < rows; j++) {
    const p = j * n + k;
    const sum = t * (a[p]! + v1 * a[p + 1]! + (third ? v2 * a[p + 2]! : 0));
    a[p]! -= sum;
    a[p + 1]! -= sum * v1;
    if (third) a[p + 2]! -= sum * v2;
  }
}
