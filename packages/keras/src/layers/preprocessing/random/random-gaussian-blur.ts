import { float, repr, Tuple, ValueError } from "@cognate/py";
import type { Tensor } from "../../../backend/tensor.js";
import { gaussian_blur } from "../../../ops/image/filters.js";
import * as K from "../../../ops/index.js";
import type { DataFormat } from "../../../ops/nn/windows.js";
import { type LayerOptions, stock } from "../../stock.js";
import { chosen, clipped, type Factor, ImageLayer, perImage, rangeOf } from "./image-layer.js";

/** One odd number for both sides, or two. @throws ValueError */
function sizesOf(size: unknown): Tuple<number> {
  const received = `Received: kernel_size=${typeof size === "string" ? size : repr(size)}`;
  if (Array.isArray(size) && size.length !== 2)
    throw new ValueError(
      `The \`kernel_size\` argument should be a number (or a list of two numbers) ${received}`,
    );
  const sides: unknown[] = Array.isArray(size) ? size : [size, size];
  if (sides.some((n) => typeof n === "string" || Number(n) % 2 === 0))
    throw new ValueError(`kernel_size must be an odd number. ${received}`);
  return Tuple.of_(sides as number[]);
}

interface Drawn {
  readonly apply: Tensor;
  readonly sigma: Tensor;
}

export class RandomGaussianBlurImpl extends ImageLayer<Drawn> {
  declare readonly factor: Tuple<number>;
  declare readonly kernel_size: Tuple<number>;
  declare readonly sigma: Tuple<number>;
  declare readonly value_range: readonly number[];

  constructor(
    factor: Factor = float(1),
    kernel_size: number | readonly number[] = 3,
    sigma: Factor = float(1),
    value_range: readonly number[] = Tuple.of_([0, 255]),
    data_format: DataFormat = null,
    seed: number | null = null,
    options: LayerOptions = {},
  ) {
    super(data_format, seed, options);
    this._take({
      factor: Tuple.of_([...rangeOf(factor, [0, 1])]),
      kernel_size: sizesOf(kernel_size),
      sigma: Tuple.of_([...rangeOf(sigma, [0, 1], "sigma")]),
      value_range,
    });
  }
  override _draw(count: number): Drawn {
    const share = this._uniform([count], Number(this.factor[0]), Number(this.factor[1]));
    const apply = perImage(K.less(this._uniform([count], 0, 1), share));
    const [low, high] = this.sigma.map(Number) as [number, number];
    return { apply, sigma: K.add(this._uniform([2], low, high, this.compute_dtype), 1e-6) };
  }
  override _apply(batch: Tensor, { apply, sigma }: Drawn): Tensor {
    const x = K.cast(batch, this.compute_dtype);
    const y = gaussian_blur(x, [...this.kernel_size], sigma, this.data_format);
    return K.cast(clipped(chosen(apply, y, x), this.value_range), this.compute_dtype);
  }
}

/** `keras.layers.RandomGaussianBlur`: a share of the images blurred. */
export const RandomGaussianBlur = stock(
  "preprocessing.image_preprocessing.random_gaussian_blur.RandomGaussianBlur",
  "factor kernel_size sigma value_range data_format seed **kwargs",
  RandomGaussianBlurImpl,
  { call: "data training=true", config: "data_format factor kernel_size sigma value_range seed" },
);
export type RandomGaussianBlur = RandomGaussianBlurImpl;
