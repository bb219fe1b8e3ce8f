import { Tuple } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import type { DataFormat } from "../../ops/nn/windows.js";
import { standardizeDataFormat } from "../arguments.js";
import { InputSpec } from "../input-spec.js";
import { type LayerOptions, ShapeLayer, stock } from "../stock.js";

export class FlattenImpl extends ShapeLayer {
  readonly data_format: "channels_first" | "channels_last";

  constructor(data_format: DataFormat = null, options: LayerOptions = {}) {
    super(options);
    this.data_format = standardizeDataFormat(data_format);
    this.input_spec = InputSpec({ min_ndim: 1 });
  }
  override call(inputs: Tensor): Tensor {
    const rank = inputs.shape.length;
    const turned =
      this.data_format === "channels_first" && rank > 1
        ? K.transpose(inputs, [0, ...Array.from({ length: rank - 2 }, (_, i) => i + 2), 1])
        : inputs;
    const [batch, ...rest] = inputs.shape;
    return K.reshape(turned, [batch!, rest.reduce((n, d) => n * d, 1)]);
  }
  override compute_output_shape(input_shape: Shape): Tuple<number | null> {
    const rest = input_shape.slice(1);
    const flat = rest.includes(null) ? null : (rest as number[]).reduce((n, d) => n * d, 1);
    return Tuple.of_<number | null>([input_shape[0]!, flat]);
  }
}

/**
 * `keras.layers.Flatten`: all axes but the batch as one.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * print(keras.layers.Flatten()(keras.Input([10, 64])).shape); // prints (None, 640)
 * ```
 */
export const Flatten = stock("reshaping.flatten.Flatten", "data_format **kwargs", FlattenImpl);
export type Flatten = FlattenImpl;
