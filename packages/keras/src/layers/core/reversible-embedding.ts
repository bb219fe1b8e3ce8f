import { Tuple } from "@cognate/py";
import { KerasTensor } from "../../backend/keras-tensor.js";
import type { Shape } from "../../backend/shape.js";
import type { Tensor, TensorLike } from "../../backend/tensor.js";
import type { Variable } from "../../backend/variable.js";
import type { CallArguments } from "../../call-signature.js";
import * as K from "../../ops/index.js";
import {
  type ConstraintLike,
  type InitializerLike,
  type LayerOptions,
  type RegularizerLike,
  stock,
} from "../stock.js";
import { EmbeddingImpl } from "./embedding.js";

/** What `keras.layers.Embedding` takes besides. */
interface TableOptions {
  readonly weights?: TensorLike | readonly TensorLike[] | null;
  readonly lora_rank?: number | null;
  readonly lora_alpha?: number | null;
  readonly quantization_config?: unknown;
}

export class ReversibleEmbeddingImpl extends EmbeddingImpl {
  declare reverse_embeddings?: Variable;
  declare readonly tie_weights: boolean;
  declare readonly reverse_dtype: string | null;
  declare readonly logit_soft_cap: number | null;

  constructor(
    input_dim: number,
    output_dim: number,
    tie_weights = true,
    embeddings_initializer: InitializerLike = "uniform",
    embeddings_regularizer: RegularizerLike | null = null,
    embeddings_constraint: ConstraintLike | null = null,
    mask_zero = false,
    reverse_dtype: string | null = null,
    logit_soft_cap: number | null = null,
    {
      weights = null,
      lora_rank = null,
      lora_alpha = null,
      quantization_config = null,
      ...options
    }: LayerOptions & TableOptions = {},
  ) {
    super(
      input_dim,
      output_dim,
      embeddings_initializer,
      embeddings_regularizer,
      embeddings_constraint,
      mask_zero,
      weights,
      lora_rank,
      lora_alpha,
      quantization_config,
      options,
    );
    this._take({ tie_weights, reverse_dtype, logit_soft_cap });
  }
  override build(input_shape: Shape | null = null): void {
    if (this.built) return;
    super.build(input_shape);
    if (this.tie_weights) return;
    const { embeddings_initializer } = this as unknown as { embeddings_initializer: InitializerLike };
    this.reverse_embeddings = this.add_weight({
      name: "reverse_embeddings",
      shape: [this.output_dim, this.input_dim],
      initializer: embeddings_initializer,
    });
  }
  override call(inputs: Tensor, reverse = false): Tensor {
    if (!reverse) {
      const y = super.call(inputs);
      const mask = super.compute_mask(inputs);
      if (mask !== null) y._keras_mask = mask;
      return y;
    }
    const table = this.tie_weights
      ? K.transpose(this.embeddings)
      : K.convert_to_tensor(this.reverse_embeddings!);
    const type = this.reverse_dtype;
    const logits =
      type === null ? K.matmul(inputs, table) : K.matmul(K.cast(inputs, type), K.cast(table, type));
    const cap = this.logit_soft_cap;
    return cap === null ? logits : K.multiply(K.tanh(K.divide(logits, Number(cap))), Number(cap));
  }
  override compute_mask(): null {
    return null;
  }
  override compute_output_shape(input_shape: Shape, reverse = false): Tuple<number | null> {
    return Tuple.of_<number | null>(
      reverse ? [...input_shape.slice(0, -1), this.input_dim] : [...input_shape, this.output_dim],
    );
  }
  override _spec(call: CallArguments): unknown {
    const [x, positional] = call.args as readonly [KerasTensor, boolean | undefined];
    const reverse = positional ?? (call.kwargs.reverse as boolean | undefined) ?? false;
    const shape = this.compute_output_shape(x.shape, reverse);
    return new KerasTensor(shape, this.compute_dtype, null, x.record_history);
  }
}

/**
 * `keras.layers.ReversibleEmbedding`: an Embedding that, with `reverse`, gives the logits of its rows for vectors.
 *
 * @param tie_weights - whether the way back goes through the same table
 */
export const ReversibleEmbedding = stock(
  "core.reversible_embedding.ReversibleEmbedding",
  "input_dim output_dim tie_weights embeddings_initializer embeddings_regularizer embeddings_constraint mask_zero reverse_dtype logit_soft_cap **kwargs",
  ReversibleEmbeddingImpl,
  {
    call: "inputs reverse?",
    compute_output_shape: "input_shape reverse?",
    config:
      "input_dim output_dim embeddings_initializer embeddings_regularizer activity_regularizer embeddings_constraint mask_zero quantization_config tie_weights reverse_dtype logit_soft_cap",
  },
);
export type ReversibleEmbedding = ReversibleEmbeddingImpl;
