import { Tuple } from "@cognate/py";
import type { Tensor } from "../../../backend/tensor.js";
import type { CallArguments } from "../../../call-signature.js";
import * as K from "../../../ops/index.js";
import type { DataFormat } from "../../../ops/nn/windows.js";
import { type LayerOptions, stock } from "../../stock.js";
import { chosen, clipped, ImageLayer, type Range, rescaled, valueRangeOf } from "./image-layer.js";

/*
 * Colours spread over the whole range, the same way every time.
 */

const BYTE: Range = [0, 255];

export class AutoContrastImpl extends ImageLayer<null> {
  declare readonly value_range: readonly number[];

  constructor(
    value_range: readonly number[] = Tuple.of_([0, 255]),
    { data_format = null, ...options }: LayerOptions & { data_format?: DataFormat } = {},
  ) {
    super(data_format, undefined, options);
    this._take({ value_range: valueRangeOf(value_range) });
  }
  override _draw(): null {
    return null;
  }
  override _apply(batch: Tensor): Tensor {
    const [type, range] = [this.compute_dtype, this.value_range as Range];
    const x = K.cast(rescaled(batch, range, BYTE, type), type);
    const [low, high] = [K.min(x, [1, 2], true), K.max(x, [1, 2], true)];
    const scale = K.divide(255, K.subtract(high, low));
    const spread = K.add(K.multiply(x, scale), K.multiply(K.negative(low), scale));
    const y = rescaled(clipped(spread, BYTE), BYTE, range, type);
    // A channel of one colour divides by nothing.
    return K.cast(chosen(K.isnan(y), batch, y), type);
  }
  override _rest(batch: Tensor): Tensor {
    return this._apply(batch);
  }
}
/** `keras.layers.AutoContrast`: each channel stretched from its darkest to its brightest place. */
export const AutoContrast = stock(
  "preprocessing.image_preprocessing.auto_contrast.AutoContrast",
  "value_range **kwargs",
  AutoContrastImpl,
  { call: "data training=true", config: "data_format value_range" },
);
export type AutoContrast = AutoContrastImpl;

export class EqualizationImpl extends ImageLayer<null> {
  declare readonly value_range: readonly number[];
  declare readonly bins: number;

  constructor(
    value_range: readonly number[] = Tuple.of_([0, 255]),
    bins = 256,
    data_format: DataFormat = null,
    options: LayerOptions = {},
  ) {
    super(data_format, undefined, options);
    this._take({ bins, value_range: valueRangeOf(value_range) });
  }
  override _draw(): null {
    return null;
  }
  override _apply(batch: Tensor): Tensor {
    const axis = this._axes[2];
    const channels = K.unstack(K.cast(batch, this.compute_dtype), null, axis);
    return K.cast(
      K.stack(
        [...channels].map((c) => this._equalized(c)),
        axis,
      ),
      this.compute_dtype,
    );
  }
  override _rest(batch: Tensor): Tensor {
    return batch;
  }
  override _spec(call: CallArguments): unknown {
    return call.args[0];
  }
  /** One channel of all images, which share its histogram. */
  _equalized(channel: Tensor): Tensor {
    const [low, high] = this.value_range.map(Number) as [number, number];
    const scaled = (x: Tensor, [a, b]: Range, [c, d]: Range): Tensor =>
      K.add(K.multiply(x, (d - c) / (b - a)), c - a * ((d - c) / (b - a)));
    const x = scaled(channel, [low, high], BYTE);
    const last = this.bins - 1;
    const place = K.divide(K.multiply(K.cast(x, "float32"), last), 255);
    const counts = K.bincount(
      K.reshape(K.clip(K.cast(place, "int32"), 0, last), [-1]),
      null,
      this.bins,
    ) as Tensor;
    const sums = K.cumsum(counts);
    const first = K.take(sums, Number(K.argmax(K.greater(sums, 0))));
    const more = K.subtract(K.take(sums, -1), first);
    const rest = chosen(K.equal(more, 0), K.ones_like(more), more);
    // Quotients of whole numbers are float64 there.
    const wide = (t: Tensor): Tensor => K.cast(t, "float64");
    const table = K.divide(wide(K.multiply(K.subtract(sums, first), 255)), wide(rest));
    const rounded = K.clip(K.round(table), 0, 255);
    const at = K.multiply(K.divide(x, 255), last);
    const spread = K.take(rounded, K.cast(K.clip(at, 0, last), "int32"));
    // One colour stays as it is.
    const y = chosen(K.less_equal(K.count_nonzero(counts), 1), x, spread);
    return scaled(y, BYTE, [low, high]);
  }
}
/** `keras.layers.Equalization`: each channel's brightness spread so that all of it occurs about as often. */
export const Equalization = stock(
  "preprocessing.image_preprocessing.equalization.Equalization",
  "value_range bins data_format **kwargs",
  EqualizationImpl,
  { call: "data training=true", config: "data_format bins value_range" },
);
export type Equalization = EqualizationImpl;
