import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";

/** What masked places hold before the softmax. */
const largeNegative = (dtype: string): number => (dtype === "float16" ? -3e4 : -1e9);

export class SoftmaxImpl extends StockLayer {
  constructor(
    readonly axis: number | readonly number[] = -1,
    options: LayerOptions = {},
  ) {
    super(options);
    this.supports_masking = true;
    this._build_at_init();
  }
  override call(inputs: Tensor, mask: Tensor | null = null): Tensor {
    const seen = mask === null || K.dtype(mask) === "bool" ? mask : K.greater(mask, 0.5);
    const x =
      seen === null
        ? inputs
        : (K.where(seen, inputs, K.full_like(inputs, largeNegative(K.dtype(inputs)))) as Tensor);
    const { axis } = this;
    let y: Tensor;
    if (typeof axis === "number") y = K.softmax(x, axis);
    else if (axis.length === 1) y = K.softmax(x, axis[0]!);
    else y = K.exp(K.subtract(x, K.logsumexp(x, axis, true)));
    return seen === null ? y : (K.where(seen, y, K.zeros_like(y)) as Tensor);
  }
  override compute_output_shape(input_shape: Shape): Shape {
    return input_shape;
  }
}

/** `keras.layers.Softmax`: eˣ/Σeˣ along an axis or several, of what a mask lets through. */
export const Softmax = stock("activations.softmax.Softmax", "axis **kwargs", SoftmaxImpl, {
  call: "inputs mask?",
});
export type Softmax = SoftmaxImpl;
