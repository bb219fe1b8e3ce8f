import { digammaOf, lgammaOf } from "./gamma.js";
import { lowerGammaOf, upperGammaOf } from "./incomplete-gamma.js";

/* The derivative in a of the regularised incomplete gamma function P(a, x). */

/** Where x is small: P = xᵃ·e⁻ˣ/Γ(a + 1) · Σ x^n / ((a + 1)…(a + n)), each factor differentiated. */
function bySeries(a: number, x: number): number {
  let [sum, slope, term, logSlope] = [1, 0, 1, 0];
  for (let n = 1; term > sum * 2 ** -53; n++) {
    term *= x / (a + n);
    logSlope -= 1 / (a + n);
    sum += term;
    slope += term * logSlope;
  }
  return lowerGammaOf(a, x) * (Math.log(x) - digammaOf(a + 1) + slope / sum);
}

/** Where x is large: Q = xᵃ·e⁻ˣ/Γ(a) · F, with the continued fraction F and its derivative from the inside out. */
function byFraction(a: number, x: number): number {
  let k = 200 + Math.ceil(5 * Math.sqrt(a));
  let value = x + 2 * k + 1 - a;
  let slope = -1;
  for (; k > 0; k--) {
    const above = k * (a - k);
    slope = -1 + (k - (above * slope) / value) / value;
    value = x + 2 * k - 1 - a + above / value;
  }
  return -upperGammaOf(a, x) * (Math.log(x) - digammaOf(a) - slope / value);
}

/** ∂P(a, x)/∂a; NaN where a is not positive or x negative. */
export function lowerGammaSlopeOf(a: number, x: number): number {
  if (!(a > 0 && x >= 0)) return Number.NaN;
  if (x === 0 || x === Infinity || a === Infinity) return 0;
  return x > 1 && x > a ? byFraction(a, x) : bySeries(a, x);
}

/** −(∂P(a, x)/∂a) / p(x; a) with the density p of gamma distributions; NaN where a is not positive or x negative. */
export const gammaSampleSlopeOf = (a: number, x: number): number =>
  -lowerGammaSlopeOf(a, x) / Math.exp(Math.log(x) * (a - 1) - x - lgammaOf(a));
