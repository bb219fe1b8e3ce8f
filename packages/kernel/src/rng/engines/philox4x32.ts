import { multiplyHigh, toWords } from "./words.js";

/**
 * Philox4x32-10: four 32-bit words are a keyed mixture of a 128-bit counter, so that streams can be entered anywhere.
 *
 * Source: J. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (2011).
 *
 * @example
 * ```ts
 * import { rng } from "@cognate/kernel";
 * import { print } from "@cognate/py";
 * print([...new rng.Philox4x32(0n, 0n).next()]); // prints [1713891541, 3781805453, 3159862348, 2600524760]
 * ```
 */
export class Philox4x32 {
  readonly counter = new Uint32Array(4);
  readonly key = new Uint32Array(2);
  /** What the last {@link next} gave. */
  readonly block = new Uint32Array(4);

  /** @param key - 64 bits @param counter - 128 bits */
  constructor(key = 0n, counter = 0n) {
    toWords(key, this.key, 0, 2);
    toWords(counter, this.counter, 0, 4);
  }

  /** One 64-bit seed as the key, the other in the counter's upper half. */
  static fromSeeds(seed: bigint, seed2: bigint): Philox4x32 {
    return new Philox4x32(BigInt.asUintN(64, seed), BigInt.asUintN(64, seed2) << 64n);
  }

  /** Key and the counter's upper half from two 64-bit seeds by one block of a fixed key, so that any seeds do. */
  static scrambled(seed0: bigint, seed1: bigint): Philox4x32 {
    const engine = new Philox4x32(
      0x02461e293ec8f720n,
      BigInt.asUintN(64, seed0) | (BigInt.asUintN(64, seed1) << 64n),
    );
    engine.next();
    const { block, counter } = engine;
    engine.key[0] = block[0]!;
    engine.key[1] = block[1]!;
    counter[0] = 0;
    counter[1] = 0;
    counter[2] = block[2]!;
    counter[3] = block[3]!;
    return engine;
  }

  copy(): Philox4x32 {
    const other = new Philox4x32();
    other.counter.set(this.counter);
    other.key.set(this.key);
    return other;
  }

  /** Passes over `count` blocks. */
  skip(count: number): void {
    const n = this.counter;
    let carry = count;
    for (let i = 0; i < 4 && carry > 0; i++) {
      const sum = n[i]! + (carry % 4294967296);
      n[i] = sum;
      carry = Math.floor(carry / 4294967296) + (sum > 0xffffffff ? 1 : 0);
    }
  }

  /** Computes the next block and returns it; the array is the same each time. */
  next(): Uint32Array {
    const n = this.counter;
    let x0 = n[0]!;
    let x1 = n[1]!;
    let x2 = n[2]!;
    let x3 = n[3]!;
    let k0 = this.key[0]!;
    let k1 = this.key[1]!;
    for (let round = 0; round < 10; round++) {
      const high0 = multiplyHigh(x0, 0xd2511f53);
      const high1 = multiplyHigh(x2, 0xcd9e8d57);
      const low0 = Math.imul(x0, 0xd2511f53) >>> 0;
      const low1 = Math.imul(x2, 0xcd9e8d57) >>> 0;
      x0 = (high1 ^ x1 ^ k0) >>> 0;
      x1 = low1;
      x2 = (high0 ^ x3 ^ k1) >>> 0;
      x3 = low0;
      k0 = (k0 + 0x9e3779b9) >>> 0;
      k1 = (k1 + 0xbb67ae85) >>> 0;
    }
    const b = this.block;
    b[0] = x0;
    b[1] = x1;
    b[2] = x2;
    b[3] = x3;
    if (n[0]!++ === 0xffffffff) {
      n[0] = 0xffffffff;
      this.skip(1);
    }
    return b;
  }
}
