import type { Tensor } from "../../../backend/tensor.js";
import * as K from "../../../ops/index.js";
import type { DataFormat } from "../../../ops/nn/windows.js";
import { type LayerOptions, stock } from "../../stock.js";
import { chosen, ImageLayer } from "./image-layer.js";

export class RandomFlipImpl extends ImageLayer<Tensor> {
  declare readonly mode: string;

  constructor(
    mode = "horizontal_and_vertical",
    seed: number | null = null,
    data_format: DataFormat = null,
    options: LayerOptions = {},
  ) {
    super(data_format, seed, options);
    this._take({ mode });
  }
  override _draw(count: number): Tensor {
    return K.less_equal(this._uniform([count, 1, 1, 1], 0, 1), 0.5);
  }
  override _apply(batch: Tensor, flips: Tensor): Tensor {
    const [rows, columns] = this._axes;
    const { mode } = this;
    const both = mode === "horizontal_and_vertical";
    const flipped = (x: Tensor, axis: number): Tensor => chosen(flips, K.flip(x, axis), x);
    const x = K.cast(batch, this.compute_dtype);
    const across = both || mode === "horizontal" ? flipped(x, columns) : x;
    return both || mode === "vertical" ? flipped(across, rows) : across;
  }
  override _applyMasks(batch: Tensor, flips: Tensor): Tensor {
    return this._apply(batch, flips);
  }
}

/** `keras.layers.RandomFlip`: half of the images mirrored, left to right (`"horizontal"`), upside down, or both. */
export const RandomFlip = stock(
  "preprocessing.image_preprocessing.random_flip.RandomFlip",
  "mode seed data_format **kwargs",
  RandomFlipImpl,
  { call: "data training=true", config: "data_format seed mode" },
);
export type RandomFlip = RandomFlipImpl;
