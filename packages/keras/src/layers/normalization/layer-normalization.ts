import { repr, TypeError, warn } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import {
  type ConstraintLike,
  type InitializerLike,
  type LayerOptions,
  type RegularizerLike,
  stock,
} from "../stock.js";
import { AFFINE, Affine, type Axes } from "./affine.js";

export class LayerNormalizationImpl extends Affine {
  declare readonly rms_scaling: boolean;

  constructor(
    axis: Axes = -1,
    epsilon = 0.001,
    center = true,
    scale = true,
    beta_initializer: InitializerLike = "zeros",
    gamma_initializer: InitializerLike = "ones",
    beta_regularizer: RegularizerLike | null = null,
    gamma_regularizer: RegularizerLike | null = null,
    beta_constraint: ConstraintLike | null = null,
    gamma_constraint: ConstraintLike | null = null,
    { rms_scaling = false, ...options }: LayerOptions & { rms_scaling?: boolean } = {},
  ) {
    if (rms_scaling)
      warn(
        "You passed `rms_scaling=True`, which is deprecated. This argument incorrectly scales the input by the variance, not the root mean square. To correctly use RMS Normalization, please use `keras.layers.RMSNormalization` instead.",
      );
    super(options);
    if (!Array.isArray(axis) && !Number.isInteger(axis))
      throw new TypeError(
        `Expected an int or a list/tuple of ints for the argument 'axis', but received: ${repr(axis)}`,
      );
    this._take({
      axis: typeof axis === "number" ? axis : [...axis],
      epsilon,
      center,
      scale,
      rms_scaling,
      beta_initializer,
      gamma_initializer,
      beta_regularizer,
      gamma_regularizer,
      beta_constraint,
      gamma_constraint,
    });
    this.supports_masking = true;
    this.autocast = false;
  }
  override build(input_shape: Shape): void {
    const axes = typeof this.axis === "number" ? [this.axis] : [...this.axis].sort((a, b) => a - b);
    this._take({ axis: axes });
    const features = axes.map((a) => input_shape.at(a)!);
    if (this.rms_scaling) this._take({ scale: true, center: false });
    this._weights(AFFINE, { features });
  }
  override call(inputs: Tensor): Tensor {
    if (!this.rms_scaling)
      return K.cast(
        K.layer_normalization(inputs, this.gamma, this.beta, this.axis, Number(this.epsilon)),
        this.compute_dtype,
      );
    const inverse = K.rsqrt(K.add(K.var_(inputs, this.axis, true), Number(this.epsilon)));
    const axes = (this.axis as readonly number[]).map((a) => (a < 0 ? a + inputs.shape.length : a));
    const along = inputs.shape.map((n, i) => (axes.includes(i) ? n : 1));
    const y = K.multiply(K.multiply(inputs, inverse), K.reshape(this.gamma!, along));
    return K.cast(y, this.compute_dtype);
  }
}

/** `keras.layers.LayerNormalization`: γ·(x − mean)/√(variance + ε) + β over axes of each example. */
export const LayerNormalization = stock(
  "normalization.layer_normalization.LayerNormalization",
  "axis epsilon center scale beta_initializer gamma_initializer beta_regularizer gamma_regularizer beta_constraint gamma_constraint **kwargs",
  LayerNormalizationImpl,
  {
    config:
      "axis epsilon center scale rms_scaling beta_initializer gamma_initializer beta_regularizer gamma_regularizer beta_constraint gamma_constraint",
  },
);
export type LayerNormalization = LayerNormalizationImpl;
