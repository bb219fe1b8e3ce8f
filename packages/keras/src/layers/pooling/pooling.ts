import { Tuple } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import type * as K from "../../ops/index.js";
import type { DataFormat } from "../../ops/nn/windows.js";
import {
  channelsOf,
  type PerAxis,
  poolOutputShape,
  shapeOf,
  standardizeDataFormat,
  standardizeTuple,
} from "../arguments.js";
import { InputSpec } from "../input-spec.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";

/*
 * Classes of pooling layers for a number of axes.
 */

type Pool = typeof K.max_pool;

/** Pooling over windows. */
function pooling(rank: number, pool: Pool) {
  return class extends StockLayer {
    declare readonly pool_size: Tuple<number>;
    declare readonly strides: Tuple<number>;
    declare readonly padding: string;
    declare readonly data_format: "channels_first" | "channels_last";

    constructor(
      pool_size: PerAxis = 2,
      strides: PerAxis | null = null,
      padding = "valid",
      data_format: DataFormat = null,
      name: string | null = null,
      options: LayerOptions = {},
    ) {
      super({ name, ...options });
      this._take({
        pool_size: standardizeTuple(pool_size, rank, "pool_size"),
        strides: standardizeTuple(strides ?? pool_size, rank, "strides", true),
        padding,
        data_format: standardizeDataFormat(data_format),
      });
      this.input_spec = InputSpec({ ndim: rank + 2 });
      this._build_at_init();
    }
    override call(inputs: Tensor): Tensor {
      return pool(inputs, this.pool_size, this.strides, this.padding, this.data_format);
    }
    override compute_output_shape(input_shape: Shape): Tuple<number | null> {
      return poolOutputShape(input_shape, this.pool_size, this.strides, this.padding, this.data_format);
    }
  };
}

/** A pooling layer under its name. */
export const poolingClass = (path: string, rank: number, pool: Pool) =>
  stock(`pooling.${path}`, "pool_size strides padding data_format name **kwargs", pooling(rank, pool), {
    config: "pool_size padding strides data_format",
  });

type Reduce = (x: Tensor, axes: readonly number[], keepdims: boolean) => Tensor;

/** Pooling over whole axes. */
export function globalPooling(rank: number, reduce: Reduce) {
  return class extends StockLayer {
    declare readonly data_format: "channels_first" | "channels_last";
    declare readonly keepdims: boolean;

    constructor(data_format: DataFormat = null, keepdims = false, options: LayerOptions = {}) {
      super(options);
      this._take({ data_format: standardizeDataFormat(data_format), keepdims });
      this.input_spec = InputSpec({ ndim: rank + 2 });
      this._build_at_init();
    }
    /** The axes that are pooled over. */
    get _axes(): number[] {
      const first = this.data_format === "channels_last" ? 1 : 2;
      return Array.from({ length: rank }, (_, i) => first + i);
    }
    override call(inputs: Tensor, _mask: Tensor | null = null): Tensor {
      return reduce(inputs, this._axes, this.keepdims);
    }
    override compute_output_shape(input_shape: Shape): Tuple<number | null> {
      const [batch, channels] = [input_shape[0]!, channelsOf(input_shape, this.data_format)];
      if (!this.keepdims) return Tuple.of_<number | null>([batch, channels]);
      return shapeOf(batch, new Array<number>(rank).fill(1), channels, this.data_format);
    }
  };
}

/** A global pooling layer under its name. */
export const globalClass = (path: string, rank: number, reduce: Reduce) =>
  stock(`pooling.${path}`, "data_format keepdims **kwargs", globalPooling(rank, reduce));

type Adaptive = typeof K.adaptive_max_pool;

/** Pooling to a given size. */
function adaptive(rank: number, pool: Adaptive) {
  return class extends StockLayer {
    declare readonly output_size: Tuple<number>;
    declare readonly data_format: "channels_first" | "channels_last";

    constructor(output_size: PerAxis, data_format: DataFormat = null, options: LayerOptions = {}) {
      super(options);
      this._take({
        output_size: standardizeTuple(output_size, rank, "output_size"),
        data_format: standardizeDataFormat(data_format),
      });
      this.input_spec = InputSpec({ ndim: rank + 2 });
      this._build_at_init();
    }
    override call(inputs: Tensor): Tensor {
      return pool(inputs, this.output_size, this.data_format);
    }
    override compute_output_shape(input_shape: Shape): Tuple<number | null> {
      const { data_format, output_size } = this;
      return shapeOf(input_shape[0] ?? null, output_size, channelsOf(input_shape, data_format), data_format);
    }
  };
}

/** An adaptive pooling layer under its name. */
export const adaptiveClass = (path: string, rank: number, pool: Adaptive) =>
  stock(`pooling.${path}`, "output_size data_format **kwargs", adaptive(rank, pool));
