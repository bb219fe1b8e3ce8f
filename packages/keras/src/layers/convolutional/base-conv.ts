import { float32 } from "@cognate/kernel";
import { type Tuple, ValueError } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import { shapeText } from "../../backend/shape.js";
import { Tensor, wrap } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { biasedConv } from "../../ops/nn/conv.js";
import type { DataFormat } from "../../ops/nn/windows.js";
import {
  channelAxis,
  channelsOf,
  convOutputShape,
  type PerAxis,
  standardizeDataFormat,
  standardizePadding,
  standardizeTuple,
} from "../arguments.js";
import { enableLora, loraKernel } from "../core/lora.js";
import { InputSpec } from "../input-spec.js";
import {
  type ActivationLike,
  type ConstraintLike,
  type InitializerLike,
  KernelLayer,
  type LayerOptions,
  type Layout,
  type RegularizerLike,
  stock,
} from "../stock.js";

const LAYOUT: Layout = {
  kernel: { shape: ["...kernel_size", "channels_per_group", "filters"] },
  bias: { shape: ["filters"], when: "use_bias" },
};

/** What convolutions of all kinds are told. */
export abstract class AnyConv extends KernelLayer {
  declare readonly kernel_size: Tuple<number>;
  declare readonly strides: Tuple<number>;
  declare readonly dilation_rate: Tuple<number>;
  declare readonly padding: string;
  declare readonly data_format: "channels_first" | "channels_last";

  /** Takes the arguments of the windows. @throws ValueError */
  _windows(
    rank: number,
    kernel_size: PerAxis,
    strides: PerAxis,
    dilation_rate: PerAxis,
    padding: string,
    data_format: DataFormat,
    causal = false,
    dilationWithStrides = false,
  ): void {
    const windows = {
      kernel_size: standardizeTuple(kernel_size, rank, "kernel_size"),
      strides: standardizeTuple(strides, rank, "strides"),
      dilation_rate: standardizeTuple(dilation_rate, rank, "dilation_rate"),
      padding: standardizePadding(padding, causal),
      data_format: standardizeDataFormat(data_format),
    };
    this._take(windows);
    if (!dilationWithStrides && Math.max(...windows.strides) > 1 && Math.max(...windows.dilation_rate) > 1)
      throw new ValueError(
        `\`strides > 1\` not supported in conjunction with \`dilation_rate > 1\`. Received: strides=${windows.strides} and dilation_rate=${windows.dilation_rate}`,
      );
    this.input_spec = InputSpec({ min_ndim: rank + 2 });
  }
  /** The number of channels, which inputs must have from now on. */
  _channels(input_shape: Shape): number {
    const channels = channelsOf(input_shape, this.data_format)!;
    this.input_spec = InputSpec({
      min_ndim: this.kernel_size.length + 2,
      axes: { [channelAxis(this.data_format)]: channels },
    });
    return channels;
  }
  /** The bias and the activation after the convolution. */
  _finish(y: Tensor): Tensor {
    if (this.bias === null) return this.activation(y);
    const shape =
      this.data_format === "channels_last"
        ? [...new Array<number>(y.ndim - 1).fill(1), -1]
        : [1, -1, ...new Array<number>(y.ndim - 2).fill(1)];
    return this.activation(K.add(y, K.reshape(this.bias, shape)));
  }
}

export interface ConvOptions {
  readonly filters: number;
  readonly kernel_size: PerAxis;
  readonly strides: PerAxis;
  readonly padding: string;
  readonly data_format: DataFormat;
  readonly dilation_rate: PerAxis;
}

export abstract class BaseConv extends AnyConv {
  declare readonly filters: number;
  declare readonly groups: number;

  constructor(
    readonly rank: number,
    o: ConvOptions & Readonly<Record<string, unknown>>,
    options: LayerOptions,
  ) {
    super(options);
    const { kernel_size, strides, padding, data_format, dilation_rate, ...rest } = o;
    this._take(rest);
    const { filters, groups } = this;
    if (filters !== null && filters <= 0)
      throw new ValueError(
        `Invalid value for argument \`filters\`. Expected a strictly positive value. Received filters=${filters}.`,
      );
    if (groups <= 0)
      throw new ValueError(`The number of groups must be a positive integer. Received: groups=${groups}.`);
    if (filters !== null && filters % groups !== 0)
      throw new ValueError(
        `The number of filters must be evenly divisible by the number of groups. Received: groups=${groups}, filters=${filters}.`,
      );
    this._windows(rank, kernel_size, strides, dilation_rate, padding, data_format, rank === 1);
  }

  override build(input_shape: Shape): void {
    const channels = this._channels(input_shape);
    const { groups, filters, kernel_size } = this;
    if (channels % groups !== 0)
      throw new ValueError(
        `The number of input channels must be evenly divisible by the number of groups. Received groups=${groups}, but the input has ${channels} channels (full input shape is ${shapeText(input_shape)}).`,
      );
    this.compute_output_shape(input_shape);
    this._weights(LAYOUT, { kernel_size, channels_per_group: channels / groups, filters });
    this.built = true;
    const { lora_rank } = this as unknown as { lora_rank: number | null };
    if (lora_rank) this.enable_lora(lora_rank);
  }
  override call(inputs: Tensor): Tensor {
    const kernel = wrap(loraKernel(this, this.kernel));
    const { strides, data_format, dilation_rate, kernel_size } = this;
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
    if (this.bias !== null && x instanceof Tensor) {
      const given = [x._value, kernel._value, this.bias._value] as const;
      if (given.every((v) => v.dtype === float32)) {
        const y = biasedConv(...given, strides, padding, data_format, dilation_rate);
        if (y) return this.activation(y);
      }
    }
    return this._finish(K.conv(x, kernel, strides, padding, data_format, dilation_rate));
  }
  override compute_output_shape(input_shape: Shape): Tuple<number | null> {
    const { filters, kernel_size, strides, padding, data_format, dilation_rate } = this;
    return convOutputShape(input_shape, filters, kernel_size, strides, padding, data_format, dilation_rate);
  }
  /** Freezes the kernel and trains two thin matrices beside it. */
  enable_lora(
    rank: number,
    lora_alpha: number | null = null,
    a_initializer: InitializerLike = "he_uniform",
    b_initializer: InitializerLike = "zeros",
  ): void {
    const shape = [...this.kernel.shape];
    const shapes = [
      [...shape.slice(0, -1), rank],
      [rank, this.filters],
    ];
    enableLora(this, "kernel", rank, lora_alpha, shapes, [a_initializer, b_initializer]);
  }
}

const SIGNATURE =
  "filters kernel_size strides padding data_format dilation_rate groups activation use_bias kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint bias_constraint **kwargs";

/** The class for a number of axes. */
export function convOver(rank: number) {
  return class extends BaseConv {
    constructor(
      filters: number,
      kernel_size: PerAxis,
      strides: PerAxis = 1,
      padding = "valid",
      data_format: DataFormat = null,
      dilation_rate: PerAxis = 1,
      groups = 1,
      activation: ActivationLike = null,
      use_bias = true,
      kernel_initializer: InitializerLike = "glorot_uniform",
      bias_initializer: InitializerLike = "zeros",
      kernel_regularizer: RegularizerLike | null = null,
      bias_regularizer: RegularizerLike | null = null,
      activity_regularizer: RegularizerLike | null = null,
      kernel_constraint: ConstraintLike | null = null,
      bias_constraint: ConstraintLike | null = null,
      options: LayerOptions & { lora_rank?: number | null; lora_alpha?: number | null } = {},
    ) {
      const { lora_rank = null, lora_alpha = lora_rank, ...others } = options;
      super(
        rank,
        {
          filters,
          kernel_size,
          strides,
          padding,
          data_format,
          dilation_rate,
          groups,
          activation,
          use_bias,
          kernel_initializer,
          bias_initializer,
          kernel_regularizer,
          bias_regularizer,
          kernel_constraint,
          bias_constraint,
          lora_rank,
          lora_alpha,
        },
        { activity_regularizer, ...others },
      );
    }
  };
}

/** The layer's class under its name. */
export const convClass = (path: string, rank: number) => stock(path, SIGNATURE, convOver(rank));
