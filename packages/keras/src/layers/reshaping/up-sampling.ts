import { Tuple } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import { resize } from "../../ops/image/resize.js";
import * as K from "../../ops/index.js";
import type { DataFormat } from "../../ops/nn/windows.js";
import { type PerAxis, standardizeDataFormat, standardizeTuple } from "../arguments.js";
import { InputSpec } from "../input-spec.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";

abstract class UpSampling extends StockLayer {
  declare readonly size: Tuple<number> | number;
  declare readonly data_format: string;

  get _factors(): readonly number[] {
    return typeof this.size === "number" ? [this.size] : this.size;
  }
  get _first(): number {
    return this.data_format === "channels_first" ? 2 : 1;
  }
  override call(inputs: Tensor): Tensor {
    return this._factors.reduce((x, n, i) => K.repeat(x, n, this._first + i), inputs);
  }
  override compute_output_shape(input_shape: Shape): Tuple<number | null> {
    return Tuple.of_<number | null>(
      input_shape.map((n, i) => (n === null ? null : n * (this._factors[i - this._first] ?? 1))),
    );
  }
}

class UpSampling1DImpl extends UpSampling {
  constructor(size = 2, options: LayerOptions = {}) {
    super(options);
    this._take({ size: Number(size), data_format: "channels_last" });
    this.input_spec = InputSpec({ ndim: 3 });
  }
}

class UpSampling2DImpl extends UpSampling {
  declare readonly interpolation: string;

  constructor(
    size: PerAxis = 2,
    data_format: DataFormat = null,
    interpolation = "nearest",
    options: LayerOptions = {},
  ) {
    super(options);
    this._take({
      size: standardizeTuple(size, 2, "size"),
      data_format: standardizeDataFormat(data_format),
      interpolation: interpolation.toLowerCase(),
    });
    this.input_spec = InputSpec({ ndim: 4 });
  }
  override call(inputs: Tensor): Tensor {
    if (this.interpolation === "nearest") return super.call(inputs);
    const [height, width] = this._factors.map((n, i) => n * inputs.shape[this._first + i]!);
    return resize(
      inputs,
      [height!, width!],
      this.interpolation,
      false,
      false,
      false,
      "constant",
      0,
      this.data_format as DataFormat,
    );
  }
}

class UpSampling3DImpl extends UpSampling {
  constructor(size: PerAxis = 2, data_format: DataFormat = null, options: LayerOptions = {}) {
    super(options);
    this._take({
      size: standardizeTuple(size, 3, "size"),
      data_format: standardizeDataFormat(data_format),
    });
    this.input_spec = InputSpec({ ndim: 5 });
  }
}

/** `keras.layers.UpSampling1D`: every step several times. */
export const UpSampling1D = stock("reshaping.up_sampling1d.UpSampling1D", "size **kwargs", UpSampling1DImpl);
export type UpSampling1D = UpSampling1DImpl;
/** `keras.layers.UpSampling2D`: rows and columns several times, or interpolated. */
export const UpSampling2D = stock(
  "reshaping.up_sampling2d.UpSampling2D",
  "size data_format interpolation **kwargs",
  UpSampling2DImpl,
);
export type UpSampling2D = UpSampling2DImpl;
/** `keras.layers.UpSampling3D`: three axes several times. */
export const UpSampling3D = stock(
  "reshaping.up_sampling3d.UpSampling3D",
  "size data_format **kwargs",
  UpSampling3DImpl,
);
export type UpSampling3D = UpSampling3DImpl;
