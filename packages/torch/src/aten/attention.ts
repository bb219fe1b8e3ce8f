import { tuple } from "@cognate/py";
import * as F from "../nn/functional/index.js";
import type { Tensor } from "../tensor/tensor.js";
import { type Operators, table } from "./operator.js";

type Optional = Tensor | null;

interface Projections {
  readonly width: number;
  readonly heads: number;
  readonly qkv: readonly [Tensor, Optional];
  readonly out: readonly [Tensor, Optional];
}
/** What a mask of a number means: 0 masks places against places, 1 whole keys. */
const KEYS = 1;

/** Attention of batches that come first. */
function attended(
  q: Tensor,
  k: Tensor,
  v: Tensor,
  p: Projections,
  mask: Optional,
  kind: number | null,
  weights = false,
  average = true,
): readonly [Tensor, Optional] {
  const first = (x: Tensor): Tensor => x.transpose(0, 1);
  const [y, w] = F.multi_head_attention_forward(
    first(q),
    first(k),
    first(v),
    p.width,
    p.heads,
    p.qkv[0],
    p.qkv[1],
    null,
    null,
    false,
    0,
    p.out[0],
    p.out[1],
    {
      training: false,
      key_padding_mask: kind === KEYS ? mask : null,
      attn_mask: kind === KEYS ? null : mask,
      need_weights: weights,
      average_attn_weights: average,
    },
  );
  return [first(y), w];
}

/** The fused kernels that modules use in evaluation. */
export const ATTENTION: Operators = table({
  "_native_multi_head_attention query key value embed_dim num_head qkv_weight qkv_bias proj_weight proj_bias mask need_weights average_attn_weights mask_type":
    (
      q: Tensor,
      k: Tensor,
      v: Tensor,
      width: number,
      heads: number,
      qkv_weight: Tensor,
      qkv_bias: Optional,
      proj_weight: Tensor,
      proj_bias: Optional,
      mask: Optional = null,
      need_weights = true,
      average = true,
      kind: number | null = null,
    ) => {
      const p: Projections = { width, heads, qkv: [qkv_weight, qkv_bias], out: [proj_weight, proj_bias] };
      return tuple([...attended(q, k, v, p, mask, kind, need_weights, average)]);
    },
  "_transformer_encoder_layer_fwd src embed_dim num_heads qkv_weight qkv_bias proj_weight proj_bias use_gelu norm_first eps norm_weight_1 norm_bias_1 norm_weight_2 norm_bias_2 ffn_weight_1 ffn_bias_1 ffn_weight_2 ffn_bias_2 mask mask_type":
    (
      x: Tensor,
      width: number,
      heads: number,
      qkv_weight: Tensor,
      qkv_bias: Optional,
      proj_weight: Tensor,
      proj_bias: Optional,
      use_gelu: boolean,
      norm_first: boolean,
      eps: number,
      norm_weight_1: Tensor,
      norm_bias_1: Tensor,
      norm_weight_2: Tensor,
      norm_bias_2: Tensor,
      ffn_weight_1: Tensor,
      ffn_bias_1: Tensor,
      ffn_weight_2: Tensor,
      ffn_bias_2: Tensor,
      mask: Optional = null,
      kind: number | null = null,
    ) => {
      const p: Projections = { width, heads, qkv: [qkv_weight, qkv_bias], out: [proj_weight, proj_bias] };
      const norm1 = (t: Tensor) => F.layer_norm(t, [width] as never, norm_weight_1, norm_bias_1, eps);
      const norm2 = (t: Tensor) => F.layer_norm(t, [width] as never, norm_weight_2, norm_bias_2, eps);
      const attention = (t: Tensor) => attended(t, t, t, p, mask, kind)[0];
      const feed = (t: Tensor) => {
        const h = F.linear(t, ffn_weight_1, ffn_bias_1);
        return F.linear(use_gelu ? F.gelu(h) : F.relu(h), ffn_weight_2, ffn_bias_2);
      };
      if (norm_first) {
        const y = x.add(attention(norm1(x)));
        return y.add(feed(norm2(y)));
      }
      const y = norm1(x.add(attention(x)));
      return norm2(y.add(feed(y)));
    },
});
