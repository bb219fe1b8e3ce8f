// What hangs on `torch`.
export {
  alpha_dropout,
  alpha_dropout_,
  dropout,
  dropout_,
  feature_alpha_dropout,
  feature_alpha_dropout_,
  feature_dropout,
  feature_dropout_,
  rrelu,
  rrelu_,
} from "./dropout.js";
export { rand, rand_like, randint, randint_like, randn, randn_like, randperm } from "./factories.js";
export { default_generator, Generator } from "./generator.js";
export { bernoulli, binomial, multinomial, normal, poisson } from "./sample.js";
export { get_rng_state, initial_seed, manual_seed, seed, set_rng_state } from "./seeding.js";
