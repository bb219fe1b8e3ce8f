import { reflect, reflectColumns, reflectRows } from "./householder.js";
import { type Lanes, length, type Pair, scale, swap, unit } from "./vector.js";

/** What balancing did: rows and columns low…high−1 were scaled, the others exchanged with `places[i]`. */
export interface Balance {
  readonly low: number;
  readonly high: number;
  readonly scales: Float64Array;
  readonly places: Int32Array;
}

const zeroAt = (lanes: Lanes, a: Float64Array, i: number): boolean =>
  a[i * lanes] === 0 && (lanes === 1 || a[i * lanes + 1] === 0);

/** Moves isolated eigenvalues to the ends and evens out the sizes of rows and columns by powers of two, in place. */
export function balance(lanes: Lanes, n: number, a: Float64Array): Balance {
  const scales = new Float64Array(n).fill(1);
  const places = Int32Array.from({ length: n }, (_, i) => i);
  let [low, high] = [0, n];
  const exchange = (j: number, m: number): void => {
    places[m] = j;
    if (j === m) return;
    swap(lanes, high, a, j, n, a, m, n);
    swap(lanes, n - low, a, j * n + low, 1, a, m * n + low, 1);
  };
  const alone = (j: number, row: boolean): boolean => {
    for (let i = low; i < high; i++)
      if (i !== j && !zeroAt(lanes, a, row ? j * n + i : i * n + j)) return false;
    return true;
  };
  // Rows that isolate an eigenvalue go to the end.
  for (let j = high - 1; j >= 0; ) {
    if (!alone(j, true)) {
      j--;
      continue;
    }
    exchange(j, high - 1);
    if (high === 1) return { low: 0, high: 1, scales, places };
    high--;
    j = high - 1;
  }
  // Columns that do go to the start.
  for (let j = low; j < high; ) {
    if (!alone(j, false)) {
      j++;
      continue;
    }
    exchange(j, low);
    low++;
    j = low;
  }
  for (let again = true; again; ) {
    again = false;
    for (let i = low; i < high; i++) {
      let c = length(lanes, high - low, a, low * n + i, n);
      let r = length(lanes, high - low, a, i * n + low, 1);
      if (c === 0 || r === 0 || !Number.isFinite(c + r)) continue;
      const sum = c + r;
      let f = 1;
      for (let g = r / 2; c < g && f < 2 ** 500; g /= 2) {
        f *= 2;
        c *= 2;
        r /= 2;
      }
      for (let g = c / 2; g >= r && f > 2 ** -500; g /= 2) {
        f /= 2;
        c /= 2;
        r *= 2;
      }
      if (c + r >= 0.95 * sum || f === 1) continue;
      scales[i]! *= f;
      again = true;
      scale(lanes, n - low, 1 / f, 0, a, i * n + low, 1);
      scale(lanes, high, f, 0, a, i, n);
    }
  }
  return { low, high, scales, places };
}

/** Eigenvectors (columns) of the balanced matrix become those of the matrix itself, in place. */
export function unbalance(
  lanes: Lanes,
  n: number,
  { low, high, scales, places }: Balance,
  v: Float64Array,
): void {
  for (let i = low; i < high; i++) if (scales[i] !== 1) scale(lanes, n, scales[i]!, 0, v, i * n, 1);
  for (let i = low - 1; i >= 0; i--) if (places[i] !== i) swap(lanes, n, v, i * n, 1, v, places[i]! * n, 1);
  for (let i = high; i < n; i++) if (places[i] !== i) swap(lanes, n, v, i * n, 1, v, places[i]! * n, 1);
}

/** A = Q·H·Qᴴ with zeros below H's first subdiagonal, in place; gives Q if asked. */
export function hessenberg(
  lanes: Lanes,
  n: number,
  a: Float64Array,
  low: number,
  high: number,
  vectors: boolean,
): Float64Array | null {
  const tau: Pair = { re: 0, im: 0 };
  const taus: Pair[] = [];
  const work = new Float64Array(n * lanes);
  for (let i = low; i < high - 2; i++) {
    const k = high - i - 1;
    const at = (i + 1) * n + i;
    reflect(lanes, k, a, at, n, tau);
    taus[i] = { ...tau };
    const v = { data: a, at, step: n };
    reflectColumns(lanes, high, k, v, tau.re, tau.im, a, i + 1, n);
    reflectRows(lanes, k, n - i - 1, v, tau.re, -tau.im, a, at + 1, n, work);
  }
  let q: Float64Array | null = null;
  if (vectors) {
    q = unit(lanes, n, n);
    for (let i = high - 3; i >= low; i--) {
      const v = { data: a, at: (i + 1) * n + i, step: n };
      const { re, im } = taus[i]!;
      reflectRows(lanes, high - i - 1, n - i - 1, v, re, im, q, (i + 1) * n + i + 1, n, work);
    }
  }
  for (let i = 2; i < n; i++) a.fill(0, i * n * lanes, (i * n + i - 1) * lanes);
  return q;
}
