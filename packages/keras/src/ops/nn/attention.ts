import { bool, float32, ops } from "@cognate/kernel";
import { ValueError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { castValue, valueOf } from "../../backend/create.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { TensorShape } from "../../backend/tensor-shape.js";
import { apply, op, promoted } from "../make.js";

/** What masked scores become: finite, so that a row of nothing but them gives equal weights. */
const LARGE_NEGATIVE = -0.7 * 3.4028234663852886e38;

/** Heads before positions: `[B, T, N, H]` as `[B, N, T, H]`, and back. */
const swapped = (v: Value): Value => apply(ops.permute, [v], { axes: [0, 2, 1, 3] });

/**
 * Attention whose scores are replaced where the mask is false, so that no gradient passes through those: not the same as
 * adding to them where a query sees nothing.
 */
function maskedAttention(
  q: Value,
  k: Value,
  v: Value,
  bias: Value | null,
  seen: Value,
  scale: number,
): Value {
  const turned = apply(ops.permute, [k], { axes: [0, 1, 3, 2] });
  let scores = apply(ops.mul, [apply(ops.matmul, [q, turned], undefined), q.full([], scale)], undefined);
  if (bias !== null) scores = apply(ops.add, [scores, bias], undefined);
  const kept = apply(ops.where, [scores, seen, q.full([], LARGE_NEGATIVE)], undefined);
  return apply(ops.matmul, [apply(ops.softmax, [kept], { dim: -1 }), v], undefined);
}

/** softmax(q·kᵀ·scale + bias)·v with heads: `[B, T, N, H]` queries, `[B, S, K, H]` keys and values. */
export const dot_product_attention = op(
  "nn.DotProductAttention",
  "dot_product_attention",
  "query key value bias mask scale is_causal flash_attention attn_logits_soft_cap",
  (
    query: TensorLike,
    key: TensorLike,
    value: TensorLike,
    bias: TensorLike | null = null,
    mask: TensorLike | null = null,
    scale: number | null = null,
    is_causal = false,
    flash_attention: boolean | null = null,
    attn_logits_soft_cap: number | null = null,
  ): Tensor => {
    if (attn_logits_soft_cap !== null)
      throw new ValueError(
        "attn_logits_soft_cap is only supported for JAX on TPU. Set attn_logits_soft_cap=None when not using JAX on TPU.",
      );
    if (flash_attention) throw new ValueError("Flash attention is not supported in tensorflow backend.");
    const { values, type } = promoted([query, key, value]);
    let [q, k, v] = values as [Value, Value, Value];
    if (q.shape.length !== 4) {
      const text = (x: Value): string => String(new TensorShape(x.shape));
      throw new ValueError(
        `\`dot_product_attention\` only supports 4D inputs. Received: query.shape=${text(q)}, key.shape=${text(k)}, value.shape=${text(v)}.`,
      );
    }
    const [heads, shared] = [q.shape[2]!, k.shape[2]!];
    if (heads > shared && shared > 1) {
      const repeats = valueOf(heads / shared).array;
      [k, v] = [k, v].map((x) => apply(ops.repeatInterleave, [x], { dim: 2, repeats })) as [Value, Value];
    }
    const compute = type.half ? float32 : type;
    const [a, b, c] = [q, k, v].map((x) => swapped(castValue(x, compute))) as [Value, Value, Value];
    const added: Value | null = bias === null ? null : valueOf(bias, compute);
    const by = scale === null ? 1 / Math.sqrt(k.shape[3]!) : Number(scale);
    let seen: Value | null = mask === null ? null : valueOf(mask, bool);
    if (is_causal) {
      const ones = a.full([q.shape[1]!, k.shape[1]!], 1);
      const past = castValue(apply(ops.tril, [ones], { k: 0 }), bool);
      seen = seen === null ? past : apply(ops.logicalAnd, [seen, past], undefined);
    }
    const y =
      seen === null
        ? apply(ops.attention, [a, b, c, added, null], { scale: by })
        : maskedAttention(a, b, c, added, seen, by);
    return wrap(castValue(swapped(y), type));
  },
  { arity: 5 },
);
