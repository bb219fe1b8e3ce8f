import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { normal, uniform } from "../../random/index.js";
import { type LayerOptions, stock } from "../stock.js";
import { checkRate, RandomLayer } from "./dropout.js";

export class GaussianNoiseImpl extends RandomLayer {
  constructor(
    readonly stddev: number,
    seed: number | null = null,
    options: LayerOptions = {},
  ) {
    checkRate(stddev, "stddev");
    super(Number(stddev) > 0, seed, options);
  }
  override call(inputs: Tensor, training = false): Tensor {
    if (!training || !(this.stddev > 0)) return inputs;
    const noise = normal(
      inputs.shape as never,
      0,
      Number(this.stddev),
      this.compute_dtype,
      this.seed_generator as never,
    );
    return K.add(inputs, noise);
  }
}

export class GaussianDropoutImpl extends RandomLayer {
  constructor(
    readonly rate: number,
    seed: number | null = null,
    options: LayerOptions = {},
  ) {
    checkRate(rate);
    super(Number(rate) > 0, seed, options);
  }
  override call(inputs: Tensor, training = false): Tensor {
    const rate = Number(this.rate);
    if (!training || !(rate > 0)) return inputs;
    const noise = normal(
      inputs.shape as never,
      1,
      Math.sqrt(rate / (1 - rate)),
      this.compute_dtype,
      this.seed_generator as never,
    );
    return K.multiply(inputs, noise);
  }
}

const ALPHA = 1.6732632423543772;
const SCALE = 1.0507009873554805;

export class AlphaDropoutImpl extends RandomLayer {
  constructor(
    readonly rate: number,
    readonly noise_shape: readonly (number | null)[] | null = null,
    seed: number | null = null,
    options: LayerOptions = {},
  ) {
    checkRate(rate);
    super(Number(rate) > 0, seed, options);
  }
  override call(inputs: Tensor, training = false): Tensor {
    const rate = Number(this.rate);
    if (!training || !(rate > 0)) return inputs;
    const lengths = inputs.shape.map((n, i) => this.noise_shape?.[i] ?? n);
    const draws = uniform(lengths as never, 0, 1, null, this.seed_generator as never);
    const kept = K.cast(K.greater_equal(draws, rate), inputs.dtype);
    const low = -ALPHA * SCALE;
    const a = ((1 - rate) * (1 + rate * low ** 2)) ** -0.5;
    const x = K.add(K.multiply(inputs, kept), K.multiply(K.subtract(1, kept), low));
    return K.add(K.multiply(x, a), -a * low * rate);
  }
}

const call = "inputs training=false";
/** `keras.layers.GaussianNoise`: in training adds normal noise. */
export const GaussianNoise = stock(
  "regularization.gaussian_noise.GaussianNoise",
  "stddev seed **kwargs",
  GaussianNoiseImpl,
  { call },
);
export type GaussianNoise = GaussianNoiseImpl;
/** `keras.layers.GaussianDropout`: in training multiplies with normal noise around 1. */
export const GaussianDropout = stock(
  "regularization.gaussian_dropout.GaussianDropout",
  "rate seed **kwargs",
  GaussianDropoutImpl,
  { call },
);
export type GaussianDropout = GaussianDropoutImpl;
/** `keras.layers.AlphaDropout`: dropout that keeps mean and variance of what a SELU gave (Klambauer et al., 2017). */
export const AlphaDropout = stock(
  "regularization.alpha_dropout.AlphaDropout",
  "rate noise_shape seed **kwargs",
  AlphaDropoutImpl,
  { call, config: "rate seed noise_shape" },
);
export type AlphaDropout = AlphaDropoutImpl;
