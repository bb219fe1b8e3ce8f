import type { Shape } from "../../../backend/shape.js";
import type { DataFormat } from "../../../ops/nn/windows.js";
import type { LayerOptions } from "../../stock.js";
import {
  RandomBrightness,
  RandomColorDegeneration,
  RandomContrast,
  RandomPosterization,
  RandomSharpness,
} from "./colors.js";
import { AutoContrast, Equalization } from "./equalization.js";
import type { ImageLayer } from "./image-layer.js";
import { RandomRotation, RandomTranslation } from "./moves.js";
import { RandomShear } from "./random-shear.js";
import { Solarization } from "./solarization.js";

/*
 * The layers that `RandAugment` and `AugMix` choose from.
 */

export type Part = ImageLayer<unknown>;

/** What all of them are made from. */
export interface Common {
  readonly factor: readonly number[];
  readonly value_range: readonly number[];
  readonly interpolation: string;
  readonly seed: number | null;
  readonly data_format: DataFormat;
  readonly options: LayerOptions;
}
type Maker = (c: Common) => object;

const moved = ({ interpolation, seed, data_format, options }: Common): object => ({
  interpolation,
  seed,
  data_format,
  ...options,
});
const coloured = ({ value_range, seed, data_format, options }: Common): object => ({
  value_range,
  seed,
  data_format,
  ...options,
});
const plain = ({ value_range, data_format, options }: Common): object => ({
  value_range,
  data_format,
  ...options,
});

const MAKERS: Readonly<Record<string, readonly [C: unknown, keywords: Maker]>> = {
  random_shear: [RandomShear, (c) => ({ x_factor: c.factor, y_factor: c.factor, ...moved(c) })],
  random_translation: [
    RandomTranslation,
    (c) => ({ height_factor: c.factor, width_factor: c.factor, ...moved(c) }),
  ],
  random_rotation: [RandomRotation, (c) => ({ factor: c.factor, ...moved(c) })],
  random_brightness: [RandomBrightness, (c) => ({ factor: c.factor, ...coloured(c) })],
  random_color_degeneration: [RandomColorDegeneration, (c) => ({ factor: c.factor, ...coloured(c) })],
  random_contrast: [RandomContrast, (c) => ({ factor: c.factor, ...coloured(c) })],
  random_sharpness: [RandomSharpness, (c) => ({ factor: c.factor, ...coloured(c) })],
  solarization: [
    Solarization,
    (c) => ({ addition_factor: c.factor, threshold_factor: c.factor, ...coloured(c) }),
  ],
  random_posterization: [
    RandomPosterization,
    (c) => ({ factor: Math.max(1, Math.trunc(8 * Number(c.factor[1]))), ...coloured(c) }),
  ],
  auto_contrast: [AutoContrast, plain],
  equalization: [Equalization, plain],
};

/** Makes the layers of the names, in that order, as fields of another layer. */
export function takeParts(layer: object, names: readonly string[], common: Common): void {
  const fields = layer as Record<string, unknown>;
  for (const name of names) {
    const [C, keywords] = MAKERS[name]!;
    fields[name] = (C as (keywords: object) => Part)(keywords(common));
  }
}
export const partOf = (layer: object, name: string): Part => (layer as Record<string, Part>)[name]!;
export function buildParts(layer: object, names: readonly string[], shape: Shape): void {
  for (const name of names) partOf(layer, name).build(shape as never);
}
