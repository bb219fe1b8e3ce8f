import { heapI32 } from "../../memory/wasm-memory.js";
import type { Exports } from "../../wasm/exports.js";
import { BitEngine64, type SpareState, wordsAt } from "./engine.js";
import type { SeedSequence } from "./seed-sequence.js";
import { fromWords, multiplyHigh, toWords } from "./words.js";

const [A0, A1] = [0xe14c6c93, 0xd2e7470e] as const;
const [B0, B1] = [0x95121157, 0xca5a8263] as const;
const INVERSE = 2 ** -32;

/** The state of {@link Philox4x64}: counter, key and the four words that the counter last gave. */
export interface Philox4x64State extends SpareState {
  readonly counter: readonly bigint[];
  readonly key: readonly bigint[];
  readonly buffer: readonly bigint[];
  /** How many of the buffered words were handed out. */
  readonly position: number;
}

/**
 * Philox4x64-10: four 64-bit words are a keyed mixture of a 256-bit counter.
 *
 * Source: J. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (2011).
 *
 * @example
 * ```ts
 * import { rng } from "@cognate/kernel";
 * import { print } from "@cognate/py";
 * const engine = rng.Philox4x64.fromSequence(new rng.SeedSequence(0));
 * print(engine.nextDouble()); // prints 0.014067035665647709
 * ```
 */
export class Philox4x64 extends BitEngine64 {
  readonly algorithm = "Philox";
  private readonly _counter = new Uint32Array(8);
  private readonly _key = new Uint32Array(4);
  private readonly _buffer = new Uint32Array(8);
  private _position = 4;

  /** @param key - 128 bits @param counter - 256 bits */
  constructor(key = 0n, counter = 0n) {
    super();
    toWords(key, this._key, 0, 4);
    toWords(counter, this._counter, 0, 8);
  }
  static fromSequence(sequence: SeedSequence, counter = 0n): Philox4x64 {
    return new Philox4x64(fromWords(sequence.generateState(4)), counter);
  }

  getState(): Philox4x64State {
    const words = (a: Uint32Array): bigint[] =>
      Array.from({ length: a.length / 2 }, (_, i) => fromWords(a, 2 * i, 2));
    return {
      counter: words(this._counter),
      key: words(this._key),
      buffer: words(this._buffer),
      position: this._position,
      hasSpare: this.hasSpare,
      spare: this.spare,
    };
  }
  setState(s: Philox4x64State): void {
    const put = (a: Uint32Array, words: readonly bigint[]): void => {
      for (let i = 0; i < a.length / 2; i++) toWords(words[i]!, a, 2 * i, 2);
    };
    put(this._counter, s.counter);
    put(this._key, s.key);
    put(this._buffer, s.buffer);
    this._position = s.position;
    this.hasSpare = s.hasSpare;
    this.spare = s.spare;
  }
  copy(): Philox4x64 {
    const other = new Philox4x64();
    other._counter.set(this._counter);
    other._key.set(this._key);
    other._buffer.set(this._buffer);
    other._position = this._position;
    other.copySpare(this);
    return other;
  }
  /** As if `delta` blocks of four numbers had been drawn (modulo 2²⁵⁶; negative goes back). */
  advance(delta: bigint): this {
    toWords(fromWords(this._counter) + delta, this._counter, 0, 8);
    this._buffer.fill(0);
    this._position = 4;
    this.dropSpare();
    return this;
  }
  /** A second engine, `jumps` times 2¹²⁸ blocks on. */
  jumped(jumps = 1): Philox4x64 {
    return this.copy().advance(BigInt(jumps) << 128n);
  }

  next64(): void {
    if (this._position === 4) this._generate();
    const i = 2 * this._position++;
    this.word[0] = this._buffer[i]!;
    this.word[1] = this._buffer[i + 1]!;
  }

  override write64(e: Exports, state: number, out: number, n: number): void {
    let i = 0;
    const one = (): void => {
      this.next64();
      heapI32[(out >>> 2) + 2 * i] = this.word[0]!;
      heapI32[(out >>> 2) + 2 * i++ + 1] = this.word[1]!;
    };
    while (i < n && this._position < 4) one();
    const blocks = (n - i) >>> 2;
    const own = wordsAt(state, 12);
    own.set(this._counter);
    own.set(this._key, 8);
    e.philox64_words(state, out + 8 * i, blocks);
    this._counter.set(own.subarray(0, 8));
    if (blocks > 0) this._buffer.set(wordsAt(out + 8 * (i + 4 * blocks - 4), 8));
    i += 4 * blocks;
    while (i < n) one();
  }
  override write32(e: Exports, state: number, out: number, n: number): void {
    this.writeHalves(e, state, out, n);
  }

  private _generate(): void {
    const n = this._counter;
    for (let i = 0; i < 8; i++) {
      n[i]!++;
      if (n[i] !== 0) break;
    }
    let x0 = n[0]!;
    let x1 = n[1]!;
    let y0 = n[2]!;
    let y1 = n[3]!;
    let z0 = n[4]!;
    let z1 = n[5]!;
    let w0 = n[6]!;
    let w1 = n[7]!;
    const key = this._key;
    let k0 = key[0]!;
    let k1 = key[1]!;
    let l0 = key[2]!;
    let l1 = key[3]!;
    for (let round = 0; round < 10; round++) {
      if (round > 0) {
        k0 += 0x7f4a7c15;
        k1 = (k1 + 0x9e3779b9 + (k0 > 0xffffffff ? 1 : 0)) >>> 0;
        k0 >>>= 0;
        l0 += 0x84caa73b;
        l1 = (l1 + 0xbb67ae85 + (l0 > 0xffffffff ? 1 : 0)) >>> 0;
        l0 >>>= 0;
      }
      // a = x·A and b = z·B, 128 bits each.
      const a0 = Math.imul(x0, A0) >>> 0;
      let sum = multiplyHigh(x0, A0) + (Math.imul(x0, A1) >>> 0) + (Math.imul(x1, A0) >>> 0);
      const a1 = sum >>> 0;
      sum =
        Math.floor(sum * INVERSE) + multiplyHigh(x0, A1) + multiplyHigh(x1, A0) + (Math.imul(x1, A1) >>> 0);
      const a2 = sum >>> 0;
      const a3 = (Math.floor(sum * INVERSE) + multiplyHigh(x1, A1)) >>> 0;
      const b0 = Math.imul(z0, B0) >>> 0;
      sum = multiplyHigh(z0, B0) + (Math.imul(z0, B1) >>> 0) + (Math.imul(z1, B0) >>> 0);
      const b1 = sum >>> 0;
      sum =
        Math.floor(sum * INVERSE) + multiplyHigh(z0, B1) + multiplyHigh(z1, B0) + (Math.imul(z1, B1) >>> 0);
      const b2 = sum >>> 0;
      const b3 = (Math.floor(sum * INVERSE) + multiplyHigh(z1, B1)) >>> 0;
      x0 = (b2 ^ y0 ^ k0) >>> 0;
      x1 = (b3 ^ y1 ^ k1) >>> 0;
      y0 = b0;
      y1 = b1;
      z0 = (a2 ^ w0 ^ l0) >>> 0;
      z1 = (a3 ^ w1 ^ l1) >>> 0;
      w0 = a0;
      w1 = a1;
    }
    const b = this._buffer;
    b[0] = x0;
    b[1] = x1;
    b[2] = y0;
    b[3] = y1;
    b[4] = z0;
    b[5] = z1;
    b[6] = w0;
    b[7] = w1;
    this._position = 0;
  }
}
