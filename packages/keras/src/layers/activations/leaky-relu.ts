import { repr, ValueError, warn } from "@cognate/py";
import * as activations from "../../activations/index.js";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";

export class LeakyReLUImpl extends StockLayer {
  constructor(
    readonly negative_slope = 0.3,
    { alpha, ...options }: LayerOptions & { alpha?: number } = {},
  ) {
    super(options);
    if (alpha !== undefined) {
      warn("Argument `alpha` is deprecated. Use `negative_slope` instead.");
      this.negative_slope = alpha;
    }
    if (negative_slope === null || Number(negative_slope) < 0)
      throw new ValueError(
        `The negative_slope value of a Leaky ReLU layer cannot be None or negative value. Expected a float. Received: negative_slope=${repr(negative_slope)}`,
      );
    this.supports_masking = true;
    this._build_at_init();
  }
  override call(inputs: Tensor): Tensor {
    return activations.leaky_relu(inputs, this.negative_slope);
  }
  override compute_output_shape(input_shape: Shape): Shape {
    return input_shape;
  }
}

/** `keras.layers.LeakyReLU`: x above 0, a slope below. */
export const LeakyReLU = stock("activations.leaky_relu.LeakyReLU", "negative_slope **kwargs", LeakyReLUImpl);
export type LeakyReLU = LeakyReLUImpl;
