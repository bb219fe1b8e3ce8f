import { type Tuple, ValueError } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import type { DataFormat } from "../../ops/nn/windows.js";
import { channelsOf, convOutputShape, type PerAxis } from "../arguments.js";
import {
  type ActivationLike,
  type ConstraintLike,
  type InitializerLike,
  type LayerOptions,
  type Layout,
  type RegularizerLike,
  stock,
} from "../stock.js";
import { AnyConv } from "./base-conv.js";

const LAYOUT: Layout = {
  kernel: { shape: ["...kernel_size", "channels", "depth_multiplier"], prefix: "depthwise" },
  bias: { shape: ["outputs"], when: "use_bias" },
};

/** The class for a number of axes. */
function depthwise(rank: number) {
  return class extends AnyConv {
    declare readonly depth_multiplier: number;

    constructor(
      kernel_size: PerAxis,
      strides: PerAxis = 1,
      padding = "valid",
      depth_multiplier = 1,
      data_format: DataFormat = null,
      dilation_rate: PerAxis = 1,
      activation: ActivationLike = null,
      use_bias = true,
      depthwise_initializer: InitializerLike = "glorot_uniform",
      bias_initializer: InitializerLike = "zeros",
      depthwise_regularizer: RegularizerLike | null = null,
      bias_regularizer: RegularizerLike | null = null,
      activity_regularizer: RegularizerLike | null = null,
      depthwise_constraint: ConstraintLike | null = null,
      bias_constraint: ConstraintLike | null = null,
      options: LayerOptions = {},
    ) {
      super({ activity_regularizer, ...options });
      this._take({
        depth_multiplier,
        activation,
        use_bias,
        depthwise_initializer,
        bias_initializer,
        depthwise_regularizer,
        bias_regularizer,
        depthwise_constraint,
        bias_constraint,
      });
      if (depth_multiplier !== null && depth_multiplier <= 0)
        throw new ValueError(
          `Invalid value for argument \`depth_multiplier\`. Expected a strictly positive value. Received depth_multiplier=${depth_multiplier}.`,
        );
      this._windows(rank, kernel_size, strides, dilation_rate, padding, data_format, false, true);
    }
    override build(input_shape: Shape): void {
      const channels = this._channels(input_shape);
      const { kernel_size, depth_multiplier } = this;
      this._weights(LAYOUT, {
        kernel_size,
        channels,
        depth_multiplier,
        outputs: channels * depth_multiplier,
      });
      this.built = true;
    }
    override call(inputs: Tensor): Tensor {
      const { kernel, strides, padding, data_format, dilation_rate } = this;
      return this._finish(K.depthwise_conv(inputs, kernel, strides, padding, data_format, dilation_rate));
    }
    override compute_output_shape(input_shape: Shape): Tuple<number | null> {
      const { kernel_size, strides, padding, data_format, dilation_rate, depth_multiplier } = this;
      const outputs = channelsOf(input_shape, data_format)! * depth_multiplier;
      return convOutputShape(input_shape, outputs, kernel_size, strides, padding, data_format, dilation_rate);
    }
  };
}

const SIGNATURE =
  "kernel_size strides padding depth_multiplier data_format dilation_rate activation use_bias depthwise_initializer bias_initializer depthwise_regularizer bias_regularizer activity_regularizer depthwise_constraint bias_constraint **kwargs";
const config =
  "depth_multiplier kernel_size strides padding data_format dilation_rate activation use_bias depthwise_initializer bias_initializer depthwise_regularizer bias_regularizer activity_regularizer depthwise_constraint bias_constraint";

/** `keras.layers.DepthwiseConv1D`: every channel is convolved with kernels of its own, along one axis. */
export const DepthwiseConv1D = stock(
  "convolutional.depthwise_conv1d.DepthwiseConv1D",
  SIGNATURE,
  depthwise(1),
  { config },
);
export type DepthwiseConv1D = InstanceType<typeof DepthwiseConv1D>;
/** `keras.layers.DepthwiseConv2D`: every channel is convolved with kernels of its own, over two axes. */
export const DepthwiseConv2D = stock(
  "convolutional.depthwise_conv2d.DepthwiseConv2D",
  SIGNATURE,
  depthwise(2),
  { config },
);
export type DepthwiseConv2D = InstanceType<typeof DepthwiseConv2D>;
