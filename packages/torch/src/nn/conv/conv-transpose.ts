import { className, ValueError } from "@cognate/py";
import type { DTypeLike } from "../../dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import { moduleClass } from "../module/keywords.js";
import type { Layout } from "../module/weights.js";
import { ConvNd, type ConvOptions, type PaddingMode, type PerAxis } from "./conv.js";

const LAYOUT = { weight: ["in_channels", "out_channels_per_group", "kernel_size"], bias: ["out_channels"] };

const CONV = [F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d] as const;

export abstract class ConvTransposeNd extends ConvNd {
  constructor(axes: number, options: ConvOptions, name: string) {
    if (options.padding_mode !== "zeros")
      throw new ValueError(`Only "zeros" padding mode is supported for ${name}`);
    super(axes, options, true);
  }
  override _layout(): Layout {
    return LAYOUT;
  }

  /** @param output_size - which of the sizes that give this input is meant */
  override forward(input: Tensor, output_size: readonly number[] | null = null): Tensor {
    const conv = CONV[this.kernel_size.length - 1]!;
    return conv(
      input,
      this.weight,
      this.bias,
      this.stride,
      this.padding as never,
      this._output_padding(input, output_size),
      this.groups,
      this.dilation,
    );
  }

  /** What must be added at the end of each axis to reach `output_size`. */
  _output_padding(input: Tensor, output_size: readonly number[] | null): readonly number[] {
    if (output_size === null) return this.output_padding;
    const axes = this.kernel_size.length;
    const lead = input.ndim === axes + 2 ? 2 : 1;
    const size = output_size.length === lead + axes ? output_size.slice(lead) : [...output_size];
    if (size.length !== axes)
      throw new ValueError(
        `ConvTranspose${axes}D: for ${input.ndim}D input, output_size must have ${axes} or ${lead + axes} elements (got ${size.length})`,
      );
    const padding = this.padding as readonly number[];
    const least = size.map(
      (_, d) =>
        (input.shape[d + lead]! - 1) * this.stride[d]! -
        2 * padding[d]! +
        this.dilation[d]! * (this.kernel_size[d]! - 1) +
        1,
    );
    const most = least.map((n, d) => n + this.stride[d]! - 1);
    if (size.some((n, d) => n < least[d]! || n > most[d]!)) {
      const list = (xs: readonly number[]): string => `[${xs.join(", ")}]`;
      throw new ValueError(
        `requested an output size of ${list(size)}, but valid sizes range from ${list(least)} to ${list(most)} (for an input of torch.Size(${list(input.shape.slice(2))}))`,
      );
    }
    return size.map((n, d) => n - least[d]!);
  }
}

export interface ConvTransposeNd {
  (input: Tensor, output_size?: readonly number[] | null | { output_size?: readonly number[] }): Tensor;
}

const SIGNATURE =
  "in_channels out_channels kernel_size stride padding output_padding groups bias dilation padding_mode device dtype";

/** The class for a number of axes. */
function transposed(axes: number) {
  return class extends ConvTransposeNd {
    constructor(
      in_channels: number,
      out_channels: number,
      kernel_size: PerAxis,
      stride: PerAxis = 1,
      padding: PerAxis = 0,
      output_padding: PerAxis = 0,
      groups = 1,
      bias = true,
      dilation: PerAxis = 1,
      padding_mode: PaddingMode = "zeros",
      device: unknown = null,
      dtype: DTypeLike | null = null,
    ) {
      super(
        axes,
        {
          in_channels,
          out_channels,
          kernel_size,
          stride,
          padding,
          dilation,
          output_padding,
          groups,
          bias,
          padding_mode,
          device,
          dtype,
        },
        className(new.target),
      );
    }
  };
}

export const FORWARD = "input output_size";

export const [ConvTranspose1dImpl, ConvTranspose2dImpl, ConvTranspose3dImpl] = [
  transposed(1),
  transposed(2),
  transposed(3),
];

/** `torch.nn.ConvTranspose1d`: the gradient of a convolution along one axis as a layer, `[N, C, L]` → `[N, out, L′]`. */
export const ConvTranspose1d = moduleClass("conv.ConvTranspose1d", SIGNATURE, ConvTranspose1dImpl, FORWARD);
export type ConvTranspose1d = InstanceType<typeof ConvTranspose1d>;

/**
 * `torch.nn.ConvTranspose2d`: the gradient of a convolution along two axes as a layer, `[N, C, H, W]` → `[N, out, H′, W′]`.
 *
 * H′ = (H − 1)·stride − 2·padding + dilation·(kernel − 1) + output_padding + 1; weights `[C, out / groups, kH, kW]`.
 */
export const ConvTranspose2d = moduleClass("conv.ConvTranspose2d", SIGNATURE, ConvTranspose2dImpl, FORWARD);
export type ConvTranspose2d = InstanceType<typeof ConvTranspose2d>;

/** `torch.nn.ConvTranspose3d`: the gradient of a convolution along three axes as a layer. */
export const ConvTranspose3d = moduleClass("conv.ConvTranspose3d", SIGNATURE, ConvTranspose3dImpl, FORWARD);
export type ConvTranspose3d = InstanceType<typeof ConvTranspose3d>;
