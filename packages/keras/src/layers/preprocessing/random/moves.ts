import { float, NotImplementedError, repr, Tuple, ValueError } from "@cognate/py";
import type { Tensor } from "../../../backend/tensor.js";
import { affine_transform } from "../../../ops/image/warp.js";
import * as K from "../../../ops/index.js";
import type { DataFormat } from "../../../ops/nn/windows.js";
import { type LayerOptions, stock } from "../../stock.js";
import { type Factor, ImageLayer, type Range, rangeOf } from "./image-layer.js";

/*
 * Images turned, moved and zoomed by chance: projective maps of eight numbers, one an image.
 */

const FILL_MODES = Tuple.of_(["reflect", "wrap", "constant", "nearest"]);
const INTERPOLATIONS = Tuple.of_(["nearest", "bilinear"]);

/** Layers that look at images through a map that they draw. */
export abstract class MovedImages extends ImageLayer<Tensor> {
  declare readonly fill_mode: string;
  declare readonly fill_value: number;
  declare readonly interpolation: string;

  _takeFilling(fill_mode: string, interpolation: string, fill_value: number): void {
    if (!FILL_MODES.includes(fill_mode))
      throw new NotImplementedError(
        `Unknown \`fill_mode\` ${fill_mode}. Expected of one ${repr(FILL_MODES)}.`,
      );
    if (!INTERPOLATIONS.includes(interpolation))
      throw new NotImplementedError(
        `Unknown \`interpolation\` ${interpolation}. Expected of one ${repr(INTERPOLATIONS)}.`,
      );
    this._take({ fill_mode, interpolation, fill_value });
  }
  _size(shape: readonly number[]): readonly [height: number, width: number] {
    const first = shape.length - (this._last ? 3 : 2);
    return [shape[first]!, shape[first + 1]!];
  }
  _seen(x: Tensor, maps: Tensor, interpolation: string): Tensor {
    const { fill_mode, fill_value, data_format } = this;
    return affine_transform(x, maps, interpolation, fill_mode, Number(fill_value), data_format);
  }
  override _apply(batch: Tensor, maps: Tensor): Tensor {
    return this._seen(K.cast(batch, this.compute_dtype), maps, this.interpolation);
  }
  override _applyMasks(batch: Tensor, maps: Tensor): Tensor {
    return this._seen(batch, maps, "nearest");
  }
}
/** Eight numbers an image, of columns and of numbers that are the same for all. */
export const mapsOf = (count: number, parts: readonly (Tensor | number)[]): Tensor =>
  K.concatenate(
    parts.map((p) => (typeof p === "number" ? K.multiply(K.ones([count, 1]), p) : p)),
    1,
  );

export class RandomRotationImpl extends MovedImages {
  declare readonly factor: Tuple<number>;

  constructor(
    factor: Factor,
    fill_mode = "reflect",
    interpolation = "bilinear",
    seed: number | null = null,
    fill_value: number = float(0),
    data_format: DataFormat = null,
    options: LayerOptions = {},
  ) {
    super(data_format, seed, options);
    this._take({ factor: Tuple.of_([...rangeOf(factor, [-1, 1])]) });
    this._takeFilling(fill_mode, interpolation, fill_value);
  }
  override _draw(count: number, shape: readonly number[]): Tensor {
    const [low, high] = [0, 1].map((i) => Number(this.factor[i]) * 360) as [number, number];
    const angle = K.multiply(this._uniform([count], low, high), Math.PI / 180);
    const [height, width] = this._size(shape);
    const [cx, cy] = [0.5 * (width - 1), 0.5 * (height - 1)];
    const turn = K.expand_dims(angle, 1);
    const [cos, sin] = [K.cos(turn), K.sin(turn)];
    const back = K.negative(sin);
    const shift = (c: number, p: Tensor, q: Tensor): Tensor =>
      K.subtract(K.subtract(c, K.multiply(p, cx)), K.multiply(q, cy));
    return mapsOf(count, [cos, back, shift(cx, cos, back), sin, cos, shift(cy, sin, cos), 0, 0]);
  }
}
/** `keras.layers.RandomRotation`: images turned by a part of a full circle between the factor's ends. */
export const RandomRotation = stock(
  "preprocessing.image_preprocessing.random_rotation.RandomRotation",
  "factor fill_mode interpolation seed fill_value data_format **kwargs",
  RandomRotationImpl,
  { call: "data training=true", config: "data_format factor fill_mode fill_value interpolation seed" },
);
export type RandomRotation = RandomRotationImpl;

/** A factor of an axis as a range. @throws ValueError */
function axisRange(factor: unknown, name: string, message: string, ok: (x: number) => boolean): Range {
  const check = (x: number): number => {
    if (!ok(Number(x))) throw new ValueError(`${message}Received: input_number=${repr(x)}`);
    return Number(x);
  };
  if (Array.isArray(factor) && factor.length === 2) {
    const [a, b] = factor.map(check) as [number, number];
    return a <= b ? [a, b] : [b, a];
  }
  if (Array.isArray(factor) || (typeof factor !== "number" && !(factor instanceof Number)))
    throw new ValueError(`${message}Received: ${name}=${typeof factor === "string" ? factor : repr(factor)}`);
  const size = Math.abs(check(factor as number));
  return [-size, size];
}

abstract class AxisFactors extends MovedImages {
  declare readonly height_factor: Factor;
  declare readonly width_factor: Factor | null;
  declare readonly _down: Range;
  declare readonly _across: Range | null;
}
const TRANSLATION =
  "The `factor` argument should be a number (or a list of two numbers) in the range [-1.0, 1.0]. ";

export class RandomTranslationImpl extends AxisFactors {
  constructor(
    height_factor: Factor,
    width_factor: Factor,
    fill_mode = "reflect",
    interpolation = "bilinear",
    seed: number | null = null,
    fill_value: number = float(0),
    data_format: DataFormat = null,
    options: LayerOptions = {},
  ) {
    super(data_format, seed, options);
    const within = (x: number): boolean => x <= 1 && x >= -1;
    const [down, across] = [
      axisRange(height_factor, "height_factor", TRANSLATION, within),
      axisRange(width_factor, "width_factor", TRANSLATION, within),
    ];
    this._take({ height_factor, width_factor, _down: down, _across: across });
    this._takeFilling(fill_mode, interpolation, fill_value);
  }
  override _draw(count: number, shape: readonly number[]): Tensor {
    const [height, width] = this._size(shape);
    const down = K.multiply(this._uniform([count, 1], ...this._down), height);
    const across = K.multiply(this._uniform([count, 1], ...this._across!), width);
    return mapsOf(count, [1, 0, K.negative(across), 0, 1, K.negative(down), 0, 0]);
  }
}
const OPTIONS = {
  call: "data training=true",
  config: "data_format height_factor width_factor fill_mode interpolation seed fill_value",
} as const;
/** `keras.layers.RandomTranslation`: images moved by a part of their height and width. */
export const RandomTranslation = stock(
  "preprocessing.image_preprocessing.random_translation.RandomTranslation",
  "height_factor width_factor fill_mode interpolation seed fill_value data_format **kwargs",
  RandomTranslationImpl,
  OPTIONS,
);
export type RandomTranslation = RandomTranslationImpl;

const ZOOM =
  "The `height_factor` and `width_factor` arguments should be a number (or a list of two numbers) in the range (-1.0, 1.0]. ";

export class RandomZoomImpl extends AxisFactors {
  constructor(
    height_factor: Factor,
    width_factor: Factor | null = null,
    fill_mode = "reflect",
    interpolation = "bilinear",
    seed: number | null = null,
    fill_value: number = float(0),
    data_format: DataFormat = null,
    options: LayerOptions = {},
  ) {
    super(data_format, seed, options);
    const within = (x: number): boolean => x <= 1 && x > -1;
    const down = axisRange(height_factor, "height_factor", ZOOM, within);
    const across = width_factor === null ? null : axisRange(width_factor, "width_factor", ZOOM, within);
    this._take({ height_factor, width_factor, _down: down, _across: across });
    this._takeFilling(fill_mode, interpolation, fill_value);
  }
  override _draw(count: number, shape: readonly number[]): Tensor {
    const zoom = ([low, high]: Range): Tensor => this._uniform([count, 1], 1 + low, 1 + high);
    const down = zoom(this._down);
    const across = this._across === null ? down : zoom(this._across);
    const [height, width] = this._size(shape);
    const offset = (z: Tensor, n: number): Tensor => K.multiply(K.subtract(1, z), (n - 1) / 2);
    return mapsOf(count, [across, 0, offset(across, width), 0, down, offset(down, height), 0, 0]);
  }
}
/** `keras.layers.RandomZoom`: images made larger or smaller by a factor of each axis, or of both. */
export const RandomZoom = stock(
  "preprocessing.image_preprocessing.random_zoom.RandomZoom",
  "height_factor width_factor fill_mode interpolation seed fill_value data_format **kwargs",
  RandomZoomImpl,
  OPTIONS,
);
export type RandomZoom = RandomZoomImpl;
