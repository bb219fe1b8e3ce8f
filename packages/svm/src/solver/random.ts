import { rng } from "@cognate/kernel";

/**
 * The random numbers inside LIBSVM and LIBLINEAR as scikit-learn builds them: a Mersenne Twister, and integers below a
 * bound by the upper half of a product (D. Lemire, 2019).
 */
export class SolverRandom {
  private readonly engine: rng.MT19937;

  constructor(private readonly seed: number) {
    this.engine = new rng.MT19937(seed);
  }

  /** Begins the stream again. */
  restart(): void {
    this.engine.seed(this.seed);
  }

  /** A whole number of 0 … range − 1. */
  below(range: number): number {
    let product = BigInt(this.engine.next32()) * BigInt(range);
    let low = Number(product & 0xffffffffn);
    if (low < range) {
      const threshold = (4294967296 - range) % range;
      while (low < threshold) {
        product = BigInt(this.engine.next32()) * BigInt(range);
        low = Number(product & 0xffffffffn);
      }
    }
    return Number(product >> 32n);
  }

  /** Exchanges each of the first `n` entries with a random one at or after it. */
  shuffle(list: Int32Array, n = list.length, offset = 0): void {
    for (let i = 0; i < n; i++) {
      const j = i + this.below(n - i);
      const v = list[offset + i]!;
      list[offset + i] = list[offset + j]!;
      list[offset + j] = v;
    }
  }
}
