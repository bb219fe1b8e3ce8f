import { complexDiv } from "../math/complex.js";
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
  for (let step = 0; step < n; step++) {
    const i = upper ? n - 1 - step : step;
    const [from, to] = upper ? [i + 1, n] : [0, i];
    for (let j = from; j < to; j++) {
      const p = (i * lda + j) * lanes;
      axpy(lanes, k, -a[p]!, lanes === 2 ? -a[p + 1]! : 0, b, j * k, 1, b, i * k, 1);
    }
    if (!unitriangular) divideRow(lanes, k, b, i * k, a, i * lda + i);
  }
}
