import type { Activation as Function_ } from "../../activations/index.js";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import { type ActivationLike, type LayerOptions, StockLayer, stock } from "../stock.js";

export class ActivationImpl extends StockLayer {
  declare readonly activation: Function_;

  constructor(activation: ActivationLike, options: LayerOptions = {}) {
    super(options);
    this.supports_masking = true;
    this._take({ activation });
    this._build_at_init();
  }
  override call(inputs: Tensor): Tensor {
    return this.activation(inputs);
  }
  override compute_output_shape(input_shape: Shape): Shape {
    return input_shape;
  }
}

/**
 * `keras.layers.Activation`: a function place by place, by name or itself.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * print(keras.layers.Activation("relu")(keras.ops.convert_to_tensor([-3., -1., 0., 2.5])).numpy());
 * // prints [0.  0.  0.  2.5]
 * ```
 */
export const Activation = stock("activations.activation.Activation", "activation **kwargs", ActivationImpl);
export type Activation = ActivationImpl;
