import { Tuple, ValueError } from "@cognate/py";
import { toTensor } from "../../core/convert.js";
import { int64 } from "../../core/dtypes.js";
import { op } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { type Data, def, type Name } from "../make.js";
import { cast } from "../math.js";
import { get_seed } from "../random/seeds.js";

/* Classes drawn as candidates: what was drawn, and how often true and drawn ones were to be expected. */

type Seed = number | null;
const classesOf = (classes: Data): Tensor => {
  const x = toTensor(classes);
  return x._value?.weak ? cast(x, int64) : x;
};
function draw(
  type: string,
  classes: Data,
  num_true: number,
  num_sampled: number,
  unique: boolean,
  more: Readonly<Record<string, unknown>>,
  seed: Seed,
  name: Name,
): Tuple<Tensor> {
  const [a, b] = get_seed(seed);
  return Tuple.of_(
    op(
      type,
      [classesOf(classes)],
      { num_true, num_sampled, unique, ...more, seed: Number(a), seed2: Number(b) },
      name,
    ),
  );
}
const sampler = (py: string, type: string) =>
  def(
    `tensorflow.random.${py}`,
    "true_classes num_true num_sampled unique range_max seed name",
    (
      true_classes: Data,
      num_true: number,
      num_sampled: number,
      unique: boolean,
      range_max: number,
      seed: Seed = null,
      name: Name = null,
    ): Tuple<Tensor> => draw(type, true_classes, num_true, num_sampled, unique, { range_max }, seed, name),
  );
/** Every class is as probable as any other. */
export const uniform_candidate_sampler = sampler("uniform_candidate_sampler", "UniformCandidateSampler");
/** Classes by rank: P(c) = log(1 + 1/(c + 1)) / log(1 + range_max). */
export const log_uniform_candidate_sampler = sampler(
  "log_uniform_candidate_sampler",
  "LogUniformCandidateSampler",
);
/** Classes as often as they were true in calls before. */
export const learned_unigram_candidate_sampler = sampler(
  "learned_unigram_candidate_sampler",
  "LearnedUnigramCandidateSampler",
);
/** Classes by given counts^distortion. */
export const fixed_unigram_candidate_sampler = def(
  "tensorflow.random.fixed_unigram_candidate_sampler",
  "true_classes num_true num_sampled unique range_max vocab_file distortion num_reserved_ids num_shards shard unigrams seed name",
  (
    true_classes: Data,
    num_true: number,
    num_sampled: number,
    unique: boolean,
    range_max: number,
    vocab_file = "",
    distortion: number = 1,
    num_reserved_ids = 0,
    num_shards = 1,
    shard = 0,
    unigrams: readonly number[] = [],
    seed: Seed = null,
    name: Name = null,
  ): Tuple<Tensor> =>
    draw(
      "FixedUnigramCandidateSampler",
      true_classes,
      num_true,
      num_sampled,
      unique,
      { range_max, vocab_file, distortion, num_reserved_ids, num_shards, shard, unigrams: [...unigrams] },
      seed,
      name,
    ),
);
/** All classes, for comparison with a full softmax. */
export const all_candidate_sampler = def(
  "tensorflow.random.all_candidate_sampler",
  "true_classes num_true num_sampled unique seed name",
  (
    true_classes: Data,
    num_true: number,
    num_sampled: number,
    unique: boolean,
    seed: Seed = null,
    name: Name = null,
  ): Tuple<Tensor> =>
    draw("AllCandidateSampler", true_classes, num_true, num_sampled, unique, {}, seed, name),
);
/** Where candidates are true classes: rows, places among the candidates, and weights of −FLOAT_MAX. */
export const compute_accidental_hits = def(
  "tensorflow.nn.compute_accidental_hits",
  "true_classes sampled_candidates num_true seed name",
  (
    true_classes: Data,
    sampled_candidates: Data,
    num_true: number,
    seed: Seed = null,
    name: Name = null,
  ): Tuple<Tensor> => {
    const [a, b] = get_seed(seed);
    return Tuple.of_(
      op(
        "ComputeAccidentalHits",
        [classesOf(true_classes), classesOf(sampled_candidates)],
        { num_true, seed: Number(a), seed2: Number(b) },
        name,
      ),
    );
  },
);
/** @throws ValueError for what is not three tensors */
export function sampledTriple(values: readonly Data[]): [Data, Data, Data] {
  if (values.length !== 3) throw new ValueError(`too many values to unpack (expected 3)`);
  return [values[0]!, values[1]!, values[2]!];
}
