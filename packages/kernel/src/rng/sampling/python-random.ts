import { ParamError } from "../../errors/errors.js";
import { acos } from "../../math/libm/acos.js";
import { cos, sin } from "../../math/libm/cos.js";
import { exp } from "../../math/libm/exp.js";
import { log } from "../../math/libm/log.js";
import { pow } from "../../math/libm/pow.js";
import { MT19937, type MT19937State } from "../engines/mt19937.js";
import { wordsOf } from "../engines/words.js";

const TWO_PI = 2 * Math.PI;
const NORMAL_MAGIC = (4 * Math.exp(-0.5)) / Math.sqrt(2);
const LOG4 = Math.log(4);
const GAMMA_MAGIC = 1 + Math.log(4.5);

/** The state of {@link PythonRandom}. */
export interface PythonRandomState extends MT19937State {
  readonly spareNormal: number | null;
}

/**
 * The methods of Python's `random.Random` on the Mersenne Twister (as of Python 3.11).
 *
 * @example
 * ```ts
 * import { rng } from "@cognate/kernel";
 * import { print } from "@cognate/py";
 * const r = new rng.PythonRandom(42);
 * print(r.random(), r.randint(1, 10 ** 9)); // prints 0.6394267984578837 26855093
 * ```
 */
export class PythonRandom {
  readonly engine = new MT19937();
  private _spare: number | null = null;

  /** @param seed - any integer; its sign does not count */
  constructor(seed: number | bigint = 0) {
    this.seed(seed);
  }
  seed(seed: number | bigint): void {
    const v = BigInt(seed);
    this.engine.seedByArray(wordsOf(v < 0n ? -v : v));
    this._spare = null;
  }
  getState(): PythonRandomState {
    return { ...this.engine.getState(), spareNormal: this._spare };
  }
  setState(state: PythonRandomState): void {
    this.engine.setState(state);
    this._spare = state.spareNormal;
  }

  /** Uniform in [0, 1), 53 bits. */
  random(): number {
    return this.engine.nextDouble();
  }
  /** An integer of k random bits. */
  getrandbits(k: number): bigint {
    let v = 0n;
    for (let at = 0; at < k; at += 32) {
      const bits = Math.min(k - at, 32);
      v |= BigInt(this.engine.next32() >>> (32 - bits)) << BigInt(at);
    }
    return v;
  }
  /** An integer of 0 … n − 1 for n up to 2⁵³. */
  randbelow(n: number): number {
    if (n <= 4294967295) {
      const shift = Math.clz32(n);
      for (;;) {
        const v = this.engine.next32() >>> shift;
        if (v < n) return v;
      }
    }
    return Number(this._bigBelow(BigInt(n)));
  }
  private _bigBelow(n: bigint): bigint {
    const bits = n.toString(2).length;
    for (;;) {
      const v = this.getrandbits(bits);
      if (v < n) return v;
    }
  }
  /** An integer of low … high, both included. */
  randint(low: number, high: number): number;
  randint(low: bigint, high: bigint): bigint;
  randint(low: number | bigint, high: number | bigint): number | bigint {
    if (high < low) throw new ParamError("randint", "high", high, `at least ${low}`);
    if (typeof low === "number" && typeof high === "number") return low + this.randbelow(high - low + 1);
    return BigInt(low) + this._bigBelow(BigInt(high) - BigInt(low) + 1n);
  }
  randbytes(n: number): Uint8Array {
    const out = new Uint8Array(n);
    for (let at = 0; at < n; at += 4) {
      const bytes = Math.min(n - at, 4);
      const v = this.engine.next32() >>> (32 - 8 * bytes);
      for (let i = 0; i < bytes; i++) out[at + i] = v >>> (8 * i);
    }
    return out;
  }

  choice<T>(items: ArrayLike<T>): T {
    if (items.length === 0) throw new ParamError("choice", "items", "empty", "at least one item");
    return items[this.randbelow(items.length)]!;
  }
  /** Puts a list in random order. */
  shuffle(items: unknown[]): void {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.randbelow(i + 1);
      [items[i], items[j]] = [items[j], items[i]];
    }
  }
  /** `count` different places of a list, as their items. */
  sample<T>(items: ArrayLike<T>, count: number): T[] {
    const n = items.length;
    if (!(count >= 0 && count <= n)) throw new ParamError("sample", "count", count, `0 … ${n}`);
    let listSize = 21;
    if (count > 5) listSize += 4 ** Math.ceil(log(count * 3) / log(4));
    const result: T[] = [];
    if (n <= listSize) {
      const pool = Array.from(items);
      for (let i = 0; i < count; i++) {
        const j = this.randbelow(n - i);
        result.push(pool[j]!);
        pool[j] = pool[n - i - 1]!;
      }
      return result;
    }
    const taken = new Set<number>();
    for (let i = 0; i < count; i++) {
      let j = this.randbelow(n);
      while (taken.has(j)) j = this.randbelow(n);
      taken.add(j);
      result.push(items[j]!);
    }
    return result;
  }
  /** `k` items with replacement; weights need not sum to 1. */
  choices<T>(items: ArrayLike<T>, k = 1, weights?: readonly number[]): T[] {
    const n = items.length;
    const sums: number[] = [];
    for (const w of weights ?? []) sums.push((sums[sums.length - 1] ?? 0) + w);
    return Array.from({ length: k }, () => {
      if (!weights) return items[Math.floor(this.random() * n)]!;
      const x = this.random() * sums[n - 1]!;
      let i = 0;
      while (i < n - 1 && x >= sums[i]!) i++;
      return items[i]!;
    });
  }

  uniform(a: number, b: number): number {
    return a + (b - a) * this.random();
  }
  triangular(low = 0, high = 1, mode: number | null = null): number {
    let u = this.random();
    let c = mode === null ? 0.5 : (mode - low) / (high - low);
    if (u > c) {
      u = 1 - u;
      c = 1 - c;
      [low, high] = [high, low];
    }
    return low + (high - low) * Math.sqrt(u * c);
  }
  /** Normal numbers, two at a time. */
  gauss(mu = 0, sigma = 1): number {
    let z = this._spare;
    this._spare = null;
    if (z === null) {
      const angle = this.random() * TWO_PI;
      const radius = Math.sqrt(-2 * log(1 - this.random()));
      z = cos(angle) * radius;
      this._spare = sin(angle) * radius;
    }
    return mu + z * sigma;
  }
  /** Normal numbers by A. Kinderman, J. Monahan's ratio of uniforms (1977). */
  normalvariate(mu = 0, sigma = 1): number {
    for (;;) {
      const u1 = this.random();
      const u2 = 1 - this.random();
      const z = (NORMAL_MAGIC * (u1 - 0.5)) / u2;
      if ((z * z) / 4 <= -log(u2)) return mu + z * sigma;
    }
  }
  lognormvariate(mu = 0, sigma = 1): number {
    return exp(this.normalvariate(mu, sigma));
  }
  expovariate(rate = 1): number {
    return -log(1 - this.random()) / rate;
  }
  gammavariate(alpha: number, beta: number): number {
    if (alpha > 1) {
      const inverse = Math.sqrt(2 * alpha - 1);
      const b = alpha - LOG4;
      const c = alpha + inverse;
      for (;;) {
        const u1 = this.random();
        if (!(u1 > 1e-7 && u1 < 0.9999999)) continue;
        const u2 = 1 - this.random();
        const v = log(u1 / (1 - u1)) / inverse;
        const x = alpha * exp(v);
        const z = u1 * u1 * u2;
        const r = b + c * v - x;
        if (r + GAMMA_MAGIC - 4.5 * z >= 0 || r >= log(z)) return x * beta;
      }
    }
    if (alpha === 1) return -log(1 - this.random()) * beta;
    for (;;) {
      const b = (Math.E + alpha) / Math.E;
      const p = b * this.random();
      const x = p <= 1 ? pow(p, 1 / alpha) : -log((b - p) / alpha);
      const u = this.random();
      if (p > 1 ? u <= pow(x, alpha - 1) : u <= exp(-x)) return x * beta;
    }
  }
  betavariate(alpha: number, beta: number): number {
    const y = this.gammavariate(alpha, 1);
    return y ? y / (y + this.gammavariate(beta, 1)) : 0;
  }
  paretovariate(alpha: number): number {
    return pow(1 - this.random(), -1 / alpha);
  }
  weibullvariate(alpha: number, beta: number): number {
    return alpha * pow(-log(1 - this.random()), 1 / beta);
  }
  vonmisesvariate(mu: number, kappa: number): number {
    if (kappa <= 1e-6) return TWO_PI * this.random();
    const s = 0.5 / kappa;
    const r = s + Math.sqrt(1 + s * s);
    let z: number;
    for (;;) {
      z = cos(Math.PI * this.random());
      const d = z / (r + z);
      const u = this.random();
      if (u < 1 - d * d || u <= (1 - d) * exp(d)) break;
    }
    const q = 1 / r;
    const turn = acos((q + z) / (1 + q * z));
    const angle = (this.random() > 0.5 ? mu + turn : mu - turn) % TWO_PI;
    return angle < 0 ? angle + TWO_PI : angle;
  }
}
