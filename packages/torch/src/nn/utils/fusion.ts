import { AssertionError, deepcopy, def, Tuple } from "@cognate/py";
import type { Tensor } from "../../tensor/tensor.js";
import type { ModuleImpl } from "../module.js";
import { Parameter } from "../parameter.js";

type Maybe = Tensor | null;
type Pair = Tuple<Parameter>;

/** The statistics and weights of a normalisation. */
type Norm = ModuleImpl & {
  readonly running_mean: Maybe;
  readonly running_var: Maybe;
  readonly eps: number;
  readonly weight: Maybe;
  readonly bias: Maybe;
};
type Affine = ModuleImpl & { weight: Parameter; bias: Parameter | null };

function fused(
  w: Tensor,
  b: Maybe,
  mean: Tensor,
  variance: Tensor,
  eps: number,
  weight: Maybe,
  bias: Maybe,
  shape: readonly number[],
): Pair {
  const inverse = variance.add(eps).rsqrt();
  const scale = weight === null ? inverse : weight.mul(inverse);
  const shifted = (b === null ? mean.neg() : b.sub(mean)).mul(scale);
  const parts = [w.mul(scale.reshape(...shape)), bias === null ? shifted : shifted.add(bias)];
  return Tuple.of_(parts.map((t) => new Parameter(t.detach().to(w.dtype), w.requires_grad)));
}

/** The weight and bias of a convolution with the normalisation after it folded in. */
export const fuse_conv_bn_weights = def(
  "torch.nn.utils.fusion.fuse_conv_bn_weights",
  "conv_w conv_b bn_rm bn_rv bn_eps bn_w bn_b transpose",
  (
    conv_w: Tensor,
    conv_b: Maybe,
    bn_rm: Tensor,
    bn_rv: Tensor,
    bn_eps: number | Number,
    bn_w: Maybe,
    bn_b: Maybe,
    transpose = false,
  ): Pair => {
    const ones = Array.from({ length: conv_w.ndim - 2 }, () => 1);
    return fused(
      conv_w,
      conv_b,
      bn_rm,
      bn_rv,
      Number(bn_eps),
      bn_w,
      bn_b,
      transpose ? [1, -1, ...ones] : [-1, 1, ...ones],
    );
  },
);

/** The weight and bias of a linear layer with the normalisation after it folded in. */
export const fuse_linear_bn_weights = def(
  "torch.nn.utils.fusion.fuse_linear_bn_weights",
  "linear_w linear_b bn_rm bn_rv bn_eps bn_w bn_b",
  (
    linear_w: Tensor,
    linear_b: Maybe,
    bn_rm: Tensor,
    bn_rv: Tensor,
    bn_eps: number | Number,
    bn_w: Maybe,
    bn_b: Maybe,
  ): Pair => fused(linear_w, linear_b, bn_rm, bn_rv, Number(bn_eps), bn_w, bn_b, [-1, 1]),
);

function checked(layer: ModuleImpl, bn: ModuleImpl): Norm {
  if (layer.training || bn.training) throw new AssertionError("Fusion only for eval!");
  return bn as Norm;
}

/** A convolution that does what it and the batch norm after it do in evaluation. @throws AssertionError in training */
export const fuse_conv_bn_eval = def(
  "torch.nn.utils.fusion.fuse_conv_bn_eval",
  "conv bn transpose",
  <M extends ModuleImpl>(conv: M, bn: ModuleImpl, transpose = false): M => {
    const n = checked(conv, bn);
    const copy = deepcopy(conv) as M & Affine;
    const made = fuse_conv_bn_weights(
      copy.weight,
      copy.bias,
      n.running_mean!,
      n.running_var!,
      n.eps,
      n.weight,
      n.bias,
      transpose,
    );
    [copy.weight, copy.bias] = [made[0]!, made[1]!];
    return copy;
  },
);

/** A linear layer that does what it and the batch norm after it do in evaluation. @throws AssertionError in training */
export const fuse_linear_bn_eval = def(
  "torch.nn.utils.fusion.fuse_linear_bn_eval",
  "linear bn",
  <M extends ModuleImpl>(linear: M, bn: ModuleImpl): M => {
    const n = checked(linear, bn);
    const copy = deepcopy(linear) as M & Affine;
    const features = (copy as unknown as { out_features: number }).out_features;
    const channels = (bn as unknown as { num_features: number }).num_features;
    if (features !== channels && channels !== 1)
      throw new AssertionError("To fuse, linear.out_features == bn.num_features or bn.num_features == 1");
    const made = fuse_linear_bn_weights(
      copy.weight,
      copy.bias,
      n.running_mean!,
      n.running_var!,
      n.eps,
      n.weight,
      n.bias,
    );
    [copy.weight, copy.bias] = [made[0]!, made[1]!];
    return copy;
  },
);
