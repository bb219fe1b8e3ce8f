import { bernoulli } from "./coefficients.js";

/* Integrals that have names: Dawson's, Fresnel's, the exponential one, the dilogarithm. */

const STEP = 0.2;
/** e^(−(kh)²) for odd k. */
const GAUSSIANS = Array.from({ length: 16 }, (_, i) => Math.exp(-(((2 * i + 1) * STEP) ** 2)));

/** Dawson's integral e^(−x²)·∫₀ˣ e^(t²) dt, by Rybicki's sum of Gaussians. */
export function dawsonOf(x: number): number {
  const a = Math.abs(x);
  if (a < 0.2) {
    // The sum cancels near 0.
    const s = -2 * x * x;
    let term = x;
    let sum = x;
    for (let k = 1; k < 12; k++) {
      term *= s / (2 * k + 1);
      sum += term;
    }
    return sum;
  }
  if (a > 1e8) return 0.5 / x;
  const n = 2 * Math.round((0.5 * a) / STEP);
  const rest = a - n * STEP;
  const e1 = Math.exp(2 * rest * STEP);
  const e2 = e1 * e1;
  let up = e1;
  let down = 1 / e1;
  let [above, below] = [n + 1, n - 1];
  let sum = 0;
  for (const g of GAUSSIANS) {
    sum += g * (up / above + down / below);
    above += 2;
    below -= 2;
    up *= e2;
    down /= e2;
  }
  return (Math.sign(x) * Math.exp(-rest * rest) * sum) / Math.sqrt(Math.PI);
}

const EULER = 0.5772156649015329;

/** The exponential integral Ei(x) of positive numbers. */
export function expIntegralOf(x: number): number {
  if (x === 0) return -Infinity;
  if (!(x > 0) || x === Infinity) return Number.NaN;
  let sum = 0;
  let term = 1;
  if (x < 40) {
    for (let k = 1; k < 200; k++) {
      term *= x / k;
      sum += term / k;
      if (term / k < sum * 2 ** -56) break;
    }
    return EULER + Math.log(x) + sum;
  }
  for (let k = 1; k < x; k++) {
    sum += term;
    term *= k / x;
    if (term < sum * 2 ** -56) break;
  }
  return (Math.exp(x) / x) * sum;
}

/** ∫₁ᶻ ln t / (1 − t) dt, the dilogarithm of 1 − z. */
export function spenceOf(z: number): number {
  if (z < 0 || z === Infinity || Number.isNaN(z)) return Number.NaN;
  if (z === 1) return 0;
  if (z === 0) return Math.PI ** 2 / 6;
  if (z < 0.5) return Math.PI ** 2 / 6 - Math.log(z) * Math.log1p(-z) - spenceOf(1 - z);
  if (z > 2) return -(Math.log(z) ** 2) / 2 - spenceOf(1 / z);
  const t = -Math.log(z);
  const s = t * t;
  let sum = 0;
  const b = bernoulli();
  for (let k = 10; k > 0; k--) sum = sum * s + b[k - 1]! / (2 * k + 1);
  return t - s / 4 + t * s * sum;
}

/** Fresnel's integrals ∫₀ˣ cos(πt²/2) dt and ∫₀ˣ sin(πt²/2) dt: series, then a continued fraction. */
export function fresnelOf(x: number): readonly [cosine: number, sine: number] {
  if (Number.isNaN(x)) return [Number.NaN, Number.NaN];
  const a = Math.abs(x);
  const sign = Math.sign(x);
  const half = (Math.PI / 2) * a * a;
  if (a < 1.5) {
    let [c, s] = [0, 0];
    let term = a;
    for (let k = 0; k < 60; k++) {
      const own = term / (2 * k + 1);
      const flipped = k % 4 < 2 ? own : -own;
      if (k % 2 === 0) c += flipped;
      else s += flipped;
      term *= half / (k + 1);
    }
    return [sign * c, sign * s];
  }
  if (a > 1e7) return [sign * 0.5, sign * 0.5];
  // h = 1/(b − 1·2/(b + 4 − …)) by Lentz's method, in complex numbers.
  type C = readonly [number, number];
  const mul = ([p, q]: C, [u, v]: C): C => [p * u - q * v, p * v + q * u];
  const inv = ([p, q]: C): C => [p / (p * p + q * q), -q / (p * p + q * q)];
  let b: C = [1, -2 * half];
  let c: C = [1e30, 0];
  let d = inv(b);
  let h = d;
  for (let k = 1; k < 400; k += 2) {
    const f = -k * (k + 1);
    b = [b[0] + 4, b[1]];
    d = inv([f * d[0] + b[0], f * d[1] + b[1]]);
    const r = inv(c);
    c = [b[0] + f * r[0], b[1] + f * r[1]];
    const step = mul(c, d);
    h = mul(h, step);
    if (Math.abs(step[0] - 1) + Math.abs(step[1]) < 2 ** -52) break;
  }
  h = mul(h, [a, -a]);
  const turned = mul([Math.cos(half), Math.sin(half)], h);
  const [cosine, sine] = mul([0.5, 0.5], [1 - turned[0], -turned[1]]);
  return [sign * cosine, sign * sine];
}
