/** `keras.random`: draws from distributions, and the generator of their seeds. */
export {
  beta,
  binomial,
  categorical,
  dropout,
  gamma,
  normal,
  randint,
  shuffle,
  truncated_normal,
  uniform,
} from "./random.js";
export { SeedGenerator } from "./seed-generator.js";
