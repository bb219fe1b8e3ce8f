import { rng } from "@cognate/kernel";
import { setSessionAttribute } from "../backend/global-state.js";

/*
 * The generators that `keras.utils.set_random_seed` seeds: Python's, NumPy's old one, and TensorFlow's global seed.
 */

const entropy = (): bigint => rng.freshEntropy(128);

/** TensorFlow's global seed, which outlives sessions. */
let globalSeed: bigint | undefined;
/** Seeds of eager operations without one of their own. */
let operations: rng.PythonRandom | undefined;
/** How often the global seed was set: states of operations from before do not count. */
let epoch = 0;
let python: rng.PythonRandom | undefined;
let numpy: rng.MT19937 | undefined;

/** Python's module `random`. */
export const pythonRandom = (): rng.PythonRandom => {
  python ??= new rng.PythonRandom(entropy());
  return python;
};

/** NumPy's `np.random`, a Mersenne Twister. */
export const numpyRandom = (): rng.MT19937 => {
  numpy ??= legacyEngine(Number(entropy() & 0xffffffffn));
  return numpy;
};

/** The engine behind `np.random.RandomState(seed)`. */
export function legacyEngine(seed: number): rng.MT19937 {
  const engine = new rng.MT19937();
  engine.seed(seed);
  return engine;
}

/** An integer of [0, n) as `RandomState.randint` draws it. */
export const legacyBelow = (engine: rng.MT19937, n: number): number => rng.interval(engine, n - 1);

/** A list in random order, as `RandomState.shuffle` leaves it. */
export function legacyShuffle<T>(engine: rng.MT19937, items: readonly T[]): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = rng.interval(engine, i);
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}

/** Seeds Python's and NumPy's generators and TensorFlow's global seed. */
export function seedAll(seed: number | bigint): void {
  python = new rng.PythonRandom(seed);
  numpy = legacyEngine(Number(BigInt.asUintN(32, BigInt(seed))));
  setGlobalSeed(seed);
  setSessionAttribute("seedGenerator", null);
}

/** Sets TensorFlow's global seed alone (`tf.random.set_seed`). */
export function setGlobalSeed(seed: number | bigint | null): void {
  globalSeed = seed === null ? undefined : BigInt(seed);
  operations = undefined;
  epoch++;
}
export const getGlobalSeed = (): bigint | undefined => globalSeed;
export const seedEpoch = (): number => epoch;

/** The seed of an eager operation that has none, as TensorFlow draws it from Python's generator. */
export function operationSeed(): number {
  operations ??= new rng.PythonRandom(globalSeed ?? entropy());
  return operations.randint(0, 2 ** 31 - 1);
}

/**
 * The engine of a random operation of TensorFlow in a function's graph that has no seed of its own: the global seed is
 * its key, and its place in the graph stands in the counter.
 */
export function graphEngine(place = 0): rng.Philox4x32 {
  if (globalSeed === undefined) {
    const e = entropy();
    return rng.Philox4x32.fromSeeds(e & 0xffffffffffffffffn, e >> 64n);
  }
  // The pair (0, 0) means "no seed" there, so that another stands for it.
  const none = globalSeed === 0n && place === 0;
  return rng.Philox4x32.fromSeeds(globalSeed, none ? 2147483647n : BigInt(place));
}

/** TensorFlow's pair of seeds of an operation: the global one (or the one that stands for none) and its own. */
function seedPair(seed: number): readonly [bigint, bigint] {
  const pair = [globalSeed ?? 87654321n, BigInt(seed)] as const;
  return pair[0] === 0n && pair[1] === 0n ? [0n, 2147483647n] : pair;
}
/** Words that order the passes of a shuffled dataset, as `tf.data` draws them: a pass's words come from two of them. */
export function shuffleWords(seed: number): () => rng.SingleWords {
  const words = new rng.SingleWords(rng.Philox4x32.fromSeeds(...seedPair(seed)));
  return () => {
    const [a, b] = [words.next(), words.next()];
    return new rng.SingleWords(rng.Philox4x32.fromSeeds(BigInt(a), BigInt(b)));
  };
}
