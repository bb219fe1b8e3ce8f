import { ParamError } from "../../errors/errors.js";
import { wordsOf } from "./words.js";

/** Non-negative integers, alone or nested in lists. */
export type Entropy =
  | number
  | bigint
  | ArrayLike<number>
  | readonly Entropy[]
  | BigUint64Array
  | BigInt64Array;

const imul = Math.imul;

/** Entropy as 32-bit words: every integer gives its own words, lowest first. */
export function entropyWords(x: Entropy): number[] {
  if (typeof x === "bigint" || typeof x === "number") {
    if (typeof x === "number" && !Number.isInteger(x))
      throw new ParamError("SeedSequence", "entropy", x, "integers");
    if (x < 0) throw new ParamError("SeedSequence", "entropy", x, "non-negative integers");
    return wordsOf(BigInt(x));
  }
  const words: number[] = [];
  for (let i = 0; i < x.length; i++) words.push(...entropyWords(x[i] as Entropy));
  return words;
}

/**
 * Turns a few integers into well mixed states for engines, and into any number of independent children.
 *
 * Source: M. O'Neill, "Developing a seed_seq alternative" (2015), with the constants of NumPy's SeedSequence.
 *
 * @example
 * ```ts
 * import { rng } from "@cognate/kernel";
 * import { print } from "@cognate/py";
 * const sequence = new rng.SeedSequence(0);
 * print([...sequence.generateState(2)], sequence.spawn(2)[1].spawnKey); // prints [2968811710, 3677149159] [1]
 * ```
 */
export class SeedSequence {
  readonly spawnKey: readonly number[];
  readonly poolSize: number;
  /** How many children {@link spawn} has made so far. */
  childrenSpawned: number;
  /** The mixed entropy. */
  readonly pool: Uint32Array;

  constructor(
    readonly entropy: Entropy,
    { spawnKey = [], poolSize = 4, childrenSpawned = 0 }: SeedSequenceOptions = {},
  ) {
    if (poolSize < 4) throw new ParamError("SeedSequence", "poolSize", poolSize, "at least 4");
    this.spawnKey = spawnKey;
    this.poolSize = poolSize;
    this.childrenSpawned = childrenSpawned;
    const words = entropyWords(entropy);
    if (spawnKey.length > 0) {
      // So that a short entropy with a key never equals a longer entropy without.
      while (words.length < poolSize) words.push(0);
      words.push(...entropyWords(spawnKey));
    }
    this.pool = mixed(words, poolSize);
  }

  /** `count` words of 32 bits. */
  generateState(count: number): Uint32Array {
    const out = new Uint32Array(count);
    let hash = 0x8b51f9dd;
    for (let i = 0; i < count; i++) {
      let v = this.pool[i % this.poolSize]! ^ hash;
      hash = imul(hash, 0x58f38ded);
      v = imul(v, hash);
      out[i] = v ^ (v >>> 16);
    }
    return out;
  }

  /** Sequences of their own that no call repeats. */
  spawn(count: number): SeedSequence[] {
    const children = Array.from(
      { length: count },
      (_, i) =>
        new SeedSequence(this.entropy, {
          spawnKey: [...this.spawnKey, this.childrenSpawned + i],
          poolSize: this.poolSize,
        }),
    );
    this.childrenSpawned += count;
    return children;
  }
}

export interface SeedSequenceOptions {
  /** The path from the root of a tree of sequences. */
  readonly spawnKey?: readonly number[];
  /** Size of the mixed entropy in words. */
  readonly poolSize?: number;
  readonly childrenSpawned?: number;
}

function mixed(entropy: readonly number[], size: number): Uint32Array {
  let hash = 0x43b0d7e5;
  const hashed = (v: number): number => {
    v ^= hash;
    hash = imul(hash, 0x931e8875);
    v = imul(v, hash);
    return v ^ (v >>> 16);
  };
  const mix = (x: number, y: number): number => {
    const v = imul(0xca01f9dd, x) - imul(0x4973f715, y);
    return v ^ (v >>> 16);
  };
  const pool = new Uint32Array(size);
  for (let i = 0; i < size; i++) pool[i] = hashed(entropy[i] ?? 0);
  for (let from = 0; from < size; from++)
    for (let to = 0; to < size; to++) if (from !== to) pool[to] = mix(pool[to]!, hashed(pool[from]!));
  for (let from = size; from < entropy.length; from++)
    for (let to = 0; to < size; to++) pool[to] = mix(pool[to]!, hashed(entropy[from]!));
  return pool;
}
