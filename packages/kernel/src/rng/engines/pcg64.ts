import type { Exports } from "../../wasm/exports.js";
import { BitEngine64, type SpareState, wordsAt } from "./engine.js";
import type { SeedSequence } from "./seed-sequence.js";
import { fromWords, multiplyHigh, toWords } from "./words.js";

const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;
const CHEAP_MULTIPLIER = 0xda942042e4dd58b5n;
const [C0, C1] = [0xe4dd58b5, 0xda942042] as const;
const WIDTH = 128;
const INVERSE = 2 ** -32;
/** ⌊2¹²⁸/φ⌋: how far {@link PCG64.jumped} goes. */
const JUMP = 0x9e3779b97f4a7c15f39cc0605cedc835n;

/** The state of {@link PCG64}: the 128-bit number and its increment. */
export interface PCG64State extends SpareState {
  readonly state: bigint;
  readonly increment: bigint;
}

/** A linear congruential generator of 128 bits; subclasses say how its state becomes 64 bits. */
abstract class PCG128 extends BitEngine64 {
  /** State and increment, four words each, lowest first. */
  protected readonly s = new Uint32Array(8);
  protected abstract readonly multiplier: bigint;

  /** Both parameters as 128-bit integers. */
  seed(state: bigint, stream: bigint): void {
    const increment = BigInt.asUintN(WIDTH, (stream << 1n) | 1n);
    // Also the cheap multiplier's engine is seeded with the full one, in NumPy's streams.
    toWords((increment + state) * MULTIPLIER + increment, this.s, 0, 4);
    toWords(increment, this.s, 4, 4);
    this.dropSpare();
  }

  protected seedFrom(sequence: SeedSequence): this {
    const w = sequence.generateState(8);
    const wide = (i: number): bigint => (fromWords(w, i, 2) << 64n) | fromWords(w, i + 2, 2);
    this.seed(wide(0), wide(4));
    return this;
  }

  getState(): PCG64State {
    return {
      state: fromWords(this.s, 0, 4),
      increment: fromWords(this.s, 4, 4),
      hasSpare: this.hasSpare,
      spare: this.spare,
    };
  }
  setState({ state, increment, hasSpare, spare }: PCG64State): void {
    toWords(state, this.s, 0, 4);
    toWords(increment, this.s, 4, 4);
    this.hasSpare = hasSpare;
    this.spare = spare;
  }
  protected copyState(from: PCG128): this {
    this.s.set(from.s);
    this.copySpare(from);
    return this;
  }

  /** As if `delta` numbers (modulo 2¹²⁸; negative goes back) had been drawn. */
  advance(delta: bigint): this {
    let [multiplier, plus] = [this.multiplier, fromWords(this.s, 4, 4)];
    let [allMultiplier, allPlus] = [1n, 0n];
    for (let n = BigInt.asUintN(WIDTH, delta); n > 0n; n >>= 1n) {
      if (n & 1n) {
        allMultiplier = BigInt.asUintN(WIDTH, allMultiplier * multiplier);
        allPlus = BigInt.asUintN(WIDTH, allPlus * multiplier + plus);
      }
      plus = BigInt.asUintN(WIDTH, (multiplier + 1n) * plus);
      multiplier = BigInt.asUintN(WIDTH, multiplier * multiplier);
    }
    toWords(allMultiplier * fromWords(this.s, 0, 4) + allPlus, this.s, 0, 4);
    this.dropSpare();
    return this;
  }
  abstract override copy(): PCG128;
  /** A second engine, `jumps` times about 2¹²⁷·1.24 numbers on. */
  jumped(jumps = 1): this {
    return this.copy().advance(JUMP * BigInt(jumps)) as this;
  }
}

/**
 * PCG-XSL-RR 128/64, NumPy's default engine.
 *
 * Source: M. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms" (2014).
 *
 * @example
 * ```ts
 * import { rng } from "@cognate/kernel";
 * import { print } from "@cognate/py";
 * const engine = rng.PCG64.fromSequence(new rng.SeedSequence(0));
 * print(engine.nextDouble()); // prints 0.6369616873214543
 * ```
 */
export class PCG64 extends PCG128 {
  readonly algorithm = "PCG64";
  protected readonly multiplier = MULTIPLIER;

  static fromSequence(sequence: SeedSequence): PCG64 {
    return new PCG64().seedFrom(sequence);
  }
  copy(): PCG64 {
    return new PCG64().copyState(this);
  }

  next64(): void {
    // Words of the multiplier; as constants in here they are folded into the code.
    const m0 = 0x9fccf645;
    const m1 = 0x4385df64;
    const m2 = 0x1fc65da4;
    const m3 = 0x2360ed05;
    const s = this.s;
    const a0 = s[0]!;
    const a1 = s[1]!;
    const a2 = s[2]!;
    // Columns of the product with the multiplier, in whole numbers of 32 bits; a sum that is less than what was added to
    // carries one.
    let x = Math.imul(a0, m0) >>> 0;
    const r0 = (x + s[4]!) >>> 0;
    const h0 = (multiplyHigh(a0, m0) + (r0 < x ? 1 : 0)) >>> 0;
    x = Math.imul(a0, m1) >>> 0;
    let y = (x + Math.imul(a1, m0)) >>> 0;
    let k = y < x ? 1 : 0;
    x = (y + s[5]!) >>> 0;
    if (x < y) k++;
    const r1 = (x + h0) >>> 0;
    if (r1 < x) k++;
    x = multiplyHigh(a0, m1) >>> 0;
    y = (x + multiplyHigh(a1, m0)) >>> 0;
    let j = y < x ? 1 : 0;
    x = (y + Math.imul(a0, m2)) >>> 0;
    if (x < y) j++;
    y = (x + Math.imul(a1, m1)) >>> 0;
    if (y < x) j++;
    x = (y + Math.imul(a2, m0)) >>> 0;
    if (x < y) j++;
    y = (x + s[6]!) >>> 0;
    if (y < x) j++;
    const r2 = (y + k) >>> 0;
    if (r2 < y) j++;
    const r3 =
      (multiplyHigh(a0, m2) +
        multiplyHigh(a1, m1) +
        multiplyHigh(a2, m0) +
        Math.imul(a0, m3) +
        Math.imul(a1, m2) +
        Math.imul(a2, m1) +
        Math.imul(s[3]!, m0) +
        s[7]! +
        j) >>>
      0;
    s[0] = r0;
    s[1] = r1;
    s[2] = r2;
    s[3] = r3;
    // Both halves xored, rotated right by the top six bits.
    let lo = r0 ^ r2;
    let hi = r1 ^ r3;
    const turn = r3 >>> 26;
    if (turn & 32) {
      const t = lo;
      lo = hi;
      hi = t;
    }
    const by = turn & 31;
    const w = this.word;
    if (by === 0) {
      w[0] = lo;
      w[1] = hi;
    } else {
      w[0] = (lo >>> by) | (hi << (32 - by));
      w[1] = (hi >>> by) | (lo << (32 - by));
    }
  }

  override write64(e: Exports, state: number, out: number, n: number): void {
    wordsAt(state, 8).set(this.s);
    e.pcg64_words(state, out, n);
    this.s.set(wordsAt(state, 8));
  }
  override write32(e: Exports, state: number, out: number, n: number): void {
    this.writeHalves(e, state, out, n);
  }
}

/**
 * PCG64 with a cheaper multiplier and a stronger output function (DXSM).
 *
 * @example
 * ```ts
 * import { rng } from "@cognate/kernel";
 * import { print } from "@cognate/py";
 * const engine = rng.PCG64DXSM.fromSequence(new rng.SeedSequence(0));
 * print(engine.nextDouble()); // prints 0.8495832729381353
 * ```
 */
export class PCG64DXSM extends PCG128 {
  readonly algorithm = "PCG64DXSM";
  protected readonly multiplier = CHEAP_MULTIPLIER;

  static fromSequence(sequence: SeedSequence): PCG64DXSM {
    return new PCG64DXSM().seedFrom(sequence);
  }
  copy(): PCG64DXSM {
    return new PCG64DXSM().copyState(this);
  }

  next64(): void {
    const s = this.s;
    const a0 = s[0]!;
    const a1 = s[1]!;
    const a2 = s[2]!;
    const a3 = s[3]!;
    // The output comes from the state before the step: h ^= h >> 32, h *= m, h ^= h >> 48, h *= low | 1.
    const h0 = (a2 ^ a3) >>> 0;
    let p0 = Math.imul(h0, C0) >>> 0;
    let p1 = (multiplyHigh(h0, C0) + (Math.imul(h0, C1) >>> 0) + (Math.imul(a3, C0) >>> 0)) >>> 0;
    p0 = (p0 ^ (p1 >>> 16)) >>> 0;
    const low = (a0 | 1) >>> 0;
    this.word[0] = Math.imul(p0, low);
    p1 = multiplyHigh(p0, low) + (Math.imul(p0, a1) >>> 0) + (Math.imul(p1, low) >>> 0);
    this.word[1] = p1 >>> 0;

    let sum = (Math.imul(a0, C0) >>> 0) + s[4]!;
    s[0] = sum >>> 0;
    sum =
      Math.floor(sum * INVERSE) +
      multiplyHigh(a0, C0) +
      (Math.imul(a0, C1) >>> 0) +
      (Math.imul(a1, C0) >>> 0) +
      s[5]!;
    s[1] = sum >>> 0;
    sum =
      Math.floor(sum * INVERSE) +
      multiplyHigh(a0, C1) +
      multiplyHigh(a1, C0) +
      (Math.imul(a1, C1) >>> 0) +
      (Math.imul(a2, C0) >>> 0) +
      s[6]!;
    s[2] = sum >>> 0;
    sum =
      Math.floor(sum * INVERSE) +
      multiplyHigh(a1, C1) +
      multiplyHigh(a2, C0) +
      (Math.imul(a2, C1) >>> 0) +
      (Math.imul(a3, C0) >>> 0) +
      s[7]!;
    s[3] = sum >>> 0;
  }
}
