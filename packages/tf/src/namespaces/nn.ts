/** `tf.nn`. */
export {
  atrous_conv2d, avg_pool, avg_pool1d, avg_pool2d, avg_pool3d, batch_normalization, bias_add, conv1d, conv1d_transpose, conv2d,
  conv2d_transpose, conv3d, conv3d_transpose, convolution, crelu, ctc_loss, depth_to_space, depthwise_conv2d, dilation2d, elu,
  embedding_lookup, erosion2d, gelu, in_top_k, l2_loss, l2_normalize, leaky_relu, local_response_normalization,
  log_poisson_loss, log_softmax, lrn, max_pool, max_pool1d, max_pool2d, max_pool3d, max_pool_with_argmax, moments,
  normalize_moments, pool, relu, relu6, selu, separable_conv2d, sigmoid_cross_entropy_with_logits, silu, softmax,
  softmax_cross_entropy_with_logits, softplus, space_to_depth, sparse_softmax_cross_entropy_with_logits,
  sufficient_statistics, swish, top_k, weighted_cross_entropy_with_logits, weighted_moments,
} from "../ops/nn.js";
export { sigmoid, softsign, tanh } from "../ops/math.js";
export { space_to_batch } from "../ops/array.js";
export { zero_fraction } from "../ops/reduce.js";
export { dropout } from "../ops/random.js";
import { stateless_dropout } from "../ops/random.js";
export const experimental = { stateless_dropout } as const;
