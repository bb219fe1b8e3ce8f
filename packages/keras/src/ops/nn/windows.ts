import { ValueError } from "@cognate/py";
import { standardizeDataFormat } from "../../backend/config.js";
import type { Shape } from "../../backend/shape.js";

/*
 * What convolutions and pooling share: windows over spatial axes, with channels before or behind them.
 */

export type DataFormat = "channels_first" | "channels_last" | null;
export type Padding = "valid" | "same" | "causal" | string;

/** One number an axis. */
export const perAxis = (x: number | readonly number[], axes: number): number[] =>
  typeof x === "number" || !Array.isArray(x)
    ? new Array<number>(axes).fill(Number(x))
    : x.length === 1
      ? new Array<number>(axes).fill(Number(x[0]))
      : x.map(Number);

/** Positions added before and after an axis by TensorFlow's SAME: the odd one at the end. */
export function samePadding(length: number, kernel: number, stride: number, dilation = 1): [number, number] {
  const reach = (kernel - 1) * dilation + 1;
  const total = Math.max((Math.ceil(length / stride) - 1) * stride + reach - length, 0);
  return [total >> 1, total - (total >> 1)];
}

/** Positions added before and after each axis. @throws ValueError for another padding */
export function paddingOf(
  padding: Padding,
  lengths: readonly number[],
  kernel: readonly number[],
  strides: readonly number[],
  dilations: readonly number[],
): [number, number][] {
  const kind = String(padding).toLowerCase();
  if (kind === "valid") return lengths.map(() => [0, 0]);
  if (kind === "same") return lengths.map((n, i) => samePadding(n, kernel[i]!, strides[i]!, dilations[i]!));
  throw new ValueError(
    `The \`padding\` argument must be one of 'valid', 'same'. Received: padding=${padding}`,
  );
}

/** Whether channels stand last. */
export const isLast = (format: DataFormat | undefined): boolean =>
  standardizeDataFormat(format ?? null) === "channels_last";

/** The order of axes that puts channels second. */
export const channelsSecond = (rank: number): number[] => [
  0,
  rank - 1,
  ...Array.from({ length: rank - 2 }, (_, i) => i + 1),
];
/** The order of axes that puts the second one last. */
export const channelsBehind = (rank: number): number[] => [
  0,
  ...Array.from({ length: rank - 2 }, (_, i) => i + 2),
  1,
];

/** Length of an axis after windows slid over it. */
export function windowedLength(
  length: number | null,
  kernel: number,
  stride: number,
  padding: Padding,
  dilation = 1,
): number | null {
  if (length === null) return null;
  const reach = (kernel - 1) * dilation + 1;
  return String(padding).toLowerCase() === "valid"
    ? Math.floor((length - reach) / stride) + 1
    : Math.floor((length - 1) / stride) + 1;
}

/** Length of an axis after a transposed convolution. */
export function transposedLength(
  length: number | null,
  kernel: number,
  stride: number,
  padding: Padding,
  outputPadding: number | null,
  dilation: number,
): number | null {
  if (length === null) return null;
  const reach = (kernel - 1) * dilation + 1;
  if (String(padding).toLowerCase() === "valid")
    return (length - 1) * stride + reach + (outputPadding ?? Math.max(reach, stride) - reach);
  return outputPadding === null ? length * stride : (length - 1) * stride + (reach % 2) + outputPadding;
}

/** The spatial axes of a shape. */
export const spatialOf = <T>(shape: readonly T[], last: boolean): T[] =>
  last ? shape.slice(1, -1) : shape.slice(2);

/** A shape with other spatial axes and channels. */
export const withSpatial = (
  batch: number | null,
  spatial: Shape,
  channels: number | null,
  last: boolean,
): Shape => (last ? [batch, ...spatial, channels] : [batch, channels, ...spatial]);
