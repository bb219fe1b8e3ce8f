import { float, Tuple } from "@cognate/py";
import type { Shape } from "../../../backend/shape.js";
import type { Tensor } from "../../../backend/tensor.js";
import * as K from "../../../ops/index.js";
import type { DataFormat } from "../../../ops/nn/windows.js";
import { beta, gamma } from "../../../random/index.js";
import { pythonRandom } from "../../../random/state.js";
import { type LayerOptions, stock } from "../../stock.js";
import { clipped, type Factor, ImageLayer, rangeOf } from "./image-layer.js";
import { buildParts, partOf, takeParts } from "./many.js";

/** The layers that are always there and those of `all_ops`, by their numbers. */
const LAYERS = [
  "random_shear",
  "random_translation",
  "random_rotation",
  "random_posterization",
  "solarization",
  "auto_contrast",
  "equalization",
];
const MORE = ["random_brightness", "random_color_degeneration", "random_contrast", "random_sharpness"];
/** The order in which they are made. */
const MADE = [...LAYERS.slice(0, 3), "solarization", "random_posterization", ...LAYERS.slice(5)];

interface Step {
  readonly name: string;
  readonly drawn: unknown;
}
interface Drawn {
  readonly weights: Tensor;
  readonly kept: Tensor;
  readonly chains: readonly (readonly Step[])[];
}

export class AugMixImpl extends ImageLayer<Drawn> {
  declare readonly value_range: readonly number[];
  declare readonly num_chains: number;
  declare readonly chain_depth: number;
  declare readonly factor: Tuple<number>;
  declare readonly alpha: number;
  declare readonly all_ops: boolean;
  declare readonly interpolation: string;

  constructor(
    value_range: readonly number[] = Tuple.of_([0, 255]),
    num_chains = 3,
    chain_depth = 3,
    factor: Factor = 0.3,
    alpha: number = float(1),
    all_ops = true,
    interpolation = "bilinear",
    seed: number | null = null,
    data_format: DataFormat = null,
    options: LayerOptions = {},
  ) {
    super(data_format, seed, options);
    const range = Tuple.of_([...rangeOf(factor, [0, 1])]);
    this._take({ value_range, num_chains, chain_depth, factor: range, alpha, all_ops, interpolation });
    const made = all_ops ? [...MADE, ...MORE] : MADE;
    takeParts(this, made, { factor: range, value_range, interpolation, seed, data_format, options });
  }
  override build(input_shape: Shape): void {
    buildParts(this, this.all_ops ? [...MADE, ...MORE] : MADE, input_shape);
    super.build(input_shape as never);
  }
  override _draw(count: number, shape: readonly number[]): Drawn {
    const [seeds, alpha] = [this._seeds as never, Number(this.alpha)];
    const sample = gamma([this.num_chains], alpha, null, seeds);
    const weights = K.divide(sample, K.sum(sample, -1, true));
    const kept = beta([], alpha, alpha, null, seeds);
    const names = this.all_ops ? [...LAYERS, ...MORE] : LAYERS;
    const step = (): Step[] => {
      // One more than there are layers: nothing.
      const name = names[pythonRandom().randbelow(names.length + 1)];
      if (name === undefined) return [];
      return [{ name, drawn: partOf(this, name)._drawWith(this._seeds, count, shape) }];
    };
    const chain = (): Step[] => Array.from({ length: this.chain_depth }, step).flat();
    return { weights, kept, chains: Array.from({ length: this.num_chains }, chain) };
  }
  _mixed(x: Tensor, { weights, kept, chains }: Drawn, through: (x: Tensor, step: Step) => Tensor): Tensor {
    const type = this.compute_dtype;
    const sum = chains.reduce(
      (total, chain, i) =>
        K.add(total, K.multiply(chain.reduce(through, x), K.cast(K.take(weights, i), type))),
      K.zeros_like(x),
    );
    const w = K.cast(kept, type);
    return K.add(K.multiply(w, x), K.multiply(K.subtract(1, w), sum));
  }
  override _apply(batch: Tensor, drawn: Drawn): Tensor {
    const y = this._mixed(K.cast(batch, this.compute_dtype), drawn, (x, { name, drawn: d }) =>
      partOf(this, name)._apply(x, d),
    );
    return K.cast(clipped(y, this.value_range), this.compute_dtype);
  }
  override _applyMasks(batch: Tensor, drawn: Drawn): Tensor {
    return this._mixed(batch, drawn, (x, { name, drawn: d }) => partOf(this, name)._applyMasks(x, d));
  }
}

/** `keras.layers.AugMix`: images blended with the ends of chains of changes by chance (Hendrycks et al., 2019). */
export const AugMix = stock(
  "preprocessing.image_preprocessing.aug_mix.AugMix",
  "value_range num_chains chain_depth factor alpha all_ops interpolation seed data_format **kwargs",
  AugMixImpl,
  {
    call: "data training=true",
    config: "data_format value_range num_chains chain_depth factor alpha all_ops interpolation seed",
  },
);
export type AugMix = AugMixImpl;
