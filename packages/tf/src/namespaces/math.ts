/** `tf.math`. */
export {
  abs, accumulate_n, acos, acosh, add, add_n, angle, asin, asinh, atan, atan2, atanh, bessel_i0, bessel_i0e, bessel_i1,
  bessel_i1e, betainc, ceil, conj, cos, cosh, digamma, divide, divide_no_nan, equal, erf, erfc, erfinv, exp, expm1, floor,
  floordiv, floormod, greater, greater_equal, igamma, igammac, imag, is_finite, is_inf, is_nan, less, less_equal, lgamma,
  log, log1p, log_sigmoid, logical_and, logical_not, logical_or, logical_xor, maximum, minimum, mod, multiply,
  multiply_no_nan, ndtri, negative, nextafter, not_equal, polygamma, pow, real, reciprocal, rint, round, rsqrt,
  sigmoid, sign, sin, sinh, softplus, softsign, sqrt, square, squared_difference, subtract, tan, tanh, truediv, xdivy, xlog1py,
  xlogy, zeta,
} from "../ops/math.js";
export { erfcinv, reciprocal_no_nan, lbeta, bincount, confusion_matrix, invert_permutation, approx_max_k, approx_min_k } from "../ops/math-more.js";
export {
  argmax, argmin, count_nonzero, cumprod, cumsum, cumulative_logsumexp, reduce_all, reduce_any, reduce_euclidean_norm,
  reduce_logsumexp, reduce_max, reduce_mean, reduce_min, reduce_prod, reduce_std, reduce_sum, reduce_variance, segment_max,
  segment_mean, segment_min, segment_prod, segment_sum, unsorted_segment_max, unsorted_segment_mean, unsorted_segment_min,
  unsorted_segment_prod, unsorted_segment_sqrt_n, unsorted_segment_sum, zero_fraction,
} from "../ops/reduce.js";
export { in_top_k, l2_normalize, softmax, log_softmax, top_k } from "../ops/nn.js";
export * as special from "./special.js";
