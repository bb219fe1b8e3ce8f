import { float, Tuple, ValueError } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { Softmax } from "../activations/softmax.js";
import type { EinsumDenseImpl } from "../core/einsum-dense.js";
import type { LayerImpl } from "../layer.js";
import { Dropout } from "../regularization/dropout.js";
import {
  type ConstraintLike,
  type InitializerLike,
  type LayerOptions,
  type RegularizerLike,
  stock,
} from "../stock.js";
import { Heads, withHeads } from "./heads.js";

/*
 * Axes in equations: b batch, q queries, k keys, m model, u query heads, v key heads, h head.
 */

export class GroupedQueryAttentionImpl extends Heads {
  declare readonly head_dim: number;
  declare readonly num_query_heads: number;
  declare readonly num_key_value_heads: number;
  declare readonly dropout: number;
  declare readonly use_bias: boolean;
  declare readonly use_gate: boolean;
  declare readonly seed: number | null;
  _query_dense!: EinsumDenseImpl;
  _key_dense!: EinsumDenseImpl;
  _gate_dense?: EinsumDenseImpl;
  _value_dense!: EinsumDenseImpl;
  _softmax!: LayerImpl;
  _dropout_layer!: LayerImpl;
  _output_dense!: EinsumDenseImpl;

  constructor(
    head_dim: number,
    num_query_heads: number,
    num_key_value_heads: number,
    dropout: number = float(0),
    use_bias = true,
    sliding_window: number | null = null,
    _flash_attention: boolean | null = null,
    kernel_initializer: InitializerLike = "glorot_uniform",
    bias_initializer: InitializerLike = "zeros",
    kernel_regularizer: RegularizerLike | null = null,
    bias_regularizer: RegularizerLike | null = null,
    activity_regularizer: RegularizerLike | null = null,
    kernel_constraint: ConstraintLike | null = null,
    bias_constraint: ConstraintLike | null = null,
    use_gate = false,
    seed: number | null = null,
    options: LayerOptions = {},
  ) {
    super({ activity_regularizer, ...options });
    if (num_query_heads % num_key_value_heads !== 0)
      throw new ValueError("`num_query_heads` must be divisible by `num_key_value_heads`.");
    if (sliding_window !== null && !(Number.isInteger(sliding_window) && sliding_window > 0))
      throw new ValueError(
        `\`sliding_window\` must be \`None\` or a positive integer. Received: sliding_window=${sliding_window}`,
      );
    this._take({
      head_dim,
      num_query_heads,
      num_key_value_heads,
      dropout,
      use_bias,
      use_gate,
      sliding_window,
      kernel_initializer,
      bias_initializer,
      kernel_regularizer,
      bias_regularizer,
      kernel_constraint,
      bias_constraint,
      seed,
    });
    this.supports_masking = true;
  }
  override build(query_shape: Shape, value_shape: Shape, key_shape: Shape | null = null): void {
    const { num_query_heads: many, num_key_value_heads: few, head_dim, use_bias } = this;
    const make = (
      name: string,
      equation: string,
      output: Shape,
      bias: string,
      shape: Shape,
      f: string | null = null,
    ) => {
      const dense = this._projection(name, equation, output, use_bias ? bias : null, f);
      (dense.build as (s: Shape) => void)(shape);
      return dense;
    };
    this._query_dense = make("query", "bqm,muh->bquh", [null, many, head_dim], "uh", query_shape);
    this._key_dense = make("key", "bkm,mvh->bkvh", [null, few, head_dim], "vh", key_shape ?? value_shape);
    if (this.use_gate)
      this._gate_dense = make("gate", "bqm,muh->bquh", [null, many, head_dim], "uh", query_shape, "sigmoid");
    this._value_dense = make("value", "bkm,mvh->bkvh", [null, few, head_dim], "vh", value_shape);
    const dtype = this.dtype_policy;
    this._softmax = Softmax(-1, { dtype } as never) as unknown as LayerImpl;
    this._dropout_layer = Dropout(this.dropout, { dtype, seed: this.seed } as never) as unknown as LayerImpl;
    const heads = Tuple.of_<number | null>([null, null, many, head_dim]);
    this._output_dense = make("attention_output", "bquh,uhm->bqm", [null, query_shape.at(-1)!], "m", heads);
  }
  override call(
    query: Tensor,
    value: Tensor,
    key: Tensor | null = null,
    query_mask: Tensor | null = null,
    value_mask: Tensor | null = null,
    key_mask: Tensor | null = null,
    attention_mask: Tensor | null = null,
    return_attention_scores = false,
    training: boolean | null = null,
    use_causal_mask = false,
  ): Tensor | Tuple<Tensor | null> {
    const mask = this._attentionMask(
      query,
      value,
      query_mask,
      value_mask,
      key_mask,
      attention_mask,
      use_causal_mask,
    );
    const gate = this._gate_dense ? (this._gate_dense(query) as Tensor) : null;
    const repeats = this.num_query_heads / this.num_key_value_heads;
    const q = this._query_dense(query) as Tensor;
    const [k, v] = [this._key_dense(key ?? value), this._value_dense(value)].map((x) =>
      K.repeat(x as Tensor, repeats, 2),
    ) as [Tensor, Tensor];
    const [heads, scores] = this._compute_attention(q, k, v, mask, training, return_attention_scores);
    const y = this._output_dense(gate === null ? heads : K.multiply(heads, gate)) as Tensor;
    return return_attention_scores ? Tuple.of_([y, scores]) : y;
  }
  _compute_attention(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | null,
    training: boolean | null,
    return_attention_scores: boolean,
  ): [Tensor, Tensor | null] {
    const scale = 1 / Math.sqrt(this.head_dim);
    const mask = attention_mask === null ? null : withHeads(attention_mask, 4, -3);
    if (!(this.dropout > 0) && !return_attention_scores)
      return [K.dot_product_attention(query, key, value, null, mask, scale, false), null];
    const raw = K.einsum("bquh,bkuh->buqk", K.multiply(query, scale), key);
    const scores = (this._softmax as unknown as (x: Tensor, o: object) => Tensor)(raw, { mask });
    const kept = (this._dropout_layer as unknown as (x: Tensor, o: object) => Tensor)(scores, { training });
    return [K.einsum("buqk,bkuh->bquh", kept, value), scores];
  }
  override compute_output_shape(query_shape: Shape, _value_shape: Shape, _key_shape: unknown = null): Shape {
    return query_shape;
  }
  override _scoresShape(query: Shape, keys: Shape): Shape {
    return Tuple.of_<number | null>([query[0]!, this.num_query_heads, query[1]!, keys[1]!]);
  }
}

/** `keras.layers.GroupQueryAttention`: attention whose heads share keys and values in groups (Ainslie et al., 2023). */
export const GroupQueryAttention = stock(
  "attention.grouped_query_attention.GroupedQueryAttention",
  "head_dim num_query_heads num_key_value_heads dropout use_bias sliding_window flash_attention kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint bias_constraint use_gate seed **kwargs",
  GroupedQueryAttentionImpl,
  {
    exported: "GroupQueryAttention",
    call: "query value key? query_mask? value_mask? key_mask? attention_mask? return_attention_scores? training? use_causal_mask?",
    build: "query_shape value_shape key_shape?",
    compute_output_shape: "query_shape value_shape key_shape?",
    config:
      "head_dim num_query_heads num_key_value_heads use_bias use_gate sliding_window dropout kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint bias_constraint seed",
  },
);
export type GroupQueryAttention = GroupedQueryAttentionImpl;
