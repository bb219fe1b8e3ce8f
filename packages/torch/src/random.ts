/**
 * `torch.random`: seeds and states of the stream that calls draw from.
 *
 * @packageDocumentation
 */

export { default_generator } from "./random/generator.js";
export {
  fork_rng,
  get_rng_state,
  initial_seed,
  manual_seed,
  seed,
  set_rng_state,
} from "./random/seeding.js";
