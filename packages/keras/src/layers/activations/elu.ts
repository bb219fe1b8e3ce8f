import { float } from "@cognate/py";
import * as activations from "../../activations/index.js";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";

export class ELUImpl extends StockLayer {
  constructor(
    readonly alpha: number = float(1),
    options: LayerOptions = {},
  ) {
    super(options);
    this.supports_masking = true;
    this._build_at_init();
  }
  override call(inputs: Tensor): Tensor {
    return activations.elu(inputs, this.alpha);
  }
  /** Keras reads the configuration off the constructor here, with alpha right behind the name. */
  override get_config(): Record<string, unknown> {
    const { name, alpha, ...rest } = super.get_config();
    return { name, alpha, ...rest };
  }
  override compute_output_shape(input_shape: Shape): Shape {
    return input_shape;
  }
}

/** `keras.layers.ELU`: x above 0, α·(eˣ − 1) below. */
export const ELU = stock("activations.elu.ELU", "alpha **kwargs", ELUImpl);
export type ELU = ELUImpl;
