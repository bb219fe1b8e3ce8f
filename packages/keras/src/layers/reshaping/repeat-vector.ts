import { repr, Tuple, TypeError, type, ValueError } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { InputSpec } from "../input-spec.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";

export class RepeatVectorImpl extends StockLayer {
  constructor(
    readonly n: number,
    options: LayerOptions = {},
  ) {
    super(options);
    if (typeof n !== "number" || !Number.isInteger(n))
      throw new TypeError(`Expected an integer value for \`n\`, got ${repr(type(n))}.`);
    if (n <= 0) throw new ValueError(`Argument \`n\` should be a positive integer. Received: n=${n}`);
    this.input_spec = InputSpec({ ndim: 2 });
  }
  override call(inputs: Tensor): Tensor {
    return K.repeat(K.expand_dims(inputs, 1), this.n, 1);
  }
  override compute_output_shape(input_shape: Shape): Tuple<number | null> {
    return Tuple.of_<number | null>([input_shape[0]!, this.n, input_shape[1]!]);
  }
}

/** `keras.layers.RepeatVector`: the features n times, `(batch, features)` → `(batch, n, features)`. */
export const RepeatVector = stock("reshaping.repeat_vector.RepeatVector", "n **kwargs", RepeatVectorImpl);
export type RepeatVector = RepeatVectorImpl;
