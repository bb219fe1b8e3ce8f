import * as mathMore from "../../ops/math-more.js";
import * as nnOps from "../../ops/nn.js";
import * as reduceOps from "../../ops/reduce.js";
import { recorded } from "../make.js";

export { sigmoid, tanh } from "../core.js";
export { embedding_lookup } from "../embedding.js";
export { dropout } from "../nn/dropout.js";
export * from "../nn/entropies.js";
export * from "../nn/functions.js";
export {
  bidirectional_dynamic_rnn,
  dynamic_rnn,
  raw_rnn,
  static_bidirectional_rnn,
  static_rnn,
} from "../rnn/dynamic.js";
export * as rnn_cell from "./rnn-cell.js";

export const {
  atrous_conv2d,
  bias_add,
  conv1d,
  conv3d,
  conv3d_transpose,
  convolution,
  crelu,
  ctc_greedy_decoder,
  ctc_unique_labels,
  collapse_repeated,
  all_candidate_sampler,
  uniform_candidate_sampler,
  log_uniform_candidate_sampler,
  learned_unigram_candidate_sampler,
  fixed_unigram_candidate_sampler,
  compute_accidental_hits,
  atrous_conv2d_transpose,
  avg_pool1d,
  avg_pool2d,
  batch_norm_with_global_normalization,
  conv1d_transpose,
  conv_transpose,
  fractional_avg_pool,
  fractional_max_pool,
  gelu,
  max_pool1d,
  max_pool2d,
  normalize_moments,
  silu,
  depthwise_conv2d,
  elu,
  in_top_k,
  l2_loss,
  leaky_relu,
  local_response_normalization,
  log_poisson_loss,
  lrn,
  max_pool3d,
  avg_pool3d,
  max_pool_with_argmax,
  pool,
  relu,
  relu6,
  selu,
  separable_conv2d,
  softplus,
  sufficient_statistics,
  swish,
  weighted_moments,
  depth_to_space,
  space_to_depth,
} = recorded(nnOps);
export const {
  ctc_loss: ctc_loss_v2,
  ctc_beam_search_decoder: ctc_beam_search_decoder_v2,
  depthwise_conv2d_backprop_filter: depthwise_conv2d_native_backprop_filter,
  depthwise_conv2d_backprop_input: depthwise_conv2d_native_backprop_input,
  max_pool: max_pool_v2,
  avg_pool: avg_pool_v2,
} = recorded(nnOps);
export const { compute_average_loss, scale_regularization_loss } = recorded(nnOps);
export const { approx_max_k, approx_min_k } = recorded(mathMore);
export { fused_batch_norm } from "../nn/fused.js";
export { dilation2d, embedding_lookup_sparse, erosion2d } from "../nn/old-orders.js";
export const { zero_fraction } = recorded(reduceOps);
export { ctc_beam_search_decoder, ctc_loss, nce_loss, sampled_softmax_loss } from "../nn/sampled.js";
export { softsign } from "../softsign.js";
