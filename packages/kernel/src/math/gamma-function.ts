import { sinPi } from "./elementary.js";
import { lgammaOf } from "./gamma.js";
import { exp } from "./precise/exp.js";
import { pow } from "./precise/pow.js";

/** From here on Stirling's series has more digits than a float64. */
const STIRLING_FROM = 33;
/** Γ beyond is infinite. */
const LARGEST = 171.6243769563027;
/** Stirling's series in 1/x. */
const SERIES = [1 / 12, 1 / 288, -139 / 51840, -571 / 2488320, 163879 / 209018880, 5246819 / 75246796800];

/** √(2π)·x^(x − ½)·e^(−x)·(1 + 1/(12x) + …) for large x. */
function stirling(x: number): number {
  let sum = 0;
  for (let i = SERIES.length - 1; i >= 0; i--) sum = (sum + SERIES[i]!) / x;
  // The power is taken in two steps, as it overflows before the product does.
  const half = pow(x, x / 2 - 0.25);
  return Math.sqrt(2 * Math.PI) * half * exp(-x) * half * (1 + sum);
}

/** Γ(x); NaN at the negative integers, infinite with the sign of zero at zero. */
export function gammaOf(x: number): number {
  if (x === 0) return 1 / x;
  if (Number.isNaN(x) || x === -Infinity || (x < 0 && Number.isInteger(x))) return Number.NaN;
  if (x > LARGEST) return Number.POSITIVE_INFINITY;
  if (x < -STIRLING_FROM) {
    const s = sinPi(x) * x;
    const top = -x > LARGEST ? Number.POSITIVE_INFINITY : stirling(-x);
    return -Math.PI / (s * top);
  }
  if (x > STIRLING_FROM) return stirling(x);
  // Γ(x + 1) = x·Γ(x) leads to [2, 3), where log Γ is small.
  let [z, above, below] = [x, 1, 1];
  while (z >= 3) above *= --z;
  while (z < 2) {
    below *= z;
    z++;
  }
  return (above * exp(lgammaOf(z))) / below;
}
