import { className, float, isPlainObject, repr, ValueError } from "@cognate/py";
import { type Shape, shapeText } from "../../../backend/shape.js";
import { Tensor, type TensorLike } from "../../../backend/tensor.js";
import { hide } from "../../../hide.js";
import * as K from "../../../ops/index.js";
import type { DataFormat } from "../../../ops/nn/windows.js";
import { SeedGenerator, uniform } from "../../../random/index.js";
import { standardizeDataFormat } from "../../arguments.js";
import { type LayerOptions, StockLayer } from "../../stock.js";

/** One number f for the range from −f to f, or both ends. */
export type Factor = number | readonly number[];
export type Range = readonly [number, number];
export type Seeds = InstanceType<typeof SeedGenerator>;

/** Boxes around what is seen, `[count, boxes, 4]`, and what that is. */
export interface Boxes {
  readonly boxes: Tensor;
  readonly labels: Tensor;
}

/** Images with what belongs to them. */
export interface ImageData {
  readonly images: TensorLike;
  readonly labels?: TensorLike;
  readonly segmentation_masks?: TensorLike;
  readonly bounding_boxes?: { readonly boxes: TensorLike; readonly labels: TensorLike };
  readonly [name: string]: unknown;
}

/** −x, a whole float if x is one. */
const negative = (x: number): number => (typeof x === "number" ? -x : float(-Number(x)));

/** A factor as a range within bounds. @throws ValueError */
export function rangeOf(factor: unknown, [low, high]: Range, name = "factor"): Range {
  const wrong = (): Error =>
    new ValueError(
      `The \`${name}\` argument should be a number (or a list of two numbers) in the range [${low}, ${high}]. Received: factor=${typeof factor === "string" ? factor : repr(factor)}`,
    );
  if (Array.isArray(factor)) {
    const [a, b] = factor as [number, number];
    if (factor.length !== 2 || a > high || b < low) throw wrong();
    return Number(a) <= Number(b) ? [a, b] : [b, a];
  }
  if (typeof factor !== "number" && !(factor instanceof Number)) throw wrong();
  const n = Number(factor);
  if (n < low || n > high) throw wrong();
  const size = n < 0 ? negative(factor as number) : (factor as number);
  return [low > -Number(size) ? low : negative(size), size];
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
  declare readonly generator: Seeds;
  declare readonly bounding_box_format: string | null;
  /** The generator that draws for a while instead of the layer's own. */
  declare _lent: Seeds | null;

  /** A `seed` that is not given: a layer that draws nothing. */
  constructor(data_format: DataFormat, seed: number | null | undefined, options: LayerOptions) {
    const { bounding_box_format = null, ...own } = options as LayerOptions & { bounding_box_format?: string };
    super({ autocast: false, ...own });
    this._take({ data_format: standardizeDataFormat(data_format), bounding_box_format, _lent: null });
    if (seed === undefined) return;
    this._take({ seed });
    (this as unknown as { generator: unknown }).generator = SeedGenerator(seed as never);
  }
  get _seeds(): Seeds {
    return this._lent ?? this.generator;
  }
  /** What is drawn with the seeds of another layer. */
  _drawWith(seeds: Seeds, count: number, shape: readonly number[]): D {
    hide(this, "_lent", seeds);
    try {
      return this._draw(count, shape);
    } finally {
      hide(this, "_lent", null);
    }
  }
  /** What is drawn for a number of images of a shape. */
  abstract _draw(count: number, shape: readonly number[]): D;
  /** A batch of images, changed. */
  abstract _apply(batch: Tensor, drawn: D): Tensor;
  /** Images as they are outside of training. */
  _rest(batch: Tensor): Tensor {
    return K.cast(batch, this.compute_dtype);
  }
  /** Labels, mixed like the images; few layers do that. */
  _applyLabels(batch: Tensor, _drawn: D): Tensor {
    return batch;
  }
  /** Boxes, moved like the images; colours do not concern them. */
  _applyBoxes(boxes: Boxes, _drawn: D): Boxes {
    return boxes;
  }
  /** Whether boxes change outside of training, too. */
  get _boxesAlways(): boolean {
    return false;
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
    return uniform(shape, low, high, dtype as never, this._seeds as never);
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
    const { labels, segmentation_masks: masks, bounding_boxes } = data as ImageData;
    const around = bounding_boxes && boxesOf(bounding_boxes, this);
    const change = around && (training || this._boxesAlways);
    const boxes = change ? alone(single, around, (b) => this._applyBoxes(b, drawn as D)) : around;
    const own = (given: TensorLike | undefined, f: (x: Tensor) => Tensor): TensorLike | undefined =>
      given === undefined || !training ? given : batched(f, K.convert_to_tensor(given));
    return {
      ...(data as ImageData),
      images: y,
      ...(boxes === undefined ? {} : { bounding_boxes: boxes }),
      ...(labels === undefined ? {} : { labels: own(labels, (x) => this._applyLabels(x, drawn as D)) }),
      ...(masks === undefined
        ? {}
        : { segmentation_masks: own(masks, (x) => this._applyMasks(x, drawn as D)) }),
    };
  }
  override compute_output_shape(input_shape: Shape): Shape {
    return input_shape;
  }
  override get_config(): Record<string, unknown> {
    const { bounding_box_format } = this;
    const entries = Object.entries(super.get_config());
    if (bounding_box_format !== null) {
      const at = entries.findIndex(([name]) => name === "data_format");
      entries.splice(at + 1, 0, ["bounding_box_format", bounding_box_format]);
    }
    return Object.fromEntries(entries);
  }
}

/** Boxes as tensors. @throws ValueError */
function boxesOf(given: ImageData["bounding_boxes"], layer: ImageLayer<unknown>): Boxes {
  if (!layer.bounding_box_format)
    throw new ValueError(
      `You passed an input with a 'bounding_boxes' key, but you didn't specify a bounding box format. Pass a \`bounding_box_format\` argument to your ${className(layer.constructor)} layer, e.g. \`bounding_box_format='xyxy'\`.`,
    );
  if (!isPlainObject(given) || !("labels" in given) || !("boxes" in given))
    throw new ValueError(
      `Expected \`bounding_boxes\` agurment to be a dict with keys 'boxes' and 'labels'. Received: bounding_boxes=${repr(given)}`,
    );
  const boxes = K.convert_to_tensor(given.boxes, "float32");
  const labels = K.convert_to_tensor(given.labels);
  if (boxes.ndim !== 2 && boxes.ndim !== 3)
    throw new ValueError(
      `Expected \`bounding_boxes['boxes']\` to have rank 2 or 3, with shape (num_boxes, 4) or (batch_size, num_boxes, 4). Received: bounding_boxes['boxes'].shape=${shapeText(boxes.shape)}`,
    );
  const ranks = [boxes.ndim - 1, boxes.ndim];
  if (!ranks.includes(labels.ndim))
    throw new ValueError(
      `Found bounding_boxes['boxes'].shape=${shapeText(boxes.shape)} and expected bounding_boxes['labels'] to have rank ${ranks[0]} or ${ranks[1]}, but received: bounding_boxes['labels'].shape=${shapeText(labels.shape)} `,
    );
  return { ...given, boxes, labels };
}
/** A change of batches of boxes, also of one image's. */
function alone(single: boolean, { boxes, labels, ...rest }: Boxes, f: (b: Boxes) => Boxes): Boxes {
  if (!single) return f({ ...rest, boxes, labels });
  const y = f({ ...rest, boxes: K.expand_dims(boxes, 0), labels: K.expand_dims(labels, 0) });
  return { ...y, boxes: K.squeeze(y.boxes, 0), labels: K.squeeze(y.labels, 0) };
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
