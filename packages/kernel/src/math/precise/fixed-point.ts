// Constants and tables of the precise functions are computed here once, in integers of 192 fraction bits, instead of
// being listed: the series below give far more digits than a pair of float64 holds.

/** Fraction bits of every number in this file. */
export const BITS = 192;
export const ONE = /* @__PURE__ */ (() => 1n << BigInt(BITS))();

export const mul = (a: bigint, b: bigint): bigint => (a * b) >> BigInt(BITS);

/** numerator / denominator in fixed point, of whole numbers or of two that are in fixed point themselves. */
export const ratio = (numerator: bigint, denominator: bigint): bigint =>
  (numerator << BigInt(BITS)) / denominator;

/** A float64 in fixed point; bits below 2^−192 are cut. */
export function fromNumber(x: number): bigint {
  let shift = 0;
  let m = x;
  while (!Number.isInteger(m)) {
    m *= 2;
    shift++;
  }
  return (BigInt(m) << BigInt(BITS)) >> BigInt(shift);
}

/** The float64 nearest to a fixed-point number. */
export const nearest = (v: bigint): number => Number(v) * 2 ** -BITS;

/** A fixed-point number as the sum of two float64: the nearest one, and what is left. */
export function pair(v: bigint): readonly [number, number] {
  const hi = nearest(v);
  return [hi, nearest(v - fromNumber(hi))];
}

/** √v. */
export function squareRoot(v: bigint): bigint {
  let y = fromNumber(Math.sqrt(nearest(v)));
  for (let i = 0; i < 2; i++) y = (y + ratio(v, y)) / 2n;
  return y;
}

/** 2·atanh(t) = log((1 + t) / (1 − t)) by its series; |t| must be well below 1. */
function twoAtanh(t: bigint): bigint {
  const square = mul(t, t);
  let term = t;
  let sum = 0n;
  for (let n = 1n; term !== 0n && term !== -1n; n += 2n) {
    sum += term / n;
    term = mul(term, square);
  }
  return 2n * sum;
}

/** log(v) for v above about ½. */
export const log = (v: bigint): bigint =>
  v > 2n * ONE ? LN2 + log(v / 2n) : twoAtanh(ratio(v - ONE, v + ONE));

export const LN2 = /* @__PURE__ */ twoAtanh(ONE / 3n);

/** Σ vᵏ / (d(1)·…·d(k)), over all k ≥ 0. */
export function series(v: bigint, d: (k: bigint) => bigint): bigint {
  let term = ONE;
  let sum = ONE;
  for (let k = 1n; term !== 0n && term !== -1n; k++) {
    term = mul(term, v) / d(k);
    sum += term;
  }
  return sum;
}

/** exp(v) for small |v|. */
export const exp = (v: bigint): bigint => series(v, (k) => k);

/** atan(1/n) by its series. */
function atanInverse(n: bigint, bits: bigint): bigint {
  let term = (1n << bits) / n;
  let sum = 0n;
  for (let k = 1n, sign = 1n; term !== 0n; k += 2n, sign = -sign) {
    sum += (sign * term) / k;
    term /= n * n;
  }
  return sum;
}

/** π by Machin's formula with that many fraction bits. */
export const pi = (bits = BITS): bigint => {
  const more = BigInt(bits + 32);
  return (4n * (4n * atanInverse(5n, more) - atanInverse(239n, more))) >> 32n;
};

/** sin(v) and cos(v) for |v| up to about 1. */
export function sinCos(v: bigint): readonly [bigint, bigint] {
  let term = ONE;
  const sums: [bigint, bigint] = [0n, ONE];
  for (let n = 1; term !== 0n && term !== -1n; n++) {
    term = mul(term, v) / BigInt(n);
    const negative = n % 4 >= 2;
    sums[n % 2 === 1 ? 0 : 1] += negative ? -term : term;
  }
  return sums;
}
