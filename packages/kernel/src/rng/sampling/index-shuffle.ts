/*
 * A permutation of 0 … n that is computed at any one place: a small block cipher, applied until its result is in range (J. Black,
 * P. Rogaway, "Ciphers with Arbitrary Finite Domains", 2002), the cipher being Simon (R. Beaulieu et al., "The SIMON and SPECK
 * Families of Lightweight Block Ciphers", 2013) with words of 8 to 32 bits and few rounds, as TensorFlow has it.
 */

/** Fewer bits leave patterns in the permutations. */
const LEAST_BITS = 16;
/** Simon's constant of 62 bits that breaks the symmetry of rounds, the lowest bit first, in two halves. */
const [Z_LOW, Z_HIGH] = [0x192c0ef5, 0x7369f885];

/** Words of so many bits, turned around. */
class Words {
  readonly mask: number;
  constructor(readonly bits: number) {
    this.mask = 2 ** bits - 1;
  }
  left(x: number, by: number): number {
    return (((x << by) | (x >>> (this.bits - by))) & this.mask) >>> 0;
  }
  /** Simon's function of a round. */
  mixed(x: number): number {
    return ((this.left(x, 1) & this.left(x, 8)) ^ this.left(x, 2)) >>> 0;
  }
  /** Keys of the rounds; the first three are given. */
  schedule(key: readonly number[], rounds: number): number[] {
    const keys = key.map((k) => (k & this.mask) >>> 0);
    const right = (x: number, by: number): number => this.left(x, this.bits - by);
    for (let i = 3; i < rounds; i++) {
      const at = i - 3;
      const z = at < this.bits ? (at < 32 ? Z_LOW >>> at : Z_HIGH >>> (at - 32)) & 1 : 0;
      const last = keys[i - 1]!;
      const k = 0xfffffffc ^ z ^ keys[i - 3]! ^ right(last, 3) ^ right(last, 4);
      keys.push((k & this.mask) >>> 0);
    }
    return keys;
  }
}

/**
 * Where `index` stands in a random order of 0 … `most`, which three 32-bit words choose.
 *
 * @param rounds - of the cipher: an even number of at least four
 *
 * @example
 * ```ts
 * import { rng } from "@cognate/kernel";
 * import { print } from "@cognate/py";
 * print([0n, 1n, 2n, 3n].map((i) => Number(rng.shuffledIndex(i, [498247692, 5, 9], 3n)))); // prints [2, 0, 1, 3]
 * ```
 */
export function shuffledIndex(
  index: bigint,
  key: readonly [number, number, number],
  most: bigint,
  rounds = 4,
): bigint {
  if (most === 0n) return 0n;
  const needed = Math.ceil(Math.log2(Number(most)));
  const words = new Words(Math.min(64, Math.max(needed + (needed % 2), LEAST_BITS)) / 2);
  const keys = words.schedule(key, rounds);
  const shift = BigInt(words.bits);
  const low = BigInt(words.mask);
  for (let at = index; ; ) {
    let y = Number((at >> shift) & low);
    let x = Number(at & low);
    for (let i = 0; i < keys.length; i += 2) {
      y = (y ^ words.mixed(x) ^ keys[i]!) >>> 0;
      x = (x ^ words.mixed(y) ^ keys[i + 1]!) >>> 0;
    }
    at = (BigInt(y) << shift) | BigInt(x);
    if (at <= most) return at;
  }
}
