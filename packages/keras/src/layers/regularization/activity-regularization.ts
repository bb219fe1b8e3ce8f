import { float } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import { L1L2 } from "../../regularizers/index.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";

export class ActivityRegularizationImpl extends StockLayer {
  constructor(
    readonly l1: number = float(0),
    readonly l2: number = float(0),
    options: LayerOptions = {},
  ) {
    super({ activity_regularizer: L1L2(Number(l1), Number(l2)) as never, ...options });
    this.supports_masking = true;
    this._build_at_init();
  }
  override call(inputs: Tensor): Tensor {
    return inputs;
  }
  override compute_output_shape(input_shape: Shape): Shape {
    return input_shape;
  }
  override get_config(): Record<string, unknown> {
    const { activity_regularizer: _, ...config } = super.get_config();
    return config;
  }
}

/** `keras.layers.ActivityRegularization`: adds l1·Σ|x| + l2·Σx² to the loss. */
export const ActivityRegularization = stock(
  "regularization.activity_regularization.ActivityRegularization",
  "l1 l2 **kwargs",
  ActivityRegularizationImpl,
);
export type ActivityRegularization = ActivityRegularizationImpl;
