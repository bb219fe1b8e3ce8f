import { repr, ValueError } from "@cognate/py";
import { type Shape, shapeText } from "../../../backend/shape.js";
import { Tensor, type TensorLike } from "../../../backend/tensor.js";
import * as K from "../../../ops/index.js";
import type { DataFormat } from "../../../ops/nn/windows.js";
import { SeedGenerator, uniform } from "../../../random/index.js";
import { standardizeDataFormat } from "../../arguments.js";
import { type LayerOptions, StockLayer } from "../../stock.js";

/** One number f for the range from −f to f, or both ends. */
export type Factor = number | readonly number[];
export type Range = readonly [number, number];

/** Images with what belongs to them. */
export interface ImageData {
  readonly images: TensorLike;
  readonly labels?: TensorLike;
  readonly segmentation_masks?: TensorLike;
  readonly [name: string]: unknown;
}

/** A factor as a range within bounds. @throws ValueError */
export function rangeOf(factor: unknown, [low, high]: Range): Range {
  const wrong = (): Error =>
    new ValueError(
      `The \`factor\` argument should be a number (or a list of two numbers) in the range [${low}, ${high}]. Received: factor=${repr(factor)}`,
    );
  if (Array.isArray(factor)) {
    const [a, b] = factor as [number, number];
    if (factor.length !== 2 || a > high || b < low) throw wrong();
    return Number(a) <= Number(b) ? [a, b] : [b, a];
  }
  if (typeof factor !== "number" && !(factor instanceof Number)) throw wrong();
  const n = Number(factor);
  if (n < low || n > high) throw wrong();
  const size = n < 0 ? -n : (factor as number);
  return [-Number(size) > low ? -Number(size) : low, size];
}
/** A pair of numbers in order. @throws ValueError */
export function valueRangeOf(range: unknown): number[] {
  if (!Array.isArray(range) || range.length !== 2)
    throw new ValueError(
      `The \`value_range\` argument should be a list of two numbers. Received: value_range=${repr(range)}`,
    );
  return [...(range as number[])].sort((a, b) => Number(a) - Number(b));
}

/** Layers that change images, in training by chance: `D` is what they draw. */
export abstract class ImageLayer<D> extends StockLayer {
  declare readonly data_format: "channels_first" | "channels_last";
  declare readonly seed: number | null;
  declare readonly generator: InstanceType<typeof SeedGenerator>;

  constructor(data_format: DataFormat, seed: number | null, options: LayerOptions) {
    super({ autocast: false, ...options });
    this._take({ data_format: standardizeDataFormat(data_format), seed });
    (this as unknown as { generator: unknown }).generator = SeedGenerator(seed as never);
  }
  /** What is drawn for a number of images of a shape. */
  abstract _draw(count: number, shape: readonly number[]): D;
  /** A batch of images, changed. */
  abstract _apply(batch: Tensor, drawn: D): Tensor;
  /** Images as they are outside of training. */
  _rest(batch: Tensor): Tensor {
    return K.cast(batch, this.compute_dtype);
  }
  /** Masks that name a class for every place, moved like the images; colours do not concern them. */
  _applyMasks(batch: Tensor, _drawn: D): Tensor {
    return batch;
  }
  /** Whether numbers are drawn outside of training, too. */
  get _drawsAlways(): boolean {
    return false;
  }
  get _last(): boolean {
    return this.data_format === "channels_last";
  }
  /** The axes of rows, columns and channels of batches. */
  get _axes(): readonly [rows: number, columns: number, channels: number] {
    return this._last ? [1, 2, 3] : [2, 3, 1];
  }
  /** A draw of evenly spread numbers. */
  _uniform(shape: readonly number[], low: number, high: number, dtype: string | null = null): Tensor {
    return uniform(shape, low, high, dtype as never, this.generator as never);
  }
  override call(data: Tensor | ImageData, training = true): unknown {
    const isData = !(data instanceof Tensor) && !Array.isArray(data) && typeof data === "object";
    const images = K.convert_to_tensor(isData ? (data as ImageData).images : (data as Tensor));
    const { shape } = images;
    if (images.ndim !== 3 && images.ndim !== 4)
      throw new ValueError(
        `Expected image tensor to have rank 3 (single image) or 4 (batch of images). Received: data.shape=${shapeText(shape)}`,
      );
    const single = images.ndim === 3;
    const batched = (f: (x: Tensor) => Tensor, x: Tensor): Tensor =>
      single ? K.squeeze(f(K.expand_dims(x, 0)), 0) : f(x);
    const drawn = training || this._drawsAlways ? this._draw(single ? 1 : shape[0]!, shape) : null;
    const y = batched((x) => (training ? this._apply(x, drawn as D) : this._rest(x)), images);
    if (!isData) return y;
    const { segmentation_masks: masks } = data as ImageData;
    const own =
      masks === undefined || !training
        ? masks
        : batched((x) => this._applyMasks(x, drawn as D), K.convert_to_tensor(masks));
    return { ...(data as ImageData), images: y, ...(masks === undefined ? {} : { segmentation_masks: own }) };
  }
  override compute_output_shape(input_shape: Shape): Shape {
    return input_shape;
  }
}

/** Values of one range brought to another. */
export function rescaled(x: Tensor, from: Range, to: Range, dtype: string): Tensor {
  if (Number(from[0]) === Number(to[0]) && Number(from[1]) === Number(to[1])) return x;
  const unit = K.divide(K.subtract(K.cast(x, dtype), Number(from[0])), Number(from[1]) - Number(from[0]));
  return K.add(K.multiply(unit, Number(to[1]) - Number(to[0])), Number(to[0]));
}
/** Numbers of one axis, one an image, against batches of images. */
export const perImage = (x: Tensor): Tensor => K.reshape(x, [-1, 1, 1, 1]);
export const clipped = (x: Tensor, range: readonly number[]): Tensor =>
  K.clip(x, Number(range[0]), Number(range[1]));
export const chosen = (at: Tensor, yes: Tensor | number, no: Tensor | number): Tensor =>
  K.where(at, yes, no) as Tensor;
