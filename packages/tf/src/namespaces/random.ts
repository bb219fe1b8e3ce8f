/** `tf.random`. */
import {
  Algorithm,
  create_rng_state,
  fold_in,
  Generator,
  get_global_generator,
  index_shuffle,
  set_global_generator,
  split,
  stateless_shuffle,
} from "../ops/random.js";

export {
  all_candidate_sampler,
  fixed_unigram_candidate_sampler,
  learned_unigram_candidate_sampler,
  log_uniform_candidate_sampler,
  uniform_candidate_sampler,
} from "../ops/nn/candidates.js";
export {
  Algorithm,
  categorical,
  create_rng_state,
  fold_in,
  Generator,
  gamma,
  get_global_generator,
  normal,
  poisson,
  set_global_generator,
  set_seed,
  shuffle,
  split,
  stateless_binomial,
  stateless_categorical,
  stateless_gamma,
  stateless_normal,
  stateless_parameterized_truncated_normal,
  stateless_poisson,
  stateless_truncated_normal,
  stateless_uniform,
  truncated_normal,
  uniform,
} from "../ops/random.js";
/** Names from before they were settled. */
export const experimental = {
  Algorithm,
  create_rng_state,
  Generator,
  get_global_generator,
  index_shuffle,
  set_global_generator,
  stateless_split: split,
  stateless_fold_in: fold_in,
  stateless_shuffle,
} as const;
