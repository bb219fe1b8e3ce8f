import { repr, type Tuple, ValueError } from "@cognate/py";
import type { DTypeLike } from "../../dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import { resetAffine } from "../linear/linear.js";
import { moduleClass } from "../module/keywords.js";
import { fieldsText } from "../module/option-layer.js";
import { allocateWeights, type Layout, perAxis, type Sizes } from "../module/weights.js";
import { ModuleImpl } from "../module.js";
import type { Parameter } from "../parameter.js";

const LAYOUT = { weight: ["out_channels", "in_channels_per_group", "kernel_size"], bias: ["out_channels"] };

/** One number for all axes, or one each. */
export type PerAxis = number | readonly number[];
export type PaddingMode = "zeros" | "reflect" | "replicate" | "circular";

/** The arguments of a convolution layer, in the order of PyTorch's constructors. */
export interface ConvOptions {
  readonly in_channels: number;
  readonly out_channels: number;
  readonly kernel_size: PerAxis;
  readonly stride: PerAxis;
  readonly padding: PerAxis | string;
  readonly dilation: PerAxis;
  readonly output_padding: PerAxis;
  readonly groups: number;
  readonly bias: boolean;
  readonly padding_mode: PaddingMode;
  readonly device: unknown;
  readonly dtype: DTypeLike | null;
}

const CONV = [F.conv1d, F.conv2d, F.conv3d] as const;
const PADDING_MODES = ["zeros", "reflect", "replicate", "circular"];

/** What all convolution layers share. */
export abstract class ConvNd extends ModuleImpl {
  in_channels: number;
  out_channels: number;
  kernel_size: Tuple<number>;
  stride: Tuple<number>;
  padding: Tuple<number> | string;
  dilation: Tuple<number>;
  transposed: boolean;
  output_padding: Tuple<number>;
  groups: number;
  padding_mode: PaddingMode;
  /** Padding of each axis from the last to the first, twice, as `F.pad` takes it. */
  _reversed_padding_repeated_twice: number[];
  declare weight: Parameter;
  declare bias: Parameter | null;

  constructor(axes: number, o: ConvOptions, transposed: boolean) {
    super();
    const { in_channels, out_channels, groups } = o;
    if (groups <= 0) throw new ValueError("groups must be a positive integer");
    if (in_channels % groups !== 0) throw new ValueError("in_channels must be divisible by groups");
    if (out_channels % groups !== 0) throw new ValueError("out_channels must be divisible by groups");
    const stride = perAxis(axes, o.stride);
    if (typeof o.padding === "string") checkPadding(o.padding, stride);
    if (!PADDING_MODES.includes(o.padding_mode))
      throw new ValueError(
        `padding_mode must be one of {${PADDING_MODES.map((m) => repr(m)).join(", ")}}, but got padding_mode='${o.padding_mode}'`,
      );
    this.in_channels = in_channels;
    this.out_channels = out_channels;
    this.kernel_size = perAxis(axes, o.kernel_size);
    this.stride = stride;
    this.padding = typeof o.padding === "string" ? o.padding : perAxis(axes, o.padding);
    this.dilation = perAxis(axes, o.dilation);
    this.transposed = transposed;
    this.output_padding = perAxis(axes, o.output_padding);
    this.groups = groups;
    this.padding_mode = o.padding_mode;
    this._reversed_padding_repeated_twice = reversedPadding(this.padding, this.kernel_size, this.dilation);
    allocateWeights(this, this._layout(), this._sizes(), o, o.bias ? [] : ["bias"]);
    this.reset_parameters();
  }

  abstract _layout(): Layout;
  /** The lengths that the layout is written in. */
  _sizes(): Sizes {
    const { in_channels, out_channels, groups, kernel_size } = this;
    return {
      in_channels,
      out_channels,
      in_channels_per_group: in_channels / groups,
      out_channels_per_group: out_channels / groups,
      kernel_size,
    };
  }

  reset_parameters(): void {
    resetAffine(this.weight, this.bias);
  }
  override extra_repr(): string {
    const unlike = (x: Tuple<number> | string, usual: number): boolean =>
      typeof x === "string" || x.some((v) => v !== usual);
    const parts = [`${this.in_channels}, ${this.out_channels}`, fieldsText(this, ["kernel_size", "stride"])];
    if (unlike(this.padding, 0)) parts.push(`padding=${String(this.padding)}`);
    if (unlike(this.dilation, 1)) parts.push(fieldsText(this, ["dilation"]));
    if (unlike(this.output_padding, 0)) parts.push(fieldsText(this, ["output_padding"]));
    if (this.groups !== 1) parts.push(fieldsText(this, ["groups"]));
    if (this.bias === null) parts.push("bias=False");
    if (this.padding_mode !== "zeros") parts.push(`padding_mode=${this.padding_mode}`);
    return parts.join(", ");
  }
}

export interface ConvNd {
  (input: Tensor): Tensor;
}

function checkPadding(padding: string, stride: readonly number[]): void {
  if (padding !== "same" && padding !== "valid")
    throw new ValueError(`Invalid padding string ${repr(padding)}, should be one of {'same', 'valid'}`);
  if (padding === "same" && stride.some((s) => s !== 1))
    throw new ValueError("padding='same' is not supported for strided convolutions");
}

/** The padding of each axis from the last to the first, twice. */
export function reversedPadding(
  padding: Tuple<number> | string,
  kernel: readonly number[],
  dilation: readonly number[],
): number[] {
  const pairs = kernel.map((k, i) => {
    if (typeof padding !== "string") return [padding[i]!, padding[i]!];
    const total = padding === "same" ? dilation[i]! * (k - 1) : 0;
    return [Math.floor(total / 2), total - Math.floor(total / 2)];
  });
  return pairs.reverse().flat();
}

export abstract class ForwardConvNd extends ConvNd {
  constructor(axes: number, options: ConvOptions) {
    super(axes, options, false);
  }
  override _layout(): Layout {
    return LAYOUT;
  }
  override forward(input: Tensor): Tensor {
    return this._conv_forward(input, this.weight, this.bias);
  }
  _conv_forward(input: Tensor, weight: Tensor, bias: Tensor | null): Tensor {
    const axes = this.kernel_size.length;
    const conv = CONV[axes - 1]!;
    if (this.padding_mode === "zeros")
      return conv(input, weight, bias, this.stride, this.padding as never, this.dilation, this.groups);
    const padded = F.pad(input, this._reversed_padding_repeated_twice, this.padding_mode);
    return conv(padded, weight, bias, this.stride, perAxis(axes, 0), this.dilation, this.groups);
  }
}

const SIGNATURE =
  "in_channels out_channels kernel_size stride padding dilation groups bias padding_mode device dtype";

/** The class for a number of axes. */
function convolution(axes: number) {
  return class extends ForwardConvNd {
    constructor(
      in_channels: number,
      out_channels: number,
      kernel_size: PerAxis,
      stride: PerAxis = 1,
      padding: PerAxis | "same" | "valid" = 0,
      dilation: PerAxis = 1,
      groups = 1,
      bias = true,
      padding_mode: PaddingMode = "zeros",
      device: unknown = null,
      dtype: DTypeLike | null = null,
    ) {
      super(axes, {
        in_channels,
        out_channels,
        kernel_size,
        stride,
        padding,
        dilation,
        output_padding: 0,
        groups,
        bias,
        padding_mode,
        device,
        dtype,
      });
    }
  };
}

export const [Conv1dImpl, Conv2dImpl, Conv3dImpl] = [convolution(1), convolution(2), convolution(3)];

/** `torch.nn.Conv1d`: cross-correlation along one axis, `[N, C, L]` → `[N, out, L′]`. */
export const Conv1d = moduleClass("conv.Conv1d", SIGNATURE, Conv1dImpl, "input");
export type Conv1d = InstanceType<typeof Conv1d>;

/**
 * `torch.nn.Conv2d`: cross-correlation along two axes, `[N, C, H, W]` → `[N, out, H′, W′]`.
 *
 * H′ = ⌊(H + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1; weights `[out, C / groups, kH, kW]`.
 *
 * @param padding - zeros at both ends, or `"same"`, `"valid"`
 * @throws ValueError for groups that do not divide the channels
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const conv = torch.nn.Conv2d(3, 8, { kernel_size: 3, padding: 1, bias: false });
 * print(conv, conv(torch.zeros(2, 3, 5, 5)).shape);
 * // prints Conv2d(3, 8, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1), bias=False) torch.Size([2, 8, 5, 5])
 * ```
 */
export const Conv2d = moduleClass("conv.Conv2d", SIGNATURE, Conv2dImpl, "input");
export type Conv2d = InstanceType<typeof Conv2d>;

/** `torch.nn.Conv3d`: cross-correlation along three axes, `[N, C, D, H, W]` → `[N, out, D′, H′, W′]`. */
export const Conv3d = moduleClass("conv.Conv3d", SIGNATURE, Conv3dImpl, "input");
export type Conv3d = InstanceType<typeof Conv3d>;
