import { ParamError } from "../../errors/errors.js";
import type { Exports } from "../../wasm/exports.js";
import { type UniformKind, uniformBlocks, wordBlocks } from "./blocks.js";
import { BitEngine, wordsAt } from "./engine.js";

export const N = 624;
const M = 397;

/** The state of {@link MT19937}: 624 words and how many of them were handed out. */
export interface MT19937State {
  readonly key: Uint32Array;
  readonly position: number;
}

/**
 * The Mersenne Twister, whose words engines make numbers of in their own ways.
 *
 * Source: M. Matsumoto, T. Nishimura, "Mersenne Twister" (1998), with the initialisation of 2002/1/26.
 */
export abstract class MersenneTwister extends BitEngine {
  readonly algorithm = "MT19937";
  readonly rawBits = 32;
  protected abstract override readonly doubles: UniformKind;
  protected readonly _key = new Int32Array(N);
  /** The key's words as they are handed out, tempered a block at a time. */
  protected readonly block = new Uint32Array(N);
  protected _position = N;
  protected _twisted = false;

  /** @param seed - its lower 32 bits count */
  constructor(seed = 5489) {
    super();
    this.seed(seed);
  }

  /** How many of the 624 words were handed out. */
  get position(): number {
    return this._position;
  }
  /** Whether the words are a generated block, not yet the seed's own. */
  get twisted(): boolean {
    return this._twisted;
  }

  /** Starts over from a 32-bit integer. */
  seed(seed: number): void {
    const k = this._key;
    let previous = seed | 0;
    k[0] = previous;
    for (let i = 1; i < N; i++) {
      previous = (Math.imul(1812433253, previous ^ (previous >>> 30)) + i) | 0;
      k[i] = previous;
    }
    this._position = N;
    this._twisted = false;
  }

  getState(): MT19937State {
    return { key: new Uint32Array(this._key.slice().buffer), position: this._position };
  }
  /** @param twisted - whether the words are a generated block; told by the position unless that is 624 */
  setState({ key, position }: MT19937State, twisted = true): void {
    if (key.length !== N) throw new ParamError("MT19937", "key", `${key.length} words`, "624 words");
    if (!(position >= 0 && position <= N)) throw new ParamError("MT19937", "position", position, "0 … 624");
    this._key.set(key);
    this._position = position;
    this._twisted = twisted;
    this._temper();
  }
  private _twist(): void {
    const k = this._key;
    let i = 0;
    for (; i < N - M; i++) {
      const y = (k[i]! & 0x80000000) | (k[i + 1]! & 0x7fffffff);
      k[i] = k[i + M]! ^ (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
    }
    for (; i < N - 1; i++) {
      const y = (k[i]! & 0x80000000) | (k[i + 1]! & 0x7fffffff);
      k[i] = k[i + M - N]! ^ (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
    }
    const y = (k[N - 1]! & 0x80000000) | (k[0]! & 0x7fffffff);
    k[N - 1] = k[M - 1]! ^ (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
    this._position = 0;
    this._twisted = true;
    this._temper();
  }

  protected _temper(): void {
    const k = this._key;
    const { block } = this;
    for (let i = 0; i < N; i++) {
      let y = k[i]!;
      y ^= y >>> 11;
      y ^= (y << 7) & 0x9d2c5680;
      y ^= (y << 15) & 0xefc60000;
      block[i] = y ^ (y >>> 18);
    }
  }

  next32(): number {
    if (this._position === N) this._twist();
    return this.block[this._position++]!;
  }

  /** Two words, the upper half first. */
  next64(): void {
    this.word[1] = this.next32();
    this.word[0] = this.next32();
  }

  /** A float64 in [0, 1) from two words. */
  protected abstract doubleOf(first: number, second: number): number;

  override nextDouble(): number {
    return this.doubleOf(this.next32(), this.next32());
  }

  override write32(e: Exports, state: number, out: number, n: number): void {
    const key = new Int32Array(wordsAt(state, N).buffer, state, N);
    key.set(this._key);
    if (n > N - this._position) this._twisted = true;
    this._position = e.mt19937_words(state, this._position, out, n);
    this._key.set(key);
    this._temper();
  }

  override fill32(out: Uint32Array, from = 0, count = out.length - from): void {
    if (wordBlocks(this, out, from, count)) return;
    const end = from + count;
    for (let i = from; i < end; ) {
      const start = this.available();
      const n = Math.min(end - i, N - start);
      out.set(this.block.subarray(start, start + n), i);
      this._position = start + n;
      i += n;
    }
  }

  override fillDoubles(out: Float64Array, from = 0, count = out.length - from): void {
    if (uniformBlocks(this, this.doubles, out, from, count)) return;
    const { block } = this;
    const end = from + count;
    for (let i = from; i < end; ) {
      let at = this.available();
      if (at === N - 1) {
        out[i++] = this.nextDouble();
        continue;
      }
      const stop = Math.min(end, i + ((N - at) >> 1));
      for (; i < stop; i++, at += 2) out[i] = this.doubleOf(block[at]!, block[at + 1]!);
      this.passTo(at);
    }
  }

  /** Where the next word stands in {@link block}. */
  protected available(): number {
    if (this._position === N) this._twist();
    return this._position;
  }
  /** Notes that the words before `at` were handed out. */
  protected passTo(at: number): void {
    this._position = at;
  }
}
