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
