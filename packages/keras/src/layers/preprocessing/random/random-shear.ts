import { float, repr, Tuple, ValueError } from "@cognate/py";
import type { Tensor } from "../../../backend/tensor.js";
import * as K from "../../../ops/index.js";
import type { DataFormat } from "../../../ops/nn/windows.js";
import { type LayerOptions, stock } from "../../stock.js";
import type { Factor } from "./image-layer.js";
import { MovedImages, mapsOf } from "./moves.js";

const MESSAGE = "The `factor` argument should be a number (or a list of two numbers) in the range [0, 1.0]. ";

/** A factor of 0 to 1 as a range around 0, or both ends. @throws ValueError */
function shearOf(factor: unknown, name: string): Tuple<number> {
  const check = (x: number): number => {
    if (Number(x) > 1 || Number(x) < 0) throw new ValueError(`${MESSAGE}Received: input_number=${repr(x)}`);
    return x;
  };
  if (Array.isArray(factor) && factor.length === 2) {
    const [a, b] = factor.map(check) as [number, number];
    return Tuple.of_(Number(a) <= Number(b) ? [a, b] : [b, a]);
  }
  if (Array.isArray(factor) || (typeof factor !== "number" && !(factor instanceof Number)))
    throw new ValueError(`${MESSAGE}Received: ${name}=${typeof factor === "string" ? factor : repr(factor)}`);
  const size = check(factor as number);
  return Tuple.of_<number>([typeof size === "number" ? -size : float(-Number(size)), size]);
}

/** Configurations hold the range that the constructor makes of one number and does not take itself. */
const single = (x: unknown): unknown =>
  Array.isArray(x) && x.length === 2 && Number(x[0]) === -Number(x[1]) ? (x[1] as unknown) : x;

export class RandomShearImpl extends MovedImages {
  declare readonly x_factor: Tuple<number>;
  declare readonly y_factor: Tuple<number>;

  constructor(
    x_factor: Factor = float(0),
    y_factor: Factor = float(0),
    interpolation = "bilinear",
    fill_mode = "reflect",
    fill_value: number = float(0),
    data_format: DataFormat = null,
    seed: number | null = null,
    options: LayerOptions = {},
  ) {
    super(data_format, seed, options);
    this._take({ x_factor: shearOf(x_factor, "x_factor"), y_factor: shearOf(y_factor, "y_factor") });
    this._takeFilling(fill_mode, interpolation, fill_value);
  }
  override _draw(count: number): Tensor {
    const type = this.compute_dtype;
    const each = (low: unknown, high: unknown): Tensor =>
      this._uniform([count, 1], Number(low), Number(high), type);
    const side = K.where(K.greater(each(0, 1), 0.5), -1, 1) as Tensor;
    const down = each(...(this.y_factor as unknown as [number, number]));
    const across = each(...(this.x_factor as unknown as [number, number]));
    const turned = (x: Tensor): Tensor => K.multiply(x, K.cast(side, type));
    return mapsOf(count, [1, turned(across), 0, turned(down), 1, 0, 0, 0]);
  }
  static override from_config(this: unknown, config: Readonly<Record<string, unknown>>): RandomShearImpl {
    const { x_factor, y_factor, ...rest } = config;
    const C = this as new (config: unknown) => RandomShearImpl;
    return new C({ ...rest, x_factor: single(x_factor), y_factor: single(y_factor) });
  }
}

/** `keras.layers.RandomShear`: images slanted. */
export const RandomShear = stock(
  "preprocessing.image_preprocessing.random_shear.RandomShear",
  "x_factor y_factor interpolation fill_mode fill_value data_format seed **kwargs",
  RandomShearImpl,
  {
    call: "data training=true",
    config: "data_format x_factor y_factor fill_mode interpolation seed fill_value",
  },
);
export type RandomShear = RandomShearImpl;
