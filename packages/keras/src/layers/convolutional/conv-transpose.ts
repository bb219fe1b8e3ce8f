import { type Tuple, ValueError } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { type DataFormat, transposedLength } from "../../ops/nn/windows.js";
import { type PerAxis, shapeOf, spatialOf, standardizeTuple } from "../arguments.js";
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
  kernel: { shape: ["...kernel_size", "filters", "channels"] },
  bias: { shape: ["filters"], when: "use_bias" },
};

export abstract class BaseConvTranspose extends AnyConv {
  declare readonly filters: number;
  declare readonly output_padding: Tuple<number> | null;

  _construct(
    rank: number,
    filters: number,
    kernel_size: PerAxis,
    strides: PerAxis,
    padding: string,
    output_padding: PerAxis | null,
    data_format: DataFormat,
    dilation_rate: PerAxis,
    rest: Readonly<Record<string, unknown>>,
  ): void {
    this._take({
      filters,
      output_padding:
        output_padding === null ? null : standardizeTuple(output_padding, rank, "output_padding", true),
      ...rest,
    });
    if (filters !== null && filters <= 0)
      throw new ValueError(
        `Invalid value for argument \`filters\`. Expected a strictly positive value. Received filters=${filters}.`,
      );
    const more = this.output_padding;
    const steps = standardizeTuple(strides, rank, "strides");
    if (more !== null)
      more.forEach((p, i) => {
        if (p >= steps[i]!)
          throw new ValueError(
            `\`output_padding\` must be strictly less than \`strides\` for all dimensions. At dimension ${i}, \`output_padding\` is ${p} but \`strides\` is ${steps[i]}. Received: output_padding=${more}, strides=${steps}`,
          );
      });
    this._windows(rank, kernel_size, strides, dilation_rate, padding, data_format);
  }
  override build(input_shape: Shape): void {
    const channels = this._channels(input_shape);
    this._weights(LAYOUT, { kernel_size: this.kernel_size, filters: this.filters, channels });
    this.built = true;
  }
  override call(inputs: Tensor): Tensor {
    const { kernel, strides, padding, output_padding, data_format, dilation_rate } = this;
    return this._finish(
      K.conv_transpose(inputs, kernel, strides, padding, output_padding, data_format, dilation_rate),
    );
  }
  /** A list here, where other layers give a tuple, as in Keras. */
  override compute_output_shape(input_shape: Shape): Shape {
    const { kernel_size, strides, padding, output_padding, data_format, dilation_rate, filters } = this;
    const spatial = spatialOf(input_shape, data_format).map((n, i) =>
      transposedLength(
        n,
        kernel_size[i]!,
        strides[i]!,
        padding,
        output_padding?.[i] ?? null,
        dilation_rate[i]!,
      ),
    );
    return [...shapeOf(input_shape[0] ?? null, spatial, filters, data_format)];
  }
}

const REST =
  "dilation_rate activation use_bias kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint bias_constraint";
const BEGIN = "filters kernel_size strides padding";

/** The class for one or two axes. */
function transposed(rank: number) {
  return class extends BaseConvTranspose {
    constructor(
      filters: number,
      kernel_size: PerAxis,
      strides: PerAxis = 1,
      padding = "valid",
      output_padding: PerAxis | null = null,
      data_format: DataFormat = null,
      dilation_rate: PerAxis = 1,
      activation: ActivationLike = null,
      use_bias = true,
      kernel_initializer: InitializerLike = "glorot_uniform",
      bias_initializer: InitializerLike = "zeros",
      kernel_regularizer: RegularizerLike | null = null,
      bias_regularizer: RegularizerLike | null = null,
      activity_regularizer: RegularizerLike | null = null,
      kernel_constraint: ConstraintLike | null = null,
      bias_constraint: ConstraintLike | null = null,
      options: LayerOptions = {},
    ) {
      super({ activity_regularizer, ...options });
      this._construct(
        rank,
        filters,
        kernel_size,
        strides,
        padding,
        output_padding,
        data_format,
        dilation_rate,
        {
          activation,
          use_bias,
          kernel_initializer,
          bias_initializer,
          kernel_regularizer,
          bias_regularizer,
          kernel_constraint,
          bias_constraint,
        },
      );
    }
  };
}

/** With three axes the format of the data comes before the padding of the output. */
class Transposed3D extends BaseConvTranspose {
  constructor(
    filters: number,
    kernel_size: PerAxis,
    strides: PerAxis = 1,
    padding = "valid",
    data_format: DataFormat = null,
    output_padding: PerAxis | null = null,
    dilation_rate: PerAxis = 1,
    activation: ActivationLike = null,
    use_bias = true,
    kernel_initializer: InitializerLike = "glorot_uniform",
    bias_initializer: InitializerLike = "zeros",
    kernel_regularizer: RegularizerLike | null = null,
    bias_regularizer: RegularizerLike | null = null,
    activity_regularizer: RegularizerLike | null = null,
    kernel_constraint: ConstraintLike | null = null,
    bias_constraint: ConstraintLike | null = null,
    options: LayerOptions = {},
  ) {
    super({ activity_regularizer, ...options });
    this._construct(3, filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate, {
      activation,
      use_bias,
      kernel_initializer,
      bias_initializer,
      kernel_regularizer,
      bias_regularizer,
      kernel_constraint,
      bias_constraint,
    });
  }
}

const config = `${BEGIN} output_padding data_format ${REST}`;

/** `keras.layers.Conv1DTranspose`: the transpose of a convolution along one axis. */
export const Conv1DTranspose = stock(
  "convolutional.conv1d_transpose.Conv1DTranspose",
  "filters kernel_size strides padding output_padding data_format dilation_rate activation use_bias kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint bias_constraint **kwargs",
  transposed(1),
  { config },
);
export type Conv1DTranspose = InstanceType<typeof Conv1DTranspose>;
/** `keras.layers.Conv2DTranspose`: the transpose of a convolution over two axes. */
export const Conv2DTranspose = stock(
  "convolutional.conv2d_transpose.Conv2DTranspose",
  "filters kernel_size strides padding output_padding data_format dilation_rate activation use_bias kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint bias_constraint **kwargs",
  transposed(2),
  { config },
);
export type Conv2DTranspose = InstanceType<typeof Conv2DTranspose>;
/** `keras.layers.Conv3DTranspose`: the transpose of a convolution over three axes. */
export const Conv3DTranspose = stock(
  "convolutional.conv3d_transpose.Conv3DTranspose",
  "filters kernel_size strides padding data_format output_padding dilation_rate activation use_bias kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint bias_constraint **kwargs",
  Transposed3D,
  { config },
);
export type Conv3DTranspose = InstanceType<typeof Conv3DTranspose>;
