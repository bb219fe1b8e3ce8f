import type { Philox4x32 } from "../engines/philox4x32.js";
import { SingleWords, uniform64 } from "./counter-based.js";

/**
 * Numbers drawn one after another from the words of a counter-based engine, each from as many words as it needs.
 *
 * Source: TensorFlow's simple_philox.h and exact_uniform_int.h (integers without bias, by rejection from below).
 */
export class WordStream {
  private readonly words: SingleWords;
  constructor(engine: Philox4x32) {
    this.words = new SingleWords(engine);
  }
  /** 32 random bits. */
  word(): number {
    return this.words.next();
  }
  /** A number of [0, 1) from 23 bits. */
  single(): number {
    return (this.words.next() & 0x7fffff) * 2 ** -23;
  }
  /** A number of [0, 1) from 52 bits. */
  double(): number {
    return uniform64(this.words.next(), this.words.next());
  }
  /** An integer of [0, n), n below 2³². */
  below(n: number): number {
    if (n === 0) {
      this.words.next();
      return 0;
    }
    if (2 ** Math.floor(Math.log2(n)) === n) return this.words.next() % n;
    const least = (0xffffffff % n) + 1;
    let word = this.words.next();
    while (word < least) word = this.words.next();
    return word % n;
  }
  /** An integer of [0, n) from 64 bits, the lower word first. */
  belowWide(n: number): number {
    const limit = BigInt(n);
    const wide = (): bigint => BigInt(this.words.next()) | (BigInt(this.words.next()) << 32n);
    if ((limit & (limit - 1n)) === 0n) return Number(wide() & (limit - 1n));
    const least = (0xffffffffffffffffn % limit) + 1n;
    let word = wide();
    while (word < least) word = wide();
    return Number(word % limit);
  }
}
