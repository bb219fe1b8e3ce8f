import { ValueError } from "@cognate/py";
import { type Shape, shapeText } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { InputSpec } from "../input-spec.js";
import {
  type ConstraintLike,
  type InitializerLike,
  type LayerOptions,
  type RegularizerLike,
  stock,
} from "../stock.js";
import { AFFINE, Affine } from "./affine.js";

export class GroupNormalizationImpl extends Affine {
  declare groups: number;
  declare readonly axis: number;

  constructor(
    groups = 32,
    axis = -1,
    epsilon = 1e-3,
    center = true,
    scale = true,
    beta_initializer: InitializerLike = "zeros",
    gamma_initializer: InitializerLike = "ones",
    beta_regularizer: RegularizerLike | null = null,
    gamma_regularizer: RegularizerLike | null = null,
    beta_constraint: ConstraintLike | null = null,
    gamma_constraint: ConstraintLike | null = null,
    options: LayerOptions = {},
  ) {
    super(options);
    this._take({
      groups,
      axis,
      epsilon,
      center,
      scale,
      beta_initializer,
      gamma_initializer,
      beta_regularizer,
      gamma_regularizer,
      beta_constraint,
      gamma_constraint,
    });
    this.supports_masking = true;
  }
  override build(input_shape: Shape): void {
    const { axis } = this;
    const dim = input_shape.at(axis);
    if (dim === null || dim === undefined)
      throw new ValueError(
        `Axis ${axis} of input tensor should have a defined dimension but the layer received an input with shape ${shapeText(input_shape)}.`,
      );
    if (this.groups === -1) this._take({ groups: dim });
    const { groups } = this;
    if (dim < groups)
      throw new ValueError(
        `Number of groups (${groups}) cannot be more than the number of channels (${dim}).`,
      );
    if (dim % groups !== 0)
      throw new ValueError(
        `Number of groups (${groups}) must be a multiple of the number of channels (${dim}).`,
      );
    this.input_spec = InputSpec({ ndim: input_shape.length, axes: { [axis]: dim } });
    this._weights(AFFINE, { features: [dim] });
  }
  override call(inputs: Tensor): Tensor {
    const rank = inputs.shape.length;
    const at = this.axis < 0 ? this.axis + rank : this.axis;
    const size = inputs.shape[at]! / this.groups;
    const cut = inputs.shape.flatMap((n, i) => (i === at ? [this.groups, size] : [n]));
    const wide = inputs._type.half ? K.cast(inputs, "float32") : inputs;
    const x = K.reshape(wide, cut);
    const axes = cut.map((_, i) => i).filter((i) => i > 0 && i !== at);
    const [mean, variance] = K.moments(x, axes, true);
    const along = cut.map((n, i) => (i === at || i === at + 1 ? n : 1));
    let inverse = K.rsqrt(K.add(variance!, Number(this.epsilon)));
    if (this.gamma) inverse = K.multiply(inverse, K.cast(K.reshape(this.gamma, along), K.dtype(x)));
    let shift = K.multiply(K.negative(mean!), inverse);
    if (this.beta) shift = K.add(shift, K.cast(K.reshape(this.beta, along), K.dtype(x)));
    const y = K.add(K.multiply(x, inverse), shift);
    return K.cast(K.reshape(y, inputs.shape), this.compute_dtype);
  }
}

/** `keras.layers.GroupNormalization`: channels normalised in groups, each example on its own. */
export const GroupNormalization = stock(
  "normalization.group_normalization.GroupNormalization",
  "groups axis epsilon center scale beta_initializer gamma_initializer beta_regularizer gamma_regularizer beta_constraint gamma_constraint **kwargs",
  GroupNormalizationImpl,
);
export type GroupNormalization = GroupNormalizationImpl;
