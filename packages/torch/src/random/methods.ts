// What is a method of tensors.
export {
  bernoulli_,
  cauchy_,
  exponential_,
  geometric_,
  log_normal_,
  normal_,
  random_,
  uniform_,
} from "./in-place.js";
export { bernoulli, multinomial } from "./sample.js";
