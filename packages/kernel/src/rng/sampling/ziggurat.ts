import { exp } from "../../math/libm/exp.js";
import { expm1, log1p } from "../../math/libm/expm1.js";
import { expf, log1pf, logf, powf } from "../../math/libm/float32.js";
import { log } from "../../math/libm/log.js";
import { pow } from "../../math/libm/pow.js";
import { heapF64, heapI32 } from "../../memory/wasm-memory.js";
import { scratch } from "../../wasm/call.js";
import { addressOf, LEAST_BLOCK, withState } from "../engines/blocks.js";
import { type BitEngine, BitEngine64 } from "../engines/engine.js";
import { hypergeometric, poisson } from "./counting.js";
import { binomial, geometricBySearch, Sampler, vonMisesByRejection, zipfByRejection } from "./sampler.js";
import {
  EXPONENTIAL_TAIL,
  exponential,
  exponential32,
  NORMAL_TAIL,
  NORMAL_TAIL_INVERSE,
  normal,
  normal32,
  type Ziggurat,
} from "./tables.js";

const { fround } = Math;
const TAIL_32 = fround(NORMAL_TAIL);
const TAIL_INVERSE_32 = fround(NORMAL_TAIL_INVERSE);
const EXPONENTIAL_TAIL_32 = fround(EXPONENTIAL_TAIL);
const BETA_TINY = 3e-103;

/** Words that were drawn ahead, then those of the engine: what a draw that needs several of them goes on with. */
class Ahead extends BitEngine64 {
  readonly algorithm = "ahead";
  at = 0;
  end = 0;
  constructor(private readonly _engine: BitEngine64) {
    super();
  }
  next64(): void {
    const { word } = this;
    if (this.at < this.end) {
      word[0] = heapI32[this.at >>> 2]!;
      word[1] = heapI32[(this.at >>> 2) + 1]!;
      this.at += 8;
      return;
    }
    this._engine.next64();
    word[0] = this._engine.word[0]!;
    word[1] = this._engine.word[1]!;
  }
  copy(): never {
    throw new TypeError("Words that were drawn ahead have no second reader.");
  }
}

/** Words that are drawn ahead at once. */
const AHEAD = 2048;

/** Numbers of a ziggurat from words drawn many at a time; `false` where no kernel can. */
function zigguratBlocks(
  engine: BitEngine,
  { inside, width }: Ziggurat,
  steep: boolean,
  out: Float64Array,
): boolean {
  const n = out.length;
  if (n < LEAST_BLOCK || !(engine instanceof BitEngine64) || !engine.write64) return false;
  return withState((e, state) => {
    const table = scratch(4096);
    const words = scratch(AHEAD * 8);
    const straight = addressOf(out);
    const own = straight || scratch(AHEAD * 8);
    if (!table || !words || !own) return false;
    heapF64.set(inside, table >>> 3);
    heapF64.set(width, (table >>> 3) + 256);
    const ahead = new Ahead(engine);
    const slow = new ZigguratSampler(ahead);
    const one = steep ? () => slow.standardExponential() : () => slow.standardNormal();
    for (let i = 0; i < n; ) {
      // Every number takes at least one word, so none is drawn in vain.
      const m = Math.min(AHEAD, n - i);
      engine.write64!(e, state, words, m);
      ahead.at = words;
      ahead.end = words + 8 * m;
      while (ahead.at < ahead.end) {
        const left = (ahead.end - ahead.at) >>> 3;
        const made = e.ziggurat_f64(steep ? 1 : 0, ahead.at, left, table, straight ? straight + 8 * i : own);
        if (!straight) out.set(heapF64.subarray(own >>> 3, (own >>> 3) + made), i);
        i += made;
        ahead.at += 8 * made;
        if (made < left) out[i++] = one();
      }
    }
    return true;
  });
}

/**
 * Normal and exponential numbers by the ziggurat method: the draws of NumPy's `Generator` (as of 2.4).
 *
 * @example
 * ```ts
 * import { rng } from "@cognate/kernel";
 * import { print } from "@cognate/py";
 * const sampler = new rng.ZigguratSampler(rng.PCG64.fromSequence(new rng.SeedSequence(0)));
 * print(sampler.standardNormal()); // prints 0.1257302210933933
 * ```
 */
export class ZigguratSampler extends Sampler {
  readonly bounded = "multiplied";

  standardNormal(): number {
    const { engine } = this;
    const { inside, width, density } = normal();
    const { word } = engine;
    for (;;) {
      engine.next64();
      const low = word[0]!;
      const i = low & 0xff;
      const size = (word[1]! & 0x1fffffff) * 8388608 + (low >>> 9);
      let x = size * width[i]!;
      if (low & 0x100) x = -x;
      if (size < inside[i]!) return x;
      if (i === 0) {
        for (;;) {
          const xx = -NORMAL_TAIL_INVERSE * log1p(-engine.nextDouble());
          const yy = -log1p(-engine.nextDouble());
          if (yy + yy > xx * xx) return low & 0x20000 ? -(NORMAL_TAIL + xx) : NORMAL_TAIL + xx;
        }
      }
      if ((density[i - 1]! - density[i]!) * engine.nextDouble() + density[i]! < exp(-0.5 * x * x)) return x;
    }
  }

  override fillStandardNormal(out: Float64Array): void {
    if (!zigguratBlocks(this.engine, normal(), false, out)) super.fillStandardNormal(out);
  }
  override fillStandardExponential(out: Float64Array): void {
    if (!zigguratBlocks(this.engine, exponential(), true, out)) super.fillStandardExponential(out);
  }

  /** A normal number computed in float32. */
  standardNormal32(): number {
    const { engine } = this;
    const { inside, width, density } = normal32();
    for (;;) {
      const r = engine.next32();
      const i = r & 0xff;
      const size = (r >>> 9) & 0x7fffff;
      let x = fround(size * width[i]!);
      if (r & 0x100) x = -x;
      if (size < inside[i]!) return x;
      if (i === 0) {
        for (;;) {
          const xx = fround(-TAIL_INVERSE_32 * log1pf(-engine.nextFloat()));
          const yy = -log1pf(-engine.nextFloat());
          if (fround(yy + yy) > fround(xx * xx)) return (size & 0x100 ? -1 : 1) * fround(TAIL_32 + xx);
        }
      }
      const rise = fround(fround(density[i - 1]! - density[i]!) * engine.nextFloat());
      if (fround(rise + density[i]!) < exp(-0.5 * x * x)) return x;
    }
  }

  standardExponential(): number {
    const { engine } = this;
    const { inside, width, density } = exponential();
    const { word } = engine;
    for (;;) {
      engine.next64();
      const low = word[0]!;
      const i = (low >>> 3) & 0xff;
      const size = word[1]! * 2097152 + (low >>> 11);
      const x = size * width[i]!;
      if (size < inside[i]!) return x;
      if (i === 0) return EXPONENTIAL_TAIL - log1p(-engine.nextDouble());
      if ((density[i - 1]! - density[i]!) * engine.nextDouble() + density[i]! < exp(-x)) return x;
    }
  }

  /** An exponential number computed in float32. */
  standardExponential32(): number {
    const { engine } = this;
    const { inside, width, density } = exponential32();
    for (;;) {
      const r = engine.next32();
      const i = (r >>> 1) & 0xff;
      const size = r >>> 9;
      const x = fround(size * width[i]!);
      if (size < inside[i]!) return x;
      if (i === 0) return fround(EXPONENTIAL_TAIL_32 - log1pf(-engine.nextFloat()));
      const rise = fround(fround(density[i - 1]! - density[i]!) * engine.nextFloat());
      if (fround(rise + density[i]!) < expf(-x)) return x;
    }
  }

  /** An exponential number as −log(1 − u). */
  exponentialByInversion(): number {
    return -log1p(-this.engine.nextDouble());
  }
  /** −log(1 − u) of a float32 u, rounded to float32. */
  exponentialByInversion32(): number {
    return fround(-log1p(-this.engine.nextFloat()));
  }

  /** {@link standardGamma} computed in float32. */
  standardGamma32(shape: number): number {
    const { engine } = this;
    if (shape === 1) return this.standardExponential32();
    if (shape === 0) return 0;
    const inverse = fround(1 / shape);
    if (shape < 1) {
      const rest = fround(1 - shape);
      for (;;) {
        const u = engine.nextFloat();
        const v = this.standardExponential32();
        if (u <= rest) {
          const x = powf(u, inverse);
          if (x <= v) return x;
        } else {
          const y = -logf(fround(fround(1 - u) / shape));
          const x = powf(fround(rest + fround(shape * y)), inverse);
          if (x <= fround(v + y)) return x;
        }
      }
    }
    const b = fround(shape - fround(1 / 3));
    const c = fround(1 / fround(Math.sqrt(fround(9 * b))));
    for (;;) {
      let x: number;
      let v: number;
      do {
        x = this.standardNormal32();
        v = fround(1 + fround(c * x));
      } while (v <= 0);
      v = fround(fround(v * v) * v);
      const u = engine.nextFloat();
      const square = fround(x * x);
      if (u < fround(1 - fround(fround(fround(0.0331) * square) * square))) return fround(b * v);
      const bound = fround(fround(fround(0.5 * x) * x) + fround(b * fround(fround(1 - v) + logf(v))));
      if (logf(u) < bound) return fround(b * v);
    }
  }

  beta(a: number, b: number): number {
    const { engine } = this;
    if (a > 1 || b > 1) {
      const x = this.standardGamma(a);
      return x / (x + this.standardGamma(b));
    }
    if (a < BETA_TINY && b < BETA_TINY) return (a + b) * engine.nextDouble() < a ? 1 : 0;
    for (;;) {
      const u = engine.nextDouble();
      const v = engine.nextDouble();
      const x = pow(u, 1 / a);
      const y = pow(v, 1 / b);
      const sum = x + y;
      if (!(sum <= 1 && u + v > 0)) continue;
      if (x > 0 && y > 0) return x / sum;
      const delta = log(u) / a - log(v) / b;
      return delta > 0 ? exp(-log1p(exp(-delta))) : exp(delta - log1p(exp(delta)));
    }
  }
  pareto(a: number): number {
    return expm1(this.standardExponential() / a);
  }
  power(a: number): number {
    return pow(-expm1(-this.standardExponential()), 1 / a);
  }
  rayleigh(mode: number): number {
    return mode * Math.sqrt(2 * this.standardExponential());
  }
  wald(mean: number, scale: number): number {
    const z = this.standardNormal();
    const y = mean * z * z;
    const d = 1 + Math.sqrt(1 + (4 * scale) / y);
    const x = mean * (1 - 2 / d);
    return this.engine.nextDouble() <= mean / (mean + x) ? x : (mean * mean) / x;
  }
  vonMises(mu: number, kappa: number): number {
    if (Number.isNaN(kappa)) return kappa;
    if (kappa < 1e-8) return Math.PI * (2 * this.engine.nextDouble() - 1);
    if (kappa <= 1e6) return vonMisesByRejection(this.engine, mu, kappa);
    let angle = mu + Math.sqrt(1 / kappa) * this.standardNormal();
    if (angle < -Math.PI) angle += 2 * Math.PI;
    if (angle > Math.PI) angle -= 2 * Math.PI;
    return angle;
  }
  noncentralChiSquare(df: number, nonc: number): number {
    if (Number.isNaN(nonc)) return nonc;
    if (nonc === 0) return this.chiSquare(df);
    if (df > 1) {
      const chi = this.chiSquare(df - 1);
      const n = this.standardNormal() + Math.sqrt(nonc);
      return chi + n * n;
    }
    return this.chiSquare(df + 2 * poisson(this.engine, nonc / 2));
  }

  binomial(n: number, p: number): number {
    return binomial(this.engine, n, p);
  }
  /** Values past 2⁶³ come as 2⁶³, which integer arrays store as their greatest number. */
  geometric(p: number): number {
    if (p >= 1 / 3) return geometricBySearch(this.engine, p);
    return Math.min(Math.ceil(-this.standardExponential() / log1p(-p)), 2 ** 63);
  }
  hypergeometric(good: number, bad: number, sample: number): number {
    return hypergeometric(this.engine, good, bad, sample);
  }
  logSeries(p: number): number {
    const r = log1p(-p);
    for (;;) {
      const v = this.engine.nextDouble();
      if (v >= p) return 1;
      const q = -expm1(r * this.engine.nextDouble());
      if (v > q * q) return v >= q ? 1 : 2;
      const x = Math.floor(1 + log(v) / log(q));
      if (x >= 1 && v !== 0) return x;
    }
  }
  zipf(a: number): number {
    return a >= 1025 ? 1 : zipfByRejection(this.engine, a, pow(2 ** 63, 1 - a));
  }

  /** {@link Sampler.dirichlet}; where all of `alpha` is small, by breaking a stick with beta numbers. */
  override dirichlet(alpha: ArrayLike<number>, out: Float64Array): void {
    const k = out.length;
    let top = 0;
    for (let j = 0; j < k; j++) top = Math.max(top, alpha[j]!);
    if (k === 0 || top >= 0.1) return super.dirichlet(alpha, out);
    const tail = new Float64Array(k);
    let sum = 0;
    for (let j = k - 1; j >= 0; j--) {
      sum += alpha[j]!;
      tail[j] = sum;
    }
    out.fill(0);
    if (!(sum > 0)) return;
    let rest = 1;
    for (let j = 0; j < k - 1; j++) {
      const v = this.beta(alpha[j]!, tail[j + 1]!);
      out[j] = rest * v;
      rest *= 1 - v;
      if (tail[j + 1] === 0) break;
    }
    out[k - 1] = rest;
  }
}
