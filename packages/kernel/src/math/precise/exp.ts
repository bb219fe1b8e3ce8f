import { LOW, scale, twoProduct, twoSum } from "./double-double.js";
import { BITS, exp as expFixed, LN2, nearest, pair } from "./fixed-point.js";

// exp(x) = 2^(k/128) · exp(r), |r| ≤ ln 2 / 256: the powers from a table of pairs, exp(r) − 1 by Taylor's series.
const N = 128;
const PER_STEP = N / nearest(LN2);
const ROUND = 6755399441055744; // 1.5 · 2⁵²: adding and subtracting it rounds to an integer

/** ln 2 / 128 in three parts; multiples of the first two up to 2¹⁸ are exact. */
const [STEP_1, STEP_2, STEP_3] = /* @__PURE__ */ (() => {
  const step = LN2 / BigInt(N);
  const cut = (v: bigint, bits: number): bigint => (v >> BigInt(BITS - bits)) << BigInt(BITS - bits);
  const first = cut(step, 41);
  const second = cut(step - first, 75);
  return [nearest(first), nearest(second), nearest(step - first - second)];
})();

let powers: Float64Array | undefined;

/** Pairs for 2^(j/128), j = 0 … 127. */
function makePowers(): Float64Array {
  const table = new Float64Array(2 * N);
  for (let j = 0; j < N; j++) table.set(pair(expFixed((LN2 * BigInt(j)) / BigInt(N))), 2 * j);
  powers = table;
  return table;
}

/** The powers 2^(j/128) as pairs. */
export const powersOfTwo = (): Float64Array => powers ?? makePowers();

/**
 * eˣ, within 0.51 units in the last place (0.52 for subnormal results).
 */
export function exp(x: number): number {
  if (!(Math.abs(x) < 745.2)) {
    if (Number.isNaN(x)) return x;
    return x > 0 ? Number.POSITIVE_INFINITY : 0;
  }
  const table = powers ?? makePowers();
  const k = x * PER_STEP + ROUND - ROUND;
  const r = x - k * STEP_1 - k * STEP_2;
  const p = r + r * r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120))));
  const j = k & (N - 1);
  const hi = table[2 * j]!;
  return scale(hi, table[2 * j + 1]! + hi * p, (k - j) / N);
}

/** Set by {@link expWide}: the power of two that its pair is to be multiplied with. */
let exponent = 0;
/** Set by {@link expWide}: e^r − 1, which is the whole of expm1 where no power of two was taken out. */
let fraction = 0;

/** e^(x + xl) = (result + LOW) · 2^exponent for |x| < 750, to about 2⁻⁶⁸. */
function expWide(x: number, xl: number): number {
  const table = powers ?? makePowers();
  const k = x * PER_STEP + ROUND - ROUND;
  const t = x - k * STEP_1; // exact
  const r = twoSum(t, -k * STEP_2);
  const rl = LOW[0]! - k * STEP_3 + xl;
  const square = twoProduct(r, r);
  const rest =
    rl +
    rl * r +
    LOW[0]! * 0.5 +
    square * r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r / 5040))));
  const p = twoSum(r, square * 0.5);
  const pl = LOW[0]! + rest;
  const j = k & (N - 1);
  exponent = (k - j) / N;
  const hi = table[2 * j]!;
  fraction = p + pl;
  const q = twoProduct(hi, p);
  const ql = LOW[0]! + (table[2 * j + 1]! * (1 + p) + hi * pl);
  const s = twoSum(hi, q);
  const low = LOW[0]! + ql;
  const sum = s + low;
  LOW[0] = low - (sum - s);
  return sum;
}

/** e^(x + xl) rounded to float64, within 0.51 units in the last place. */
export function expOfPair(x: number, xl: number): number {
  if (!(Math.abs(x) < 745.2)) return exp(x);
  const hi = expWide(x, xl);
  return scale(hi, LOW[0]!, exponent);
}

/**
 * eˣ − 1, within 0.51 units in the last place, without loss near 0.
 */
export function expm1(x: number): number {
  if (Math.abs(x) < 1e-17) return x;
  if (!(x < 709.8)) return Number.isNaN(x) ? x : Number.POSITIVE_INFINITY;
  if (x < -40) return -1;
  const hi = expWide(x, 0);
  const low = LOW[0]!;
  if (Math.abs(x) < 0.0027) return fraction;
  if (exponent > 60) return scale(hi, low, exponent);
  const power = 2 ** exponent;
  const s = twoSum(hi * power, -1);
  return s + (LOW[0]! + low * power);
}
