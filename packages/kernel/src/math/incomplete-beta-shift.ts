import { digammaOf } from "./gamma.js";

/* How a quantile of the beta distribution moves with the distribution's first parameter. */

/**
 * The continued fraction of the incomplete beta function I_x(p, q) = x^p·(1 − x)^q/(p·B(p, q)) · F, and F'/F along the parameters
 * (dp, dq), both by Lentz's recurrence on numbers with a derivative.
 */
function fraction(
  x: number,
  p: number,
  q: number,
  dp: number,
  dq: number,
): [value: number, logSlope: number] {
  const tiny = 1e-300;
  // c and d are the ratios of neighbouring numerators and denominators; their product tends to 1/F.
  let [c, dc, d, dd] = [1, 0, 0, 0];
  let [f, logSlope] = [1, 0];
  for (let n = 1; n < 20000; n++) {
    const m = n >> 1;
    let [top, dTop, low, dLow] = [0, 0, 0, 0];
    if (n % 2 === 0) {
      [top, dTop] = [m * (q - m) * x, m * dq * x];
      [low, dLow] = [(p + 2 * m - 1) * (p + 2 * m), dp * (2 * p + 4 * m - 1)];
    } else {
      [top, dTop] = [-(p + m) * (p + q + m) * x, -(dp * (p + q + m) + (p + m) * (dp + dq)) * x];
      [low, dLow] = [(p + 2 * m) * (p + 2 * m + 1), dp * (2 * p + 4 * m + 1)];
    }
    const k = top / low;
    const dk = (dTop - k * dLow) / low;
    const under = 1 + k * d || tiny;
    dd = -(dk * d + k * dd) / (under * under);
    d = 1 / under;
    const over = 1 + k / c || tiny;
    dc = (dk - (k * dc) / c) / c;
    c = over;
    f *= c * d;
    logSlope += dc / c + dd / d;
    if (Math.abs(c * d - 1) < 2 ** -53 && Math.abs(dc / c + dd / d) < 2 ** -53 * (1 + Math.abs(logSlope)))
      break;
  }
  return [1 / f, -logSlope];
}

/** dx/da where I_x(a, b) is held; NaN outside 0 < x < 1 and for parameters that are not positive. */
export function betaShiftOf(x: number, a: number, b: number): number {
  if (!(x > 0 && x < 1 && a > 0 && b > 0)) return x === 0 || x === 1 ? 0 : Number.NaN;
  const common = Math.log(x) - digammaOf(a) + digammaOf(a + b);
  if (x < (a + 1) / (a + b + 2)) {
    const [f, slope] = fraction(x, a, b, 1, 0);
    return ((-x * (1 - x)) / a) * f * (common - 1 / a + slope);
  }
  const [f, slope] = fraction(1 - x, b, a, 0, 1);
  return ((x * (1 - x)) / b) * f * (common + slope);
}
