import { horner } from "./polynomial.js";
import { fromNumber, mul, nearest, ONE, squareRoot } from "./precise/fixed-point.js";

/*
 * Polynomials that stand for smooth functions: Chebyshev interpolants, computed in fixed point when a function is first
 * asked for on a piece of its interval.
 */

/** Nodes on a piece: more than any polynomial here needs. */
const NODES = 32;

/** A function on equal parts of an interval, and the polynomials that stand for it: powers of t in [−1, 1]. */
export interface Pieces {
  readonly from: number;
  readonly width: number;
  /** One a piece, once it was needed. */
  readonly polynomials: (readonly number[] | undefined)[];
  readonly f: (x: bigint) => bigint;
  /** The size by which errors are measured; 0: the least of the function on the piece. */
  readonly size: number;
}

/** `f`, from fixed point to fixed point, on `count` equal parts of [from, to]. */
export const pieces = (
  from: number,
  to: number,
  count: number,
  f: (x: bigint) => bigint,
  size = 0,
): Pieces => ({
  from,
  width: (to - from) / count,
  polynomials: new Array<undefined>(count).fill(undefined),
  f,
  size,
});

let cosines: readonly bigint[] | undefined;

/** cos(πk / (2·NODES)) over one period. */
function makeCosines(): readonly bigint[] {
  let c = 0n;
  for (let n = 1; n < NODES; n *= 2) c = squareRoot((ONE + c) / 2n);
  const all = [ONE, c];
  for (let k = 2; k < 4 * NODES; k++) all.push(2n * mul(c, all[k - 1]!) - all[k - 2]!);
  cosines = all;
  return all;
}

/** The polynomial of the i-th piece: the interpolant without the terms below 2⁻⁵⁸ of the function. */
function fit({ f, from, width, size, polynomials }: Pieces, i: number): readonly number[] {
  const cos = cosines ?? makeCosines();
  const half = fromNumber(width / 2);
  const middle = fromNumber(from + i * width) + half;
  const values: bigint[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (let k = 1; k < 2 * NODES; k += 2) {
    const y = f(middle + mul(half, cos[k]!));
    values.push(y);
    least = Math.min(least, Math.abs(nearest(y)));
  }
  const coefficient = (j: number): bigint => {
    let sum = 0n;
    for (let k = 0; k < NODES; k++) sum += mul(values[k]!, cos[(j * (2 * k + 1)) % (4 * NODES)]!);
    return (sum * (j === 0 ? 1n : 2n)) / BigInt(NODES);
  };
  const negligible = (size || least) * 2 ** -58;
  let n = NODES - 1;
  let last = coefficient(n);
  while (n > 0 && Math.abs(nearest(last)) < negligible) last = coefficient(--n);
  // Clenshaw's rule, with polynomials for numbers.
  let [now, after]: [bigint[], bigint[]] = [[last], []];
  while (n-- > 0) {
    const factor = n === 0 ? 1n : 2n;
    const before = [coefficient(n), ...now.map((v) => factor * v)].map((v, k) => v - (after[k] ?? 0n));
    [now, after] = [before, now];
  }
  const y = now.map(nearest);
  polynomials[i] = y;
  return y;
}

/** The function at x. */
export function piecewise(f: Pieces, x: number): number {
  const { polynomials } = f;
  const at = (x - f.from) / f.width;
  const n = polynomials.length;
  // NaN falls through to the first piece, which hands it on.
  const i = at >= 0 ? (at < n ? Math.floor(at) : n - 1) : 0;
  return horner(polynomials[i] ?? fit(f, i), 2 * (at - i) - 1);
}
