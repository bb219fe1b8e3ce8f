import { temmeCoefficients } from "./coefficients.js";
import { erfcOf } from "./erf.js";
import { lgamma1pOf, stirlingRest } from "./gamma.js";
import { horner } from "./polynomial.js";

/*
 * The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P: the power series, Legendre's continued
 * fraction, and Temme's uniform expansion (N. M. Temme, SIAM J. Math. Anal. 10, 1979) where a is large and x near it.
 */

const EPSILON = 2 ** -53;

/** log(x/a) − (x − a)/a without cancellation. */
function logRatioMinus(x: number, a: number): number {
  const m = (x - a) / a;
  if (m < -0.6 || m > 1.2) return Math.log(x / a) - m;
  // log(1 + m) = 2·artanh(m/(2 + m)), whose first term is taken off by hand.
  const r = m / (2 + m);
  const s = r * r;
  let sum = 0;
  let power = s;
  for (let k = 3; ; k += 2) {
    const term = power / k;
    sum += term;
    if (term <= sum * EPSILON) break;
    power *= s;
  }
  return r * (2 * sum - m);
}

/** xᵃ·e⁻ˣ / Γ(a + 1). */
function prefix(a: number, x: number): number {
  if (a < 10)
    return x < 600 && x > 1e-30
      ? (x ** a * Math.exp(-x)) / Math.exp(lgamma1pOf(a))
      : Math.exp(a * Math.log(x) - x - lgamma1pOf(a));
  const rest = Math.exp(-stirlingRest(a)) / Math.sqrt(2 * Math.PI * a);
  if (Math.abs(x - a) < 0.5 * a) return Math.exp(a * logRatioMinus(x, a)) * rest;
  // The logarithm would be large and its rounding errors with it; powers of the arguments themselves are exact to the
  // last place. They are taken in 2^n parts that fit.
  let parts = 1;
  while ((Math.max(a, x) / parts) * Math.max(Math.abs(Math.log(x)), Math.log(a), 1) > 600) parts *= 2;
  let power = (x ** (a / parts) / a ** (a / parts)) * Math.exp(a / parts) * Math.exp(-x / parts);
  for (; parts > 1; parts /= 2) power *= power;
  return power * rest;
}

/** P by x^n / ((a + 1)…(a + n)). */
function lowerSeries(a: number, x: number): number {
  let sum = 1;
  let term = 1;
  for (let n = 1; term > sum * EPSILON; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return prefix(a, x) * sum;
}

/** Q for small x by its own series, so that a small a does not cancel. */
function upperSeries(a: number, x: number): number {
  let sum = 0;
  let term = 1;
  for (let n = 1; n < 500; n++) {
    term *= -x / n;
    const part = term / (a + n);
    sum += part;
    if (Math.abs(part) <= Math.abs(sum) * EPSILON) break;
  }
  const log = a * Math.log(x) - lgamma1pOf(a);
  return -Math.expm1(log) - a * Math.exp(log) * sum;
}

/** Q by the continued fraction, evaluated forwards (Lentz). */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 100000; i++) {
    const an = -i * (i - a);
    b += 2;
    d = an * d + b;
    if (Math.abs(d) < 1e-300) d = 1e-300;
    c = b + an / c;
    if (Math.abs(c) < 1e-300) c = 1e-300;
    d = 1 / d;
    const by = d * c;
    h *= by;
    if (Math.abs(by - 1) < 2 * EPSILON) break;
  }
  return prefix(a, x) * a * h;
}

/** P (`upper` false) or Q (`upper` true) near x = a. */
function uniform(a: number, x: number, upper: boolean): number {
  const half = -logRatioMinus(x, a);
  const eta = x < a ? -Math.sqrt(2 * half) : Math.sqrt(2 * half);
  let sum = 0;
  const temme = temmeCoefficients();
  for (let k = temme.length - 1; k >= 0; k--) sum = sum / a + horner(temme[k]!, eta);
  const rest = (Math.exp(-a * half) / Math.sqrt(2 * Math.PI * a)) * sum;
  const sign = upper ? 1 : -1;
  return 0.5 * erfcOf(sign * eta * Math.sqrt(a / 2)) + sign * rest;
}

const nearDiagonal = (a: number, x: number): boolean => {
  const distance = Math.abs(x - a) / a;
  return a > 20 && (a < 200 ? distance < 0.3 : distance < 4.5 / Math.sqrt(a));
};

/** P(a, x) = ∫₀ˣ t^(a−1)·e^(−t) dt / Γ(a); NaN for negative arguments. */
export function lowerGammaOf(a: number, x: number): number {
  if (!(a >= 0 && x >= 0)) return Number.NaN;
  if (a === 0) return x > 0 ? 1 : Number.NaN;
  if (x === 0) return 0;
  if (a === Infinity) return x === Infinity ? Number.NaN : 0;
  if (x === Infinity) return 1;
  if (nearDiagonal(a, x)) return uniform(a, x, false);
  return x > 1 && x > a ? 1 - upperGammaOf(a, x) : lowerSeries(a, x);
}

/** Q(a, x) = 1 − P(a, x), accurate in the tail. */
export function upperGammaOf(a: number, x: number): number {
  if (!(a >= 0 && x >= 0)) return Number.NaN;
  if (a === 0) return x > 0 ? 0 : Number.NaN;
  if (x === 0) return 1;
  if (a === Infinity) return x === Infinity ? Number.NaN : 1;
  if (x === Infinity) return 0;
  if (nearDiagonal(a, x)) return uniform(a, x, true);
  if (x > 1.1) return x < a ? 1 - lowerSeries(a, x) : upperFraction(a, x);
  if (x <= 0.5) return -0.4 / Math.log(x) < a ? 1 - lowerSeries(a, x) : upperSeries(a, x);
  return 1.1 * x < a ? 1 - lowerSeries(a, x) : upperSeries(a, x);
}
