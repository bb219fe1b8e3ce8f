// What torch.nn.functional computes and PyTorch also has at its root, where some arguments stand in another order.
import { def } from "@cognate/py";
import { embedding as lookUp } from "../nn/functional/embedding.js";
import {
  batch_norm as batchNorm,
  group_norm as groupNorm,
  instance_norm as instanceNorm,
  layer_norm as layerNorm,
} from "../nn/functional/norm.js";
import type { Tensor, TensorLike } from "../tensor/tensor.js";
import type { Int } from "./args.js";

export {
  conv_tbc,
  conv_transpose1d,
  conv_transpose2d,
  conv_transpose3d,
  conv1d,
  conv2d,
  conv3d,
} from "../nn/functional/conv.js";
export { cdist, cosine_similarity, pairwise_distance, pdist } from "../nn/functional/distance.js";
export { bilinear } from "../nn/functional/linear.js";
export { rms_norm } from "../nn/functional/norm.js";
export {
  adaptive_avg_pool1d,
  avg_pool1d,
  max_pool1d,
  max_pool1d_with_indices,
  max_pool2d,
  max_pool3d,
} from "../nn/functional/pool.js";
export {
  gru,
  gru_cell,
  lstm,
  lstm_cell,
  rnn_relu,
  rnn_relu_cell,
  rnn_tanh,
  rnn_tanh_cell,
} from "../nn/functional/recurrent.js";
export {
  channel_shuffle,
  native_channel_shuffle,
  pixel_shuffle,
  pixel_unshuffle,
} from "../nn/functional/vision.js";

type Optional = TensorLike | null;

/** `torch.nn.functional.batch_norm` with the weights before the statistics. */
export const batch_norm = def(
  "torch.batch_norm",
  "input weight bias running_mean running_var training momentum eps cudnn_enabled",
  (
    input: TensorLike,
    weight: Optional,
    bias: Optional,
    running_mean: Tensor | null,
    running_var: Tensor | null,
    training: boolean,
    momentum: number | Number,
    eps: number | Number,
    _cudnn_enabled: boolean,
  ): Tensor => batchNorm(input, running_mean, running_var, weight, bias, training, momentum, eps),
);

/** `torch.nn.functional.instance_norm` with the weights before the statistics. */
export const instance_norm = def(
  "torch.instance_norm",
  "input weight bias running_mean running_var use_input_stats momentum eps cudnn_enabled",
  (
    input: TensorLike,
    weight: Optional,
    bias: Optional,
    running_mean: Tensor | null,
    running_var: Tensor | null,
    use_input_stats: boolean,
    momentum: number | Number,
    eps: number | Number,
    _cudnn_enabled: boolean,
  ): Tensor => instanceNorm(input, running_mean, running_var, weight, bias, use_input_stats, momentum, eps),
);

/** `torch.nn.functional.layer_norm`. */
export const layer_norm = def(
  "torch.layer_norm",
  "input normalized_shape weight bias eps cudnn_enable",
  (
    input: TensorLike,
    normalized_shape: readonly Int[],
    weight: Optional = null,
    bias: Optional = null,
    eps: number | Number = 1e-5,
    _cudnn_enable = true,
  ): Tensor => layerNorm(input, normalized_shape, weight, bias, eps),
);

/** `torch.nn.functional.group_norm`. */
export const group_norm = def(
  "torch.group_norm",
  "input num_groups weight bias eps cudnn_enabled",
  (
    input: TensorLike,
    num_groups: Int,
    weight: Optional = null,
    bias: Optional = null,
    eps: number | Number = 1e-5,
    _cudnn_enabled = true,
  ): Tensor => groupNorm(input, num_groups, weight, bias, eps),
);

/** `torch.nn.functional.embedding` with the table first; −1 as `padding_idx` means none. */
export const embedding = def(
  "torch.embedding",
  "weight indices padding_idx scale_grad_by_freq sparse",
  (
    weight: TensorLike,
    indices: TensorLike,
    padding_idx: Int = -1,
    scale_grad_by_freq = false,
    sparse = false,
  ): Tensor =>
    lookUp(
      indices,
      weight,
      Number(padding_idx) < 0 ? null : padding_idx,
      null,
      2,
      scale_grad_by_freq,
      sparse,
    ),
);
