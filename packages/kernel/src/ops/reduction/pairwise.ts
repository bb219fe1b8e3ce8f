const BLOCK = 128;

/**
 * Σ x[start … start + n) by halves down to blocks of 128 with eight running sums: NumPy's order of additions, whose
 * error grows with log n.
 */
export function pairwiseSum(x: ArrayLike<number>, start: number, n: number): number {
  return pairwise(x, start, n, 1);
}

/** The same over every `step`-th element. */
export function pairwise(x: ArrayLike<number>, start: number, n: number, step: number): number {
  if (n < 8) {
    let s = 0;
    for (let i = 0, p = start; i < n; i++, p += step) s += x[p]!;
    return s;
  }
  if (n <= BLOCK) {
    let p = start;
    let r0 = x[p]!;
    let r1 = x[(p += step)]!;
    let r2 = x[(p += step)]!;
    let r3 = x[(p += step)]!;
    let r4 = x[(p += step)]!;
    let r5 = x[(p += step)]!;
    let r6 = x[(p += step)]!;
    let r7 = x[(p += step)]!;
    let i = 8;
    for (; i < n - (n % 8); i += 8) {
      r0 += x[(p += step)]!;
      r1 += x[(p += step)]!;
      r2 += x[(p += step)]!;
      r3 += x[(p += step)]!;
      r4 += x[(p += step)]!;
      r5 += x[(p += step)]!;
      r6 += x[(p += step)]!;
      r7 += x[(p += step)]!;
    }
    let s = r0 + r1 + (r2 + r3) + (r4 + r5 + (r6 + r7));
    for (; i < n; i++) s += x[(p += step)]!;
    return s;
  }
  const half = n >> 1;
  const left = half - (half % 8);
  return pairwise(x, start, left, step) + pairwise(x, start + left * step, n - left, step);
}

/** Σ of a line of small integers: exact, as a bigint where float64 could round. */
export function integerSum(x: Float64Array): number | bigint {
  // 2^20 values below 2^32 stay below 2^53.
  if (x.length <= 1 << 20) {
    let s = 0;
    for (let i = 0; i < x.length; i++) s += x[i]!;
    return s;
  }
  let total = 0n;
  for (let from = 0; from < x.length; from += 1 << 20)
    total += BigInt(integerSum(x.subarray(from, from + (1 << 20))));
  return total;
}

/** Σ of a line of 64-bit integers; wraps when stored. */
export function bigSum(x: BigInt64Array): bigint {
  let s = 0n;
  for (let i = 0; i < x.length; i++) s = BigInt.asIntN(64, s + x[i]!);
  return s;
}

/** Σ of a line of interleaved complex numbers. */
export const complexSum = (x: Float64Array): [number, number] => [
  pairwise(x, 0, x.length / 2, 2),
  pairwise(x, 1, x.length / 2, 2),
];
