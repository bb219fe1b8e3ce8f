import { ops } from "@cognate/kernel";
import { asFloat, isPlainObject, repr, ValueError } from "@cognate/py";
import { epsilon as smallest } from "../../backend/config.js";
import type { Shape } from "../../backend/shape.js";
import { type Tensor, wrap } from "../../backend/tensor.js";
import type { Variable } from "../../backend/variable.js";
import * as K from "../../ops/index.js";
import { computeMany } from "../../ops/make.js";
import { InputSpec } from "../input-spec.js";
import {
  type ConstraintLike,
  type InitializerLike,
  type LayerOptions,
  type Layout,
  type RegularizerLike,
  stock,
} from "../stock.js";
import { AFFINE, Affine } from "./affine.js";

const LAYOUT: Layout = {
  ...AFFINE,
  moving_mean: { shape: ["...features"], trainable: false, autocast: false },
  moving_variance: { shape: ["...features"], trainable: false, autocast: false },
};

/** Weights of batch renormalisation (Ioffe, 2017), which keeps a moving deviation too. */
const RENORM: Layout = {
  moving_stddev: { shape: ["...features"], trainable: false, autocast: false },
  renorm_mean: { shape: ["...features"], trainable: false, autocast: false, prefix: "moving_mean" },
  renorm_stddev: { shape: ["...features"], trainable: false, autocast: false, prefix: "moving_stddev" },
};

interface Clipping {
  readonly rmax?: number;
  readonly rmin?: number;
  readonly dmax?: number;
}

export class BatchNormalizationImpl extends Affine {
  declare moving_mean: Variable;
  declare moving_variance: Variable;
  declare moving_stddev: Variable;
  declare renorm_mean: Variable;
  declare renorm_stddev: Variable;
  declare readonly axis: number;
  declare readonly momentum: number;
  declare readonly renorm: boolean;
  declare readonly renorm_clipping: Clipping | null;
  declare readonly renorm_momentum: number;

  constructor(
    axis = -1,
    momentum = 0.99,
    epsilon = 0.001,
    center = true,
    scale = true,
    beta_initializer: InitializerLike = "zeros",
    gamma_initializer: InitializerLike = "ones",
    moving_mean_initializer: InitializerLike = "zeros",
    moving_variance_initializer: InitializerLike = "ones",
    beta_regularizer: RegularizerLike | null = null,
    gamma_regularizer: RegularizerLike | null = null,
    beta_constraint: ConstraintLike | null = null,
    gamma_constraint: ConstraintLike | null = null,
    renorm = false,
    renorm_clipping: Clipping | null = null,
    renorm_momentum = 0.99,
    synchronized = false,
    options: LayerOptions = {},
  ) {
    super(options);
    this._take({
      axis,
      momentum: asFloat(Number(momentum)),
      epsilon: asFloat(Number(epsilon)),
      center,
      scale,
      beta_initializer,
      gamma_initializer,
      moving_mean_initializer,
      moving_variance_initializer,
      beta_regularizer,
      gamma_regularizer,
      beta_constraint,
      gamma_constraint,
      synchronized,
      renorm,
      renorm_clipping: renorm ? (renorm_clipping ?? {}) : renorm_clipping,
      renorm_momentum,
    });
    if (renorm && isPlainObject(renorm_clipping)) checkClipping(renorm_clipping as Clipping);
    this.supports_masking = true;
  }
  override build(input_shape: Shape): void {
    const { axis } = this;
    const features = [input_shape.at(axis)!];
    this._weights(LAYOUT, { features });
    if (this.renorm) {
      const root = (shape: Shape, dtype: string): Tensor => K.sqrt(this._initial(shape, dtype));
      this._take({ moving_stddev_initializer: root });
      this._weights(RENORM, { features });
    }
    this.input_spec = InputSpec({ ndim: input_shape.length, axes: { [axis]: input_shape.at(axis)! } });
  }
  _initial(shape: Shape, dtype: string): Tensor {
    const make = (this as unknown as Record<string, (s: Shape, d: string) => Tensor>)
      .moving_variance_initializer!;
    return make(shape, dtype);
  }
  override call(inputs: Tensor, training: boolean | null = null, mask: Tensor | null = null): Tensor {
    if (mask !== null && mask.shape.length !== inputs.shape.length - 1)
      throw new ValueError(
        `The mask provided should be one dimension less than the inputs. Received: mask.shape=${mask.shape}, inputs.shape=${inputs.shape}`,
      );
    const x = inputs._type.half ? K.cast(inputs, "float32") : inputs;
    const type = K.dtype(x);
    const of = (v: Variable | null): Tensor | null => (v === null ? null : K.cast(v, type));
    const [gamma, beta] = [of(this.gamma), of(this.beta)];
    const learning = Boolean(training) && this.trainable;
    if (!learning) return this._with(x, of(this.moving_mean)!, of(this.moving_variance)!, beta, gamma);
    if (mask === null && !this.renorm) return this._fused(x, gamma, beta);
    const [mean, variance] = mask === null ? this._moments(x) : this._masked(x, mask);
    if (this.renorm) {
      const [scale, shift] = this._corrected(mean, variance, gamma, beta);
      this._moveRenorm(mean, variance);
      return this._with(x, mean, variance, shift, scale);
    }
    this._move(mean, variance);
    return this._with(x, mean, variance, beta, gamma);
  }
  /** The normalisation with given statistics. */
  _with(x: Tensor, mean: Tensor, variance: Tensor, beta: Tensor | null, gamma: Tensor | null): Tensor {
    const y = K.batch_normalization(x, mean, variance, this.axis, beta, gamma, Number(this.epsilon));
    return K.cast(y, this.compute_dtype);
  }
  /** Statistics and normalisation in one op of the table. */
  _fused(x: Tensor, gamma: Tensor | null, beta: Tensor | null): Tensor {
    const rank = x.shape.length;
    const axis = this.axis < 0 ? this.axis + rank : this.axis;
    const [y, mean, variance] = computeMany(
      ops.standardize,
      [x._value, gamma?._value ?? null, beta?._value ?? null],
      { axes: this._others(rank), affine: [axis], eps: Number(this.epsilon) },
    );
    this._move(mean!, variance!);
    return K.cast(y!, this.compute_dtype);
  }
  _others(rank: number): number[] {
    const axis = this.axis < 0 ? this.axis + rank : this.axis;
    return Array.from({ length: rank }, (_, i) => i).filter((i) => i !== axis);
  }
  _moments(x: Tensor): [Tensor, Tensor] {
    const [mean, variance] = K.moments(x, this._others(x.shape.length));
    return [mean!, variance!];
  }
  /** Mean and variance of the steps that the mask lets through. */
  _masked(x: Tensor, mask: Tensor): [Tensor, Tensor] {
    const seen = K.cast(K.broadcast_to(K.expand_dims(mask, -1), x.shape), "bool");
    const axes = this._others(x.shape.length);
    const zero = K.zeros_like(x);
    const count = K.add(K.sum(K.cast(seen, K.dtype(x)), axes, true), smallest());
    const mean = K.divide(K.sum(K.where(seen, x, zero) as Tensor, axes, true), count);
    const off = K.where(seen, K.subtract(x, mean), zero) as Tensor;
    const variance = K.divide(K.sum(K.square(off), axes, true), count);
    return [K.squeeze(mean), K.squeeze(variance)].map((v) => K.reshape(v, [-1])) as [Tensor, Tensor];
  }
  _toward(moving: Variable, batch: Tensor, momentum = Number(this.momentum)): Tensor {
    const now = wrap(batch._value.detach() as Tensor["_value"]);
    const before = K.cast(moving, K.dtype(now));
    const next = K.add(K.multiply(before, momentum), K.multiply(now, 1 - momentum));
    moving.assign(next);
    return next;
  }
  /** Moves the averages towards the batch's statistics. */
  _move(mean: Tensor, variance: Tensor): void {
    this._toward(this.moving_mean, mean);
    this._toward(this.moving_variance, variance);
  }
  _moveRenorm(mean: Tensor, variance: Tensor): void {
    const stddev = K.sqrt(K.add(variance, Number(this.epsilon)));
    const momentum = Number(this.renorm_momentum);
    this._toward(this.renorm_mean, mean, momentum);
    this._toward(this.renorm_stddev, stddev, momentum);
    this._toward(this.moving_mean, mean);
    const moved = this._toward(this.moving_stddev, stddev);
    this.moving_variance.assign(K.relu(K.subtract(K.square(moved), Number(this.epsilon))));
  }
  /** Scale and shift that bring the batch's statistics to the moving ones. */
  _corrected(mean: Tensor, variance: Tensor, gamma: Tensor | null, beta: Tensor | null): [Tensor, Tensor] {
    const eps = Number(this.epsilon);
    const floor = K.maximum(K.cast(this.renorm_stddev, K.dtype(mean)), Math.sqrt(eps));
    let r = K.divide(K.sqrt(K.add(variance, eps)), floor);
    let d = K.divide(K.subtract(mean, K.cast(this.renorm_mean, K.dtype(mean))), floor);
    const { rmin, rmax, dmax } = this.renorm_clipping ?? {};
    if (rmin !== undefined) r = K.maximum(r, rmin);
    if (rmax !== undefined) r = K.minimum(r, rmax);
    if (dmax !== undefined) d = K.clip(d, -dmax, dmax);
    [r, d] = [K.stop_gradient(r), K.stop_gradient(d)];
    const scale = gamma === null ? r : K.multiply(r, gamma);
    const shift = gamma === null ? d : K.multiply(d, gamma);
    return [scale, beta === null ? shift : K.add(shift, beta)];
  }
}

function checkClipping(clipping: Clipping): void {
  const keys = ["rmax", "rmin", "dmax"];
  if (Object.keys(clipping).some((k) => !keys.includes(k)))
    throw new ValueError(
      `Received invalid keys for \`renorm_clipping\` argument: ${repr(clipping)}. Supported values: ${repr(keys)}.`,
    );
  const { rmax, rmin, dmax } = clipping;
  if (rmax !== undefined && rmin !== undefined && rmax < rmin)
    throw new ValueError(
      "rmax should be greater than rmin in the `renorm_clipping` argument. Received: rmax={rmax}, rmin={rmin}.",
    );
  if (dmax !== undefined && dmax < 0)
    throw new ValueError(
      "dmax should be non-negative in the `renorm_clipping` argument. Received: dmax={dmax}.",
    );
}

/**
 * `keras.layers.BatchNormalization`: γ·(x − mean)/√(variance + ε) + β with statistics of the batch while it trains, and with
 * their moving averages otherwise. With `trainable = false` it always does the latter.
 *
 * @param momentum - how much of the moving average stays at each step
 */
export const BatchNormalization = stock(
  "normalization.batch_normalization.BatchNormalization",
  "axis momentum epsilon center scale beta_initializer gamma_initializer moving_mean_initializer moving_variance_initializer beta_regularizer gamma_regularizer beta_constraint gamma_constraint renorm renorm_clipping:dict renorm_momentum synchronized **kwargs",
  BatchNormalizationImpl,
  {
    call: "inputs training? mask?",
    config:
      "axis momentum epsilon center scale beta_initializer gamma_initializer moving_mean_initializer moving_variance_initializer beta_regularizer gamma_regularizer beta_constraint gamma_constraint synchronized renorm renorm_clipping renorm_momentum",
  },
);
export type BatchNormalization = BatchNormalizationImpl;
