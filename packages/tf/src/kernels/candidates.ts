import { float32, int32, int64, rng } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import { KernelProblem } from "../core/errors.js";
import { type OpRow, row } from "../core/row.js";
import type { Value } from "../shared.js";
import type { Draw, Engine } from "./draw.js";
import { intsValue, numbers, reshape, valueOf } from "./tools.js";

/* Classes drawn as candidates, for losses that look at a few of many classes. */

/** Blocks that are kept for each candidate: 2048 words. */
const EACH = 512;

const sampled =
  (make: (a: Attrs, own: Engine) => rng.RangeSampler): Draw =>
  (engine, [classes], a, own) => {
    const [batch, wanted] = classes!.shape as [number, number];
    if (classes!.shape.length !== 2) throw new KernelProblem("true_classes must be a matrix");
    if (wanted !== a.int("num_true"))
      throw new KernelProblem(
        `true_classes must have num_true columns, expected: ${wanted} was: ${a.int("num_true")}`,
      );
    const sampler = make(a, own);
    const count = a.int("num_sampled");
    const unique = a.bool("unique");
    if (unique && count > sampler.range) throw new KernelProblem("Sampler's range is too small.");
    const { values, tries } = rng.drawCandidates(sampler, new rng.WordStream(engine), count, unique);
    const expected = (list: readonly number[]): Value =>
      valueOf(
        list.map((v) => rng.expectedCount(sampler.probability(v), count, tries)),
        float32,
      );
    const given = numbers(classes!);
    const value = [intsValue(values, int64), reshape(expected(given), [batch, wanted]), expected(values)];
    if (sampler instanceof rng.CountedRange) sampler.see(given);
    return { value, blocks: count * EACH };
  };

/** What each learning sampler has seen, by the engine of its operation. */
const seen = new WeakMap<Engine, rng.CountedRange>();
function learned(a: Attrs, own: Engine): rng.CountedRange {
  let known = seen.get(own);
  if (!known) seen.set(own, (known = new rng.CountedRange(a.int("range_max"))));
  return known;
}

/** Weights of a list of counts: reserved classes weigh nothing, the others count^distortion; of a shard, if wanted. */
function unigrams(a: Attrs): rng.RangeSampler {
  if (a.text("vocab_file") !== "")
    throw new KernelProblem("fixed_unigram_candidate_sampler takes the counts as `unigrams`, not a file");
  const range = a.int("range_max");
  const all = [
    ...new Array<number>(a.int("num_reserved_ids")).fill(0),
    ...a.ints("unigrams").map((v) => Math.fround(v ** a.float("distortion"))),
  ];
  const [shards, shard] = [a.int("num_shards"), a.int("shard")];
  const own = all.filter((_, i) => i % shards === shard);
  if (own.length !== range)
    throw new KernelProblem(
      `range is ${range}; must be equal to the number of weights ${own.length}, reserved classes among them`,
    );
  return rng.weightedRange(own);
}

const everything: Draw = (_engine, [classes], a) => {
  const [batch, wanted] = classes!.shape as [number, number];
  const count = a.int("num_sampled");
  const ones = (shape: readonly number[]): Value =>
    reshape(valueOf(new Array<number>(shape.reduce((p, d) => p * d, 1)).fill(1), float32), shape);
  const all = Array.from({ length: count }, (_, i) => i);
  return { value: [intsValue(all, int64), ones([batch, wanted]), ones([count])], blocks: 0 };
};

export const CANDIDATE_DRAWS: Readonly<Record<string, Draw>> = {
  UniformCandidateSampler: sampled((a) => rng.uniformRange(a.int("range_max"))),
  LogUniformCandidateSampler: sampled((a) => rng.logUniformRange(a.int("range_max"))),
  LearnedUnigramCandidateSampler: sampled(learned),
  FixedUnigramCandidateSampler: sampled(unigrams),
  AllCandidateSampler: everything,
};
/** Static shapes of what they give. */
export const candidateShape: NonNullable<OpRow["shape"]> = ({ shapes: [x], attrs }) => [
  [attrs.int("num_sampled")],
  x!,
  [attrs.int("num_sampled")],
];

/** Where a sampled class is a true one: its row, its place among the candidates, and what takes it out of a softmax. */
function hits(classes: Value, candidates: Value): Value[] {
  const place = new Map(numbers(candidates).map((v, i) => [v, i] as const));
  const wide = classes.shape[1]!;
  const found = numbers(classes).flatMap((v, k): [number, number][] =>
    place.has(v) ? [[Math.floor(k / wide), place.get(v)!]] : [],
  );
  return [
    intsValue(
      found.map(([r]) => r),
      int32,
    ),
    intsValue(
      found.map(([, p]) => p),
      int64,
    ),
    valueOf(
      found.map(() => -3.4028234663852886e38),
      float32,
    ),
  ];
}

export const candidates: Readonly<Record<string, OpRow>> = {
  ComputeAccidentalHits: row(
    ([classes, sampled_]) => hits(classes!, sampled_!),
    () => [[null], [null], [null]],
  ),
};
