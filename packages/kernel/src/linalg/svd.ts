import { applyP, applyQ, bidiagonalize, lowerToUpper, singularValues } from "./bidiagonal.js";
import { scaleFor } from "./eigen-hermitian.js";
import { copied, onHeap, rotationRoom } from "./heap.js";
import { applyReflections, factorQr, upperOf } from "./householder.js";
import { adjointOf, type Lanes, largest, rotate, unit } from "./vector.js";

/** A = U·diag(s)·Vᴴ; U and V have the singular vectors as columns. */
export interface Svd {
  readonly s: Float64Array;
  /** m × (m or k), k = min(m, n). */
  readonly u: Float64Array | null;
  /** n × (n or k). */
  readonly v: Float64Array | null;
  /** How many values had not settled. */
  readonly left: number;
}

/** Rows of singular vectors of a real bidiagonal matrix as the first columns of a matrix of `rows` rows, ones on the rest of the diagonal. */
function spread(lanes: Lanes, n: number, zt: Float64Array, rows: number, columns: number): Float64Array {
  const y = unit(lanes, rows, columns);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) y[(j * columns + i) * lanes] = zt[i * n + j]!;
  return y;
}

/**
 * The singular value decomposition of an m×n matrix, which is used up: reduction to bidiagonal form, after a QR factorisation
 * where the matrix is much longer than wide.
 */
export function decompose(
  lanes: Lanes,
  m: number,
  n: number,
  a: Float64Array,
  vectors: boolean,
  full: boolean,
): Svd {
  const factor = scaleFor(largest(a));
  if (factor !== 1) for (let i = 0; i < a.length; i++) a[i]! *= factor;
  const long = Math.max(m, n);
  const y =
    lanes === 2 || Math.min(m, n) < 32 || long > 4096
      ? reduced(lanes, m, n, a, vectors, full)
      : onHeap(
          12 * (long + 4) * (full ? long : Math.min(m, n) + 4) + 2 * rotationRoom(Math.min(m, n)),
          () => {
            const { s, u, v, left } = reduced(lanes, m, n, copied(a), vectors, full);
            return { s: s.slice(), u: u?.slice() ?? null, v: v?.slice() ?? null, left };
          },
        );
  if (factor !== 1) for (let i = 0; i < y.s.length; i++) y.s[i]! /= factor;
  return y;
}

const reduced = (
  lanes: Lanes,
  m: number,
  n: number,
  a: Float64Array,
  vectors: boolean,
  full: boolean,
): Svd => (m >= n ? tall(lanes, m, n, a, vectors, full, false) : wide(lanes, m, n, a, vectors, full));

const muchLonger = (lanes: Lanes, m: number, n: number): boolean =>
  n > 0 && m > n && m >= Math.trunc(lanes === 1 ? (n * 11) / 6 : (n * 17) / 9);

function tall(
  lanes: Lanes,
  m: number,
  n: number,
  a: Float64Array,
  vectors: boolean,
  full: boolean,
  lower: boolean,
): Svd {
  if (!lower && muchLonger(lanes, m, n)) {
    const taus = new Float64Array(n * lanes);
    factorQr(lanes, m, n, a, taus);
    const inner = tall(lanes, n, n, upperOf(lanes, n, n, a), vectors, false, false);
    if (!inner.u) return inner;
    const columns = full ? m : n;
    const u = unit(lanes, m, columns);
    for (let i = 0; i < n; i++)
      u.set(inner.u.subarray(i * n * lanes, (i + 1) * n * lanes), i * columns * lanes);
    applyReflections(lanes, m, n, a, taus, n, u, columns, false);
    return { ...inner, u };
  }
  const b = bidiagonalize(lanes, m, n, a);
  const angles = lower ? lowerToUpper(n, b.d, b.e) : null;
  const [ut, vt] = vectors ? [unit(1, n, n), unit(1, n, n)] : [null, null];
  const left = singularValues(n, b.d, b.e, ut, vt);
  if (left > 0 || !ut || !vt) return { s: b.d, u: null, v: null, left };
  if (angles)
    for (let j = n - 2; j >= 0; j--)
      // Columns of `ut` stand for rows of the left vectors.
      rotate(1, n, ut, j, n, ut, j + 1, n, angles.c[j]!, -angles.s[j]!);
  // Of a lower form the roles are exchanged: the matrix was given as its adjoint.
  const [qt, pt] = lower ? [vt, ut] : [ut, vt];
  const columns = full ? m : n;
  const u = spread(lanes, n, qt, m, columns);
  applyQ(lanes, m, n, a, b, u, columns);
  const v = spread(lanes, n, pt, n, n);
  applyP(lanes, n, a, b, v, n);
  return { s: b.d, u, v, left: 0 };
}

function wide(lanes: Lanes, m: number, n: number, a: Float64Array, vectors: boolean, full: boolean): Svd {
  const h = adjointOf(lanes, m, n, a);
  if (!muchLonger(lanes, n, m)) {
    const { s, u, v, left } = tall(lanes, n, m, h, vectors, full, true);
    return { s, u: v, v: u, left };
  }
  const taus = new Float64Array(m * lanes);
  factorQr(lanes, n, m, h, taus);
  const l = adjointOf(lanes, m, m, upperOf(lanes, m, m, h));
  const inner = tall(lanes, m, m, l, vectors, false, false);
  if (!inner.v) return inner;
  const columns = full ? n : m;
  const v = unit(lanes, n, columns);
  for (let i = 0; i < m; i++)
    v.set(inner.v.subarray(i * m * lanes, (i + 1) * m * lanes), i * columns * lanes);
  applyReflections(lanes, n, m, h, taus, m, v, columns, false);
  return { ...inner, v };
}
