import { piecewise } from "./chebyshev.js";
import { ERF_SMALL, ERFCX } from "./coefficients.js";

const SPLITTER = 2 ** 27 + 1;

/** e^(−x²) with the rounding error of x² made good. */
export function expMinusSquare(x: number): number {
  if (Math.abs(x) > 30) return 0;
  const c = x * SPLITTER;
  const high = c - (c - x);
  const square = high * high;
  const rest = (x - high) * (x + high);
  const y = Math.exp(-square);
  return y - y * rest * (1 - rest / 2);
}

/** e^(x²), likewise. */
function expSquare(x: number): number {
  if (Math.abs(x) > 26.7) return Infinity;
  const c = x * SPLITTER;
  const high = c - (c - x);
  const rest = (x - high) * (x + high);
  const y = Math.exp(high * high);
  return y + y * rest * (1 + rest / 2);
}

/** (2/√π)·∫₀ˣ e^(−t²) dt. */
export function erfOf(x: number): number {
  const a = Math.abs(x);
  if (a < 1) return x + x * piecewise(ERF_SMALL, x * x);
  if (Number.isNaN(x)) return x;
  const y = a > 6 ? 1 : 1 - erfcOf(a);
  return x < 0 ? -y : y;
}

/** 1 − erf(x), accurate in the tail. */
export function erfcOf(x: number): number {
  if (x < 0.5) return 1 - erfOf(x);
  return expMinusSquare(x) * erfcxOf(x);
}

/** e^(x²)·erfc(x). */
export function erfcxOf(x: number): number {
  if (x >= 0) {
    if (x > 1e17) return 1 / Math.sqrt(Math.PI) / x;
    return piecewise(ERFCX, (x - 2) / (x + 2)) / (1 + 2 * x);
  }
  if (Number.isNaN(x)) return x;
  const e = expSquare(x);
  return e === Infinity ? e : 2 * e - erfcxOf(-x);
}

/** The x whose erf is y. */
export function erfinvOf(y: number): number {
  const a = Math.abs(y);
  if (!(a <= 1)) return Number.NaN;
  if (a === 1) return y * Infinity;
  if (a < 1e-8) return y * (Math.sqrt(Math.PI) / 2);
  if (a > 0.5) {
    const x = erfcinvOf(1 - a);
    return y < 0 ? -x : x;
  }
  let x = guess(y * y === 0 ? 0 : Math.log1p(-y * y)) * Math.sign(y);
  for (let i = 0; i < 2; i++) x = halley(x, (erfOf(x) - y) / (TWO_OVER_SQRT_PI * Math.exp(-x * x)));
  return x;
}

const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

/** Winitzki's closed form, good to three digits: |x| from log(1 − erf²x). */
function guess(l: number): number {
  const a = 0.147;
  const t = 2 / (Math.PI * a) + l / 2;
  return Math.sqrt(Math.sqrt(t * t - l / a) - t);
}

const halley = (x: number, step: number): number => x - step / (1 + x * step);

/** The x whose erfc is c, for c in (0, 2). */
export function erfcinvOf(c: number): number {
  if (!(c >= 0 && c <= 2)) return Number.NaN;
  if (c === 0) return Infinity;
  if (c > 1) return -erfcinvOf(2 - c);
  if (c === 1) return 0;
  if (c > 0.5) return erfinvOf(1 - c);
  // log(1 − erf²) = log(c·(2 − c)), which does not cancel; the division keeps tiny c normal.
  let x = guess(Math.log(c) + Math.log(2 - c));
  for (let i = 0; i < 3; i++) {
    // (erfc(x) − c)/erfc'(x), everything divided by e^(−x²), so that nothing underflows.
    const f = erfcxOf(x) - Math.exp(Math.log(c) + x * x);
    x = halley(x, -f / TWO_OVER_SQRT_PI);
  }
  // The last step with the exact residual, where the numbers are large enough for it.
  if (c > 1e-290) {
    const e = expMinusSquare(x);
    x += (erfcxOf(x) * e - c) / (TWO_OVER_SQRT_PI * e);
  }
  return x;
}

/** Φ(x), the distribution function of the standard normal distribution. */
export function ndtrOf(x: number): number {
  if (x < -1) return x < -39 ? 0 : 0.5 * normalBell(x) * erfcxOf(-x * Math.SQRT1_2);
  if (x > 1) return 1 - ndtrOf(-x);
  return 0.5 + 0.5 * erfOf(x * Math.SQRT1_2);
}

/** e^(−x²/2) with the rounding error of x² made good. */
function normalBell(x: number): number {
  const c = x * SPLITTER;
  const high = c - (c - x);
  const rest = ((x - high) * (x + high)) / 2;
  const y = Math.exp((-high * high) / 2);
  return y - y * rest * (1 - rest / 2);
}

/** log Φ(x), accurate in both tails. */
export function logNdtrOf(x: number): number {
  if (x < -1) return Math.log(erfcxOf(-x * Math.SQRT1_2) / 2) - (x * x) / 2;
  return Math.log1p(-ndtrOf(-x));
}

/** The x whose Φ is p. */
export function ndtriOf(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p > 0.25 && p < 0.75) return Math.SQRT2 * erfinvOf(2 * p - 1);
  return p < 0.5 ? -Math.SQRT2 * erfcinvOf(2 * p) : Math.SQRT2 * erfcinvOf(2 * (1 - p));
}
