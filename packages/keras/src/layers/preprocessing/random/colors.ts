import { Tuple, ValueError } from "@cognate/py";
import { epsilon } from "../../../backend/config.js";
import type { Tensor } from "../../../backend/tensor.js";
import { hsv_to_rgb, rgb_to_grayscale, rgb_to_hsv } from "../../../ops/image/color.js";
import * as K from "../../../ops/index.js";
import type { DataFormat } from "../../../ops/nn/windows.js";
import { randint } from "../../../random/index.js";
import { type LayerOptions, stock } from "../../stock.js";
import {
  chosen,
  clipped,
  type Factor,
  ImageLayer,
  perImage,
  type Range,
  rangeOf,
  rescaled,
  valueRangeOf,
} from "./image-layer.js";

/*
 * Colours changed by chance.
 */

const PATH = "preprocessing.image_preprocessing";
const OPTIONS = { call: "data training=true", config: "data_format factor value_range seed" } as const;
const VALUES = Tuple.of_([0, 255]);
const BYTE: Range = [0, 255];

/** Layers that draw a number an image between the ends of a factor, for colours within a range. */
abstract class ColorLayer<D> extends ImageLayer<D> {
  declare readonly factor: Tuple<number>;
  declare readonly value_range: readonly number[];

  _takeFactor(factor: unknown, bounds: Range, value_range: readonly number[]): void {
    this._take({ factor: Tuple.of_([...rangeOf(factor, bounds)]), value_range });
  }
  _between(shape: readonly number[]): Tensor {
    return this._uniform(shape, Number(this.factor[0]), Number(this.factor[1]));
  }
  override _rest(batch: Tensor): Tensor {
    return batch;
  }
}

export class RandomBrightnessImpl extends ColorLayer<Tensor> {
  constructor(
    factor: Factor,
    value_range: readonly number[] = [0, 255],
    seed: number | null = null,
    { data_format = null, ...options }: LayerOptions & { data_format?: DataFormat } = {},
  ) {
    super(data_format, seed, options);
    this._takeFactor(factor, [-1, 1], valueRangeOf(value_range));
  }
  override _draw(count: number): Tensor {
    const [low, high] = this.value_range;
    return K.multiply(this._between([count, 1, 1, 1]), Number(high) - Number(low));
  }
  override _apply(batch: Tensor, delta: Tensor): Tensor {
    return clipped(K.add(batch, K.cast(delta, batch.dtype as never)), this.value_range);
  }
}
/** `keras.layers.RandomBrightness`: a part of the value range added to each image. */
export const RandomBrightness = stock(
  `${PATH}.random_brightness.RandomBrightness`,
  "factor value_range seed **kwargs",
  RandomBrightnessImpl,
  OPTIONS,
);
export type RandomBrightness = RandomBrightnessImpl;

export class RandomContrastImpl extends ColorLayer<Tensor> {
  constructor(
    factor: Factor,
    value_range: readonly number[] = VALUES,
    seed: number | null = null,
    { data_format = null, ...options }: LayerOptions & { data_format?: DataFormat } = {},
  ) {
    super(data_format, seed, options);
    this._takeFactor(factor, [0, 1], value_range);
  }
  override _draw(count: number): Tensor {
    const [low, high] = this.factor;
    return this._uniform([count, 1, 1, 1], 1 - Number(low), 1 + Number(high), this.compute_dtype);
  }
  override _apply(batch: Tensor, contrast: Tensor): Tensor {
    const [rows, columns] = this._axes;
    const mean = K.mean(K.mean(batch, rows, true), columns, true);
    return clipped(K.add(K.multiply(K.subtract(batch, mean), contrast), mean), this.value_range);
  }
}
/** `keras.layers.RandomContrast`: distances from each channel's mean stretched by a factor. */
export const RandomContrast = stock(
  `${PATH}.random_contrast.RandomContrast`,
  "factor value_range seed **kwargs",
  RandomContrastImpl,
  OPTIONS,
);
export type RandomContrast = RandomContrastImpl;

export class RandomGrayscaleImpl extends ImageLayer<Tensor> {
  declare readonly factor: number;
  constructor(
    factor = 0.5,
    data_format: DataFormat = null,
    seed: number | null = null,
    options: LayerOptions = {},
  ) {
    super(data_format, seed, options);
    if (factor < 0 || factor > 1)
      throw new ValueError(`\`factor\` should be between 0 and 1. Received: factor=${factor}`);
    this._take({ factor });
  }
  override get _drawsAlways(): boolean {
    return true;
  }
  override _draw(count: number): Tensor {
    return perImage(K.less(this._uniform([count], 0, 1), Number(this.factor)));
  }
  override _apply(batch: Tensor, apply: Tensor): Tensor {
    return chosen(apply, rgb_to_grayscale(batch, this.data_format), batch);
  }
  override _rest(batch: Tensor): Tensor {
    return batch;
  }
}
/** `keras.layers.RandomGrayscale`: a share of the images without colour. */
export const RandomGrayscale = stock(
  `${PATH}.random_grayscale.RandomGrayscale`,
  "factor data_format seed **kwargs",
  RandomGrayscaleImpl,
  { call: "data training=true", config: "data_format factor" },
);
export type RandomGrayscale = RandomGrayscaleImpl;

/** Colour layers that draw outside of training, too. */
abstract class EagerColor extends ColorLayer<Tensor> {
  constructor(
    factor: Factor,
    value_range: readonly number[] = VALUES,
    data_format: DataFormat = null,
    seed: number | null = null,
    options: LayerOptions = {},
  ) {
    super(data_format, seed, options);
    this._takeFactor(factor, this._bounds, this._ordered ? valueRangeOf(value_range) : value_range);
  }
  get _bounds(): Range {
    return [-1, 1];
  }
  get _ordered(): boolean {
    return true;
  }
  override get _drawsAlways(): boolean {
    return true;
  }
  /** One of the three channels of hue, saturation, value changed. */
  _ofChannel(x: Tensor, which: number, f: (channel: Tensor) => Tensor): Tensor {
    const axis = this._axes[2];
    const parts = [...K.unstack(x, 3, axis)];
    parts[which] = f(parts[which]!);
    return K.stack(parts, axis);
  }
}
const EAGER = "factor value_range data_format seed **kwargs";

export class RandomHueImpl extends EagerColor {
  override get _bounds(): Range {
    return [0, 1];
  }
  override get _ordered(): boolean {
    return false;
  }
  override _draw(count: number): Tensor {
    const side = chosen(K.greater(this._uniform([count], 0, 1), 0.5), -1, 1);
    return K.multiply(K.multiply(K.cast(side, "float32"), this._between([count])), 0.5);
  }
  override _apply(batch: Tensor, turn: Tensor): Tensor {
    const range = this.value_range as Range;
    const x = rescaled(K.cast(batch, this.compute_dtype), range, [0, 1], "float32");
    const by = K.reshape(K.cast(turn, x.dtype as never), [-1, 1, 1]);
    const turned = this._ofChannel(rgb_to_hsv(x, this.data_format), 0, (hue) => {
      const h = K.add(hue, by);
      const low = chosen(K.greater(h, 1), K.subtract(h, 1), h);
      return chosen(K.less(low, 0), K.add(low, 1), low);
    });
    const y = K.clip(hsv_to_rgb(turned, this.data_format), 0, 1);
    return K.cast(rescaled(y, [0, 1], range, "float32"), this.compute_dtype);
  }
}
/** `keras.layers.RandomHue`: colours turned on the colour wheel. */
export const RandomHue = stock(`${PATH}.random_hue.RandomHue`, EAGER, RandomHueImpl, OPTIONS);
export type RandomHue = RandomHueImpl;

export class RandomSaturationImpl extends EagerColor {
  override _draw(count: number): Tensor {
    const f = this._between([count]);
    return K.divide(f, K.add(K.subtract(1, f), epsilon()));
  }
  override _apply(batch: Tensor, factor: Tensor): Tensor {
    const by = K.reshape(K.cast(factor, this.compute_dtype), [-1, 1, 1]);
    const y = this._ofChannel(rgb_to_hsv(batch, this.data_format), 1, (s) =>
      clipped(K.multiply(s, by), this.value_range),
    );
    return hsv_to_rgb(y, this.data_format);
  }
}
/** `keras.layers.RandomSaturation`: colours made stronger or weaker. */
export const RandomSaturation = stock(
  `${PATH}.random_saturation.RandomSaturation`,
  EAGER,
  RandomSaturationImpl,
  OPTIONS,
);
export type RandomSaturation = RandomSaturationImpl;

export class RandomColorDegenerationImpl extends EagerColor {
  override _draw(count: number): Tensor {
    return this._between([count, 1, 1, 1]);
  }
  override _apply(batch: Tensor, factor: Tensor): Tensor {
    const x = K.cast(batch, this.compute_dtype);
    const grey = rgb_to_grayscale(x, this.data_format);
    const y = K.add(x, K.multiply(K.cast(factor, this.compute_dtype), K.subtract(grey, x)));
    return clipped(y, this.value_range);
  }
}
/** `keras.layers.RandomColorDegeneration`: images blended with themselves in grey. */
export const RandomColorDegeneration = stock(
  `${PATH}.random_color_degeneration.RandomColorDegeneration`,
  EAGER,
  RandomColorDegenerationImpl,
  OPTIONS,
);
export type RandomColorDegeneration = RandomColorDegenerationImpl;

export class RandomSharpnessImpl extends EagerColor {
  override get _bounds(): Range {
    return [0, 1];
  }
  override _draw(count: number): Tensor {
    return this._between([count]);
  }
  override _apply(batch: Tensor, factor: Tensor): Tensor {
    const type = this.compute_dtype as never;
    const swapped = (x: Tensor): Tensor => (this._last ? x : K.swapaxes(x, -3, -1));
    const x = swapped(K.cast(batch, type));
    const sharp = perImage(K.cast(K.multiply(factor, 2), type));
    const [a, b] = [1 / 13, 5 / 13];
    const kernel = K.convert_to_tensor([a, a, a, a, b, a, a, a, a], type);
    const each = K.tile(K.reshape(kernel, [3, 3, 1, 1]), [1, 1, x.shape.at(-1)!, 1]);
    const smooth = K.depthwise_conv(x, each, 1, "same", "channels_last");
    const y = K.add(x, K.multiply(K.subtract(1, sharp), K.subtract(smooth, x)));
    return swapped(clipped(y, this.value_range));
  }
  override _rest(batch: Tensor): Tensor {
    return K.cast(batch, this.compute_dtype);
  }
}
/** `keras.layers.RandomSharpness`: images blended with themselves smoothed; below a half smoother, above sharper. */
export const RandomSharpness = stock(
  `${PATH}.random_sharpness.RandomSharpness`,
  EAGER,
  RandomSharpnessImpl,
  OPTIONS,
);
export type RandomSharpness = RandomSharpnessImpl;

export class RandomPosterizationImpl extends EagerColor {
  override get _bounds(): Range {
    return [1, 8];
  }
  override _draw(count: number): Tensor {
    const [low, high] = this.factor.map(Number) as [number, number];
    const bits =
      low === high
        ? K.multiply(K.ones([count], "uint8"), low)
        : randint([count], low, high, "uint8", this._seeds as never);
    return K.cast(K.subtract(8, bits), "uint8");
  }
  override _apply(batch: Tensor, shift: Tensor): Tensor {
    const range = this.value_range as Range;
    const by = perImage(shift);
    const bytes = K.cast(rescaled(batch, range, BYTE, this.compute_dtype), "uint8");
    const y = K.left_shift(K.right_shift(bytes, by), by);
    return rescaled(K.cast(y, this.compute_dtype), BYTE, range, this.compute_dtype);
  }
}
/** `keras.layers.RandomPosterization`: fewer bits for each colour. */
export const RandomPosterization = stock(
  `${PATH}.random_posterization.RandomPosterization`,
  EAGER,
  RandomPosterizationImpl,
  OPTIONS,
);
export type RandomPosterization = RandomPosterizationImpl;

export class RandomInvertImpl extends ColorLayer<Tensor> {
  constructor(
    factor: Factor = 1,
    value_range: readonly number[] = VALUES,
    seed: number | null = null,
    data_format: DataFormat = null,
    options: LayerOptions = {},
  ) {
    super(data_format, seed, options);
    this._takeFactor(factor, [0, 1], value_range);
  }
  override _draw(count: number): Tensor {
    const share = this._between([count]);
    return perImage(K.less(this._uniform([count], 0, 1), share));
  }
  override _apply(batch: Tensor, apply: Tensor): Tensor {
    const x = K.cast(batch, this.compute_dtype);
    return chosen(apply, K.subtract(Number(this.value_range[1]), x), x);
  }
}
/** `keras.layers.RandomInvert`: a share of the images as negatives. */
export const RandomInvert = stock(
  `${PATH}.random_invert.RandomInvert`,
  "factor value_range seed data_format **kwargs",
  RandomInvertImpl,
  OPTIONS,
);
export type RandomInvert = RandomInvertImpl;
