import { complexDiv } from "../math/complex.js";
import { heapF64 } from "../memory/wasm-memory.js";
import { abandon, begin, scratch } from "../wasm/call.js";
import { wasm } from "../wasm/instance.js";
import { runFast } from "../wasm/registry.js";
import { BLOCK, subtractProduct } from "./blocks.js";
import { axpy, type Lanes, type Pair } from "./vector.js";

const quotient: Pair = { re: 0, im: 0 };

/** 1/a[i]. */
export function reciprocalAt(lanes: Lanes, a: Float64Array, i: number): Pair {
  if (lanes === 1) {
    quotient.re = 1 / a[i]!;
    quotient.im = 0;
    return quotient;
  }
  complexDiv(1, 0, a[2 * i]!, a[2 * i + 1]!, quotient);
  return quotient;
}

/** Row `i` of a matrix divided by a[d], element by element. */
function divideRow(lanes: Lanes, n: number, b: Float64Array, bi: number, a: Float64Array, d: number): void {
  if (lanes === 1) {
    const s = a[d]!;
    for (let j = 0; j < n; j++) b[bi + j]! /= s;
    return;
  }
  const [re, im] = [a[2 * d]!, a[2 * d + 1]!];
  for (let j = 0, p = 2 * bi; j < n; j++, p += 2) {
    complexDiv(b[p]!, b[p + 1]!, re, im, quotient);
    b[p] = quotient.re;
    b[p + 1] = quotient.im;
  }
}

/**
 * Solves A·X = B in place of B (n×k) with a triangle of A, whose rows are `lda` apart; the other triangle is not looked at.
 */
export function solveTriangle(
  lanes: Lanes,
  n: number,
  k: number,
  a: Float64Array,
  lda: number,
  b: Float64Array,
  upper: boolean,
  unitriangular: boolean,
): void {
  if (lanes === 1 && n >= 16 && fastTriangle(n, k, a, lda, b, upper, unitriangular)) return;
  if (lanes === 2 || n < 2 * BLOCK || k < 8) {
    solveRows(lanes, 0, n, k, a, lda, b, upper, unitriangular);
    return;
  }
  for (let done = 0; done < n; done += BLOCK) {
    const [low, high] = upper ? [Math.max(n - done - BLOCK, 0), n - done] : [done, Math.min(done + BLOCK, n)];
    const [from, count] = upper ? [high, done] : [0, done];
    const block = { data: a, at: low * lda + from, row: lda, column: 1 };
    const solved = { data: b, at: from * k, row: k, column: 1 };
    subtractProduct(high - low, k, count, block, solved, { data: b, at: low * k, row: k, column: 1 });
    solveRows(1, low, high, k, a, lda, b, upper, unitriangular);
  }
}

function fastTriangle(
  n: number,
  k: number,
  a: Float64Array,
  lda: number,
  b: Float64Array,
  upper: boolean,
  unitriangular: boolean,
): boolean {
  return runFast(() => {
    const e = wasm();
    if (!e || k === 0) return false;
    begin();
    const size = (n - 1) * lda + n;
    const left = scratch(size * 8);
    const right = left && scratch(n * k * 8);
    const room = right && scratch(e.factors_f64_room(n, k));
    if (!room) return abandon();
    heapF64.set(a.subarray(0, size), left >>> 3);
    heapF64.set(b.subarray(0, n * k), right >>> 3);
    e.solve_triangle_f64(n, k, left, lda, right, upper ? 1 : 0, unitriangular ? 1 : 0, room);
    b.set(heapF64.subarray(right >>> 3, (right >>> 3) + n * k));
    abandon();
    return true;
  });
}

/** {@link solveTriangle} of rows `low` … `high` among themselves. */
function solveRows(
  lanes: Lanes,
  low: number,
  high: number,
  k: number,
  a: Float64Array,
  lda: number,
  b: Float64Array,
  upper: boolean,
  unitriangular: boolean,
): void {
  for (let step = 0; step < high - low; step++) {
    const i = upper ? high - 1 - step : low + step;
    const [from, to] = upper ? [i + 1, high] : [low, i];
    for (let j = from; j < to; j++) {
      const p = (i * lda + j) * lanes;
      axpy(lanes, k, -a[p]!, lanes === 2 ? -a[p + 1]! : 0, b, j * k, 1, b, i * k, 1);
    }
    if (!unitriangular) divideRow(lanes, k, b, i * k, a, i * lda + i);
  }
}
