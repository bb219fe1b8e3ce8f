import { Tuple } from "@cognate/py";
import type { Shape } from "../../../backend/shape.js";
import type { Tensor } from "../../../backend/tensor.js";
import { resize } from "../../../ops/image/resize.js";
import * as K from "../../../ops/index.js";
import type { DataFormat } from "../../../ops/nn/windows.js";
import { makeDefaultSeed } from "../../../random/seed-generator.js";
import { type LayerOptions, stock } from "../../stock.js";
import { ImageLayer } from "./image-layer.js";

export class RandomCropImpl extends ImageLayer<readonly [number, number]> {
  declare readonly height: number;
  declare readonly width: number;

  constructor(
    height: number,
    width: number,
    seed: number | null = null,
    data_format: DataFormat = null,
    options: LayerOptions = {},
  ) {
    // What the configuration shows is a draw of its own, before the generator's.
    const shown = seed ?? makeDefaultSeed();
    super(data_format, seed, options);
    this._take({ height, width, seed: shown });
  }
  override _draw(_count: number, shape: readonly number[]): readonly [number, number] {
    const first = shape.length - (this._last ? 3 : 2);
    const [h, w] = [shape[first]!, shape[first + 1]!];
    const { height, width } = this;
    if (h > height && w > width) {
      const start = (room: number): number => Math.trunc(Number(this._uniform([], 0, room + 1)));
      const down = start(h - height);
      return [down, start(w - width)];
    }
    const own = (n: number, wanted: number): number => Math.max(Math.min(n, Math.trunc(wanted)), 1);
    const [rows, columns] = [own(h, (w * height) / width), own(w, (h * width) / height)];
    return [Math.trunc((h - rows) / 2), Math.trunc((w - columns) / 2)];
  }
  override _apply(batch: Tensor, [down, across]: readonly [number, number]): Tensor {
    const [rows, columns] = this._axes;
    const { height, width } = this;
    const starts = batch.shape.map((_, i) => (i === rows ? down : i === columns ? across : 0));
    const lengths = batch.shape.map((n, i) =>
      i === rows ? Math.min(height, n - down) : i === columns ? Math.min(width, n - across) : n,
    );
    const y = K.slice(K.cast(batch, this.compute_dtype), starts, lengths);
    if (y.shape[rows] === height && y.shape[columns] === width) return y;
    return K.cast(
      resize(y, [height, width], "bilinear", false, false, false, "constant", 0, this.data_format),
      this.compute_dtype,
    );
  }
  override _applyMasks(batch: Tensor, at: readonly [number, number]): Tensor {
    return this._apply(batch, at);
  }
  override _rest(batch: Tensor): Tensor {
    return batch;
  }
  override compute_output_shape(input_shape: Shape): Tuple<number | null> {
    const first = input_shape.length - (this._last ? 3 : 2);
    return Tuple.of_<number | null>(
      input_shape.map((n, i) => (i === first ? this.height : i === first + 1 ? this.width : n)),
    );
  }
}

/** `keras.layers.RandomCrop`: a part of the images somewhere, in training; images that are too small are stretched. */
export const RandomCrop = stock(
  "preprocessing.image_preprocessing.random_crop.RandomCrop",
  "height width seed data_format **kwargs",
  RandomCropImpl,
  { call: "data training=true", config: "data_format height width seed" },
);
export type RandomCrop = RandomCropImpl;
