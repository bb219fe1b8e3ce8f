import { rng } from "@cognate/kernel";
import { globalRandom } from "@cognate/ndarray/core";
import { repr, ValueError } from "@cognate/py";

/** What `random_state` may be: a seed, `np.random.RandomState(…)`, or `null` for the global stream. */
export type RandomStateLike = number | { readonly sampler: rng.Sampler } | null;

let own: rng.PolarSampler | null = null;

/** The stream of random numbers behind a `random_state`: NumPy's old generator. @throws ValueError */
export function check_random_state(seed: RandomStateLike | undefined): rng.PolarSampler {
  if (seed === null || seed === undefined) {
    const shared = globalRandom.sampler as rng.PolarSampler | null;
    if (shared) return shared;
    own ??= new rng.PolarSampler(new rng.MT19937(Number(rng.freshEntropy(32) & 0xffffffffn)));
    return own;
  }
  if (typeof seed === "number" && Number.isInteger(seed)) {
    if (seed < 0 || seed > 0xffffffff) throw new ValueError("Seed must be between 0 and 2**32 - 1");
    return new rng.PolarSampler(new rng.MT19937(seed));
  }
  if (typeof seed === "object" && seed.sampler instanceof rng.PolarSampler) return seed.sampler;
  throw new ValueError(`${repr(seed)} cannot be used to seed a numpy.random.RandomState instance`);
}

/** A whole number of 0 … 2³¹ − 2, as scikit-learn seeds its solvers. */
export const solverSeed = (s: rng.Sampler): number => rng.interval(s.engine, 2147483646);

/** 0 … n − 1 in random order. */
export const permutation = (s: rng.Sampler, n: number): Int32Array => Int32Array.from(s.permutation(n));

/** Puts a list in random order in place. */
export function shuffle<T>(s: rng.Sampler, list: T[] | Int32Array): void {
  const before = [...(list as Iterable<T>)];
  permutation(s, before.length).forEach((from, to) => {
    (list as T[])[to] = before[from]!;
  });
}
