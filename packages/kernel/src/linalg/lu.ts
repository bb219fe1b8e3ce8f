import { heapF64, heapI32 } from "../memory/wasm-memory.js";
import { abandon, begin, scratch } from "../wasm/call.js";
import { wasm } from "../wasm/instance.js";
import { runFast } from "../wasm/registry.js";
import { BLOCK, type Part, subtractProduct } from "./blocks.js";
import { reciprocalAt, solveTriangle } from "./triangular.js";
import { axpy, type Lanes, scale, sizeAt, swap } from "./vector.js";

/**
 * PA = LU in place, by columns with row pivots: L's unit triangle below the diagonal, U on and above it. `pivots[i]` is the row
 * that changed places with row i. Returns the first column whose pivot is zero, counted from 1, or 0.
 */
export function factorLu(lanes: Lanes, m: number, n: number, a: Float64Array, pivots: Int32Array): number {
  const count = Math.min(m, n);
  if (lanes === 1 && count >= LEAST) {
    const info = fastLu(m, n, a, pivots);
    if (info >= 0) return info;
  }
  if (lanes === 2 || count < 2 * BLOCK) return factorColumns(lanes, m, n, a, pivots, 0, count, n);
  let info = 0;
  for (let from = 0; from < count; from += BLOCK) {
    const to = Math.min(from + BLOCK, count);
    const zero = factorColumns(1, m, n, a, pivots, from, to, to);
    info ||= zero;
    if (to === n) break;
    const at = (i: number, j: number): Part => ({ data: a, at: i * n + j, row: n, column: 1 });
    // U beside the block, then what is left below.
    for (let i = from + 1; i < to; i++)
      for (let j = from; j < i; j++) axpy(1, n - to, -a[i * n + j]!, 0, a, j * n + to, 1, a, i * n + to, 1);
    subtractProduct(m - to, n - to, to - from, at(to, from), at(from, to), at(to, to));
  }
  return info;
}

/** Smaller matrices are factored where they are. */
const LEAST = 16;

/** {@link factorLu} by a kernel; −1 where there is none. */
function fastLu(m: number, n: number, a: Float64Array, pivots: Int32Array): number {
  let info = -1;
  runFast(() => {
    const e = wasm();
    if (!e) return false;
    begin();
    const own = scratch(m * n * 8);
    const order = own && scratch(pivots.length * 4);
    const room = order && scratch(e.factors_f64_room(m, n));
    if (!room) return abandon();
    heapF64.set(a, own >>> 3);
    info = e.lu_f64(m, n, own, order, room);
    a.set(heapF64.subarray(own >>> 3, (own >>> 3) + m * n));
    pivots.set(heapI32.subarray(order >>> 2, (order >>> 2) + pivots.length));
    abandon();
    return true;
  });
  return info;
}

/** {@link factorLu} of columns `from` … `to`, whose rows are followed up to column `width`. */
function factorColumns(
  lanes: Lanes,
  m: number,
  n: number,
  a: Float64Array,
  pivots: Int32Array,
  from: number,
  to: number,
  width: number,
): number {
  let info = 0;
  for (let c = from; c < to; c++) {
    let pivot = c;
    for (let r = c + 1; r < m; r++)
      if (sizeAt(lanes, a, r * n + c) > sizeAt(lanes, a, pivot * n + c)) pivot = r;
    pivots[c] = pivot;
    if (sizeAt(lanes, a, pivot * n + c) === 0) {
      info ||= c + 1;
      continue;
    }
    if (pivot !== c) swap(lanes, n, a, c * n, 1, a, pivot * n, 1);
    const { re, im } = reciprocalAt(lanes, a, c * n + c);
    scale(lanes, m - c - 1, re, im, a, (c + 1) * n + c, n);
    for (let r = c + 1; r < m; r++) {
      const p = (r * n + c) * lanes;
      const [re, im] = [-a[p]!, lanes === 2 ? -a[p + 1]! : 0];
      axpy(lanes, width - c - 1, re, im, a, c * n + c + 1, 1, a, r * n + c + 1, 1);
    }
  }
  return info;
}

/** Exchanges rows of an n-column matrix as the pivots say, or back. */
export function permuteRows(
  lanes: Lanes,
  n: number,
  b: Float64Array,
  pivots: Int32Array,
  back = false,
): void {
  for (let step = 0; step < pivots.length; step++) {
    const i = back ? pivots.length - 1 - step : step;
    const j = pivots[i]!;
    if (j !== i) swap(lanes, n, b, i * n, 1, b, j * n, 1);
  }
}

/** A·X = B in place of B (n×k) from A's factors. */
export function solveLu(
  lanes: Lanes,
  n: number,
  k: number,
  lu: Float64Array,
  pivots: Int32Array,
  b: Float64Array,
): void {
  permuteRows(lanes, k, b, pivots);
  solveTriangle(lanes, n, k, lu, n, b, false, true);
  solveTriangle(lanes, n, k, lu, n, b, true, false);
}

/** Where each row of A stands in P: `order[i]` is the row of A that is row i of LU. */
export function rowOrder(m: number, pivots: Int32Array): Int32Array {
  const order = Int32Array.from({ length: m }, (_, i) => i);
  pivots.forEach((j, i) => {
    const t = order[i]!;
    order[i] = order[j]!;
    order[j] = t;
  });
  return order;
}

/** Whether the row exchanges are an odd number. */
export const isOdd = (pivots: Int32Array): boolean => pivots.reduce((odd, p, i) => odd !== (p !== i), false);
