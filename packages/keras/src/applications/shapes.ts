import { repr, Tuple, ValueError, warn } from "@cognate/py";
import { image_data_format } from "../backend/config.js";
import type { KerasTensor } from "../backend/keras-tensor.js";

/* Sizes of images, and the padding that strided convolutions of applications need. */

export type ImageShape = readonly (number | null)[];
type Window = readonly [number, number];

/** Where the axis of channels is, counted from the front or from the back. */
export const channelAxis = (last: 3 | -1 = -1): number =>
  image_data_format() === "channels_last" ? last : 1;
/** How many channels a tensor has. */
export const channelsOf = (x: KerasTensor): number => x.shape.at(channelAxis())!;

interface SizeRule {
  readonly default_size: number;
  readonly min_size: number;
  readonly require_flatten: boolean;
  /** Whether the weights of ImageNet are asked for, which come for three channels. */
  readonly imagenet: boolean;
}

const text = (shape: ImageShape): string => repr(Tuple.of_([...shape]));

/** The shape of a model's images: the one given if it fits, or the default. @throws ValueError for one that does not fit */
export function imageShape(given: ImageShape | null, rule: SizeRule): (number | null)[] {
  const first = image_data_format() === "channels_first";
  const { default_size: size, min_size, require_flatten, imagenet } = rule;
  const of = (channels: number | null, side: number | null): (number | null)[] =>
    first ? [channels, side, side] : [side, side, channels];
  const channels = given === null ? null : (given.at(first ? 0 : -1) ?? null);
  if (!imagenet && given?.length === 3 && channels !== 1 && channels !== 3)
    warn(
      `This model usually expects 1 or 3 input channels. However, it was passed an input_shape with ${repr(channels)} input channels.`,
    );
  const usual = of(!imagenet && given?.length === 3 ? channels : 3, size);
  if (imagenet && require_flatten) {
    if (given !== null && (given.length !== 3 || given.some((n, i) => n !== usual[i])))
      throw new ValueError(
        `When setting \`include_top=True\` and loading \`imagenet\` weights, \`input_shape\` should be ${text(usual)}.  Received: input_shape=${text(given)}`,
      );
    return usual;
  }
  if (given === null || given.length === 0) return require_flatten ? usual : of(3, null);
  if (given.length !== 3) throw new ValueError("`input_shape` must be a tuple of three integers.");
  if (imagenet && channels !== 3)
    throw new ValueError(`The input must have 3 channels; Received \`input_shape=${text(given)}\``);
  const sides = first ? given.slice(1) : given.slice(0, 2);
  if (sides.some((n) => n !== null && n < min_size))
    throw new ValueError(
      `Input size must be at least ${min_size}x${min_size}; Received: input_shape=${text(given)}`,
    );
  if (require_flatten && given.includes(null))
    throw new ValueError(
      `If \`include_top\` is True, you should specify a static \`input_shape\`. Received: input_shape=${text(given)}`,
    );
  return [...given];
}

/** Rows and columns of a shape of images. */
export const sidesOf = (shape: ImageShape): readonly [number | null, number | null] =>
  image_data_format() === "channels_last" ? [shape[0]!, shape[1]!] : [shape[1]!, shape[2]!];

/** Zeros around an image, so that a strided convolution without padding sees what "same" would show it at full size. */
export function correct_pad(x: KerasTensor, kernel_size: number | Window): readonly [Window, Window] {
  const at = image_data_format() === "channels_first" ? 2 : 1;
  const [rows, columns] = x.shape.slice(at, at + 2) as [number | null, number | null];
  const kernel = typeof kernel_size === "number" ? ([kernel_size, kernel_size] as const) : kernel_size;
  const around = (side: number | null, size: number): Window => {
    const half = Math.floor(size / 2);
    return [half - (side === null ? 1 : 1 - (side % 2)), half];
  };
  const known = rows !== null;
  return [around(rows, kernel[0]), around(known ? columns : null, kernel[1])];
}

/** A number of channels as a multiple of `divisor`, never more than a tenth below. */
export function makeDivisible(v: number, divisor = 8): number {
  const near = Math.max(divisor, Math.floor(Math.trunc(v + divisor / 2) / divisor) * divisor);
  return near < 0.9 * v ? near + divisor : near;
}

/** The side of square images that weights were made for. */
export function usualSide(shape: ImageShape | null, sizes: readonly number[]): number {
  if (shape === null) return 224;
  const [rows, columns] = sidesOf(shape);
  return rows !== null && rows === columns && sizes.includes(rows) ? rows : 224;
}

/** The shape that an input tensor has, if none was given. @throws ValueError for a shape that is not the tensor's */
export function shapeBeside(
  given: ImageShape | null,
  tensor: KerasTensor | null,
  wrong: (first: boolean) => string,
): ImageShape | null {
  if (tensor === null || given === null) return tensor === null ? given : tensor.shape.slice(1);
  const first = image_data_format() === "channels_first";
  if (tensor.shape[first ? 1 : 2] !== given[1]) throw new ValueError(wrong(first));
  return given;
}
