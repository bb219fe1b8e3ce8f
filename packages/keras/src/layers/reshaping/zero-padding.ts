import { Tuple } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import type { DataFormat } from "../../ops/nn/windows.js";
import { standardizeDataFormat } from "../arguments.js";
import { InputSpec } from "../input-spec.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";
import { type Edges, edgesOf } from "./edges.js";

/** The class for a number of axes. */
function padding(rank: number) {
  return class extends StockLayer {
    declare readonly padding: Tuple<unknown>;
    declare readonly data_format: string;
    declare readonly _edges: Tuple<Tuple<number>>;

    constructor(padding: Edges = 1, data_format: DataFormat = null, options: LayerOptions = {}) {
      super(options);
      const edges = edgesOf(padding, rank, "padding");
      this._take({
        data_format: standardizeDataFormat(data_format),
        padding: rank === 1 ? edges[0] : edges,
        _edges: edges,
      });
      this.input_spec = InputSpec({ ndim: rank + 2 });
    }
    get _first(): number {
      return this.data_format === "channels_first" ? 2 : 1;
    }
    override call(inputs: Tensor): Tensor {
      const pads: (readonly number[])[] = inputs.shape.map((_, i) => this._edges[i - this._first] ?? [0, 0]);
      return K.pad(inputs, pads);
    }
    override compute_output_shape(input_shape: Shape): Tuple<number | null> {
      return Tuple.of_<number | null>(
        input_shape.map((n, i) => {
          const [before, after] = this._edges[i - this._first] ?? [0, 0];
          return n === null ? null : n + before! + after!;
        }),
      );
    }
  };
}

const SIGNATURE = "padding data_format **kwargs";
/** `keras.layers.ZeroPadding1D`: zeros before and after an axis. */
export const ZeroPadding1D = stock("reshaping.zero_padding1d.ZeroPadding1D", SIGNATURE, padding(1));
export type ZeroPadding1D = InstanceType<typeof ZeroPadding1D>;
/** `keras.layers.ZeroPadding2D`: zeros around rows and columns. */
export const ZeroPadding2D = stock("reshaping.zero_padding2d.ZeroPadding2D", SIGNATURE, padding(2));
export type ZeroPadding2D = InstanceType<typeof ZeroPadding2D>;
/** `keras.layers.ZeroPadding3D`: zeros around three axes. */
export const ZeroPadding3D = stock("reshaping.zero_padding3d.ZeroPadding3D", SIGNATURE, padding(3));
export type ZeroPadding3D = InstanceType<typeof ZeroPadding3D>;
