import { Tuple } from "@cognate/py";
import type { Shape } from "../../../backend/shape.js";
import type { Tensor } from "../../../backend/tensor.js";
import * as K from "../../../ops/index.js";
import type { DataFormat } from "../../../ops/nn/windows.js";
import { type LayerOptions, stock } from "../../stock.js";
import { RandomBrightness, RandomContrast, RandomHue, RandomSaturation } from "./colors.js";
import { type Factor, ImageLayer } from "./image-layer.js";

type Part = ImageLayer<Tensor>;
const PARTS = ["random_brightness", "random_contrast", "random_saturation", "random_hue"] as const;

export class RandomColorJitterImpl extends ImageLayer<null> {
  declare random_brightness: Part | null;
  declare random_contrast: Part | null;
  declare random_saturation: Part | null;
  declare random_hue: Part | null;

  constructor(
    value_range: readonly number[] = Tuple.of_([0, 255]),
    brightness_factor: Factor | null = null,
    contrast_factor: Factor | null = null,
    saturation_factor: Factor | null = null,
    hue_factor: Factor | null = null,
    seed: number | null = null,
    data_format: DataFormat = null,
    options: LayerOptions = {},
  ) {
    super(data_format, seed, options);
    this._take({ value_range, brightness_factor, contrast_factor, saturation_factor, hue_factor });
    const part = (make: (keywords: never) => unknown, factor: Factor | null): Part | null =>
      factor === null ? null : (make({ factor, value_range, seed } as never) as Part);
    this.random_brightness = part(RandomBrightness as never, brightness_factor);
    this.random_contrast = part(RandomContrast as never, contrast_factor);
    this.random_saturation = part(RandomSaturation as never, saturation_factor);
    this.random_hue = part(RandomHue as never, hue_factor);
  }
  override build(input_shape: Shape): void {
    for (const name of PARTS) this[name]?.build(input_shape as never);
    super.build(input_shape as never);
  }
  override _draw(): null {
    return null;
  }
  /** Each part draws when its turn has come, with this layer's seeds. */
  override _apply(batch: Tensor): Tensor {
    let x = K.cast(batch, this.compute_dtype);
    for (const name of PARTS) {
      const part = this[name];
      if (part) x = part._apply(x, part._drawWith(this._seeds, x.shape[0]!, x.shape));
    }
    return K.cast(x, this.compute_dtype);
  }
  override _rest(batch: Tensor): Tensor {
    return batch;
  }
}

/** `keras.layers.RandomColorJitter`: brightness, contrast, saturation and hue changed, one after the other. */
export const RandomColorJitter = stock(
  "preprocessing.image_preprocessing.random_color_jitter.RandomColorJitter",
  "value_range brightness_factor contrast_factor saturation_factor hue_factor seed data_format **kwargs",
  RandomColorJitterImpl,
  {
    call: "data training=true",
    config: "data_format value_range brightness_factor contrast_factor saturation_factor hue_factor seed",
  },
);
export type RandomColorJitter = RandomColorJitterImpl;
