import { float, Tuple, ValueError } from "@cognate/py";
import { type Shape, shapeText } from "../../backend/shape.js";
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

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** The equation of a projection that keeps `free` axes, sums over `bound` ones and makes `made` new ones. */
function projection(
  free: number,
  bound: number,
  made: number,
): { equation: string; bias: string; rank: number } {
  const kept = LETTERS.slice(0, free);
  const gone = LETTERS.slice(free, free + bound);
  const fresh = LETTERS.slice(free + bound, free + bound + made);
  return { equation: `${kept}${gone},${gone}${fresh}->${kept}${fresh}`, bias: fresh, rank: free + made };
}

/** The equations of scores and of their sum with the values, where attention runs over some axes. */
function equations(rank: number, axes: readonly number[]): { scores: string; combine: string; rank: number } {
  const target = [...LETTERS.slice(0, rank)];
  const batch = target.map((_, i) => i).filter((i) => !axes.includes(i) && i !== rank - 1);
  let next = rank;
  const source = target.map((l, i) => (batch.includes(i) || i === rank - 1 ? l : LETTERS[next++]!));
  const product = [
    ...batch.map((i) => target[i]!),
    ...axes.map((i) => target[i]!),
    ...axes.map((i) => source[i]!),
  ];
  const [s, t, p] = [source, target, product].map((x) => x.join(""));
  return { scores: `${s},${t}->${p}`, combine: `${p},${s}->${t}`, rank: product.length };
}

const positive = (name: string, value: unknown, more = ""): void => {
  if (typeof value === "number" && Number.isInteger(value) && value > 0) return;
  throw new ValueError(
    `Received an invalid value for argument \`${name}\`, expected a positive integer${more}. Received: ${name}=${String(value)}`,
  );
};

export class MultiHeadAttentionImpl extends Heads {
  declare readonly num_heads: number;
  declare readonly key_dim: number;
  declare readonly value_dim: number;
  declare readonly dropout: number;
  declare readonly use_bias: boolean;
  declare readonly use_gate: boolean;
  declare attention_axes: readonly number[] | null;
  declare readonly seed: number | null;
  declare readonly _outputShape: Tuple<number> | null;
  _query_dense!: EinsumDenseImpl;
  _key_dense!: EinsumDenseImpl;
  _gate_dense?: EinsumDenseImpl;
  _value_dense!: EinsumDenseImpl;
  _softmax!: LayerImpl;
  _dropout_layer!: LayerImpl;
  _output_dense!: EinsumDenseImpl;
  declare _equations: ReturnType<typeof equations>;

  constructor(
    num_heads: number,
    key_dim: number,
    value_dim: number | null = null,
    dropout: number = float(0),
    use_bias = true,
    output_shape: number | readonly number[] | null = null,
    attention_axes: number | readonly number[] | null = null,
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
    positive("num_heads", num_heads);
    positive("key_dim", key_dim);
    if (value_dim !== null) positive("value_dim", value_dim, " or `None`");
    super({ activity_regularizer, ...options });
    if (sliding_window !== null && !(Number.isInteger(sliding_window) && sliding_window > 0))
      throw new ValueError(
        `\`sliding_window\` must be \`None\` or a positive integer. Received: sliding_window=${sliding_window}`,
      );
    this._take({
      num_heads,
      key_dim,
      value_dim: value_dim ?? key_dim,
      dropout,
      use_bias,
      use_gate,
      _outputShape:
        output_shape === null
          ? null
          : Tuple.of_(typeof output_shape === "number" ? [output_shape] : output_shape),
      attention_axes:
        attention_axes === null
          ? null
          : Tuple.of_(typeof attention_axes === "number" ? [attention_axes] : attention_axes),
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
  get _state_fields(): readonly string[] {
    return ["query_dense", "key_dense", "value_dense", "output_dense"];
  }
  get query_dense(): EinsumDenseImpl {
    return this._query_dense;
  }
  get key_dense(): EinsumDenseImpl {
    return this._key_dense;
  }
  get value_dense(): EinsumDenseImpl {
    return this._value_dense;
  }
  get output_dense(): EinsumDenseImpl {
    return this._output_dense;
  }
  override build(query_shape: Shape, value_shape: Shape, key_shape: Shape | null = null): void {
    const keys = key_shape ?? value_shape;
    checkKeys(value_shape, keys);
    const { num_heads, key_dim, value_dim } = this;
    const heads = (name: string, shape: Shape, width: number, activation: string | null = null) => {
      const { equation, bias, rank } = projection(shape.length - 1, 1, 2);
      const output = [...new Array<null>(rank - 3).fill(null), num_heads, width];
      const dense = this._projection(name, equation, output, this.use_bias ? bias : null, activation);
      (dense.build as (s: Shape) => void)(shape);
      return { dense, rank };
    };
    const query = heads("query", query_shape, key_dim);
    this._query_dense = query.dense;
    this._key_dense = heads("key", keys, key_dim).dense;
    if (this.use_gate) this._gate_dense = heads("gate", query_shape, value_dim, "sigmoid").dense;
    const value = heads("value", value_shape, value_dim);
    this._value_dense = value.dense;
    this._buildAttention(value.rank);
    const out = this._outputShape ?? [query_shape.at(-1)!];
    const { equation, bias, rank } = projection(query_shape.length - 1, 2, out.length);
    this._output_dense = this._projection(
      "attention_output",
      equation,
      [...new Array<null>(rank - 1 - out.length).fill(null), ...out],
      this.use_bias ? bias : null,
    );
    const between = [...this._query_dense.compute_output_shape(query_shape).slice(0, -1), value_dim];
    (this._output_dense.build as (s: Shape) => void)(Tuple.of_(between));
  }
  _buildAttention(rank: number): void {
    const axes = this.attention_axes ?? Array.from({ length: rank - 3 }, (_, i) => i + 1);
    const counted = axes.map((a) => (a >= 0 ? a : rank - 1 + a));
    const made = equations(rank, counted);
    this._take({ attention_axes: Tuple.of_(counted), _equations: made });
    const norm = Array.from({ length: counted.length }, (_, i) => made.rank - counted.length + i);
    const dtype = this.dtype_policy;
    this._softmax = Softmax(Tuple.of_(norm), { dtype } as never) as unknown as LayerImpl;
    this._dropout_layer = Dropout(this.dropout, {
      dtype,
      seed: this.seed,
    } as never) as unknown as LayerImpl;
  }
  override call(
    query: Tensor,
    value: Tensor,
    key: Tensor | null = null,
    _query_mask: Tensor | null = null,
    value_mask: Tensor | null = null,
    key_mask: Tensor | null = null,
    attention_mask: Tensor | null = null,
    return_attention_scores = false,
    training: boolean | null = null,
    use_causal_mask = false,
  ): Tensor | Tuple<Tensor | null> {
    const keys = key ?? value;
    const queryMask = query._keras_mask ?? null;
    // The masks are seen to here; the projections must not meet them.
    for (const x of [query, value, keys]) x._keras_mask = undefined;
    const mask = this._attentionMask(
      query,
      value,
      queryMask,
      value_mask,
      key_mask,
      attention_mask,
      use_causal_mask,
    );
    const gate = this._gate_dense ? (this._gate_dense(query) as Tensor) : null;
    const [q, k, v] = [this._query_dense(query), this._key_dense(keys), this._value_dense(value)] as [
      Tensor,
      Tensor,
      Tensor,
    ];
    const [heads, scores] = this._compute_attention(q, k, v, mask, training, return_attention_scores);
    const gated = gate === null ? heads : K.multiply(heads, gate);
    const y = this._output_dense(gated) as Tensor;
    if (queryMask !== null) y._keras_mask = queryMask;
    return return_attention_scores ? Tuple.of_([y, scores]) : y;
  }
  /** What the heads give of projected queries, keys and values, and the scores where they are asked for. */
  _compute_attention(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | null = null,
    training: boolean | null = null,
    return_attention_scores = false,
  ): [Tensor, Tensor | null] {
    const axis = -this.attention_axes!.length * 2 - 1;
    const scale = 1 / Math.sqrt(this.key_dim);
    if (!(this.dropout > 0) && !return_attention_scores && query.ndim === 4) {
      const mask = attention_mask === null ? null : withHeads(attention_mask, 4, axis);
      return [K.dot_product_attention(query, key, value, null, mask, scale, false), null];
    }
    const raw = K.einsum(this._equations.scores, key, K.multiply(query, scale));
    const mask = attention_mask === null ? null : withHeads(attention_mask, raw.ndim, axis);
    const scores = (this._softmax as unknown as (x: Tensor, o: object) => Tensor)(raw, { mask });
    const kept =
      this.dropout > 0
        ? (this._dropout_layer as unknown as (x: Tensor, o: object) => Tensor)(scores, { training })
        : scores;
    return [K.einsum(this._equations.combine, kept, value), scores];
  }
  override compute_output_shape(
    query_shape: Shape,
    value_shape: Shape,
    key_shape: Shape | null = null,
  ): Tuple<number | null> {
    checkKeys(value_shape, key_shape ?? value_shape);
    const out = this._outputShape;
    return Tuple.of_<number | null>(out === null ? [...query_shape] : [...query_shape.slice(0, -1), ...out]);
  }
  override _scoresShape(query: Shape): Shape {
    return Tuple.of_<number | null>([query[0]!, this.num_heads, query[1]!, query[1]!]);
  }
  override get_config(): Record<string, unknown> {
    const entries = Object.entries(super.get_config());
    const at = entries.findIndex(([k]) => k === "attention_axes");
    entries.splice(at, 0, ["output_shape", this._outputShape]);
    return Object.fromEntries(entries);
  }
}

/** @throws ValueError unless values and keys have the same axes but the last */
function checkKeys(value: Shape, key: Shape): void {
  const [a, b] = [value.slice(1, -1), key.slice(1, -1)];
  if (a.length === b.length && a.every((n, i) => n === b[i])) return;
  throw new ValueError(
    `All dimensions of \`value\` and \`key\`, except the last one, must be equal. Received: value_shape=${shapeText(value)} and key_shape=${shapeText(key)}`,
  );
}

/**
 * `keras.layers.MultiHeadAttention`: scaled dot-product attention of projections, head by head (Vaswani et al., 2017).
 *
 * Called as `layer(query, value, key)`, `[B, T, …]` and `[B, S, …]` → `[B, T, …]`.
 *
 * @param key_dim - width of each head's queries and keys
 * @param attention_axes - the axes that attention runs over; all but batch, heads and features if `null`
 */
export const MultiHeadAttention = stock(
  "attention.multi_head_attention.MultiHeadAttention",
  "num_heads key_dim value_dim dropout use_bias output_shape attention_axes sliding_window flash_attention kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint bias_constraint use_gate seed **kwargs",
  MultiHeadAttentionImpl,
  {
    call: "query value key? query_mask? value_mask? key_mask? attention_mask? return_attention_scores? training? use_causal_mask?",
    build: "query_shape value_shape key_shape?",
    compute_output_shape: "query_shape value_shape key_shape?",
    config:
      "num_heads key_dim value_dim dropout use_bias use_gate attention_axes sliding_window kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint bias_constraint seed",
  },
);
export type MultiHeadAttention = MultiHeadAttentionImpl;
