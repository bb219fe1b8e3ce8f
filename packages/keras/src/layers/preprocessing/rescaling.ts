import { float } from "@cognate/py";
import { image_data_format } from "../../backend/config.js";
import type { Shape } from "../../backend/shape.js";
import type { Tensor, TensorLike } from "../../backend/tensor.js";
import { hide } from "../../hide.js";
import * as K from "../../ops/index.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";

export class RescalingImpl extends StockLayer {
  declare readonly scale: TensorLike;
  declare readonly offset: TensorLike;

  constructor(scale: TensorLike, offset: TensorLike = float(0), options: LayerOptions = {}) {
    super(options);
    hide(this, "_allow_non_tensor_positional_args", true);
    this._take({ scale, offset });
    this.supports_masking = true;
  }
  override call(inputs: Tensor): Tensor {
    const type = this.compute_dtype;
    let scale = K.cast(this.scale, type);
    if (scale.ndim > 0 && image_data_format() === "channels_first")
      scale = K.reshape(scale, [...scale.shape, ...new Array<number>(3 - scale.ndim).fill(1)]);
    return K.add(K.multiply(K.cast(inputs, type), scale), K.cast(this.offset, type));
  }
  override compute_output_shape(input_shape: Shape): Shape {
    return input_shape;
  }
}

/** `keras.layers.Rescaling`: inputs · scale + offset. */
export const Rescaling = stock("preprocessing.rescaling.Rescaling", "scale offset **kwargs", RescalingImpl);
export type Rescaling = RescalingImpl;
