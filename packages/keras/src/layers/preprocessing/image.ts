import { float, Tuple } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import { resize } from "../../ops/image/resize.js";
import * as K from "../../ops/index.js";
import type { DataFormat } from "../../ops/nn/windows.js";
import { standardizeDataFormat } from "../arguments.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";

/** Layers that bring images to a height and a width. */
abstract class Sized extends StockLayer {
  declare readonly height: number;
  declare readonly width: number;
  declare readonly data_format: "channels_first" | "channels_last";

  /** The axes of rows and columns in images or batches of them. */
  _axes(rank: number): [number, number] {
    const first = this.data_format === "channels_first" ? rank - 2 : rank - 3;
    return [first, first + 1];
  }
  override compute_output_shape(input_shape: Shape): Tuple<number | null> {
    const [rows, columns] = this._axes(input_shape.length);
    return Tuple.of_<number | null>(
      input_shape.map((n, i) => (i === rows ? this.height : i === columns ? this.width : n)),
    );
  }
}

export class ResizingImpl extends Sized {
  declare readonly interpolation: string;
  declare readonly crop_to_aspect_ratio: boolean;
  declare readonly pad_to_aspect_ratio: boolean;
  declare readonly fill_mode: string;
  declare readonly fill_value: number;
  declare readonly antialias: boolean;

  constructor(
    height: number,
    width: number,
    interpolation = "bilinear",
    crop_to_aspect_ratio = false,
    pad_to_aspect_ratio = false,
    fill_mode = "constant",
    fill_value: number = float(0),
    antialias = false,
    data_format: DataFormat = null,
    options: LayerOptions = {},
  ) {
    super(options);
    this._take({
      height,
      width,
      interpolation,
      crop_to_aspect_ratio,
      pad_to_aspect_ratio,
      fill_mode,
      fill_value,
      antialias,
      data_format: standardizeDataFormat(data_format),
    });
  }
  override call(data: Tensor, _training: boolean | null = true): Tensor {
    return resize(
      data,
      [this.height, this.width],
      this.interpolation,
      this.antialias,
      this.crop_to_aspect_ratio,
      this.pad_to_aspect_ratio,
      this.fill_mode,
      Number(this.fill_value),
      this.data_format,
    );
  }
}

/** `keras.layers.Resizing`: images brought to a height and a width. */
export const Resizing = stock(
  "preprocessing.image_preprocessing.resizing.Resizing",
  "height width interpolation crop_to_aspect_ratio pad_to_aspect_ratio fill_mode fill_value antialias data_format **kwargs",
  ResizingImpl,
  {
    call: "data training=true",
    config:
      "data_format height width interpolation crop_to_aspect_ratio pad_to_aspect_ratio fill_mode fill_value antialias",
  },
);
export type Resizing = ResizingImpl;

export class CenterCropImpl extends Sized {
  constructor(height: number, width: number, data_format: DataFormat = null, options: LayerOptions = {}) {
    super(options);
    this._take({ height, width, data_format: standardizeDataFormat(data_format) });
  }
  override call(data: Tensor, _training: boolean | null = true): Tensor {
    const x = K.cast(data, this.compute_dtype);
    const [rows, columns] = this._axes(x.ndim);
    const [down, across] = [x.shape[rows]! - this.height, x.shape[columns]! - this.width];
    // Images that are too small are stretched instead, as much of them as has the right shape.
    if (down < 0 || across < 0)
      return resize(
        x,
        [this.height, this.width],
        "bilinear",
        false,
        true,
        false,
        "constant",
        0,
        this.data_format,
      );
    const starts = x.shape.map((_, i) =>
      i === rows ? Math.trunc(down / 2) : i === columns ? Math.trunc(across / 2) : 0,
    );
    const lengths = x.shape.map((n, i) => (i === rows ? this.height : i === columns ? this.width : n));
    return K.slice(x, starts, lengths);
  }
}

/** `keras.layers.CenterCrop`: the middle of images. */
export const CenterCrop = stock(
  "preprocessing.image_preprocessing.center_crop.CenterCrop",
  "height width data_format **kwargs",
  CenterCropImpl,
  { call: "data training=true", config: "data_format height width" },
);
export type CenterCrop = CenterCropImpl;
