import { ops } from "@cognate/kernel";
import { ValueError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { kernelError } from "../../backend/errors.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { TensorShape } from "../../backend/tensor-shape.js";
import { apply, op, promoted } from "../make.js";
import {
  channelsBehind,
  channelsSecond,
  type DataFormat,
  isLast,
  type Padding,
  paddingOf,
  perAxis,
  samePadding,
  transposedLength,
} from "./windows.js";

/*
 * Convolutions. Kernels are Keras's, `(…spatial, in, out)`; the row wants `[out, in, …spatial]`, a view of the same memory.
 */

type PerAxis = number | readonly number[];

const permuted = (v: Value, axes: readonly number[]): Value => apply(ops.permute, [v], { axes });

/** The axes of a kernel `(…spatial, a, b)` as `[b, a, …spatial]`. */
const kernelOrder = (rank: number): number[] => [
  rank - 1,
  rank - 2,
  ...Array.from({ length: rank - 2 }, (_, i) => i),
];

const NAMES = ["Conv1D", "Conv2D", "Conv3D"] as const;

/** x with channels second, and the way back. */
function image(x: Value, format: DataFormat | undefined): { v: Value; back: (y: Value) => Value } {
  if (!isLast(format)) return { v: x, back: (y) => y };
  const rank = x.shape.length;
  return { v: permuted(x, channelsSecond(rank)), back: (y) => permuted(y, channelsBehind(rank)) };
}

/** Convolves an image that has its channels second. */
function convolve(
  v: Value,
  w: Value,
  strides: readonly number[],
  padding: Padding,
  dilations: readonly number[],
  groups: number,
  bias: Value | null = null,
): Value {
  const lengths = v.shape.slice(2);
  const kernel = w.shape.slice(2);
  const pads = paddingOf(padding, lengths, kernel, strides, dilations);
  const out = lengths.map(
    (n, i) =>
      Math.floor((n + pads[i]![0] + pads[i]![1] - (kernel[i]! - 1) * dilations[i]! - 1) / strides[i]!) + 1,
  );
  if (v.size > 0 && out.some((n) => n < 1)) {
    const small = out.find((n) => n < 0);
    if (small !== undefined)
      throw kernelError(
        NAMES[lengths.length - 1] ?? "Conv2D",
        `Computed output size would be negative: ${small} [input_size: ${lengths[out.indexOf(small)]}, effective_filter_size: ${(kernel[out.indexOf(small)]! - 1) * dilations[out.indexOf(small)]! + 1}, stride: ${strides[out.indexOf(small)]}]`,
      );
    throw new ValueError(
      `The convolution operation resulted in an empty output. Output shape: ${new TensorShape([v.shape[0]!, ...out, w.shape[0]!])}. This can happen if the input is too small for the given kernel size, strides, dilation rate, and padding mode. Please check the input shape and convolution parameters.`,
    );
  }
  return apply(ops.conv, [v, w, bias], { stride: strides, padding: pads, dilation: dilations, groups });
}

/** The convolution of values of one type, with a bias of the same if there is one. */
function withBias(
  x: Value,
  k: Value,
  bias: Value | null,
  strides: PerAxis,
  padding: Padding,
  data_format: DataFormat,
  dilation_rate: PerAxis,
): Tensor {
  const axes = x.shape.length - 2;
  const { v, back } = image(x, data_format);
  const depth = k.shape[k.shape.length - 2]!;
  if (v.shape[1]! % depth !== 0)
    throw kernelError(
      NAMES[axes - 1] ?? "Conv2D",
      `input depth must be evenly divisible by filter depth: ${v.shape[1]} vs ${depth}`,
    );
  const w = permuted(k, kernelOrder(k.shape.length));
  const [s, d] = [perAxis(strides, axes), perAxis(dilation_rate, axes)];
  return wrap(back(convolve(v, w, s, padding, d, v.shape[1]! / depth, bias)));
}

/** x · kernel, sliding over one to three axes. */
export const conv = op(
  "nn.Conv",
  "conv",
  "inputs kernel strides padding data_format dilation_rate",
  (
    inputs: TensorLike,
    kernel: TensorLike,
    strides: PerAxis = 1,
    padding: Padding = "valid",
    data_format: DataFormat = null,
    dilation_rate: PerAxis = 1,
  ): Tensor => {
    const [x, k] = promoted([inputs, kernel]).values as [Value, Value];
    return withBias(x, k, null, strides, padding, data_format, dilation_rate);
  },
  { arity: 2 },
);

/** {@link conv} and the bias in one go, of values that have one type already; `null` where {@link conv} has to say what is wrong. */
export function biasedConv(...args: Parameters<typeof withBias>): Tensor | null {
  try {
    return withBias(...args);
  } catch {
    return null;
  }
}

/** The kernels of each input channel `(…spatial, in, multiplier)` as those of one group each. */
function depthwiseKernel(k: Value): Value {
  const rank = k.shape.length;
  const [channels, multiplier] = k.shape.slice(-2) as [number, number];
  const order = [rank - 2, rank - 1, ...Array.from({ length: rank - 2 }, (_, i) => i)];
  return apply(ops.reshape, [permuted(k, order)], {
    shape: [channels * multiplier, 1, ...k.shape.slice(0, -2)],
  });
}

/** @throws ValueError unless the image's channels are those of the kernel */
function checkChannels(channels: number, expected: number, format: DataFormat | undefined): void {
  if (channels === expected) return;
  throw new ValueError(
    `The number of input channels must match the kernel's input channels. Received: input channels=${channels}, kernel input channels=${expected}, data_format='${isLast(format) ? "channels_last" : "channels_first"}'.`,
  );
}

function checkDepthwise(axes: number, v: Value, k: Value, format: DataFormat | undefined): void {
  if (axes > 2)
    throw new ValueError(`\`inputs\` rank must be 3 (1D conv) or 4 (2D conv). Received: ${v.shape.length}.`);
  checkChannels(v.shape[1]!, k.shape[k.shape.length - 2]!, format);
}

/** Every channel with kernels of its own. */
export const depthwise_conv = op(
  "nn.DepthwiseConv",
  "depthwise_conv",
  "inputs kernel strides padding data_format dilation_rate",
  (
    inputs: TensorLike,
    kernel: TensorLike,
    strides: PerAxis = 1,
    padding: Padding = "valid",
    data_format: DataFormat = null,
    dilation_rate: PerAxis = 1,
  ): Tensor => {
    const [x, k] = promoted([inputs, kernel]).values as [Value, Value];
    const axes = x.shape.length - 2;
    const { v, back } = image(x, data_format);
    checkDepthwise(axes, v, k, data_format);
    const [s, d] = [perAxis(strides, axes), perAxis(dilation_rate, axes)];
    return wrap(back(convolve(v, depthwiseKernel(k), s, padding, d, v.shape[1]!)));
  },
  { arity: 2 },
);

/** A depthwise convolution, then one of kernel size 1 that mixes the channels. */
export const separable_conv = op(
  "nn.SeparableConv",
  "separable_conv",
  "inputs depthwise_kernel pointwise_kernel strides padding data_format dilation_rate",
  (
    inputs: TensorLike,
    depthwise_kernel: TensorLike,
    pointwise_kernel: TensorLike,
    strides: PerAxis = 1,
    padding: Padding = "valid",
    data_format: DataFormat = null,
    dilation_rate: PerAxis = 1,
  ): Tensor => {
    const [x, k, p] = promoted([inputs, depthwise_kernel, pointwise_kernel]).values as [Value, Value, Value];
    const axes = x.shape.length - 2;
    const { v, back } = image(x, data_format);
    checkDepthwise(axes, v, k, data_format);
    const [s, d] = [perAxis(strides, axes), perAxis(dilation_rate, axes)];
    const each = convolve(v, depthwiseKernel(k), s, padding, d, v.shape[1]!);
    const ones = perAxis(1, axes);
    const w = permuted(p, kernelOrder(p.shape.length));
    return wrap(back(convolve(each, w, ones, "valid", ones, 1)));
  },
  { arity: 3 },
);

/** The transpose of a convolution; kernels are `(…spatial, out, in)`. */
export const conv_transpose = op(
  "nn.ConvTranspose",
  "conv_transpose",
  "inputs kernel strides padding output_padding data_format dilation_rate",
  (
    inputs: TensorLike,
    kernel: TensorLike,
    strides: PerAxis = 1,
    padding: Padding = "valid",
    output_padding: PerAxis | null = null,
    data_format: DataFormat = null,
    dilation_rate: PerAxis = 1,
  ): Tensor => {
    const [x, k] = promoted([inputs, kernel]).values as [Value, Value];
    const axes = x.shape.length - 2;
    const { v, back } = image(x, data_format);
    checkChannels(v.shape[1]!, k.shape[k.shape.length - 1]!, data_format);
    const w = permuted(k, kernelOrder(k.shape.length));
    const [s, d] = [perAxis(strides, axes), perAxis(dilation_rate, axes)];
    const more = output_padding === null ? null : perAxis(output_padding, axes);
    const size = w.shape.slice(2);
    const spatial = v.shape
      .slice(2)
      .map((n, i) => transposedLength(n, size[i]!, s[i]!, padding, more?.[i] ?? null, d[i]!)!);
    const same = String(padding).toLowerCase() === "same";
    const pads = spatial.map((n, i): [number, number] =>
      same ? samePadding(n, size[i]!, s[i]!, d[i]!) : [0, 0],
    );
    return wrap(
      back(apply(ops.convInput, [v, w, null], { stride: s, padding: pads, dilation: d, groups: 1, spatial })),
    );
  },
  { arity: 2 },
);
