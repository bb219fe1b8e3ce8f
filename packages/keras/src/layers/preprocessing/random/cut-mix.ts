import { float, Tuple } from "@cognate/py";
import type { Tensor } from "../../../backend/tensor.js";
import * as K from "../../../ops/index.js";
import type { DataFormat } from "../../../ops/nn/windows.js";
import { beta, shuffle } from "../../../random/index.js";
import { type LayerOptions, stock } from "../../stock.js";
import { sideOf, within } from "./boxes.js";
import { chosen, type Factor, ImageLayer, rangeOf } from "./image-layer.js";

interface Drawn {
  readonly order: Tensor;
  readonly inside: Tensor;
  /** How much of each image stays. */
  readonly kept: Tensor;
}

export class CutMixImpl extends ImageLayer<Drawn | null> {
  declare readonly factor: Tuple<number>;

  constructor(
    factor: Factor = float(1),
    seed: number | null = null,
    data_format: DataFormat = null,
    options: LayerOptions = {},
  ) {
    super(data_format, seed, options);
    this._take({ factor: Tuple.of_([...rangeOf(factor, [0, 1])]) });
  }
  override _draw(count: number, shape: readonly number[]): Drawn | null {
    if (shape.length === 3) return null;
    const [type, seeds] = [this.compute_dtype, this._seeds as never];
    const [low, high] = this.factor.map(Number) as [number, number];
    const alpha = K.add(this._uniform([], low, high, type), 1e-6);
    const weight = beta([count], alpha, alpha, type as never, seeds);
    const part = K.sqrt(K.subtract(1, weight));
    const [height, width] = shape.slice(this._last ? -3 : -2) as [number, number];
    const draw = (): Tensor => this._uniform([count], 0, 1, type);
    const [left, right] = sideOf(part, width, type, draw);
    const [top, bottom] = sideOf(part, height, type, draw);
    const places = within({ left, right, top, bottom }, shape, this._last, type);
    const channel = this._last ? 3 : 1;
    const inside = K.repeat(places, shape.at(channel - shape.length)!, channel);
    const area = K.multiply(K.subtract(right, left), K.subtract(bottom, top));
    const kept = K.subtract(1, K.divide(area, width * height));
    return { order: shuffle(K.arange(0, count, 1, "int32"), 0, seeds), inside, kept };
  }
  override _apply(batch: Tensor, drawn: Drawn | null): Tensor {
    const x = K.cast(batch, this.compute_dtype);
    return drawn === null ? x : chosen(drawn.inside, K.take(x, drawn.order, 0), x);
  }
  override _applyLabels(labels: Tensor, drawn: Drawn | null): Tensor {
    if (drawn === null) return labels;
    const kept = K.reshape(drawn.kept, [-1, 1]);
    const others = K.take(labels, drawn.order, 0);
    return K.add(K.multiply(kept, labels), K.multiply(K.subtract(1, kept), others));
  }
  override _applyMasks(batch: Tensor, drawn: Drawn | null): Tensor {
    return this._apply(batch, drawn);
  }
}

/** `keras.layers.CutMix`: rectangles of other images of the batch pasted into images; labels mixed by area. */
export const CutMix = stock(
  "preprocessing.image_preprocessing.cut_mix.CutMix",
  "factor seed data_format **kwargs",
  CutMixImpl,
  { call: "data training=true", config: "data_format factor seed" },
);
export type CutMix = CutMixImpl;
