import { Tuple } from "@cognate/py";
import type { Shape } from "../../../backend/shape.js";
import type { Tensor } from "../../../backend/tensor.js";
import * as K from "../../../ops/index.js";
import type { DataFormat } from "../../../ops/nn/windows.js";
import { randint } from "../../../random/index.js";
import { type LayerOptions, stock } from "../../stock.js";
import { type Factor, ImageLayer, rangeOf } from "./image-layer.js";
import { buildParts, partOf, takeParts } from "./many.js";

/** The layers in the order in which they are made. */
const MADE = [
  "random_shear",
  "random_translation",
  "random_rotation",
  "random_brightness",
  "random_color_degeneration",
  "random_contrast",
  "random_sharpness",
  "solarization",
  "random_posterization",
  "auto_contrast",
  "equalization",
];
/** The layers by their numbers. */
const LAYERS = [...MADE.slice(0, 7), "random_posterization", "solarization", ...MADE.slice(9)];

interface Drawn {
  readonly chosen: readonly number[];
  readonly parts: readonly unknown[];
}

export class RandAugmentImpl extends ImageLayer<Drawn> {
  declare readonly value_range: readonly number[];
  declare readonly num_ops: number;
  declare readonly factor: Tuple<number>;
  declare readonly interpolation: string;

  constructor(
    value_range: readonly number[] = Tuple.of_([0, 255]),
    num_ops = 2,
    factor: Factor = 0.5,
    interpolation = "bilinear",
    seed: number | null = null,
    data_format: DataFormat = null,
    options: LayerOptions = {},
  ) {
    super(data_format, seed, options);
    const range = Tuple.of_([...rangeOf(factor, [0, 1])]);
    this._take({ value_range, num_ops, factor: range, interpolation });
    takeParts(this, MADE, { factor: range, value_range, interpolation, seed, data_format, options });
  }
  override build(input_shape: Shape): void {
    buildParts(this, MADE, input_shape);
    super.build(input_shape as never);
  }
  override _draw(count: number, shape: readonly number[]): Drawn {
    const numbers = randint([this.num_ops], 0, LAYERS.length, "int32", this._seeds as never);
    return {
      chosen: numbers.tolist() as number[],
      parts: LAYERS.map((name) => partOf(this, name)._drawWith(this._seeds, count, shape)),
    };
  }
  override _apply(batch: Tensor, { chosen, parts }: Drawn): Tensor {
    const x = K.cast(batch, this.compute_dtype);
    const y = chosen.reduce((t, i) => partOf(this, LAYERS[i]!)._apply(t, parts[i]), x);
    return K.cast(y, this.compute_dtype);
  }
  override _applyMasks(batch: Tensor, { chosen, parts }: Drawn): Tensor {
    return chosen.reduce((t, i) => partOf(this, LAYERS[i]!)._applyMasks(t, parts[i]), batch);
  }
}

/** `keras.layers.RandAugment`: a few changes by chance one after another, the same for the whole batch (Cubuk et al., 2019). */
export const RandAugment = stock(
  "preprocessing.image_preprocessing.rand_augment.RandAugment",
  "value_range num_ops factor interpolation seed data_format **kwargs",
  RandAugmentImpl,
  { call: "data training=true", config: "data_format value_range num_ops factor interpolation seed" },
);
export type RandAugment = RandAugmentImpl;
