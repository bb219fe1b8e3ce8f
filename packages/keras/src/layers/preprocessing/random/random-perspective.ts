import { float, NotImplementedError, repr, Tuple, ValueError } from "@cognate/py";
import type { Tensor } from "../../../backend/tensor.js";
import { perspective_transform } from "../../../ops/image/warp.js";
import * as K from "../../../ops/index.js";
import type { DataFormat } from "../../../ops/nn/windows.js";
import { type LayerOptions, stock } from "../../stock.js";
import { chosen, type Factor, ImageLayer, perImage, rangeOf } from "./image-layer.js";

const INTERPOLATIONS = Tuple.of_(["nearest", "bilinear"]);

interface Drawn {
  readonly apply: Tensor;
  /** The corners of each image and where they come to lie, `[count, 4, 2]`. */
  readonly from: Tensor;
  readonly to: Tensor;
}

export class RandomPerspectiveImpl extends ImageLayer<Drawn> {
  declare readonly factor: Tuple<number>;
  declare readonly scale: number;
  declare readonly interpolation: string;
  declare readonly fill_value: number;

  constructor(
    factor: Factor = float(1),
    scale: number = float(1),
    interpolation = "bilinear",
    fill_value: number = float(0),
    seed: number | null = null,
    data_format: DataFormat = null,
    options: LayerOptions = {},
  ) {
    super(data_format, seed, options);
    this._take({ factor: Tuple.of_([...rangeOf(factor, [0, 1])]), scale, interpolation, fill_value });
    if (Number(scale) < 0 || Number(scale) > 1)
      throw new ValueError(
        `The \`scale\` argument should be a number in the range [0,1]. Received: scale=${repr(scale)}`,
      );
    if (!INTERPOLATIONS.includes(interpolation))
      throw new NotImplementedError(
        `Unknown \`interpolation\` ${interpolation}. Expected of one ${repr(INTERPOLATIONS)}.`,
      );
  }
  override _draw(count: number, shape: readonly number[]): Drawn {
    const share = this._uniform([count], Number(this.factor[0]), Number(this.factor[1]));
    const apply = perImage(K.less(this._uniform([count], 0, 1), share));
    const [type, half] = [this.compute_dtype, 0.5 * Number(this.scale)];
    const by = this._uniform([count, 4, 2], -half, half, type);
    const [height, width] = shape.slice(this._last ? -3 : -2) as [number, number];
    const corners = [
      [0, 0],
      [width - 1, 0],
      [0, height - 1],
      [width - 1, height - 1],
    ];
    const from = K.tile(K.convert_to_tensor([corners], type), [count, 1, 1]);
    return { apply, from, to: K.add(from, K.multiply(from, by)) };
  }
  _seen(x: Tensor, { apply, from, to }: Drawn, interpolation: string): Tensor {
    const { fill_value, data_format } = this;
    const y = perspective_transform(x, from, to, interpolation, Number(fill_value), data_format);
    return chosen(apply, y, x);
  }
  override _apply(batch: Tensor, drawn: Drawn): Tensor {
    return this._seen(K.cast(batch, this.compute_dtype), drawn, this.interpolation);
  }
  override _applyMasks(batch: Tensor, drawn: Drawn): Tensor {
    return this._seen(batch, drawn, "nearest");
  }
}

/** `keras.layers.RandomPerspective`: a share of the images seen from somewhere else. */
export const RandomPerspective = stock(
  "preprocessing.image_preprocessing.random_perspective.RandomPerspective",
  "factor scale interpolation fill_value seed data_format **kwargs",
  RandomPerspectiveImpl,
  { call: "data training=true", config: "data_format factor scale interpolation fill_value seed" },
);
export type RandomPerspective = RandomPerspectiveImpl;
