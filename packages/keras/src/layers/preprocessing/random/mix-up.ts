import type { Tensor } from "../../../backend/tensor.js";
import * as K from "../../../ops/index.js";
import type { DataFormat } from "../../../ops/nn/windows.js";
import { beta, shuffle } from "../../../random/index.js";
import { type LayerOptions, stock } from "../../stock.js";
import { ImageLayer } from "./image-layer.js";

interface Drawn {
  readonly order: Tensor;
  readonly weight: Tensor;
}

export class MixUpImpl extends ImageLayer<Drawn> {
  declare readonly alpha: number;

  constructor(
    alpha = 0.2,
    data_format: DataFormat = null,
    seed: number | null = null,
    options: LayerOptions = {},
  ) {
    super(data_format, seed, options);
    this._take({ alpha });
  }
  override get _drawsAlways(): boolean {
    return true;
  }
  override _draw(count: number): Drawn {
    const [seeds, alpha] = [this._seeds as never, Number(this.alpha)];
    const order = shuffle(K.arange(0, count, 1, "int64"), 0, seeds);
    return { order, weight: beta([count], alpha, alpha, null, seeds) };
  }
  _mixed(x: Tensor, others: Tensor, weight: Tensor, shape: readonly number[]): Tensor {
    const w = K.reshape(weight, shape);
    return K.add(K.multiply(w, x), K.multiply(K.subtract(1, w), others));
  }
  override _apply(batch: Tensor, { order, weight }: Drawn): Tensor {
    const x = K.cast(batch, this.compute_dtype);
    const own = K.cast(weight, this.compute_dtype);
    return this._mixed(x, K.take(x, order, 0), own, [-1, 1, 1, 1]);
  }
  override _rest(batch: Tensor): Tensor {
    return batch;
  }
  override _applyLabels(labels: Tensor, { order, weight }: Drawn): Tensor {
    return this._mixed(labels, K.take(labels, order, 0), weight, [-1, 1]);
  }
  /** There masks are mixed with single numbers of the flattened masks. */
  override _applyMasks(batch: Tensor, { order, weight }: Drawn): Tensor {
    return this._mixed(batch, K.take(batch, order), weight, [-1, 1, 1, 1]);
  }
}

/** `keras.layers.MixUp`: images and labels blended with others of the batch. */
export const MixUp = stock(
  "preprocessing.image_preprocessing.mix_up.MixUp",
  "alpha data_format seed **kwargs",
  MixUpImpl,
  { call: "data training=true", config: "data_format alpha seed" },
);
export type MixUp = MixUpImpl;
