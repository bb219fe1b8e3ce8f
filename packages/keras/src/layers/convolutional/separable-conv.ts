import { type Tuple, ValueError } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import type { Variable } from "../../backend/variable.js";
import * as K from "../../ops/index.js";
import type { DataFormat } from "../../ops/nn/windows.js";
import { convOutputShape, type PerAxis } from "../arguments.js";
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
  depthwise_kernel: { shape: ["...kernel_size", "channels", "depth_multiplier"], prefix: "depthwise" },
  pointwise_kernel: { shape: ["...ones", "between", "filters"], prefix: "pointwise" },
  bias: { shape: ["filters"], when: "use_bias" },
};

/** The class for a number of axes. */
function separable(rank: number) {
  return class extends AnyConv {
    declare readonly filters: number;
    declare readonly depth_multiplier: number;
    declare depthwise_kernel: Variable;
    declare pointwise_kernel: Variable;

    constructor(
      filters: number,
      kernel_size: PerAxis,
      strides: PerAxis = 1,
      padding = "valid",
      data_format: DataFormat = null,
      dilation_rate: PerAxis = 1,
      depth_multiplier = 1,
      activation: ActivationLike = null,
      use_bias = true,
      depthwise_initializer: InitializerLike = "glorot_uniform",
      pointwise_initializer: InitializerLike = "glorot_uniform",
      bias_initializer: InitializerLike = "zeros",
      depthwise_regularizer: RegularizerLike | null = null,
      pointwise_regularizer: RegularizerLike | null = null,
      bias_regularizer: RegularizerLike | null = null,
      activity_regularizer: RegularizerLike | null = null,
      depthwise_constraint: ConstraintLike | null = null,
      pointwise_constraint: ConstraintLike | null = null,
      bias_constraint: ConstraintLike | null = null,
      options: LayerOptions = {},
    ) {
      super({ activity_regularizer, ...options });
      this._take({
        filters,
        depth_multiplier,
        activation,
        use_bias,
        depthwise_initializer,
        pointwise_initializer,
        bias_initializer,
        depthwise_regularizer,
        pointwise_regularizer,
        bias_regularizer,
        depthwise_constraint,
        pointwise_constraint,
        bias_constraint,
      });
      if (depth_multiplier !== null && depth_multiplier <= 0)
        throw new ValueError(
          `Invalid value for argument \`depth_multiplier\`. Expected a strictly positive value. Received depth_multiplier=${depth_multiplier}.`,
        );
      if (filters !== null && filters <= 0)
        throw new ValueError(
          `Invalid value for argument \`filters\`. Expected a strictly positive value. Received filters=${filters}.`,
        );
      this._windows(rank, kernel_size, strides, dilation_rate, padding, data_format, true, true);
    }
    override build(input_shape: Shape): void {
      const channels = this._channels(input_shape);
      const { kernel_size, depth_multiplier, filters } = this;
      this._weights(LAYOUT, {
        kernel_size,
        channels,
        depth_multiplier,
        ones: kernel_size.map(() => 1),
        between: channels * depth_multiplier,
        filters,
      });
      this.built = true;
    }
    override call(inputs: Tensor): Tensor {
      const { depthwise_kernel, pointwise_kernel, strides, data_format, dilation_rate, kernel_size } = this;
      let [x, padding] = [inputs, this.padding];
      if (padding === "causal") {
        const left = dilation_rate[0]! * (kernel_size[0]! - 1);
        const pads =
          data_format === "channels_last"
            ? [
                [0, 0],
                [left, 0],
                [0, 0],
              ]
            : [
                [0, 0],
                [0, 0],
                [left, 0],
              ];
        [x, padding] = [K.pad(x, pads), "valid"];
      }
      return this._finish(
        K.separable_conv(x, depthwise_kernel, pointwise_kernel, strides, padding, data_format, dilation_rate),
      );
    }
    override compute_output_shape(input_shape: Shape): Tuple<number | null> {
      const { filters, kernel_size, strides, padding, data_format, dilation_rate } = this;
      return convOutputShape(input_shape, filters, kernel_size, strides, padding, data_format, dilation_rate);
    }
  };
}

const SIGNATURE =
  "filters kernel_size strides padding data_format dilation_rate depth_multiplier activation use_bias depthwise_initializer pointwise_initializer bias_initializer depthwise_regularizer pointwise_regularizer bias_regularizer activity_regularizer depthwise_constraint pointwise_constraint bias_constraint **kwargs";
const config =
  "depth_multiplier filters kernel_size strides padding data_format dilation_rate activation use_bias depthwise_initializer pointwise_initializer bias_initializer depthwise_regularizer pointwise_regularizer bias_regularizer activity_regularizer depthwise_constraint pointwise_constraint bias_constraint";

/** `keras.layers.SeparableConv1D`: each channel on its own along one axis, then a mix of the channels. */
export const SeparableConv1D = stock(
  "convolutional.separable_conv1d.SeparableConv1D",
  SIGNATURE,
  separable(1),
  { config },
);
export type SeparableConv1D = InstanceType<typeof SeparableConv1D>;
/** `keras.layers.SeparableConv2D`: each channel on its own over two axes, then a mix of the channels. */
export const SeparableConv2D = stock(
  "convolutional.separable_conv2d.SeparableConv2D",
  SIGNATURE,
  separable(2),
  { config },
);
export type SeparableConv2D = InstanceType<typeof SeparableConv2D>;
