import type { Exports } from "../../wasm/exports.js";
import { BitEngine64, type SpareState, wordsAt } from "./engine.js";
import type { SeedSequence } from "./seed-sequence.js";
import { fromWords, toWords } from "./words.js";

/** The state of {@link SFC64}: three chaotic words and the counter. */
export interface SFC64State extends SpareState {
  readonly state: readonly bigint[];
}

/**
 * Small fast chaotic generator of 64 bits (Chris Doty-Humphrey's PractRand, 2010).
 *
 * @example
 * ```ts
 * import { rng } from "@cognate/kernel";
 * import { print } from "@cognate/py";
 * const engine = rng.SFC64.fromSequence(new rng.SeedSequence(0));
 * print(engine.nextDouble()); // prints 0.5686892493917326
 * ```
 */
export class SFC64 extends BitEngine64 {
  readonly algorithm = "SFC64";
  /** Words a, b, c and the counter, lower half first. */
  private readonly _s = new Uint32Array(8);

  static fromSequence(sequence: SeedSequence): SFC64 {
    const engine = new SFC64();
    engine._s.set(sequence.generateState(6));
    engine._s[6] = 1;
    for (let i = 0; i < 12; i++) engine.next64();
    return engine;
  }

  getState(): SFC64State {
    return {
      state: [0, 2, 4, 6].map((i) => fromWords(this._s, i, 2)),
      hasSpare: this.hasSpare,
      spare: this.spare,
    };
  }
  setState({ state, hasSpare, spare }: SFC64State): void {
    for (let i = 0; i < 4; i++) toWords(state[i]!, this._s, 2 * i, 2);
    this.hasSpare = hasSpare;
    this.spare = spare;
  }
  copy(): SFC64 {
    const other = new SFC64();
    other._s.set(this._s);
    other.copySpare(this);
    return other;
  }

  override write64(e: Exports, state: number, out: number, n: number): void {
    wordsAt(state, 8).set(this._s);
    e.sfc64_words(state, out, n);
    this._s.set(wordsAt(state, 8));
  }
  override write32(e: Exports, state: number, out: number, n: number): void {
    this.writeHalves(e, state, out, n);
  }

  next64(): void {
    const s = this._s;
    const al = s[0]!;
    const ah = s[1]!;
    const bl = s[2]!;
    const bh = s[3]!;
    const cl = s[4]!;
    const ch = s[5]!;
    const nl = s[6]!;
    const nh = s[7]!;
    const low = al + bl + nl;
    const high = ah + bh + nh + Math.floor(low * 2 ** -32);
    s[6] = nl + 1;
    if (nl === 0xffffffff) s[7] = nh + 1;
    s[0] = bl ^ ((bl >>> 11) | (bh << 21));
    s[1] = bh ^ (bh >>> 11);
    const shifted = cl + ((cl << 3) >>> 0);
    s[2] = shifted;
    s[3] = ch + (((ch << 3) | (cl >>> 29)) >>> 0) + (shifted > 0xffffffff ? 1 : 0);
    const turned = (((cl << 24) | (ch >>> 8)) >>> 0) + (low >>> 0);
    s[4] = turned;
    s[5] = (((ch << 24) | (cl >>> 8)) >>> 0) + (high >>> 0) + (turned > 0xffffffff ? 1 : 0);
    this.word[0] = low;
    this.word[1] = high;
  }
}
