import { repr, Tuple, ValueError } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { InputSpec } from "../input-spec.js";
import { type LayerOptions, ShapeLayer, stock } from "../stock.js";

export class PermuteImpl extends ShapeLayer {
  readonly dims: Tuple<number>;

  constructor(dims: readonly number[], options: LayerOptions = {}) {
    super(options);
    this.dims = Tuple.of_([...dims].map(Number));
    if ([...this.dims].sort((a, b) => a - b).some((d, i) => d !== i + 1))
      throw new ValueError(
        `Invalid permutation argument \`dims\` for Permute Layer. The set of indices in \`dims\` must be consecutive and start from 1. Received dims=${repr(dims)}`,
      );
    this.input_spec = InputSpec({ ndim: this.dims.length + 1 });
  }
  override call(inputs: Tensor): Tensor {
    return K.transpose(inputs, [0, ...this.dims]);
  }
  override compute_output_shape(input_shape: Shape): Tuple<number | null> {
    return Tuple.of_<number | null>([input_shape[0]!, ...this.dims.map((d) => input_shape[d]!)]);
  }
}

/** `keras.layers.Permute`: the axes behind the batch in another order; they count from 1. */
export const Permute = stock("reshaping.permute.Permute", "dims **kwargs", PermuteImpl);
export type Permute = PermuteImpl;
