import { float, ValueError } from "@cognate/py";
import * as activations from "../../activations/index.js";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";

export class ReLUImpl extends StockLayer {
  constructor(
    readonly max_value: number | null = null,
    readonly negative_slope: number = float(0),
    readonly threshold: number = float(0),
    options: LayerOptions = {},
  ) {
    super(options);
    if (max_value !== null && max_value < 0)
      throw new ValueError(
        `max_value of a ReLU layer cannot be a negative value. Received: max_value=${max_value}`,
      );
    for (const [name, value] of Object.entries({ negative_slope, threshold }))
      if (value === null || Number(value) < 0)
        throw new ValueError(
          `${name} of a ReLU layer cannot be None or a negative value. Received: ${name}=${value ?? "None"}`,
        );
    this.supports_masking = true;
    this._build_at_init();
  }
  override call(inputs: Tensor): Tensor {
    return activations.relu(inputs, this.negative_slope, this.max_value, this.threshold);
  }
  override compute_output_shape(input_shape: Shape): Shape {
    return input_shape;
  }
}

/** `keras.layers.ReLU`: x above a threshold, up to a ceiling, with a slope below. */
export const ReLU = stock("activations.relu.ReLU", "max_value negative_slope threshold **kwargs", ReLUImpl);
export type ReLU = ReLUImpl;
