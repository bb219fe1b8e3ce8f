import * as nnOps from "../../ops/nn.js";
import { recorded } from "../make.js";

export * as rnn_cell from "./rnn-cell.js";
export { dropout } from "../nn/dropout.js";
export { embedding_lookup } from "../math.js";
export { bidirectional_dynamic_rnn, dynamic_rnn, raw_rnn, static_bidirectional_rnn, static_rnn } from "../rnn/dynamic.js";
export { sigmoid, tanh } from "../core.js";

export const {
  bias_add, conv1d, conv2d, conv3d, conv2d_transpose, conv3d_transpose, crelu, depthwise_conv2d, elu, in_top_k, l2_loss,
  leaky_relu, local_response_normalization, lrn, max_pool, avg_pool, max_pool_with_argmax, relu, relu6, selu, softplus,
  sparse_softmax_cross_entropy_with_logits, top_k,
} = recorded(nnOps);
