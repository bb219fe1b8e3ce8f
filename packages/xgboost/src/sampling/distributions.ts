import { f32 } from "../numeric/float32.js";
import type { Mt19937 } from "./mt19937.js";

/** `std::generate_canonical<double, 53>` as libstdc++ computes it from two words. */
export function canonicalDouble(rng: Mt19937): number {
  const a = rng.next();
  const b = rng.next();
  const x = (a + b * 4294967296) / 2 ** 64;
  return x >= 1 ? 1 - 2 ** -53 : x;
}

/** `std::uniform_real_distribution<float>(0, 1)`. */
export function canonicalFloat(rng: Mt19937): number {
  const x = f32(f32(rng.next()) / 4294967296);
  return x >= 1 ? f32(1 - 2 ** -24) : x;
}

/** A whole number in [0, range) as libstdc++'s `uniform_int_distribution` draws it (Lemire's multiplication). */
export function uniformInt(rng: Mt19937, range: number): number {
  let product = multiply(rng.next(), range);
  if (product.low < range) {
    const threshold = (4294967296 - range) % range;
    while (product.low < threshold) product = multiply(rng.next(), range);
  }
  return product.high;
}

/** The 64-bit product of two 32-bit numbers. */
function multiply(a: number, b: number): { high: number; low: number } {
  const low = Math.imul(a, b) >>> 0;
  const [ah, al, bh, bl] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const mid = al * bl;
  const m1 = ah * bl + Math.floor(mid / 65536);
  const m2 = al * bh + (m1 % 65536);
  return { high: ah * bh + Math.floor(m1 / 65536) + Math.floor(m2 / 65536), low };
}

/** `std::shuffle` in place. */
export function shuffle(items: Uint32Array | number[], rng: Mt19937): void {
  const n = items.length;
  if (n < 2) return;
  const swap = (i: number, j: number) => {
    const t = items[i]!;
    items[i] = items[j]!;
    items[j] = t;
  };
  // Two positions from one draw where the product of their ranges fits, as libstdc++ does.
  if (Math.floor(4294967295 / n) >= n) {
    let i = 1;
    if (n % 2 === 0) swap(i++, uniformInt(rng, 2));
    while (i < n) {
      const range = i + 1;
      const x = uniformInt(rng, range * (range + 1));
      const first = Math.floor(x / (range + 1));
      swap(i++, first);
      swap(i++, x % (range + 1));
    }
    return;
  }
  for (let i = 1; i < n; i++) swap(i, uniformInt(rng, i + 1));
}

/**
 * The 63-bit multiplicative congruential engine x ← 16807·x mod 2⁶³ that row sampling of the histogram methods uses.
 * Kept as two words, since JavaScript's numbers have 53 bits.
 */
export class RowEngine {
  private high = 0;
  private low: number;

  constructor(seed: number) {
    this.low = seed >>> 0 || 1;
  }
  /** Steps, and gives x − 1, as a float64. */
  private step(): number {
    const l = this.low * 16807;
    const carry = Math.floor(l / 4294967296);
    this.low = l % 4294967296;
    this.high = (this.high * 16807 + carry) % 2147483648;
    return this.high * 4294967296 + this.low - 1;
  }
  /** A float64 in [0, 1). */
  double(): number {
    const x = this.step() / 2 ** 63;
    return x >= 1 ? 1 - 2 ** -53 : x;
  }
  /** A float32 in [0, 1). */
  float(): number {
    const x = f32(this.step() / 2 ** 63);
    return x >= 1 ? f32(1 - 2 ** -24) : x;
  }
}

/** `std::uniform_int_distribution<size_t>(0, count − 1)`. */
export const uniformIndex = (rng: Mt19937, count: number): number => uniformInt(rng, count);

/** `std::discrete_distribution`: an index with a chance proportional to its weight. */
export function discrete(rng: Mt19937, weights: readonly number[]): number {
  if (weights.length < 2) return 0;
  let total = 0;
  for (const w of weights) total += w;
  const p = canonicalDouble(rng);
  let sum = 0;
  for (let i = 0; i < weights.length - 1; i++) {
    sum += weights[i]! / total;
    if (sum >= p) return i;
  }
  return weights.length - 1;
}

/** `std::minstd_rand`: x ← 48271·x mod 2³¹ − 1. */
export class MinStd {
  private x: number;
  constructor(seed: number) {
    this.x = seed % MINSTD_MODULUS || 1;
  }
  private next(): number {
    this.x = (this.x * 48271) % MINSTD_MODULUS;
    return this.x;
  }
  /** A whole number in [0, range), by scaling and rejection, as libstdc++ draws it from such an engine. */
  below(range: number): number {
    const scale = Math.floor((MINSTD_MODULUS - 2) / range);
    const past = range * scale;
    let v = this.next() - 1;
    while (v >= past) v = this.next() - 1;
    return Math.floor(v / scale);
  }
}
const MINSTD_MODULUS = 2147483647;
