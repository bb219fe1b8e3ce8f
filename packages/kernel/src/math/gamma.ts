import { piecewise } from "./chebyshev.js";
import { bernoulli, DIGAMMA, DIGAMMA_LARGE, DIGAMMA_ROOT, LGAMMA, STIRLING } from "./coefficients.js";
import { cosPi, sinPi } from "./elementary.js";

const HALF_LOG_2PI = 0.9189385332046727;

/** What Stirling's formula (x − ½)·log x − x + ½·log 2π lacks of log Γ(x), for x ≥ 10. */
export const stirlingRest = (x: number): number => piecewise(STIRLING, 100 / (x * x)) / x;

/** log |Γ(x)|; infinite at 0 and the negative integers. */
export function lgammaOf(x: number): number {
  if (x <= 0.75) {
    if (x > 0) return lgammaOf(x + 1) - Math.log(x);
    if (x === -Infinity || x === Math.floor(x)) return Infinity;
    // Γ(x)·Γ(−x) = −π / (x·sin πx)
    if (x > -0.5) return lgammaOf(1 + x) - Math.log(-x);
    return Math.log(Math.PI / Math.abs(sinPi(x))) - Math.log(-x) - lgammaOf(-x);
  }
  // Adding 0 makes a −0 at the roots positive.
  if (x < 2.75) return (x - 1) * (x - 2) * piecewise(LGAMMA, x) + 0;
  if (x < 10) {
    let product = 1;
    while (x >= 2.75) {
      x -= 1;
      product *= x;
    }
    return Math.log(product) + (x - 1) * (x - 2) * piecewise(LGAMMA, x);
  }
  if (x === Infinity || Number.isNaN(x)) return x;
  if (x > 1e17) return x * (Math.log(x) - 1);
  return (x - 0.5) * (Math.log(x) - 1) + (HALF_LOG_2PI - 0.5 + stirlingRest(x));
}

/** log Γ(1 + a) for small |a|, without rounding 1 + a first. */
export const lgamma1pOf = (a: number): number =>
  Math.abs(a) < 0.25 ? a * (a - 1) * piecewise(LGAMMA, 1 + a) : lgammaOf(1 + a);

/** Γ'(x)/Γ(x). At 0 it is infinite with the sign opposite to that of the zero, at negative integers NaN. */
export function digammaOf(x: number): number {
  if (x <= 0) {
    if (x === 0) return Object.is(x, -0) ? Infinity : -Infinity;
    if (x === Math.floor(x)) return Number.NaN;
    return digammaOf(1 - x) - (Math.PI * cosPi(x)) / sinPi(x);
  }
  let shift = 0;
  if (x < 1) {
    shift = -1 / x;
    x += 1;
  }
  if (x < 10) {
    while (x > 2) {
      x -= 1;
      shift += 1 / x;
    }
    return (x - DIGAMMA_ROOT[0] - DIGAMMA_ROOT[1]) * piecewise(DIGAMMA, x) + shift;
  }
  if (x === Infinity || Number.isNaN(x)) return x;
  return Math.log(x) - 0.5 / x - piecewise(DIGAMMA_LARGE, 100 / (x * x)) / (x * x);
}

/**
 * Hurwitz' zeta function Σ (q + k)^−s over k ≥ 0: infinite at s = 1, NaN below. For q < 0 it exists where s is whole;
 * at whole q ≤ 0 it is infinite.
 */
export function zetaOf(s: number, q: number): number {
  if (s === 1) return Infinity;
  if (!(s > 1) || Number.isNaN(q)) return Number.NaN;
  if (q <= 0) {
    if (q === Math.floor(q)) return Infinity;
    if (s !== Math.floor(s)) return Number.NaN;
    if (q < -20) {
      // The sum over the terms on both sides of 0 has period 1 in q.
      const r = q - Math.floor(q);
      const sign = s % 2 === 0 ? 1 : -1;
      return zetaOf(s, r) + sign * (zetaOf(s, 1 - r) - zetaOf(s, 1 - q));
    }
  }
  if (s === Infinity) return q > 1 ? 0 : q === 1 ? 1 : Infinity;
  if (q > 1e18) return (1 / (s - 1) + 1 / (2 * q)) * q ** (1 - s);
  let sum = 0;
  let w = q;
  // Far enough out for the formula below, whose terms grow with s.
  for (; w < 10 + s; w += 1) {
    const term = w ** -s;
    sum += term;
    if (w > 0 && term <= sum * 2 ** -56) return sum;
  }
  const power = w ** -s;
  let rest = (power * w) / (s - 1) + power / 2;
  let factor = s * (power / w);
  const inverse = 1 / (w * w);
  // The formula of Euler and Maclaurin.
  const b = bernoulli();
  for (let k = 0; k < 10; k++) {
    const term = b[k]! * factor;
    rest += term;
    if (Math.abs(term) < Math.abs(rest) * 2 ** -56) break;
    factor *= (s + 2 * k + 1) * (s + 2 * k + 2) * inverse;
  }
  return sum + rest;
}

/** The n-th derivative of digamma. */
export function polygammaOf(n: number, x: number): number {
  if (n === 0) return digammaOf(x);
  let factorial = 1;
  for (let k = 2; k <= n; k++) factorial *= k;
  return (n % 2 === 0 ? -1 : 1) * factorial * zetaOf(n + 1, x);
}
