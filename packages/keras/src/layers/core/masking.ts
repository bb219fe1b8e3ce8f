import { float } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";

export class MaskingImpl extends StockLayer {
  constructor(
    readonly mask_value: number = float(0),
    options: LayerOptions = {},
  ) {
    super(options);
    this.supports_masking = true;
    this._build_at_init();
  }
  override compute_mask(inputs: Tensor, _mask: unknown = null): Tensor {
    return K.any(K.not_equal(inputs, this.mask_value), -1);
  }
  override call(inputs: Tensor): Tensor {
    const seen = K.any(K.not_equal(inputs, this.mask_value), -1, true);
    const y = K.where(seen, inputs, K.zeros_like(inputs)) as Tensor;
    y._keras_mask = K.squeeze(seen, -1);
    return y;
  }
  override compute_output_shape(input_shape: Shape): Shape {
    return input_shape;
  }
}

/** `keras.layers.Masking`: masks the steps whose features all have a value. */
export const Masking = stock("core.masking.Masking", "mask_value **kwargs", MaskingImpl);
export type Masking = MaskingImpl;
