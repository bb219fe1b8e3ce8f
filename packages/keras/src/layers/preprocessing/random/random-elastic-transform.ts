import { float, NotImplementedError, repr, set, Tuple } from "@cognate/py";
import type { Tensor } from "../../../backend/tensor.js";
import { elastic_transform } from "../../../ops/image/elastic.js";
import * as K from "../../../ops/index.js";
import type { DataFormat } from "../../../ops/nn/windows.js";
import { type LayerOptions, stock } from "../../stock.js";
import { chosen, clipped, type Factor, ImageLayer, perImage, rangeOf } from "./image-layer.js";

const INTERPOLATIONS = Tuple.of_(["nearest", "bilinear"]);
const FILL_MODES = ["constant", "nearest", "wrap", "mirror", "reflect"];

interface Drawn {
  readonly apply: Tensor;
  readonly strength: Tensor;
}

export class RandomElasticTransformImpl extends ImageLayer<Drawn | null> {
  declare readonly factor: Tuple<number>;
  declare readonly scale: Tuple<number>;
  declare readonly interpolation: string;
  declare readonly fill_mode: string;
  declare readonly fill_value: number;
  declare readonly value_range: readonly number[];

  constructor(
    factor: Factor = float(1),
    scale: Factor = float(1),
    interpolation = "bilinear",
    fill_mode = "reflect",
    fill_value: number = float(0),
    value_range: readonly number[] = Tuple.of_([0, 255]),
    seed: number | null = null,
    data_format: DataFormat = null,
    options: LayerOptions = {},
  ) {
    super(data_format, seed, options);
    this._take({
      factor: Tuple.of_([...rangeOf(factor, [0, 1])]),
      scale: Tuple.of_([...rangeOf(scale, [0, 1], "scale")]),
      interpolation,
      fill_mode,
      fill_value,
      value_range,
    });
    if (!INTERPOLATIONS.includes(interpolation))
      throw new NotImplementedError(
        `Unknown \`interpolation\` ${interpolation}. Expected of one ${repr(INTERPOLATIONS)}.`,
      );
    if (!FILL_MODES.includes(fill_mode))
      throw new NotImplementedError(
        `Unknown \`fill_mode\` ${fill_mode}. Expected of one ${repr(set(FILL_MODES))}.`,
      );
  }
  override _draw(count: number): Drawn | null {
    const [[low, high], [least, most]] = [this.factor, this.scale].map((f) => f.map(Number)) as [
      [number, number],
      [number, number],
    ];
    if (most === 0 || high === 0) return null;
    const share = this._uniform([count], low, high);
    const apply = perImage(K.less(this._uniform([count], 0, 1), share));
    return { apply, strength: this._uniform([], least, most, this.compute_dtype) };
  }
  _moved(x: Tensor, drawn: Drawn | null, interpolation: string): Tensor {
    if (drawn === null) return x;
    const [height, width] = [x.shape[this._axes[0]]!, x.shape[this._axes[1]]!];
    const { fill_mode, fill_value, data_format } = this;
    const y = elastic_transform(
      x,
      K.multiply(K.multiply(drawn.strength, 0.1), Math.max(height, width)),
      K.multiply(K.multiply(drawn.strength, 0.05), Math.min(height, width)),
      interpolation,
      fill_mode,
      Number(fill_value),
      this._seeds as never,
      data_format,
    );
    return K.cast(clipped(chosen(drawn.apply, y, x), this.value_range), this.compute_dtype);
  }
  override _apply(batch: Tensor, drawn: Drawn | null): Tensor {
    return this._moved(K.cast(batch, this.compute_dtype), drawn, this.interpolation);
  }
  override _applyMasks(batch: Tensor, drawn: Drawn | null): Tensor {
    return this._moved(batch, drawn, "nearest");
  }
}

/** `keras.layers.RandomElasticTransform`: a share of the images distorted by smooth noise. */
export const RandomElasticTransform = stock(
  "preprocessing.image_preprocessing.random_elastic_transform.RandomElasticTransform",
  "factor scale interpolation fill_mode fill_value value_range seed data_format **kwargs",
  RandomElasticTransformImpl,
  {
    call: "data training=true",
    config: "data_format factor scale interpolation fill_mode fill_value value_range seed",
  },
);
export type RandomElasticTransform = RandomElasticTransformImpl;
