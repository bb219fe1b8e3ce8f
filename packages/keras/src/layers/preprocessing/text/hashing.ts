import { repr, Tuple, ValueError } from "@cognate/py";
import { floatx } from "../../../backend/config.js";
import { KerasTensor } from "../../../backend/keras-tensor.js";
import type { Shape } from "../../../backend/shape.js";
import type { Tensor, TensorLike } from "../../../backend/tensor.js";
import type { CallArguments } from "../../../call-signature.js";
import { hide } from "../../../hide.js";
import * as K from "../../../ops/index.js";
import { type LayerOptions, StockLayer, stock } from "../../stock.js";
import { encodeCategorical } from "../encoding.js";
import { bucketOf } from "./fingerprint.js";
import { listed, mapTokens, type Token, type Tokens } from "./nested.js";

const MODES = Tuple.of_(["int", "one_hot", "multi_hot", "count"]);

export class HashingImpl extends StockLayer {
  declare readonly num_bins: number;
  declare readonly mask_value: Token | null;
  declare readonly salt: readonly number[] | null;
  declare readonly output_mode: string;
  declare readonly sparse: boolean;

  constructor(
    num_bins: number,
    mask_value: Token | null = null,
    salt: number | readonly number[] | null = null,
    output_mode = "int",
    sparse = false,
    options: LayerOptions = {},
  ) {
    super({ ...options, dtype: options.dtype ?? (output_mode === "int" ? "int64" : floatx()) });
    if (num_bins === null || num_bins <= 0)
      throw new ValueError(
        `The \`num_bins\` for \`Hashing\` cannot be \`None\` or non-positive values. Received: num_bins=${repr(num_bins)}.`,
      );
    if (output_mode === "int" && !["int32", "int64"].includes(this.dtype))
      throw new ValueError(
        `When \`output_mode="int"\`, \`dtype\` should be an integer type, 'int32' or 'in64'. Received: dtype=${String(options.dtype)}`,
      );
    if (!MODES.includes(output_mode))
      throw new ValueError(
        `Invalid value for argument \`output_mode\`. Expected one of ${repr(MODES)}. Received: output_mode=${output_mode}`,
      );
    if (sparse && output_mode === "int")
      throw new ValueError(
        `\`sparse\` may only be true if \`output_mode\` is \`"one_hot"\`, \`"multi_hot"\`, or \`"count"\`. Received: sparse=True and output_mode=${output_mode}`,
      );
    if (salt !== null && typeof salt !== "number" && salt.length !== 2)
      throw new ValueError(
        `The \`salt\` argument for \`Hashing\` can only be a tuple of size 2 integers, or a single integer. Received: salt=${repr(salt)}.`,
      );
    const key = typeof salt === "number" ? [salt, salt] : salt === null ? null : [...salt];
    this._take({ num_bins, mask_value, salt: key, output_mode, sparse });
    hide(this, "_allow_non_tensor_positional_args", true);
    hide(this, "_convert_input_args", false);
  }
  override call(inputs: Tokens): Tensor {
    const masked = this.mask_value !== null && this.num_bins > 1;
    const bins = masked ? this.num_bins - 1 : this.num_bins;
    const key = this.salt?.map((k) => BigInt.asUintN(64, BigInt(k))) as unknown as
      | readonly [bigint, bigint]
      | undefined;
    const numbers = mapTokens((token) => {
      if (masked && token === this.mask_value) return 0;
      const text = typeof token === "string" ? token : String(Math.trunc(token));
      return bucketOf(text, bins, key ?? null) + (masked ? 1 : 0);
    }, listed(inputs));
    const y = K.convert_to_tensor(numbers as TensorLike, "int64");
    const one = this.output_mode === "one_hot" && y.shape.at(-1) === 1;
    return encodeCategorical(one ? K.squeeze(y, -1) : y, this.output_mode, this.num_bins, this.dtype);
  }
  override compute_output_shape(input_shape: Shape): Tuple<number | null> {
    return Tuple.of_<number | null>(
      this.output_mode === "int" ? [...input_shape] : [...input_shape.slice(0, -1), this.num_bins],
    );
  }
  override _spec(call: CallArguments): unknown {
    const [x] = call.args as readonly [KerasTensor];
    return new KerasTensor(this.compute_output_shape(x.shape), this.dtype, null, x.record_history);
  }
}

/** `keras.layers.Hashing`: the bins that words or whole numbers fall into by a hash, FarmHash's or, with a salt, SipHash. */
export const Hashing = stock(
  "preprocessing.hashing.Hashing",
  "num_bins mask_value salt output_mode sparse **kwargs",
  HashingImpl,
  { config: "num_bins salt mask_value output_mode sparse" },
);
export type Hashing = HashingImpl;
