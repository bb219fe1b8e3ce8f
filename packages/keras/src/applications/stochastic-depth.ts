import type { Shape } from "../backend/shape.js";
import type { Tensor } from "../backend/tensor.js";
import { type LayerOptions, StockLayer, stock } from "../layers/stock.js";
import * as K from "../ops/index.js";
import * as random from "../random/index.js";

class StochasticDepthImpl extends StockLayer {
  declare readonly drop_path_rate: number;
  constructor(drop_path_rate: number, options: LayerOptions = {}) {
    super(options);
    this._take({ drop_path_rate });
  }
  override call(x: Tensor, training: boolean | null = null): Tensor {
    if (!training) return x;
    const keep = 1 - Number(this.drop_path_rate);
    const ones = new Array<number>(x.ndim - 1).fill(1);
    const drawn = K.floor(K.add(random.uniform([x.shape[0]!, ...ones], 0, 1), keep));
    return K.multiply(K.divide(x, keep), drawn);
  }
  override compute_output_shape(input_shape: Shape): Shape {
    return input_shape;
  }
}
/** The layer of ConvNeXt's models that leaves a block out for some of the samples; files name it by this module. */
export const StochasticDepth = stock(
  "applications.convnext.StochasticDepth",
  "drop_path_rate **kwargs",
  StochasticDepthImpl,
  { call: "x training?", config: "drop_path_rate", module: "keras.src.applications.convnext" } as never,
);
