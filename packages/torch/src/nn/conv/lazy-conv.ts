import { ValueError } from "@cognate/py";
import type { DTypeLike } from "../../dtype.js";
import { moduleClass } from "../module/keywords.js";
import { channelsOf, makeLazy } from "../module/lazy.js";
import { shapesOf } from "../module/weights.js";
import { UninitializedParameter } from "../parameter.js";
import { Conv1dImpl, Conv2dImpl, Conv3dImpl, type ConvNd, type PaddingMode, type PerAxis } from "./conv.js";
import { ConvTranspose1dImpl, ConvTranspose2dImpl, ConvTranspose3dImpl, FORWARD } from "./conv-transpose.js";

/** Gives a convolution without input channels the placeholders that wait for them. */
function wait(
  self: ConvNd,
  out_channels: number,
  bias: boolean,
  device: unknown,
  dtype: DTypeLike | null,
): void {
  self.weight = UninitializedParameter(true, device, dtype);
  self.out_channels = out_channels;
  if (bias) self.bias = UninitializedParameter(true, device, dtype);
}

const plan = (name: string) => ({
  known: (self: ConvNd): boolean => self.in_channels !== 0,
  infer: (self: ConvNd, input: Parameters<typeof channelsOf>[0]): void => {
    self.in_channels = channelsOf(input, self.kernel_size.length, name);
    if (self.in_channels % self.groups !== 0) throw new ValueError("in_channels must be divisible by groups");
  },
  shapes: (self: ConvNd) => shapesOf(self._layout(), self._sizes()),
});

const SIGNATURE = "out_channels kernel_size stride padding dilation groups bias padding_mode device dtype";

function lazyConv(axes: 1 | 2 | 3) {
  const Conv = [Conv1dImpl, Conv2dImpl, Conv3dImpl][axes - 1]!;
  class Lazy extends Conv {
    constructor(
      out_channels: number,
      kernel_size: PerAxis,
      stride: PerAxis = 1,
      padding: PerAxis = 0,
      dilation: PerAxis = 1,
      groups = 1,
      bias = true,
      padding_mode: PaddingMode = "zeros",
      device: unknown = null,
      dtype: DTypeLike | null = null,
    ) {
      super(0, 0, kernel_size, stride, padding, dilation, groups, false, padding_mode, device, dtype);
      wait(this, out_channels, bias, device, dtype);
    }
  }
  makeLazy<ConvNd>(Lazy, Conv, plan(`LazyConv${axes}d`));
  return Lazy;
}

/** `torch.nn.LazyConv1d`: a {@link Conv1d} that learns `in_channels` from its first input. */
export const LazyConv1d = moduleClass("conv.LazyConv1d", SIGNATURE, lazyConv(1), "input");
export type LazyConv1d = InstanceType<typeof LazyConv1d>;
/** `torch.nn.LazyConv2d`: a {@link Conv2d} that learns `in_channels` from its first input. */
export const LazyConv2d = moduleClass("conv.LazyConv2d", SIGNATURE, lazyConv(2), "input");
export type LazyConv2d = InstanceType<typeof LazyConv2d>;
/** `torch.nn.LazyConv3d`: a {@link Conv3d} that learns `in_channels` from its first input. */
export const LazyConv3d = moduleClass("conv.LazyConv3d", SIGNATURE, lazyConv(3), "input");
export type LazyConv3d = InstanceType<typeof LazyConv3d>;

const TRANSPOSED =
  "out_channels kernel_size stride padding output_padding groups bias dilation padding_mode device dtype";

function lazyTransposed(axes: 1 | 2 | 3) {
  const Conv = [ConvTranspose1dImpl, ConvTranspose2dImpl, ConvTranspose3dImpl][axes - 1]!;
  class Lazy extends Conv {
    constructor(
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
        0,
        0,
        kernel_size,
        stride,
        padding,
        output_padding,
        groups,
        false,
        dilation,
        padding_mode,
        device,
        dtype,
      );
      wait(this, out_channels, bias, device, dtype);
    }
  }
  makeLazy<ConvNd>(Lazy, Conv, plan(`LazyConvTranspose${axes}d`));
  return Lazy;
}

/** `torch.nn.LazyConvTranspose1d`: a {@link ConvTranspose1d} that learns `in_channels` from its first input. */
export const LazyConvTranspose1d = moduleClass(
  "conv.LazyConvTranspose1d",
  TRANSPOSED,
  lazyTransposed(1),
  FORWARD,
);
export type LazyConvTranspose1d = InstanceType<typeof LazyConvTranspose1d>;
/** `torch.nn.LazyConvTranspose2d`: a {@link ConvTranspose2d} that learns `in_channels` from its first input. */
export const LazyConvTranspose2d = moduleClass(
  "conv.LazyConvTranspose2d",
  TRANSPOSED,
  lazyTransposed(2),
  FORWARD,
);
export type LazyConvTranspose2d = InstanceType<typeof LazyConvTranspose2d>;
/** `torch.nn.LazyConvTranspose3d`: a {@link ConvTranspose3d} that learns `in_channels` from its first input. */
export const LazyConvTranspose3d = moduleClass(
  "conv.LazyConvTranspose3d",
  TRANSPOSED,
  lazyTransposed(3),
  FORWARD,
);
export type LazyConvTranspose3d = InstanceType<typeof LazyConvTranspose3d>;
