import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import type { Variable } from "../../backend/variable.js";
import { hide } from "../../hide.js";
import { Constant } from "../../initializers/index.js";
import * as K from "../../ops/index.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";

export class LayerScaleImpl extends StockLayer {
  declare gamma: Variable;
  declare readonly init_values: number;
  declare readonly projection_dim: number;

  constructor(init_values: number, projection_dim: number, options: LayerOptions = {}) {
    super(options);
    this._take({ init_values, projection_dim });
  }
  override build(_input_shape: Shape): void {
    // It has no name there.
    const initializer = Constant(this.init_values);
    hide(this, "gamma", this.add_weight({ shape: [this.projection_dim], initializer: initializer as never }));
    this.built = true;
  }
  override call(x: Tensor): Tensor {
    return K.multiply(x, this.gamma);
  }
  override compute_output_shape(input_shape: Shape): Shape {
    return input_shape;
  }
}

/** The layer of ConvNeXt's models in `keras.applications` that scales channels; files name it by this module. */
export const LayerScale = stock(
  "applications.convnext.LayerScale",
  "init_values projection_dim **kwargs",
  LayerScaleImpl,
  { config: "init_values projection_dim", module: "keras.src.applications.convnext" },
);
