const N = 624;
const M = 397;

/** The 32-bit Mersenne Twister, as `std::mt19937`. */
export class Mt19937 {
  private readonly state = new Uint32Array(N);
  private at = N;

  constructor(seed = 5489) {
    this.seed(seed);
  }
  seed(seed: number): void {
    const s = this.state;
    s[0] = seed >>> 0;
    for (let i = 1; i < N; i++) {
      const x = s[i - 1]! ^ (s[i - 1]! >>> 30);
      s[i] = Math.imul(x, 1812433253) + i;
    }
    this.at = N;
  }
  /** The next 32 bits. */
  next(): number {
    const s = this.state;
    if (this.at === N) {
      for (let k = 0; k < N; k++) {
        const y = (s[k]! & 0x80000000) | (s[(k + 1) % N]! & 0x7fffffff);
        s[k] = s[(k + M) % N]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
      }
      this.at = 0;
    }
    let y = s[this.at++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }
}

/** The engine that all learners draw from, as XGBoost's global one; seeded when a learner is configured. */
export const globalRandom = new Mt19937(0);
