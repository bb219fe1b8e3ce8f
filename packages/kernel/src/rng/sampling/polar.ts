import { exp } from "../../math/libm/exp.js";
import { log1p } from "../../math/libm/expm1.js";
import { log } from "../../math/libm/log.js";
import { pow } from "../../math/libm/pow.js";
import type { BitEngine } from "../engines/engine.js";
import { binomialBySearch } from "./binomial.js";
import { hypergeometricPolar, poisson } from "./counting.js";
import { binomialOf, geometricBySearch, Sampler, vonMisesByRejection, zipfByRejection } from "./sampler.js";

/** Uniform numbers that are drawn at once. */
const CHUNK = 4096;

/**
 * Normal numbers two at a time by the polar method, exponential ones by the logarithm: the draws of NumPy's
 * `RandomState`, whose streams never change.
 *
 * @example
 * ```ts
 * import { rng } from "@cognate/kernel";
 * import { print } from "@cognate/py";
 * const sampler = new rng.PolarSampler(new rng.MT19937(0));
 * print(sampler.standardNormal()); // prints 1.764052345967664
 * ```
 */
export class PolarSampler extends Sampler {
  readonly bounded = "masked";
  /** The second normal number of the last pair, until it is handed out. */
  spareNormal: number | null = null;

  standardNormal(): number {
    if (this.spareNormal !== null) {
      const z = this.spareNormal;
      this.spareNormal = null;
      return z;
    }
    const { engine } = this;
    let x: number;
    let y: number;
    let square: number;
    do {
      x = 2 * engine.nextDouble() - 1;
      y = 2 * engine.nextDouble() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square === 0);
    const f = Math.sqrt((-2 * log(square)) / square);
    this.spareNormal = f * x;
    return f * y;
  }
  /** {@link standardNormal} from uniform numbers that are drawn many at a time. */
  override fillStandardNormal(out: Float64Array): void {
    const n = out.length;
    let i = 0;
    if (n > 0 && this.spareNormal !== null) out[i++] = this.standardNormal();
    const uniform = new Float64Array(Math.min(n - i + 1, CHUNK) & ~1);
    while (i < n) {
      // A pair of uniform numbers gives two normal ones or none, so this many are needed at least.
      const m = Math.min((n - i + 1) & ~1, uniform.length);
      this.engine.fillDoubles(uniform, 0, m);
      for (let k = 0; k < m; k += 2) {
        const x = 2 * uniform[k]! - 1;
        const y = 2 * uniform[k + 1]! - 1;
        const square = x * x + y * y;
        if (square >= 1 || square === 0) continue;
        const f = Math.sqrt((-2 * log(square)) / square);
        out[i++] = f * y;
        if (i < n) out[i++] = f * x;
        else this.spareNormal = f * x;
      }
    }
  }
  override fillStandardExponential(out: Float64Array): void {
    this.engine.fillDoubles(out);
    for (let i = 0; i < out.length; i++) out[i] = -log(1 - out[i]!);
  }
  standardExponential(): number {
    return -log(1 - this.engine.nextDouble());
  }

  beta(a: number, b: number): number {
    if (a > 1 || b > 1) {
      const x = this.standardGamma(a);
      return x / (x + this.standardGamma(b));
    }
    for (;;) {
      const u = this.engine.nextDouble();
      const v = this.engine.nextDouble();
      const x = pow(u, 1 / a);
      const y = pow(v, 1 / b);
      if (x + y > 1) continue;
      if (x + y > 0) return x / (x + y);
      let logX = log(u) / a;
      let logY = log(v) / b;
      const top = Math.max(logX, logY);
      logX -= top;
      logY -= top;
      return exp(logX - log(exp(logX) + exp(logY)));
    }
  }
  pareto(a: number): number {
    return exp(this.standardExponential() / a) - 1;
  }
  power(a: number): number {
    return pow(1 - exp(-this.standardExponential()), 1 / a);
  }
  rayleigh(mode: number): number {
    return mode * Math.sqrt(-2 * log1p(-this.engine.nextDouble()));
  }
  wald(mean: number, scale: number): number {
    const half = mean / (2 * scale);
    const z = this.standardNormal();
    const y = mean * z * z;
    const x = mean + half * (y - Math.sqrt(4 * scale * y + y * y));
    return this.engine.nextDouble() <= mean / (mean + x) ? x : (mean * mean) / x;
  }
  vonMises(mu: number, kappa: number): number {
    if (Number.isNaN(kappa)) return kappa;
    if (kappa < 1e-8) return Math.PI * (2 * this.engine.nextDouble() - 1);
    return vonMisesByRejection(this.engine, mu, kappa);
  }
  noncentralChiSquare(df: number, nonc: number): number {
    if (nonc === 0) return this.chiSquare(df);
    if (df > 1) {
      const chi = this.chiSquare(df - 1);
      const n = this.standardNormal() + Math.sqrt(nonc);
      return chi + n * n;
    }
    const value = this.chiSquare(df + 2 * poisson(this.engine, nonc / 2));
    return Number.isNaN(nonc) ? nonc : value;
  }

  binomial(n: number, p: number): number {
    return binomialOf(this.engine, n, p, bySearch);
  }
  geometric(p: number): number {
    if (p >= 1 / 3) return geometricBySearch(this.engine, p);
    return Math.ceil(log1p(-this.engine.nextDouble()) / log(1 - p));
  }
  hypergeometric(good: number, bad: number, sample: number): number {
    return hypergeometricPolar(this.engine, good, bad, sample);
  }
  logSeries(p: number): number {
    const r = log(1 - p);
    for (;;) {
      const v = this.engine.nextDouble();
      if (v >= p) return 1;
      const q = 1 - exp(r * this.engine.nextDouble());
      if (v > q * q) return v >= q ? 1 : 2;
      const x = Math.floor(1 + log(v) / log(q));
      if (x >= 1 && v !== 0) return x;
    }
  }
  zipf(a: number): number {
    return zipfByRejection(this.engine, a, 0);
  }
}

const bySearch = (engine: BitEngine, n: number, p: number): number =>
  binomialBySearch(engine, n, p, exp(n * log(1 - p)));
