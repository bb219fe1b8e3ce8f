import { tuple } from "@cognate/py";
import * as F from "../nn/functional/index.js";
import { convolution } from "../ops/native.js";
import * as nn from "../ops/nn.js";
import type { Tensor } from "../tensor/tensor.js";
import { type Operators, table } from "./operator.js";

type Optional = Tensor | null;
type Sizes = readonly number[];

const convolved = (
  x: Tensor,
  weight: Tensor,
  bias: Optional,
  stride: Sizes,
  padding: Sizes,
  dilation: Sizes,
  transposed: boolean,
  output_padding: Sizes,
  groups: number,
): Tensor => convolution(x, weight, bias, stride, padding, dilation, transposed, output_padding, groups);

/** Mean and 1/√(var + ε) over the axes that a layer norm works on, kept as axes of length 1. */
function moments(x: Tensor, axes: number, eps: number): [Tensor, Tensor] {
  const dims = Array.from({ length: axes }, (_, i) => i - axes);
  const mean = x.mean(dims, true);
  return [mean, x.sub(mean).pow(2).mean(dims, true).add(eps).rsqrt()];
}

/** Mean and 1/√(var + ε) of each channel of a batch; nothing in evaluation. */
function batchMoments(x: Tensor, training: boolean, eps: number): Tensor[] {
  if (!training) return [x.new_empty([0]), x.new_empty([0])];
  const dims = Array.from({ length: x.ndim }, (_, i) => i).filter((i) => i !== 1);
  const mu = x.mean(dims);
  const shape = Array.from({ length: x.ndim }, (_, i) => (i === 1 ? -1 : 1));
  return [mu, x.sub(mu.view(shape)).pow(2).mean(dims).add(eps).rsqrt()];
}

function batchNorm(
  x: Tensor,
  weight: Optional,
  bias: Optional,
  mean: Optional,
  variance: Optional,
  training: boolean,
  momentum: number,
  eps: number,
): unknown {
  const y = F.batch_norm(x, mean, variance, weight, bias, training, momentum, eps);
  return tuple([y, ...batchMoments(x, training, eps)]);
}

const softened = (f: (x: Tensor, dim: number, stacklevel?: never, dtype?: never) => Tensor) => {
  return (x: Tensor, dim: number, dtype: unknown = null): Tensor =>
    f((dtype !== null && typeof dtype === "object" ? x.to(dtype as never) : x) as Tensor, dim);
};

/** Activations with the scales that fused kernels take. */
const scaledElu = (x: Tensor, alpha = 1, scale = 1, input_scale = 1): Tensor =>
  Number(scale) === 1 && Number(input_scale) === 1
    ? F.elu(x, alpha)
    : x
        .clamp({ min: 0 })
        .add(x.clamp({ max: 0 }).mul(input_scale).expm1().mul(alpha))
        .mul(scale);

/** Layers as native operators have them. */
export const LAYERS: Operators = table({
  "_convolution input weight bias stride padding dilation transposed output_padding groups benchmark deterministic cudnn_enabled allow_tf32":
    convolved,
  "convolution input weight bias stride padding dilation transposed output_padding groups": convolved,
  "_convolution_mode input weight bias stride padding dilation groups": (
    x: Tensor,
    weight: Tensor,
    bias: Optional,
    stride: Sizes,
    padding: string,
    dilation: Sizes,
    groups: number,
  ) => {
    const conv = [F.conv1d, F.conv2d, F.conv3d][weight.ndim - 3]!;
    return conv(x, weight, bias, stride as never, padding as never, dilation as never, groups);
  },
  "native_layer_norm input normalized_shape weight bias eps": (
    x: Tensor,
    shape: Sizes,
    weight: Optional,
    bias: Optional,
    eps: number,
  ) => tuple([F.layer_norm(x, shape as never, weight, bias, eps), ...moments(x, shape.length, eps)]),
  "native_group_norm input weight bias N C HxW group eps": (
    x: Tensor,
    weight: Optional,
    bias: Optional,
    n: number,
    _c: number,
    _size: number,
    groups: number,
    eps: number,
  ) => {
    const [mean, scale] = moments(x.reshape([n, groups, -1]), 1, eps);
    return tuple([F.group_norm(x, groups, weight, bias, eps), mean.view(n, groups), scale.view(n, groups)]);
  },
  "native_batch_norm input weight bias running_mean running_var training momentum eps": batchNorm,
  "_native_batch_norm_legit input weight bias running_mean running_var training momentum eps": (
    x: Tensor,
    weight: Optional,
    bias: Optional,
    ...rest: readonly unknown[]
  ) => {
    // Without running statistics their places fall away.
    const [mean, variance, ...how] = typeof rest[0] === "boolean" ? [null, null, ...rest] : rest;
    const [training, momentum, eps] = how as [boolean, number, number];
    return batchNorm(x, weight, bias, mean as Optional, variance as Optional, training, momentum, eps);
  },
  "_native_batch_norm_legit_functional input weight bias running_mean running_var training momentum eps": (
    x: Tensor,
    weight: Optional,
    bias: Optional,
    mean: Tensor,
    variance: Tensor,
    training: boolean,
    momentum: number,
    eps: number,
  ) => {
    const [m, v] = [mean.clone(), variance.clone()];
    return tuple([...(batchNorm(x, weight, bias, m, v, training, momentum, eps) as Tensor[]), m, v]);
  },
  "_native_batch_norm_legit_no_training input weight bias running_mean running_var momentum eps": (
    x: Tensor,
    weight: Optional,
    bias: Optional,
    mean: Tensor,
    variance: Tensor,
    momentum: number,
    eps: number,
  ) => batchNorm(x, weight, bias, mean, variance, false, momentum, eps),
  "softmax self dim dtype": softened(F.softmax as never),
  "log_softmax self dim dtype": softened(F.log_softmax as never),
  "_softmax self dim half_to_float": (x: Tensor, dim: number, _half = false) => F.softmax(x, dim as never),
  "_log_softmax self dim half_to_float": (x: Tensor, dim: number, _half = false) =>
    F.log_softmax(x, dim as never),
  "elu self alpha scale input_scale": scaledElu,
  "log_sigmoid self": (x: Tensor) => F.logsigmoid(x),
  "rrelu_with_noise self noise lower upper training": (
    x: Tensor,
    _noise: Tensor,
    lower = 1 / 8,
    upper = 1 / 3,
    training = false,
  ) => F.rrelu(x, lower, upper, training),
  "native_dropout input p train": (x: Tensor, p: number, train: boolean | null = true) => {
    const kept = F.dropout(x.detach().new_ones([...x.shape]), p, train === true);
    return tuple([x.mul(kept), kept.ne(0)]);
  },
  "embedding weight indices padding_idx scale_grad_by_freq sparse": (
    weight: Tensor,
    at: Tensor,
    padding_idx = -1,
    scale_grad_by_freq = false,
    _sparse = false,
  ) => F.embedding(at, weight, { padding_idx: padding_idx < 0 ? null : padding_idx, scale_grad_by_freq }),
  "embedding_bag weight indices offsets scale_grad_by_freq mode sparse per_sample_weights include_last_offset padding_idx":
    bagged,
  "_embedding_bag weight indices offsets scale_grad_by_freq mode sparse per_sample_weights include_last_offset padding_idx":
    bagged,
  "_embedding_bag_forward_only weight indices offsets scale_grad_by_freq mode sparse per_sample_weights include_last_offset padding_idx":
    bagged,
  "_trilinear i1 i2 i3 expand1 expand2 expand3 sumdim unroll_dim": (
    a: Tensor,
    b: Tensor,
    c: Tensor,
    ...[expandA, expandB, expandC, sums]: readonly (readonly number[])[]
  ) => {
    const wide = (t: Tensor, axes: readonly number[]) => axes.reduce((x, axis) => x.unsqueeze(axis), t);
    const product = wide(a, expandA!).mul(wide(b, expandB!)).mul(wide(c, expandC!));
    return sums!.length > 0 ? product.sum(sums as number[]) : product;
  },
  "_weight_norm v g dim": (v: Tensor, g: Tensor, dim = 0) => {
    const dims = Array.from({ length: v.ndim }, (_, i) => i).filter((i) => i !== dim);
    return v.mul(g.div(v.pow(2).sum(dims, true).sqrt()));
  },
  "_scaled_dot_product_flash_attention_for_cpu query key value dropout_p is_causal * attn_mask scale": (
    q: Tensor,
    k: Tensor,
    v: Tensor,
    dropout_p = 0,
    is_causal = false,
    attn_mask: Optional = null,
    scale: number | null = null,
  ) => tuple([F.scaled_dot_product_attention(q, k, v, { attn_mask, dropout_p, is_causal, scale }), null]),
  "lstm_cell input hx w_ih w_hh b_ih b_hh": (
    x: Tensor,
    hx: readonly Tensor[],
    wi: Tensor,
    wh: Tensor,
    bi: Optional = null,
    bh: Optional = null,
  ) => nn.lstm_cell(x, hx as never, wi, wh, bi as never, bh as never),
});

function bagged(
  weight: Tensor,
  indices: Tensor,
  offsets: Tensor,
  scale_grad_by_freq = false,
  mode = 0,
  _sparse = false,
  per_sample_weights: Optional = null,
  include_last_offset = false,
  padding_idx: number | null = null,
): unknown {
  const y = F.embedding_bag(indices, weight, offsets, {
    scale_grad_by_freq,
    mode: ["sum", "mean", "max"][mode]!,
    per_sample_weights,
    include_last_offset,
    padding_idx: padding_idx !== null && padding_idx < 0 ? null : padding_idx,
  });
  const empty = offsets.new_empty([0]);
  return tuple([y, empty, empty, empty]);
}
