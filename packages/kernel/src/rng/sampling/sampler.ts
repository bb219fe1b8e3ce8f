import { acos } from "../../math/libm/acos.js";
import { cos } from "../../math/libm/cos.js";
import { exp } from "../../math/libm/exp.js";
import { log1p } from "../../math/libm/expm1.js";
import { log } from "../../math/libm/log.js";
import { pow } from "../../math/libm/pow.js";
import type { BitEngine } from "../engines/engine.js";
import { binomialByRejection, binomialBySearch } from "./binomial.js";
import { type BoundedMethod, interval } from "./bounded.js";
import { poisson } from "./counting.js";

const INT64_MAX = 2 ** 63;

/**
 * Random numbers of the usual distributions from one engine.
 *
 * Two subclasses draw the basic ones (normal, exponential, gamma) in their own ways and differ in some of the others:
 * {@link PolarSampler} as NumPy's RandomState, {@link ZigguratSampler} as its Generator. Parameters are taken as they
 * are; façades check their domains. Whole results are numbers, whose values past 2⁵³ are the float64 that the
 * algorithms compute.
 */
export abstract class Sampler {
  constructor(readonly engine: BitEngine) {}

  /** How integers of a range are drawn. */
  abstract readonly bounded: BoundedMethod;
  abstract standardNormal(): number;
  abstract standardExponential(): number;
  abstract beta(a: number, b: number): number;
  abstract pareto(a: number): number;
  abstract power(a: number): number;
  abstract rayleigh(mode: number): number;
  abstract wald(mean: number, scale: number): number;
  abstract vonMises(mu: number, kappa: number): number;
  abstract noncentralChiSquare(df: number, nonc: number): number;
  abstract binomial(n: number, p: number): number;
  abstract geometric(p: number): number;
  abstract hypergeometric(good: number, bad: number, sample: number): number;
  abstract logSeries(p: number): number;
  abstract zipf(a: number): number;

  /** Uniform in [0, 1). */
  random(): number {
    return this.engine.nextDouble();
  }
  /** Uniform in [low, low + range). */
  uniform(low: number, range: number): number {
    return low + range * this.engine.nextDouble();
  }
  /** Uniform numbers of [low, low + range) one after the other. */
  fillUniform(out: Float64Array, low = 0, range = 1): void {
    this.engine.fillDoubles(out);
    if (low !== 0 || range !== 1) for (let i = 0; i < out.length; i++) out[i] = low + range * out[i]!;
  }
  /** Standard normal numbers one after the other. */
  fillStandardNormal(out: Float64Array): void {
    for (let i = 0; i < out.length; i++) out[i] = this.standardNormal();
  }
  /** Exponential numbers of mean 1 one after the other. */
  fillStandardExponential(out: Float64Array): void {
    for (let i = 0; i < out.length; i++) out[i] = this.standardExponential();
  }
  fillNormal(out: Float64Array, mean: number, deviation: number): void {
    this.fillStandardNormal(out);
    for (let i = 0; i < out.length; i++) out[i] = mean + deviation * out[i]!;
  }
  fillExponential(out: Float64Array, scale: number): void {
    this.fillStandardExponential(out);
    for (let i = 0; i < out.length; i++) out[i] = scale * out[i]!;
  }
  /** An integer of 0 … 2⁶³ − 1, its words in the engine's `word`. */
  nonNegative(): void {
    const { engine } = this;
    engine.next64();
    const { word } = engine;
    word[0] = (word[0]! >>> 1) | (word[1]! << 31);
    word[1]! >>>= 1;
  }

  normal(mean: number, deviation: number): number {
    return mean + deviation * this.standardNormal();
  }
  logNormal(mean: number, sigma: number): number {
    return exp(this.normal(mean, sigma));
  }
  exponential(scale: number): number {
    return scale * this.standardExponential();
  }

  /**
   * Gamma numbers: G. Marsaglia, W. Tsang, "A Simple Method for Generating Gamma Variables" (2000) from shape 1 on, else
   * J. Ahrens, U. Dieter's rejection (1974).
   */
  standardGamma(shape: number): number {
    const { engine } = this;
    if (shape === 1) return this.standardExponential();
    if (shape === 0) return 0;
    if (shape < 1) {
      for (;;) {
        const u = engine.nextDouble();
        const v = this.standardExponential();
        if (u <= 1 - shape) {
          const x = pow(u, 1 / shape);
          if (x <= v) return x;
        } else {
          const y = -log((1 - u) / shape);
          const x = pow(1 - shape + shape * y, 1 / shape);
          if (x <= v + y) return x;
        }
      }
    }
    const b = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * b);
    for (;;) {
      let x: number;
      let v: number;
      do {
        x = this.standardNormal();
        v = 1 + c * x;
      } while (v <= 0);
      v = v * v * v;
      const u = engine.nextDouble();
      if (u < 1 - 0.0331 * (x * x) * (x * x)) return b * v;
      if (log(u) < 0.5 * x * x + b * (1 - v + log(v))) return b * v;
    }
  }
  gamma(shape: number, scale: number): number {
    return scale * this.standardGamma(shape);
  }
  chiSquare(df: number): number {
    return 2 * this.standardGamma(df / 2);
  }
  f(dfNumerator: number, dfDenominator: number): number {
    const above = this.chiSquare(dfNumerator) * dfDenominator;
    return above / (this.chiSquare(dfDenominator) * dfNumerator);
  }
  noncentralF(dfNumerator: number, dfDenominator: number, nonc: number): number {
    const above = this.noncentralChiSquare(dfNumerator, nonc) * dfDenominator;
    return above / (this.chiSquare(dfDenominator) * dfNumerator);
  }
  standardCauchy(): number {
    const above = this.standardNormal();
    return above / this.standardNormal();
  }
  standardT(df: number): number {
    const above = this.standardNormal();
    return (Math.sqrt(df / 2) * above) / Math.sqrt(this.standardGamma(df / 2));
  }
  weibull(a: number): number {
    return a === 0 ? 0 : pow(this.standardExponential(), 1 / a);
  }
  laplace(location: number, scale: number): number {
    for (;;) {
      const u = this.engine.nextDouble();
      if (u >= 0.5) return location - scale * log(2 - u - u);
      if (u > 0) return location + scale * log(u + u);
    }
  }
  gumbel(location: number, scale: number): number {
    for (;;) {
      const u = 1 - this.engine.nextDouble();
      if (u < 1) return location - scale * log(-log(u));
    }
  }
  logistic(location: number, scale: number): number {
    for (;;) {
      const u = this.engine.nextDouble();
      if (u > 0) return location + scale * log(u / (1 - u));
    }
  }
  triangular(left: number, mode: number, right: number): number {
    const base = right - left;
    const leftBase = mode - left;
    const ratio = leftBase / base;
    const u = this.engine.nextDouble();
    if (u <= ratio) return left + Math.sqrt(u * (leftBase * base));
    return right - Math.sqrt((1 - u) * ((right - mode) * base));
  }

  poisson(mean: number): number {
    return poisson(this.engine, mean);
  }
  negativeBinomial(n: number, p: number): number {
    return poisson(this.engine, this.gamma(n, (1 - p) / p));
  }

  /** How often each of several outcomes came up in `n` trials, into `out`; the last one's probability is the rest. */
  multinomial(n: number, probabilities: ArrayLike<number>, out: Float64Array): void {
    const last = out.length - 1;
    let rest = 1;
    let left = n;
    out.fill(0);
    for (let j = 0; j < last; j++) {
      const p = probabilities[j]!;
      out[j] = binomial(this.engine, left, p / rest);
      left -= out[j]!;
      if (left <= 0) break;
      rest -= p;
    }
    if (left > 0) out[last] = left;
  }

  /** Shares that sum to 1, into `out`. */
  dirichlet(alpha: ArrayLike<number>, out: Float64Array): void {
    let sum = 0;
    for (let j = 0; j < out.length; j++) {
      out[j] = this.standardGamma(alpha[j]!);
      sum += out[j]!;
    }
    const inverse = 1 / sum;
    for (let j = 0; j < out.length; j++) out[j]! *= inverse;
  }

  /** How often each colour is among `sample` things drawn without putting back, into `out`: colour by colour. */
  multivariateHypergeometric(colors: ArrayLike<number>, sample: number, out: Float64Array): void {
    let total = 0;
    for (let j = 0; j < out.length; j++) total += colors[j]!;
    out.fill(0);
    if (total === 0 || sample === 0) return;
    const complement = sample > Math.floor(total / 2);
    let left = complement ? total - sample : sample;
    let remaining = total;
    const last = out.length - 1;
    for (let j = 0; left > 0 && j < last; j++) {
      remaining -= colors[j]!;
      out[j] = this.hypergeometric(colors[j]!, remaining, left);
      left -= out[j]!;
    }
    if (left > 0) out[last] = left;
    if (complement) for (let j = 0; j < out.length; j++) out[j] = colors[j]! - out[j]!;
  }

  /**
   * {@link multivariateHypergeometric} by drawing things one by one. `things` lists the colour of each of them and is
   * shuffled: the next draw goes on from there.
   */
  multivariateHypergeometricByThing(
    colors: ArrayLike<number>,
    things: Uint32Array,
    sample: number,
    out: Float64Array,
  ): void {
    const total = things.length;
    out.fill(0);
    if (total === 0 || sample === 0) return;
    const complement = sample > Math.floor(total / 2);
    const n = complement ? total - sample : sample;
    for (let j = 0; j < n; j++) {
      const k = j + interval(this.engine, total - j - 1);
      const thing = things[k]!;
      things[k] = things[j]!;
      things[j] = thing;
    }
    for (let j = 0; j < n; j++) out[things[j]!]!++;
    if (complement) for (let j = 0; j < out.length; j++) out[j] = colors[j]! - out[j]!;
  }

  /** Puts the first `n` entries in random order. */
  shuffle(order: Int32Array | Float64Array, n = order.length): void {
    for (let i = n - 1; i > 0; i--) {
      const j = interval(this.engine, i);
      const v = order[j]!;
      order[j] = order[i]!;
      order[i] = v;
    }
  }
  /** 0 … n − 1 in random order. */
  permutation(n: number): Int32Array {
    const order = new Int32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    this.shuffle(order);
    return order;
  }
}

/** Geometric numbers by search, for p from about ⅓ on. */
export function geometricBySearch(engine: BitEngine, p: number): number {
  let x = 1;
  let sum = p;
  let product = p;
  const q = 1 - p;
  const u = engine.nextDouble();
  while (u > sum) {
    product *= q;
    sum += product;
    x++;
  }
  return x;
}

/** The angle of von Mises' distribution by D. Best, N. Fisher's rejection (1979), for 1e-8 ≤ kappa. */
export function vonMisesByRejection(engine: BitEngine, mu: number, kappa: number): number {
  let s: number;
  if (kappa < 1e-5) s = 1 / kappa + kappa;
  else {
    const r = 1 + Math.sqrt(1 + 4 * kappa * kappa);
    const rho = (r - Math.sqrt(2 * r)) / (2 * kappa);
    s = (1 + rho * rho) / (2 * rho);
  }
  let w: number;
  for (;;) {
    const z = cos(Math.PI * engine.nextDouble());
    w = (1 + s * z) / (s + z);
    const y = kappa * (s - w);
    const v = engine.nextDouble();
    if (y * (2 - y) - v >= 0 || log(y / v) + 1 - y >= 0) break;
  }
  let angle = acos(w);
  if (engine.nextDouble() < 0.5) angle = -angle;
  angle += mu;
  const turned = ((Math.abs(angle) + Math.PI) % (2 * Math.PI)) - Math.PI;
  return angle < 0 ? -turned : turned;
}

/** Zipf's numbers by rejection; uniform numbers come from (least, 1]. */
export function zipfByRejection(engine: BitEngine, a: number, least: number): number {
  const am1 = a - 1;
  const b = pow(2, am1);
  for (;;) {
    const u01 = engine.nextDouble();
    const u = u01 * least + (1 - u01);
    const v = engine.nextDouble();
    const x = Math.floor(pow(u, -1 / am1));
    if (!(x <= INT64_MAX && x >= 1)) continue;
    const t = pow(1 + 1 / x, am1);
    if ((v * x * (t - 1)) / (b - 1) <= t / b) return x;
  }
}

/** Binomial numbers from the probability of the rarer outcome. */
export function binomialOf(
  engine: BitEngine,
  n: number,
  p: number,
  bySearch: (engine: BitEngine, n: number, p: number) => number,
): number {
  const rare = p <= 0.5 ? p : 1 - p;
  const x = rare * n <= 30 ? bySearch(engine, n, rare) : binomialByRejection(engine, n, rare);
  return p <= 0.5 ? x : n - x;
}

/** Binomial numbers as `Generator` draws them; multinomial ones are made of these everywhere. */
export const binomial = (engine: BitEngine, n: number, p: number): number =>
  n === 0 || p === 0 ? 0 : binomialOf(engine, n, p, bySearch);

const bySearch = (engine: BitEngine, n: number, p: number): number =>
  binomialBySearch(engine, n, p, exp(n * log1p(-p)));
