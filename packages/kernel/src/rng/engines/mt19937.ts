import { ParamError } from "../../errors/errors.js";
import type { UniformKind } from "./blocks.js";
import { MersenneTwister, N } from "./mersenne-twister.js";
import { jump } from "./mt19937-jump.js";
import type { SeedSequence } from "./seed-sequence.js";

export type { MT19937State } from "./mersenne-twister.js";

/**
 * The Mersenne Twister with floating numbers from the upper bits of its words, as NumPy and Python take them.
 *
 * @example
 * ```ts
 * import { rng } from "@cognate/kernel";
 * import { print } from "@cognate/py";
 * const engine = new rng.MT19937(0);
 * print(engine.nextDouble(), engine.copy().position); // prints 0.5488135039273248 2
 * ```
 */
export class MT19937 extends MersenneTwister {
  protected override readonly doubles: UniformKind = "27 and 26";

  /** An engine whose words come from a seed sequence. */
  static fromSequence(sequence: SeedSequence): MT19937 {
    const engine = new MT19937();
    const key = sequence.generateState(N);
    key[0] = 0x80000000;
    // NumPy hands out the last word of the seed before it twists.
    engine.setState({ key, position: N - 1 });
    return engine;
  }

  /** Starts over from any number of 32-bit integers. */
  seedByArray(words: ArrayLike<number>): void {
    if (words.length === 0) throw new ParamError("MT19937", "words", "[]", "at least one integer");
    this.seed(19650218);
    const k = this._key;
    let i = 1;
    let j = 0;
    const step = (): void => {
      if (++i === N) {
        k[0] = k[N - 1]!;
        i = 1;
      }
    };
    for (let n = Math.max(N, words.length); n > 0; n--) {
      k[i] = (k[i]! ^ Math.imul(k[i - 1]! ^ (k[i - 1]! >>> 30), 1664525)) + words[j]! + j;
      step();
      if (++j === words.length) j = 0;
    }
    for (let n = N - 1; n > 0; n--) {
      k[i] = (k[i]! ^ Math.imul(k[i - 1]! ^ (k[i - 1]! >>> 30), 1566083941)) - i;
      step();
    }
    k[0] = 0x80000000 | 0;
  }

  copy(): MT19937 {
    const other = new MT19937();
    other.setState(this.getState(), this._twisted);
    return other;
  }

  /** A second engine, `jumps` times 2¹²⁸ numbers on. */
  jumped(jumps = 1): MT19937 {
    const other = this.copy();
    for (let i = 0; i < jumps; i++) other._position = jump(other._key, other._position);
    other._twisted = true;
    other._temper();
    return other;
  }

  /** 27 bits of one word above 26 bits of the next. */
  protected override doubleOf(first: number, second: number): number {
    return ((first >>> 5) * 67108864 + (second >>> 6)) * 2 ** -53;
  }
}
