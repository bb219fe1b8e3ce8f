import { exp } from "../../math/precise/exp.js";
import { BITS, LN2, log as logFixed, nearest } from "../../math/precise/fixed-point.js";
import { log } from "../../math/precise/log.js";
import type { BitEngine } from "../engines/engine.js";
import { interval } from "./bounded.js";

// Logarithms and exponentials are only compared here: the last bit of the C library's own is not needed.

const STIRLING = [
  8.333333333333333e-2, -2.777777777777778e-3, 7.936507936507937e-4, -5.952380952380952e-4,
  8.417508417508418e-4, -1.917526917526918e-3, 6.41025641025641e-3, -2.955065359477124e-2,
  1.796443723688307e-1, -1.3924322169059,
] as const;

/** log Γ(x) for x > 0 by Stirling's series from 7 on (S. Zhang, J. Jin, "Computation of Special Functions", 1996). */
export function logGamma(x: number): number {
  if (x === 1 || x === 2) return 0;
  const n = x < 7 ? Math.trunc(7 - x) : 0;
  let x0 = x + n;
  const square = (1 / x0) * (1 / x0);
  let sum: number = STIRLING[9];
  for (let k = 8; k >= 0; k--) sum = sum * square + STIRLING[k]!;
  let value = sum / x0 + 0.5 * 1.8378770664093453 + (x0 - 0.5) * log(x0) - x0;
  for (let k = 1; k <= n; k++) {
    value -= log(x0 - 1);
    x0 -= 1;
  }
  return value;
}

let factorials: Float64Array | undefined;

/** The first 126 logarithms of factorials, correctly rounded. */
function makeFactorials(): Float64Array {
  const table = new Float64Array(126);
  let sum = 0n;
  for (let k = 2; k < 126; k++) {
    // k = 2ᵉ·m with m in [1, 2)
    const e = 31 - Math.clz32(k);
    sum += BigInt(e) * LN2 + logFixed((BigInt(k) << BigInt(BITS)) >> BigInt(e));
    table[k] = nearest(sum);
  }
  factorials = table;
  return table;
}

/** log k! */
export function logFactorial(k: number): number {
  const table = factorials ?? makeFactorials();
  if (k < table.length) return table[k]!;
  return (k + 0.5) * log(k) - k + (0.9189385332046728 + (1 / k) * (1 / 12 - 1 / (360 * k * k)));
}

/**
 * Poisson numbers: by multiplication below a mean of 10, else by transformed rejection (W. Hörmann, "The transformed
 * rejection method for generating Poisson random variables", 1993, PTRS).
 */
export function poisson(engine: BitEngine, mean: number): number {
  if (mean >= 10) return poissonByRejection(engine, mean);
  if (mean === 0) return 0;
  const limit = exp(-mean);
  let x = 0;
  let product = 1;
  for (;;) {
    product *= engine.nextDouble();
    if (!(product > limit)) return x;
    x++;
  }
}

function poissonByRejection(engine: BitEngine, mean: number): number {
  const root = Math.sqrt(mean);
  const logMean = log(mean);
  const b = 0.931 + 2.53 * root;
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const vr = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = engine.nextDouble() - 0.5;
    const v = engine.nextDouble();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= vr) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (log(v) + log(inverseAlpha) - log(a / (us * us) + b) <= -mean + k * logMean - logGamma(k + 1))
      return k;
  }
}

// Constants of the ratio-of-uniforms method: 2·√(2/e) and 3 − 2·√(3/e).
const D1 = 1.7155277699214135;
const D2 = 0.8989161620588988;

/** The ratio-of-uniforms rejection that both hypergeometric samplers share. */
function hypergeometricByRatio(
  engine: BitEngine,
  center: number,
  height: number,
  bound: number,
  logMode: number,
  logAt: (k: number) => number,
): number {
  for (;;) {
    const u = engine.nextDouble();
    const v = engine.nextDouble();
    const x = center + (height * (v - 0.5)) / u;
    if (!(x >= 0 && x < bound)) continue;
    const k = Math.floor(x);
    const t = logMode - logAt(k);
    if (u * (4 - u) - 3 <= t) return k;
    if (u * (u - t) >= 1) continue;
    if (2 * log(u) <= t) return k;
  }
}

/**
 * How many of `sample` things drawn without putting back are good: one by one for few, else by the ratio of uniforms
 * (E. Stadlober, "The ratio of uniforms approach for generating discrete random variates", 1990, HRUA).
 */
export function hypergeometric(engine: BitEngine, good: number, bad: number, sample: number): number {
  const total = good + bad;
  if (sample < 10 || sample > total - 10) return hypergeometricOneByOne(engine, good, total, sample);
  const fewer = Math.min(sample, total - sample);
  const small = Math.min(good, bad);
  const large = Math.max(good, bad);
  const p = small / total;
  const q = large / total;
  const center = fewer * p + 0.5;
  const spread = Math.sqrt(((total - fewer) * fewer * p * q) / (total - 1) + 0.5);
  const mode = Math.floor(((fewer + 1) * (small + 1)) / (total + 2));
  const logAt = (k: number): number =>
    logFactorial(k) + logFactorial(small - k) + logFactorial(fewer - k) + logFactorial(large - fewer + k);
  const bound = Math.min(Math.min(fewer, small) + 1, Math.floor(center + 16 * spread));
  let k = hypergeometricByRatio(engine, center, D1 * spread + D2, bound, logAt(mode), logAt);
  if (good > bad) k = fewer - k;
  return fewer < sample ? good - k : k;
}

function hypergeometricOneByOne(engine: BitEngine, good: number, total: number, sample: number): number {
  const complement = sample > Math.floor(total / 2);
  let left = complement ? total - sample : sample;
  let remaining = total;
  let goodLeft = good;
  while (left > 0 && goodLeft > 0 && remaining > goodLeft) {
    remaining--;
    if (interval(engine, remaining) < goodLeft) goodLeft--;
    left--;
  }
  if (remaining === goodLeft) goodLeft -= left;
  return complement ? goodLeft : good - goodLeft;
}

/** {@link hypergeometric} as older samplers drew it: another search for few, log Γ instead of factorials. */
export function hypergeometricPolar(engine: BitEngine, good: number, bad: number, sample: number): number {
  if (sample <= 0) return 0;
  const total = good + bad;
  const small = Math.min(good, bad);
  const large = Math.max(good, bad);
  if (sample <= 10) {
    let y = small;
    let k = sample;
    while (y > 0) {
      const u = engine.nextDouble();
      y -= Math.floor(u + y / (total - sample + k));
      if (--k === 0) break;
    }
    const z = small - y;
    return good > bad ? sample - z : z;
  }
  const m = Math.min(sample, total - sample);
  const p = small / total;
  const q = 1 - p;
  const center = m * p + 0.5;
  const spread = Math.sqrt(((total - m) * sample * p * q) / (total - 1) + 0.5);
  const mode = Math.floor(((m + 1) * (small + 1)) / (total + 2));
  const logAt = (k: number): number =>
    logGamma(k + 1) + logGamma(small - k + 1) + logGamma(m - k + 1) + logGamma(large - m + k + 1);
  const bound = Math.min(Math.min(m, small) + 1, Math.floor(center + 16 * spread));
  let k = hypergeometricByRatio(engine, center, D1 * spread + D2, bound, logAt(mode), logAt);
  if (good > bad) k = m - k;
  return m < sample ? good - k : k;
}
