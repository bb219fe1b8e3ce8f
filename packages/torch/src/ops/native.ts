// What torch.nn.functional computes and PyTorch also has at its root as C++ has it: modes are numbers there, and nothing
// is averaged by default.
import { def, RuntimeError, type Tuple } from "@cognate/py";
import { noGrad } from "@cognate/tensor";
import * as conv from "../nn/functional/conv.js";
import * as embed from "../nn/functional/embedding.js";
import * as ctc from "../nn/functional/loss/ctc.js";
import * as likelihood from "../nn/functional/loss/likelihood.js";
import * as margins from "../nn/functional/loss/margin.js";
import * as pool from "../nn/functional/pool.js";
import * as grid from "../nn/functional/vision/grid.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Int } from "./args.js";

type Num = number | Number;
type Optional = Tensor | null;

const REDUCTIONS = ["none", "mean", "sum"];
const INTERPOLATIONS = ["bilinear", "nearest", "bicubic"];
const PADDINGS = ["zeros", "border", "reflection"];

const reduced = (reduction: Int) => ({ reduction: REDUCTIONS[Number(reduction)] ?? String(reduction) });

/** `torch.nn.functional.kl_div` with the reduction as a number: 0 none, 1 mean, 2 sum. */
export const kl_div = def(
  "torch.kl_div",
  "input target reduction * log_target",
  (input: Tensor, target: Tensor, reduction: Int = 0, log_target = false): Tensor =>
    likelihood.kl_div(input, target, { ...reduced(reduction), log_target }),
);
/** `torch.nn.functional.binary_cross_entropy_with_logits` with the reduction as a number. */
export const binary_cross_entropy_with_logits = def(
  "torch.binary_cross_entropy_with_logits",
  "input target weight pos_weight reduction",
  (
    input: Tensor,
    target: Tensor,
    weight: Optional = null,
    pos_weight: Optional = null,
    reduction: Int = 0,
  ): Tensor =>
    likelihood.binary_cross_entropy_with_logits(input, target, { weight, pos_weight, ...reduced(reduction) }),
);
/** `torch.nn.functional.poisson_nll_loss` with the reduction as a number. */
export const poisson_nll_loss = def(
  "torch.poisson_nll_loss",
  "input target log_input full eps reduction",
  (input: Tensor, target: Tensor, log_input: boolean, full: boolean, eps: Num, reduction: Int): Tensor =>
    likelihood.poisson_nll_loss(input, target, { log_input, full, eps, ...reduced(reduction) }),
);
/** `torch.nn.functional.margin_ranking_loss` with the reduction as a number. */
export const margin_ranking_loss = def(
  "torch.margin_ranking_loss",
  "input1 input2 target margin reduction",
  (input1: Tensor, input2: Tensor, target: Tensor, margin: Num = 0, reduction: Int = 0): Tensor =>
    margins.margin_ranking_loss(input1, input2, target, { margin, ...reduced(reduction) }),
);
/** `torch.nn.functional.hinge_embedding_loss` with the reduction as a number. */
export const hinge_embedding_loss = def(
  "torch.hinge_embedding_loss",
  "input target margin reduction",
  (input: Tensor, target: Tensor, margin: Num = 1, reduction: Int = 0): Tensor =>
    margins.hinge_embedding_loss(input, target, { margin, ...reduced(reduction) }),
);
/** `torch.nn.functional.cosine_embedding_loss` with the reduction as a number. */
export const cosine_embedding_loss = def(
  "torch.cosine_embedding_loss",
  "input1 input2 target margin reduction",
  (input1: Tensor, input2: Tensor, target: Tensor, margin: Num = 0, reduction: Int = 0): Tensor =>
    margins.cosine_embedding_loss(input1, input2, target, { margin, ...reduced(reduction) }),
);
/** `torch.nn.functional.triplet_margin_loss` with the reduction as a number. */
export const triplet_margin_loss = def(
  "torch.triplet_margin_loss",
  "anchor positive negative margin p eps swap reduction",
  (
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    margin: Num = 1,
    p: Num = 2,
    eps: Num = 1e-6,
    swap = false,
    reduction: Int = 0,
  ): Tensor =>
    margins.triplet_margin_loss(anchor, positive, negative, { margin, p, eps, swap, ...reduced(reduction) }),
);
/** `torch.nn.functional.ctc_loss` with the reduction as a number. */
export const ctc_loss = def(
  "torch.ctc_loss",
  "log_probs targets input_lengths target_lengths blank reduction zero_infinity",
  (
    log_probs: Tensor,
    targets: Tensor,
    input_lengths: Tensor | readonly Int[],
    target_lengths: Tensor | readonly Int[],
    blank: Int = 0,
    reduction: Int = 0,
    zero_infinity = false,
  ): Tensor =>
    ctc.ctc_loss(log_probs, targets, input_lengths as never, target_lengths as never, {
      blank: Number(blank),
      zero_infinity,
      ...reduced(reduction),
    }),
);

const sampler = (name: string) =>
  def(
    `torch.${name}`,
    "input grid interpolation_mode padding_mode align_corners",
    (input: Tensor, at: Tensor, interpolation_mode: Int, padding_mode: Int, align_corners: boolean): Tensor =>
      grid.grid_sample(
        input,
        at,
        INTERPOLATIONS[Number(interpolation_mode)] as never,
        PADDINGS[Number(padding_mode)] as never,
        align_corners,
      ),
  );

/** `torch.nn.functional.grid_sample` with its modes as numbers. */
export const grid_sampler = sampler("grid_sampler");
/** {@link grid_sampler} of images. */
export const grid_sampler_2d = sampler("grid_sampler_2d");
/** {@link grid_sampler} of volumes. */
export const grid_sampler_3d = sampler("grid_sampler_3d");
/** `torch.nn.functional.affine_grid`. */
export const affine_grid_generator = def(
  "torch.affine_grid_generator",
  "theta size align_corners",
  (theta: Tensor, size: readonly Int[], align_corners: boolean): Tensor =>
    grid.affine_grid(theta, size as never, align_corners),
);

/** Maxima of equal parts of the last axis, and where they stood. */
export const adaptive_max_pool1d = def(
  "torch.adaptive_max_pool1d",
  "input output_size",
  (input: Tensor, output_size: Int | readonly Int[]): Tuple<Tensor> =>
    pool.adaptive_max_pool1d(input, output_size as never, true as never) as unknown as Tuple<Tensor>,
);

/** Every convolution by one name: transposed or not, by as many axes as `stride` says. */
export const convolution = def(
  "torch.convolution",
  "input weight bias stride padding dilation transposed output_padding groups",
  (
    input: Tensor,
    weight: Tensor,
    bias: Optional,
    stride: readonly number[],
    padding: readonly number[],
    dilation: readonly number[],
    transposed: boolean,
    output_padding: readonly number[],
    groups: number,
  ): Tensor => {
    const axes = weight.ndim - 2;
    const plain = [conv.conv1d, conv.conv2d, conv.conv3d][axes - 1];
    const back = [conv.conv_transpose1d, conv.conv_transpose2d, conv.conv_transpose3d][axes - 1];
    if (!plain || !back)
      throw new RuntimeError(`Expected 3D, 4D or 5D weight for convolution, but got ${weight.ndim}D`);
    return transposed
      ? back(
          input,
          weight,
          bias,
          stride as never,
          padding as never,
          output_padding as never,
          groups,
          dilation as never,
        )
      : plain(input, weight, bias, stride as never, padding as never, dilation as never, groups);
  },
);

/** Scales the rows of a weight that `indices` name down to a norm of at most `max_norm`, in place. */
export const embedding_renorm_ = def(
  "torch.embedding_renorm_",
  "input indices max_norm norm_type",
  (input: Tensor, indices: Tensor, max_norm: Num, norm_type: Num): Tensor => {
    noGrad(() => embed.embedding(indices, input, { max_norm, norm_type }));
    return input;
  },
);
