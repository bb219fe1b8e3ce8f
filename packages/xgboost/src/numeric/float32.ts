/** Rounds to float32. */
export const f32 = Math.fround;

/** XGBoost's smallest gain worth a split, as the float32 it is. */
export const RT_EPS = f32(1e-6);

const N = 32;
const INV_LN2_N = Math.LOG2E * N;
const SHIFT = 6755399441055744; // 1.5 · 2^52: adding it rounds to a whole number
const C0 = 0.05550361559341535 / N / N / N;
const C1 = 0.2402284522445722 / N / N;
const C2 = 0.6931471806916203 / N;
/** 2^(i/32). */
const POWERS = Float64Array.from({ length: N }, (_, i) => 2 ** (i / N));

/**
 * e^x in float32, rounded as glibc's `expf` rounds: 2^(k/32) from a table times a cubic of the rest, in float64.
 * The polynomial is the one of ARM's optimized routines, which glibc uses.
 */
export function expf(x: number): number {
  if (!(x < 88.72283935546875 && x > -103.97208404541016)) {
    if (Number.isNaN(x)) return x;
    return x > 0 ? Infinity : 0;
  }
  const z = INV_LN2_N * x;
  const k = z + SHIFT - SHIFT;
  const r = z - k;
  const ki = k | 0;
  const scale = POWERS[ki & (N - 1)]! * exp2int(ki >> 5);
  const r2 = r * r;
  return f32(((C0 * r + C1) * r2 + (C2 * r + 1)) * scale);
}

const EXPONENTS = Float64Array.from({ length: 320 }, (_, i) => 2 ** (i - 160));
const exp2int = (k: number): number => EXPONENTS[k + 160]!;

/** 1 / (1 + e^−x) with XGBoost's guards, all in float32. */
export function sigmoid(x: number): number {
  const e = expf(Math.min(-x, SIGMOID_MAX));
  return f32(1 / f32(f32(e + 1) + SIGMOID_EPS));
}
const SIGMOID_MAX = f32(88.7);
const SIGMOID_EPS = f32(1e-16);

/** ln x in float32. */
export const logf = (x: number): number => f32(Math.log(x));

/** −ln(1/x − 1) in float32. */
export const logit = (x: number): number => -logf(f32(f32(1 / x) - 1));
