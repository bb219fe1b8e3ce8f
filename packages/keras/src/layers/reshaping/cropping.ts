import { Tuple, ValueError } from "@cognate/py";
import { type Shape, shapeText } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import type { DataFormat } from "../../ops/nn/windows.js";
import { standardizeDataFormat } from "../arguments.js";
import { InputSpec } from "../input-spec.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";
import { type Edges, edgesOf } from "./edges.js";

abstract class Cropping extends StockLayer {
  declare readonly cropping: Tuple<unknown>;
  declare readonly data_format: string;
  declare readonly _edges: Tuple<Tuple<number>>;

  _construct(rank: number, cropping: Edges, data_format: DataFormat): void {
    const edges = edgesOf(cropping, rank, "cropping");
    this._take({
      cropping: rank === 1 ? edges[0] : edges,
      data_format: standardizeDataFormat(data_format),
      _edges: edges,
    });
    this.input_spec = InputSpec({ ndim: rank + 2 });
  }
  get _first(): number {
    return this.data_format === "channels_first" && this._edges.length > 1 ? 2 : 1;
  }
  _cropped(shape: Shape, name: string): (number | null)[] {
    const out = shape.map((n, i) => {
      const [before, after] = this._edges[i - this._first] ?? [0, 0];
      return n === null ? null : n - before! - after!;
    });
    if (out.every((n, i) => n === null || n > 0 || !this._edges[i - this._first])) return out;
    throw new ValueError(
      this._edges.length === 1
        ? `\`cropping\` parameter of \`Cropping1D\` layer must be smaller than the input length. Received: ${name}=${shapeText(shape)}, cropping=${this.cropping}`
        : `Values in \`cropping\` argument should be smaller than the corresponding spatial dimension of the input. Received: ${name}=${shapeText(shape)}, cropping=${this.cropping}`,
    );
  }
  override call(inputs: Tensor): Tensor {
    const lengths = this._cropped([...inputs.shape], "inputs.shape") as number[];
    const starts = inputs.shape.map((_, i) => this._edges[i - this._first]?.[0] ?? 0);
    return K.slice(inputs, starts, lengths);
  }
  override compute_output_shape(input_shape: Shape): Tuple<number | null> {
    return Tuple.of_<number | null>(this._cropped(input_shape, "input_shape"));
  }
}

class Cropping1DImpl extends Cropping {
  constructor(cropping: Edges = [1, 1], options: LayerOptions = {}) {
    super(options);
    this._construct(1, cropping, "channels_last");
  }
}
class Cropping2DImpl extends Cropping {
  constructor(cropping: Edges = 0, data_format: DataFormat = null, options: LayerOptions = {}) {
    super(options);
    this._construct(2, cropping, data_format);
  }
}
class Cropping3DImpl extends Cropping {
  constructor(cropping: Edges = 1, data_format: DataFormat = null, options: LayerOptions = {}) {
    super(options);
    this._construct(3, cropping, data_format);
  }
}

/** `keras.layers.Cropping1D`: an axis without its ends. */
export const Cropping1D = stock("reshaping.cropping1d.Cropping1D", "cropping **kwargs", Cropping1DImpl);
export type Cropping1D = Cropping1DImpl;
/** `keras.layers.Cropping2D`: rows and columns without their ends. */
export const Cropping2D = stock(
  "reshaping.cropping2d.Cropping2D",
  "cropping data_format **kwargs",
  Cropping2DImpl,
);
export type Cropping2D = Cropping2DImpl;
/** `keras.layers.Cropping3D`: three axes without their ends. */
export const Cropping3D = stock(
  "reshaping.cropping3d.Cropping3D",
  "cropping data_format **kwargs",
  Cropping3DImpl,
);
export type Cropping3D = Cropping3DImpl;
