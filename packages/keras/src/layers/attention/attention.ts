import { className, float, repr, Tuple, ValueError } from "@cognate/py";
import { KerasTensor } from "../../backend/keras-tensor.js";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import type { Variable } from "../../backend/variable.js";
import type { CallArguments } from "../../call-signature.js";
import * as K from "../../ops/index.js";
import { dropout as drop, SeedGenerator } from "../../random/index.js";
import { type LayerOptions, type Layout, StockLayer, stock } from "../stock.js";

const LAYOUT: Layout = {
  scale: { shape: [], when: "use_scale", initializer: "ones" },
  concat_score_weight: { shape: [], when: "concat", initializer: "ones" },
};

type Masks = readonly (Tensor | null)[] | null;

/** A causal mask `[1, T, S]`: position i sees 0 … i. */
export function causalMask(queries: number, keys: number): Tensor {
  return K.cast(K.expand_dims(K.tri(queries, keys, 0, "int32"), 0), "bool");
}

export class AttentionImpl extends StockLayer {
  declare scale: Variable | null;
  declare concat_score_weight: Variable | null;
  declare readonly use_scale: boolean;
  declare readonly score_mode: string;
  declare readonly dropout: number;
  seed_generator?: InstanceType<typeof SeedGenerator>;

  constructor(
    use_scale = false,
    score_mode = "dot",
    dropout: number = float(0),
    seed: number | null = null,
    options: LayerOptions = {},
  ) {
    super(options);
    this._take({ use_scale, score_mode, dropout, seed, concat: score_mode === "concat" });
    if (dropout > 0) this.seed_generator = SeedGenerator(seed as never);
    if (!["dot", "concat"].includes(score_mode))
      throw new ValueError(
        `Invalid value for argument score_mode. Expected one of {'dot', 'concat'}. Received: score_mode=${score_mode}`,
      );
    // The masks of inputs are the layer's own business; what it gives has the query's.
    this.supports_masking = true;
  }
  override build(input_shape: readonly Shape[]): void {
    this._validate(input_shape);
    this._weights(LAYOUT, {});
  }
  _scores(query: Tensor, key: Tensor): Tensor {
    if (this.score_mode === "dot") {
      const scores = K.matmul(query, K.swapaxes(key, -2, -1));
      return this.scale ? K.multiply(scores, this.scale) : scores;
    }
    const sum = K.add(K.expand_dims(query, -2), K.expand_dims(key, -3));
    const inner = K.tanh(this.scale ? K.multiply(this.scale, sum) : sum);
    return K.multiply(this.concat_score_weight!, K.sum(inner, -1));
  }
  override call(
    inputs: readonly Tensor[],
    mask: Masks = null,
    training: boolean | null = false,
    return_attention_scores = false,
    use_causal_mask = false,
  ): Tensor | Tuple<Tensor> {
    this._validate(inputs, mask);
    const [query, value, key = value] = inputs as [Tensor, Tensor, Tensor?];
    const [queryMask = null, valueMask = null] = mask ?? [];
    let scores = this._scores(query, key!);
    const seen = this._seenBy(scores, valueMask, use_causal_mask);
    if (seen !== null) {
      const hidden = K.logical_not(seen.ndim === 2 ? K.expand_dims(seen, -2) : seen);
      const far = K.subtract(scores, K.dtype(scores) === "float16" ? 65504 : 1e9);
      scores = K.where(hidden, far, scores) as Tensor;
    }
    let weights = K.softmax(scores, -1);
    if (training && this.dropout > 0)
      weights = drop(weights, Number(this.dropout), null, this.seed_generator as never);
    let y = K.matmul(weights, value);
    if (queryMask !== null) y = K.where(K.expand_dims(queryMask, -1), y, K.zeros_like(y)) as Tensor;
    return return_attention_scores ? Tuple.of_([y, weights]) : y;
  }
  /** Which keys each query may see. */
  _seenBy(scores: Tensor, valueMask: Tensor | null, causal: boolean): Tensor | null {
    if (!causal) return valueMask;
    const [queries, keys] = scores.shape.slice(-2) as [number, number];
    const own = causalMask(queries, keys);
    return valueMask === null ? own : K.logical_and(K.expand_dims(valueMask, -2), own);
  }
  override compute_mask(inputs: readonly Tensor[], mask: Masks = null): Tensor | null {
    this._validate(inputs, mask);
    return mask?.[0] ?? null;
  }
  override compute_output_shape(input_shape: readonly Shape[]): Tuple<number | null> {
    const [query, value] = input_shape as [Shape, Shape];
    return Tuple.of_<number | null>([...query.slice(0, -1), value.at(-1)!]);
  }
  override _spec(call: CallArguments): unknown {
    const [query, value, key = value] = call.args[0] as readonly KerasTensor[];
    this._validate(call.args[0], call.kwargs.mask ?? null);
    const record = query!.record_history;
    const of = (shape: Shape): KerasTensor => new KerasTensor(shape, this.compute_dtype, null, record);
    const output = of(this.compute_output_shape([query!.shape, value!.shape]));
    if (!call.kwargs.return_attention_scores) return output;
    return Tuple.of_([output, of([...query!.shape.slice(0, -1), key!.shape.at(-2)!])]);
  }
  _validate(inputs: unknown, mask: unknown = null): void {
    const name = className(this.constructor);
    // A list of tensors, or of their shapes: a shape alone is a list of numbers.
    if (!Array.isArray(inputs) || typeof inputs[0] === "number" || inputs[0] === null)
      throw new ValueError(
        `${name} layer must be called on a list of inputs, namely [query, value] or [query, value, key]. Received: inputs=${String(inputs)}.`,
      );
    if (inputs.length < 2 || inputs.length > 3)
      throw new ValueError(
        `${name} layer accepts inputs list of length 2 or 3, namely [query, value] or [query, value, key]. Received length: ${inputs.length}.`,
      );
    if (mask === null || mask === undefined) return;
    if (!Array.isArray(mask))
      throw new ValueError(
        `${name} layer mask must be a list, namely [query_mask, value_mask]. Received: mask=${String(mask)}.`,
      );
    if (mask.length < 2 || mask.length > 3)
      throw new ValueError(
        `${name} layer accepts mask list of length 2 or 3. Received: inputs=${repr(inputs)}, mask=${repr(mask)}.`,
      );
  }
}

const CALL = "inputs mask? training=false return_attention_scores? use_causal_mask?";

/** `keras.layers.Attention`: softmax(query·keyᵀ)·value of `[query, value]` or `[query, value, key]` (Luong et al., 2015). */
export const Attention = stock(
  "attention.attention.Attention",
  "use_scale score_mode dropout seed **kwargs",
  AttentionImpl,
  { call: CALL },
);
export type Attention = AttentionImpl;

const ADDITIVE_LAYOUT: Layout = {
  scale: { shape: ["features"], when: "use_scale", initializer: "glorot_uniform" },
};

export class AdditiveAttentionImpl extends AttentionImpl {
  constructor(
    use_scale = true,
    dropout: number = float(0),
    { seed = null, ...options }: LayerOptions & { seed?: number | null } = {},
  ) {
    super(use_scale, "dot", dropout, seed, options);
  }
  override build(input_shape: readonly Shape[]): void {
    this._validate(input_shape);
    this._weights(ADDITIVE_LAYOUT, { features: input_shape[0]!.at(-1)! });
  }
  override _scores(query: Tensor, key: Tensor): Tensor {
    const both = K.tanh(K.add(K.expand_dims(query, -2), K.expand_dims(key, -3)));
    return K.sum(this.scale ? K.multiply(this.scale, both) : both, -1);
  }
}

/** `keras.layers.AdditiveAttention`: scores Σ scale·tanh(query + key) (Bahdanau et al., 2015). */
export const AdditiveAttention = stock(
  "attention.additive_attention.AdditiveAttention",
  "use_scale dropout **kwargs",
  AdditiveAttentionImpl,
  { call: CALL, config: "use_scale dropout seed" },
);
export type AdditiveAttention = AdditiveAttentionImpl;
