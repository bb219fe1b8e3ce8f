import * as random2 from "../../namespaces/random.js";
import { recorded } from "../make.js";

export { get_seed, set_random_seed } from "../graph.js";
export {
  multinomial,
  random_gamma as gamma,
  random_normal as normal,
  random_poisson as poisson,
  random_shuffle as shuffle,
  random_uniform as uniform,
  truncated_normal,
} from "../random-ops.js";
/** What functions of TensorFlow 2 draw, recorded in the graph. */
export const {
  all_candidate_sampler,
  categorical,
  create_rng_state,
  experimental,
  fixed_unigram_candidate_sampler,
  fold_in,
  get_global_generator,
  learned_unigram_candidate_sampler,
  log_uniform_candidate_sampler,
  set_global_generator,
  split,
  stateless_binomial,
  stateless_categorical,
  stateless_gamma,
  stateless_normal,
  stateless_parameterized_truncated_normal,
  stateless_poisson,
  stateless_truncated_normal,
  stateless_uniform,
  uniform_candidate_sampler,
} = recorded(random2);
export { Algorithm, Generator } from "../../ops/random.js";
