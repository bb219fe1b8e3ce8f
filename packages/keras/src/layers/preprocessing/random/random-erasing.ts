import { float, Tuple, ValueError } from "@cognate/py";
import type { Tensor } from "../../../backend/tensor.js";
import * as K from "../../../ops/index.js";
import type { DataFormat } from "../../../ops/nn/windows.js";
import { normal } from "../../../random/index.js";
import { type LayerOptions, stock } from "../../stock.js";
import { sideOf, within } from "./boxes.js";
import { chosen, clipped, type Factor, ImageLayer, perImage, rangeOf } from "./image-layer.js";

interface Drawn {
  readonly apply: Tensor;
  readonly inside: Tensor;
  readonly filling: Tensor;
}

export class RandomErasingImpl extends ImageLayer<Drawn> {
  declare readonly factor: Tuple<number>;
  declare readonly scale: Tuple<number>;
  declare readonly fill_value: Factor | null;
  declare readonly value_range: readonly number[];

  constructor(
    factor: Factor = float(1),
    scale: Factor = Tuple.of_([0.02, 0.33]),
    fill_value: Factor | null = null,
    value_range: readonly number[] = Tuple.of_([0, 255]),
    seed: number | null = null,
    data_format: DataFormat = null,
    options: LayerOptions = {},
  ) {
    super(data_format, seed, options);
    this._take({
      factor: Tuple.of_([...rangeOf(factor, [0, 1])]),
      scale: Tuple.of_([...rangeOf(scale, [0, 1], "scale")]),
      fill_value,
      value_range,
    });
  }
  override _draw(count: number, shape: readonly number[]): Drawn {
    const type = this.compute_dtype;
    const parts = K.sqrt(this._uniform([count, 2], Number(this.scale[0]), Number(this.scale[1]), type));
    const [height, width] = shape.slice(this._last ? -3 : -2) as [number, number];
    const draw = (): Tensor => this._uniform([count], 0, 1, type);
    const [left, right] = sideOf(K.take(parts, 0, 1), width, type, draw);
    const [top, bottom] = sideOf(K.take(parts, 1, 1), height, type, draw);
    const inside = within({ left, right, top, bottom }, shape, this._last, type);
    const share = this._uniform([count], Number(this.factor[0]), Number(this.factor[1]));
    const apply = perImage(K.less(this._uniform([count], 0, 1), share));
    return { apply, inside, filling: clipped(this._filling(shape), this.value_range) };
  }
  /** What stands in erased places. @throws ValueError */
  _filling(shape: readonly number[]): Tensor {
    const [type, value] = [this.compute_dtype as never, this.fill_value];
    if (value === null) {
      const noise = normal([...shape], 0, 1, type, this._seeds as never);
      return K.multiply(noise, Number(this.value_range[1]));
    }
    if (Array.isArray(value) ? value.length !== 3 : Number.isNaN(Number(value)))
      throw new ValueError("The `fill_value` argument should be a number (or a list of three numbers) ");
    return K.convert_to_tensor(value as never, type);
  }
  override _apply(batch: Tensor, { apply, inside, filling }: Drawn): Tensor {
    const x = K.cast(batch, this.compute_dtype);
    return chosen(apply, chosen(inside, filling, x), x);
  }
}

/** `keras.layers.RandomErasing`: a rectangle of a share of the images filled with noise or a colour. */
export const RandomErasing = stock(
  "preprocessing.image_preprocessing.random_erasing.RandomErasing",
  "factor scale fill_value value_range seed data_format **kwargs",
  RandomErasingImpl,
  { call: "data training=true", config: "data_format factor scale fill_value value_range seed" },
);
export type RandomErasing = RandomErasingImpl;
