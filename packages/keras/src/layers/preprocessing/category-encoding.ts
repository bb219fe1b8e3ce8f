import { repr, Tuple, ValueError } from "@cognate/py";
import { kernelError } from "../../backend/errors.js";
import { KerasTensor } from "../../backend/keras-tensor.js";
import type { Shape } from "../../backend/shape.js";
import type { Tensor, TensorLike } from "../../backend/tensor.js";
import type { CallArguments } from "../../call-signature.js";
import { hide } from "../../hide.js";
import * as K from "../../ops/index.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";
import { encodeCategorical } from "./encoding.js";

export class CategoryEncodingImpl extends StockLayer {
  declare readonly num_tokens: number;
  declare readonly output_mode: string;
  declare readonly sparse: boolean;

  constructor(
    num_tokens: number | null = null,
    output_mode = "multi_hot",
    sparse = false,
    options: LayerOptions = {},
  ) {
    super(options);
    const mode = output_mode === "binary" ? "multi_hot" : output_mode;
    if (!["count", "one_hot", "multi_hot"].includes(mode))
      throw new ValueError(`Unknown arg for output_mode: ${mode}`);
    if (num_tokens === null)
      throw new ValueError(
        "num_tokens must be set to use this layer. If the number of tokens is not known beforehand, use the IntegerLookup layer instead.",
      );
    if (num_tokens < 1)
      throw new ValueError(`\`num_tokens\` must be >= 1. Received: num_tokens=${num_tokens}.`);
    this._take({ num_tokens, output_mode: mode, sparse });
    hide(this, "_allow_non_tensor_positional_args", true);
    hide(this, "_convert_input_args", false);
  }
  override call(inputs: TensorLike, count_weights: TensorLike | null = null): Tensor {
    if (count_weights !== null && this.output_mode !== "count")
      throw new ValueError(
        `\`count_weights\` is not used when \`output_mode\` is not \`'count'\`. Received \`count_weights=${repr(count_weights)}\`.`,
      );
    const x = K.convert_to_tensor(inputs);
    const { num_tokens, output_mode } = this;
    if (output_mode !== "one_hot" && x.ndim <= 2 && x.size > 0) {
      const [low, high] = [Number(K.min(x)), Number(K.max(x))];
      if (low < 0 || high >= num_tokens)
        throw kernelError(
          "Assert",
          `assertion failed: [Input values must be in the range 0 <= values < num_tokens with num_tokens=${num_tokens}]`,
        );
    }
    const weights = count_weights === null ? null : K.convert_to_tensor(count_weights, this.compute_dtype);
    return encodeCategorical(x, output_mode, num_tokens, this.dtype, weights);
  }
  override compute_output_shape(input_shape: Shape): Tuple<number | null> {
    const { num_tokens } = this;
    const rest = input_shape.slice(0, -1);
    const whole = input_shape.at(-1) !== 1 || input_shape.length === 1;
    const lead = this.output_mode === "one_hot" && whole ? input_shape : rest;
    return Tuple.of_<number | null>([...lead, num_tokens]);
  }
  override _spec(call: CallArguments): unknown {
    const [x] = call.args as readonly [KerasTensor];
    return new KerasTensor(this.compute_output_shape(x.shape), this.compute_dtype, null, x.record_history);
  }
}

/** `keras.layers.CategoryEncoding`: numbers of classes as flags, ones or counts. */
export const CategoryEncoding = stock(
  "preprocessing.category_encoding.CategoryEncoding",
  "num_tokens output_mode sparse **kwargs",
  CategoryEncodingImpl,
  { call: "inputs count_weights?", config: "num_tokens output_mode" },
);
export type CategoryEncoding = CategoryEncodingImpl;
