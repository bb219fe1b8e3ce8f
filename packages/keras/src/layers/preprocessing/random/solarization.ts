import { float, repr, Tuple, ValueError } from "@cognate/py";
import type { Tensor } from "../../../backend/tensor.js";
import * as K from "../../../ops/index.js";
import type { DataFormat } from "../../../ops/nn/windows.js";
import { type LayerOptions, stock } from "../../stock.js";
import {
  chosen,
  clipped,
  type Factor,
  ImageLayer,
  type Range,
  rescaled,
  valueRangeOf,
} from "./image-layer.js";

const BYTE: Range = [0, 255];
const MESSAGE =
  "The `addition_factor` and `threshold_factor` arguments should be a number (or a list of two numbers) in the range [0, 1]. ";

/** A factor between 0 and 1 as a range from 0, or both ends. @throws ValueError */
function partOf(factor: unknown, name: string): Tuple<number> {
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
  return Tuple.of_<number>([0, check(factor as number)]);
}

interface Drawn {
  readonly additions: Tensor;
  readonly thresholds: Tensor;
}

export class SolarizationImpl extends ImageLayer<Drawn> {
  declare readonly addition_factor: Tuple<number>;
  declare readonly threshold_factor: Tuple<number>;
  declare readonly value_range: readonly number[];

  constructor(
    addition_factor: Factor = float(0),
    threshold_factor: Factor = float(0),
    value_range: readonly number[] = [0, 255],
    seed: number | null = null,
    { data_format = null, ...options }: LayerOptions & { data_format?: DataFormat } = {},
  ) {
    super(data_format, seed, options);
    this._take({
      addition_factor: partOf(addition_factor, "addition_factor"),
      threshold_factor: partOf(threshold_factor, "threshold_factor"),
      value_range: valueRangeOf(value_range),
    });
  }
  override _draw(count: number): Drawn {
    const of = ([low, high]: readonly number[]): Tensor =>
      this._uniform([count, 1, 1, 1], Number(low), Number(high) * 255, this.compute_dtype);
    const additions = of(this.addition_factor);
    return { additions, thresholds: of(this.threshold_factor) };
  }
  override _apply(batch: Tensor, { additions, thresholds }: Drawn): Tensor {
    const [type, range] = [this.compute_dtype, this.value_range as Range];
    const x = rescaled(K.cast(batch, type), range, BYTE, type);
    const y = clipped(K.add(x, additions), BYTE);
    return rescaled(chosen(K.less(y, thresholds), y, K.subtract(255, y)), BYTE, range, type);
  }
}

/** `keras.layers.Solarization`: images made brighter, and all above a threshold turned into its negative. */
export const Solarization = stock(
  "preprocessing.image_preprocessing.solarization.Solarization",
  "addition_factor threshold_factor value_range seed **kwargs",
  SolarizationImpl,
  { call: "data training=true", config: "data_format value_range addition_factor threshold_factor seed" },
);
export type Solarization = SolarizationImpl;
