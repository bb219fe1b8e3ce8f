import { AssertionError, Tuple, ValueError } from "@cognate/py";
import type { DTypeLike } from "../../dtype.js";
import { transpose } from "../../ops/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import * as init from "../init.js";
import { LinearImpl } from "../linear/linear.js";
import { moduleClass } from "../module/keywords.js";
import { allocateWeights } from "../module/weights.js";
import { ModuleImpl } from "../module.js";
import type { Parameter } from "../parameter.js";

/** The projections of queries, keys and values: one weight where all have the same width, else three. */
const LAYOUT = {
  q_proj_weight: ["embed_dim", "embed_dim"],
  k_proj_weight: ["embed_dim", "kdim"],
  v_proj_weight: ["embed_dim", "vdim"],
  in_proj_weight: ["3*embed_dim", "embed_dim"],
  in_proj_bias: ["3*embed_dim"],
};
const SEPARATE = ["q_proj_weight", "k_proj_weight", "v_proj_weight"];
/** Stand behind the output projection. */
const LAYOUT_KV = { bias_k: [1, 1, "embed_dim"], bias_v: [1, 1, "embed_dim"] };

/** A linear layer under the name that PyTorch gives the output projection. */
const NonDynamicallyQuantizableLinear = moduleClass(
  "linear.NonDynamicallyQuantizableLinear",
  "in_features out_features bias device dtype",
  class extends LinearImpl {},
  "input",
);

/** What attention gives: the output, and the weights of the keys. */
export type Attended = Tuple<Tensor | null> & readonly [Tensor, Tensor | null];
type Mask = Tensor | null;

class MultiheadAttentionImpl extends ModuleImpl {
  embed_dim: number;
  kdim: number;
  vdim: number;
  _qkv_same_embed_dim: boolean;
  num_heads: number;
  dropout: number;
  batch_first: boolean;
  head_dim: number;
  declare in_proj_weight: Parameter | null;
  declare q_proj_weight: Parameter | null;
  declare k_proj_weight: Parameter | null;
  declare v_proj_weight: Parameter | null;
  declare in_proj_bias: Parameter | null;
  declare out_proj: LinearImpl;
  declare bias_k: Parameter | null;
  declare bias_v: Parameter | null;
  declare add_zero_attn: boolean;

  constructor(
    embed_dim: number,
    num_heads: number,
    dropout = 0,
    bias = true,
    add_bias_kv = false,
    add_zero_attn = false,
    kdim: number | null = null,
    vdim: number | null = null,
    batch_first = false,
    device: unknown = null,
    dtype: DTypeLike | null = null,
  ) {
    super();
    if (embed_dim <= 0 || num_heads <= 0)
      throw new ValueError(
        `embed_dim and num_heads must be greater than 0, got embed_dim=${embed_dim} and num_heads=${num_heads} instead`,
      );
    this.embed_dim = embed_dim;
    this.kdim = kdim ?? embed_dim;
    this.vdim = vdim ?? embed_dim;
    this._qkv_same_embed_dim = this.kdim === embed_dim && this.vdim === embed_dim;
    this.num_heads = num_heads;
    this.dropout = dropout;
    this.batch_first = batch_first;
    this.head_dim = Math.floor(embed_dim / num_heads);
    if (this.head_dim * num_heads !== embed_dim)
      throw new AssertionError("embed_dim must be divisible by num_heads");
    const factory = { device, dtype };
    const sizes = { embed_dim, kdim: this.kdim, vdim: this.vdim };
    const without = [
      ...(this._qkv_same_embed_dim ? SEPARATE : ["in_proj_weight"]),
      ...(bias ? [] : ["in_proj_bias"]),
    ];
    allocateWeights(this, LAYOUT, sizes, factory, without);
    this.out_proj = NonDynamicallyQuantizableLinear(embed_dim, embed_dim, bias, device, dtype);
    allocateWeights(this, LAYOUT_KV, sizes, factory, add_bias_kv ? [] : ["bias_k", "bias_v"]);
    this.add_zero_attn = add_zero_attn;
    this._reset_parameters();
  }

  _reset_parameters(): void {
    for (const weight of [this.in_proj_weight, this.q_proj_weight, this.k_proj_weight, this.v_proj_weight])
      if (weight !== null) init.xavier_uniform_(weight);
    if (this.in_proj_bias !== null) {
      init.constant_(this.in_proj_bias, 0);
      init.constant_(this.out_proj.bias!, 0);
    }
    if (this.bias_k !== null) init.xavier_normal_(this.bias_k);
    if (this.bias_v !== null) init.xavier_normal_(this.bias_v);
  }

  override forward(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    key_padding_mask: Mask = null,
    need_weights = true,
    attn_mask: Mask = null,
    average_attn_weights = true,
    is_causal = false,
  ): Attended {
    const turn = this.batch_first && query.ndim === 3;
    const [q, k, v] = turn
      ? [query, key, value].map((x) => transpose(x, 1, 0))
      : ([query, key, value] as const);
    const [output, weights] = F.multi_head_attention_forward(
      q!,
      k!,
      v!,
      this.embed_dim,
      this.num_heads,
      this.in_proj_weight,
      this.in_proj_bias,
      this.bias_k,
      this.bias_v,
      this.add_zero_attn,
      this.dropout,
      this.out_proj.weight,
      this.out_proj.bias,
      this.training,
      key_padding_mask,
      need_weights,
      attn_mask,
      !this._qkv_same_embed_dim,
      this.q_proj_weight,
      this.k_proj_weight,
      this.v_proj_weight,
      null,
      null,
      average_attn_weights,
      is_causal,
    );
    return Tuple.of_([turn ? transpose(output, 1, 0) : output, weights]) as unknown as Attended;
  }
}

interface AttentionOptions {
  key_padding_mask?: Mask;
  need_weights?: boolean;
  attn_mask?: Mask;
  average_attn_weights?: boolean;
  is_causal?: boolean;
}
interface MultiheadAttentionImpl {
  (query: Tensor, key: Tensor, value: Tensor, options?: AttentionOptions): Attended;
}

/**
 * `torch.nn.MultiheadAttention`: softmax(q·kᵀ / √d)·v in `num_heads` parts of the width, with projections before and behind.
 *
 * Takes `[steps, batch, embed_dim]` (`[batch, steps, embed_dim]` with `batch_first`), gives the output and the weights of the
 * keys `[batch, steps, keys]`, the heads' mean.
 *
 * @param add_bias_kv - one learned key and value more
 * @param add_zero_attn - one key and value of zeros more
 * @throws AssertionError for a width that the heads do not divide
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const attention = torch.nn.MultiheadAttention(4, 2, { batch_first: true });
 * const x = torch.ones(1, 3, 4);
 * const [y, weights] = attention(x, x, x);
 * print(y.shape, weights); // prints
 * // torch.Size([1, 3, 4]) tensor([[[0.3333, 0.3333, 0.3333],
 * //          [0.3333, 0.3333, 0.3333],
 * //          [0.3333, 0.3333, 0.3333]]], grad_fn=<MeanBackward1>)
 * ```
 */
export const MultiheadAttention = moduleClass(
  "activation.MultiheadAttention",
  "embed_dim num_heads dropout bias add_bias_kv add_zero_attn kdim vdim batch_first device dtype",
  MultiheadAttentionImpl,
  "query key value key_padding_mask need_weights attn_mask average_attn_weights is_causal",
);
export type MultiheadAttention = MultiheadAttentionImpl;
