import * as nnOps from "../../ops/nn.js";
import { recorded } from "../make.js";

export { sigmoid, tanh } from "../core.js";
export { embedding_lookup } from "../math.js";
export { dropout } from "../nn/dropout.js";
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
  ctc_loss,
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
export { softsign } from "../softsign.js";
