import { bool, type Value as KernelValue, ops, type Shape } from "@cognate/kernel";
import { AssertionError, def, RuntimeError, Tuple, warn } from "@cognate/py";
import { call, Value } from "@cognate/tensor";
import { inTorchWords } from "../../errors.js";
import { type Int, int, named } from "../../ops/args.js";
import { castValue } from "../../ops/make.js";
import { cppTypeName } from "../../promotion.js";
import { fresh } from "../../random/arguments.js";
import { samplerOf } from "../../random/generator.js";
import { Size } from "../../size.js";
import { type Tensor, type TensorLike, wrap } from "../../tensor/tensor.js";
import { alike, done, number, type Optional } from "./args.js";
import { linear } from "./linear.js";

const product = (list: readonly number[]): number => list.reduce((a, b) => a * b, 1);

/** Which weights are kept, already scaled: what dropout multiplies with. */
function keepOf(like: Value, shape: Shape, p: number): Value | null {
  if (p === 0) return null;
  const noise = fresh(like.dtype, shape);
  samplerOf(null, "scaled_dot_product_attention").fillBernoulli(noise, 1 - p);
  return new Value(noise).div(1 - p) as Value;
}

function checkAttention(q: Value, k: Value, v: Value, mask: Value | null, causal: boolean): void {
  const fail = (text: string): never => {
    throw new RuntimeError(text);
  };
  if (q.dtype !== k.dtype || q.dtype !== v.dtype)
    fail(
      `Expected query, key, and value to have the same dtype, but got query.dtype: ${cppTypeName(q.dtype)} key.dtype: ${cppTypeName(k.dtype)} and value.dtype: ${cppTypeName(v.dtype)} instead.`,
    );
  const [a, b, c] = [q, k, v].map((x) => x.shape.length) as [number, number, number];
  if (a < 2 || b < 2 || c < 2)
    fail(
      `Expected query, key, and value to all be  at least 2 dimensional, but got query.dim: ${a} key.dim: ${b} and value.dim: ${c} instead.`,
    );
  if (mask && mask.dtype !== bool && mask.dtype.name !== "float32" && mask.dtype !== q.dtype)
    fail(
      `Expected attn_mask dtype to be bool or float or to match query dtype, but got attn_mask.dtype: ${cppTypeName(mask.dtype)} and  query.dtype: ${cppTypeName(q.dtype)} instead.`,
    );
  if (mask && causal)
    fail("_scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True");
  const batch = product(q.shape.slice(0, -2));
  const [width, keys] = [q.shape[a - 1]!, k.shape[b - 2]!];
  if (k.shape[b - 1] !== width)
    fail(
      `Expected size for first two dimensions of batch2 tensor to be: [${batch}, ${width}] but got: [${batch}, ${k.shape[b - 1]}].`,
    );
  if (v.shape[c - 2] !== keys)
    fail(
      `Expected size for first two dimensions of batch2 tensor to be: [${batch}, ${keys}] but got: [${batch}, ${v.shape[c - 2]}].`,
    );
}

/** Heads of queries in groups that share a head of keys and values: one more axis, along which those stretch. */
function grouped(q: Value, k: Value, v: Value, mask: Value | null): (Value | null)[] {
  const [heads, shared, own] = [q, k, v].map((x) => x.shape[x.shape.length - 3]!) as [number, number, number];
  if (heads % shared !== 0 || heads % own !== 0)
    throw new RuntimeError("Number of heads in key and value must divide the number of heads in ");
  const cut = (x: Value, n: number): Value => {
    const at = x.shape.length - 3;
    return x.reshape({
      shape: [...x.shape.slice(0, at), n, x.shape[at]! / n, ...x.shape.slice(at + 1)],
    }) as Value;
  };
  const n = Math.min(shared, own);
  // A mask by heads is cut as the queries are; one that stretches over heads keeps doing so.
  const rank = mask ? mask.shape.length : 0;
  const wide = mask && rank >= 3 ? cut(mask, mask.shape[rank - 3] === 1 ? 1 : n) : mask;
  return [cut(q, n), cut(k, n), cut(v, n), wide];
}

/**
 * softmax(query · keyᵀ · scale + mask) · value over the last two axes.
 *
 * A bool mask is true where a key takes part, a float one is added. `enable_gqa` lets groups of query heads share a head of
 * keys and values.
 *
 * @throws RuntimeError where shapes or types do not go together
 */
export const scaled_dot_product_attention = def(
  "torch.nn.functional.scaled_dot_product_attention",
  "query key value attn_mask dropout_p is_causal * scale enable_gqa",
  (
    query: TensorLike,
    key: TensorLike,
    value: TensorLike,
    attn_mask: Optional = null,
    dropout_p: number | Number = 0,
    is_causal = false,
    scale: number | Number | null = null,
    enable_gqa = false,
  ): Tensor => {
    const [q, k, v] = alike<[Value, Value, Value]>(query, key, value);
    const mask = attn_mask === null ? null : alike<[Value]>(attn_mask)[0];
    checkAttention(q, k, v, mask, is_causal);
    const added = mask && mask.dtype !== bool ? castValue(mask, q.dtype) : mask;
    const factor = scale === null ? 1 / Math.sqrt(q.shape[q.shape.length - 1]!) : number(scale);
    return inTorchWords("scaled_dot_product_attention", () => {
      const lead = q.shape.slice(0, -1);
      const keep = keepOf(q, [...lead, k.shape[k.shape.length - 2]!], number(dropout_p));
      const [a, b, c, m] = enable_gqa ? grouped(q, k, v, added) : [q, k, v, added];
      const kept =
        keep && enable_gqa
          ? (keep.reshape({ shape: [...a!.shape.slice(0, -1), keep.shape[keep.shape.length - 1]!] }) as Value)
          : keep;
      const y = call(ops.attention, [a!, b!, c!, m!, kept], { scale: factor, causal: is_causal });
      const shape = enable_gqa ? [...lead, v.shape[v.shape.length - 1]!] : y.shape;
      return wrap(named(y.reshape({ shape }) as Value, "ScaledDotProductFlashAttentionForCpuBackward0"));
    });
  },
);

/** A mask as PyTorch's attention adds it: −∞ where a bool one is true. */
function addedMask(
  mask: Value | null,
  name: string,
  other: Value | null,
  otherName: string,
  like: Value,
): Value | null {
  if (!mask) return null;
  if (mask.dtype !== bool && mask.dtype.kind !== "float")
    throw new AssertionError(`only bool and floating types of ${name} are supported`);
  if (other && other.dtype !== mask.dtype)
    warn(`Support for mismatched ${name} and ${otherName} is deprecated. Use same type for both instead.`);
  if (mask.dtype !== bool) return mask;
  return like.full(mask.shape, Number.NEGATIVE_INFINITY).where(mask, 0) as Value;
}

/** @throws AssertionError where ranks do not go together; says whether there is a batch axis */
function checkRanks(
  query: Value,
  key: Value,
  value: Value,
  padding: Value | null,
  mask: Value | null,
  heads: number,
): boolean {
  const fail = (text: string): never => {
    throw new AssertionError(text);
  };
  const rank = query.shape.length;
  if (rank !== 2 && rank !== 3)
    fail(`query should be unbatched 2D or batched 3D tensor but received ${rank}-D query tensor`);
  const what = rank === 3 ? "For batched (3-D)" : "For unbatched (2-D)";
  if (key.shape.length !== rank || value.shape.length !== rank)
    fail(
      `${what} \`query\`, expected \`key\` and \`value\` to be ${rank}-D but found ${key.shape.length}-D and ${value.shape.length}-D tensors respectively`,
    );
  if (padding && padding.shape.length !== rank - 1)
    fail(
      `${what} \`query\`, expected \`key_padding_mask\` to be \`None\` or ${rank - 1}-D but found ${padding.shape.length}-D tensor instead`,
    );
  if (mask && mask.shape.length !== 2 && mask.shape.length !== 3)
    fail(
      `${what} \`query\`, expected \`attn_mask\` to be \`None\`, 2-D or 3-D but found ${mask.shape.length}-D tensor instead`,
    );
  if (rank === 2 && mask && mask.shape.length === 3) {
    const want = [heads, query.shape[0]!, key.shape[0]!];
    if (want.some((n, i) => n !== mask.shape[i]))
      fail(`Expected \`attn_mask\` shape to be (${want.join(", ")}) but got ${sizeText(mask.shape)}`);
  }
  return rank === 3;
}

const sizeText = (shape: Shape): string => new Size(shape).__repr__();
const tupleText = (list: readonly number[]): string => `(${list.join(", ")})`;

const rows = (x: Value, start: number, length: number): Value =>
  x.slice({ dim: 0, start, step: 1, length }) as Value;

/** Queries, keys and values through their projections. */
function projected(
  [query, key, value]: readonly [Value, Value, Value],
  packed: Value | null,
  separate: readonly (Value | null)[] | null,
  bias: Value | null,
): [Value, Value, Value] {
  const width = query.shape[query.shape.length - 1]!;
  const bias3 = [0, 1, 2].map((i) => bias && rows(bias, i * width, width));
  const weights = separate ?? [0, 1, 2].map((i) => rows(packed!, i * width, width));
  if (separate)
    for (const [i, name, input] of [
      [0, "query", query],
      [1, "key", key],
      [2, "value", value],
    ] as const) {
      const want = [width, input.shape[input.shape.length - 1]!];
      if (want.some((n, j) => n !== weights[i]!.shape[j]))
        throw new AssertionError(
          `expecting ${name} weights shape of ${tupleText(want)}, but got ${sizeText(weights[i]!.shape)}`,
        );
    }
  return [query, key, value].map(
    (x, i) => linear(wrap(x), wrap(weights[i]!), bias3[i] ? wrap(bias3[i]!) : null)._value,
  ) as [Value, Value, Value];
}

/**
 * The whole of multi-head attention: projections, heads, {@link scaled_dot_product_attention}, output projection. Gives the
 * output and the weights (averaged over heads, or `null`).
 *
 * @throws AssertionError, RuntimeError where shapes do not go together
 */
export const multi_head_attention_forward = def(
  "torch.nn.functional.multi_head_attention_forward",
  "query key value embed_dim_to_check num_heads in_proj_weight in_proj_bias bias_k bias_v add_zero_attn dropout_p out_proj_weight out_proj_bias training key_padding_mask need_weights attn_mask use_separate_proj_weight q_proj_weight k_proj_weight v_proj_weight static_k static_v average_attn_weights is_causal",
  (
    query: TensorLike,
    key: TensorLike,
    value: TensorLike,
    embed_dim_to_check: Int,
    num_heads: Int,
    in_proj_weight: Optional,
    in_proj_bias: Optional,
    bias_k: Optional,
    bias_v: Optional,
    add_zero_attn: boolean,
    dropout_p: number | Number,
    out_proj_weight: TensorLike,
    out_proj_bias: Optional,
    training = true,
    key_padding_mask: Optional = null,
    need_weights = true,
    attn_mask: Optional = null,
    use_separate_proj_weight = false,
    q_proj_weight: Optional = null,
    k_proj_weight: Optional = null,
    v_proj_weight: Optional = null,
    static_k: Optional = null,
    static_v: Optional = null,
    average_attn_weights = true,
    is_causal = false,
  ): Tuple<Tensor | null> & readonly [Tensor, Tensor | null] => {
    const fail = (text: string): never => {
      throw new AssertionError(text);
    };
    const heads = int(num_heads);
    const given = alike<[Value, Value, Value]>(query, key, value);
    const value1 = (x: Optional): Value | null => (x === null ? null : alike<[Value]>(x)[0]);
    let [padding, mask] = [value1(key_padding_mask), value1(attn_mask)];
    const batched = checkRanks(...given, padding, mask, heads);
    const [q0, k0, v0] = given.map((x) =>
      batched ? x : (x.reshape({ shape: [x.shape[0]!, 1, x.shape[1]!] }) as Value),
    ) as [Value, Value, Value];
    if (!batched && padding) padding = padding.reshape({ shape: [1, ...padding.shape] }) as Value;
    const [steps, batch, width] = q0.shape as readonly [number, number, number];
    padding = addedMask(padding, "key_padding_mask", mask, "attn_mask", q0);
    if (is_causal && !mask)
      throw new RuntimeError(
        "Need attn_mask if specifying the is_causal hint. You may use the Transformer module method `generate_square_subsequent_mask` to create this mask.",
      );
    let causal = is_causal;
    if (causal && !padding && !need_weights) mask = null;
    else {
      mask = addedMask(mask, "attn_mask", null, "", q0);
      if (padding) causal = false;
    }
    if (width !== int(embed_dim_to_check))
      fail(`was expecting embedding dimension of ${int(embed_dim_to_check)}, but got ${width}`);
    const each = Math.floor(width / heads);
    if (each * heads !== width) fail(`embed_dim ${width} not divisible by num_heads ${heads}`);
    const same = (a: readonly number[], b: readonly number[]): boolean =>
      a.length === b.length && a.every((n, i) => n === b[i]);
    if (use_separate_proj_weight) {
      if (!same(k0.shape.slice(0, 2), v0.shape.slice(0, 2)))
        fail(
          `key's sequence and batch dims ${sizeText(k0.shape.slice(0, 2))} do not match value's ${sizeText(v0.shape.slice(0, 2))}`,
        );
    } else if (!same(k0.shape, v0.shape))
      fail(`key shape ${sizeText(k0.shape)} does not match value shape ${sizeText(v0.shape)}`);
    const [packed, bias] = [value1(in_proj_weight), value1(in_proj_bias)];
    const own = [q_proj_weight, k_proj_weight, v_proj_weight].map(value1);
    if (!use_separate_proj_weight && !packed)
      fail("use_separate_proj_weight is False but in_proj_weight is None");
    if (use_separate_proj_weight)
      ["q", "k", "v"].forEach((n, i) => {
        if (!own[i]) fail(`use_separate_proj_weight is True but ${n}_proj_weight is None`);
      });
    let [q, k, v] = projected([q0, k0, v0], packed, use_separate_proj_weight ? own : null, bias);
    checkMask(mask, steps, k0.shape[0]!, batch * heads);
    if (mask && mask.shape.length === 2) mask = mask.reshape({ shape: [1, ...mask.shape] }) as Value;

    /** One more key that the masks do not hide. */
    const widen = (m: Value | null): Value | null =>
      m && (m.cat([m.full([...m.shape.slice(0, -1), 1], 0)], { dim: m.shape.length - 1 }) as Value);
    const [bk, bv] = [value1(bias_k), value1(bias_v)];
    if (bk && bv) {
      if (static_k !== null) fail("bias cannot be added to static key.");
      if (static_v !== null) fail("bias cannot be added to static value.");
      const row = (b: Value): KernelValue => b.expand({ shape: [1, batch, width] });
      k = k.cat([row(bk)], { dim: 0 }) as Value;
      v = v.cat([row(bv)], { dim: 0 }) as Value;
      mask = widen(mask);
      padding = widen(padding);
    } else if (bk) fail("bias_k is set but bias_v is None");
    else if (bv) fail("bias_v is set but bias_k is None");

    /** `(L, N, E)` as `(N·heads, L, E/heads)`. */
    const cut = (x: Value): Value =>
      x.reshape({ shape: [x.shape[0]!, batch * heads, each] }).permute({ axes: [1, 0, 2] }) as Value;
    q = cut(q);
    k = static_k === null ? cut(k) : fixed("static_k", value1(static_k)!, batch * heads, each);
    v = static_v === null ? cut(v) : fixed("static_v", value1(static_v)!, batch * heads, each);
    if (add_zero_attn) {
      const zeros = k.full([batch * heads, 1, each], 0);
      k = k.cat([zeros], { dim: 1 }) as Value;
      v = v.cat([zeros], { dim: 1 }) as Value;
      mask = widen(mask);
      padding = widen(padding);
    }
    const keys = k.shape[1]!;
    if (padding) {
      if (padding.shape[0] !== batch)
        fail(`Expected key_padded_mask.shape[0] to be ${batch}, but got ${padding.shape[0]}`);
      if (padding.shape[1] !== keys)
        fail(`Expected key_padded_mask.shape[1] to be ${keys}, but got ${padding.shape[1]}`);
      const wide = padding
        .reshape({ shape: [batch, 1, 1, keys] })
        .expand({ shape: [batch, heads, 1, keys] })
        .reshape({ shape: [batch * heads, 1, keys] });
      mask = (mask ? mask.add(wide.cast({ dtype: mask.dtype })) : wide) as Value;
    }
    const p = training ? number(dropout_p) : 0;
    const output = (y: KernelValue): Tensor => {
      const flat = y.reshape({ shape: [steps * batch, width] }) as Value;
      const out = linear(wrap(flat), out_proj_weight, out_proj_bias)._value;
      const n = out.shape[1]!;
      return done(
        out.reshape({ shape: batched ? [steps, batch, n] : [steps, n] }),
        batched ? "ViewBackward0" : "SqueezeBackward1",
      );
    };
    if (!need_weights) {
      const headed = (x: Value, n: number): Tensor => done(x.reshape({ shape: [batch, heads, n, each] }));
      const m =
        mask &&
        done(
          mask.shape[0] === 1
            ? mask.reshape({ shape: [1, ...mask.shape] })
            : mask.reshape({ shape: [batch, heads, mask.size / (batch * heads * keys), keys] }),
        );
      const y = scaled_dot_product_attention(
        headed(q, steps),
        headed(k, keys),
        headed(v, keys),
        m,
        p,
        causal,
      )._value;
      return Tuple.of_([output(y.permute({ axes: [2, 0, 1, 3] })), null]) as never;
    }
    if (causal && !mask) fail("FIXME: is_causal not implemented for need_weights");
    let scores: KernelValue = q.mul(Math.sqrt(1 / each)).matmul(k.permute({ axes: [0, 2, 1] }));
    if (mask) scores = scores.add(mask.cast({ dtype: scores.dtype }));
    const weights = scores.softmax({ dim: -1 }) as Value;
    const keep = keepOf(weights, weights.shape, p);
    const used = keep ? (weights.mul(keep) as Value) : weights;
    const y = output(used.matmul(v).permute({ axes: [1, 0, 2] }));
    const shown = used.reshape({ shape: [batch, heads, steps, keys] });
    const averaged = average_attn_weights ? shown.mean({ dims: [1] }) : shown;
    const final = batched ? averaged : averaged.reshape({ shape: averaged.shape.slice(1) });
    return Tuple.of_([y, done(final, average_attn_weights ? "MeanBackward1" : "ViewBackward0")]) as never;
  },
);

/** @throws RuntimeError unless a mask has the shape of one */
function checkMask(mask: Value | null, steps: number, keys: number, heads: number): void {
  if (!mask) return;
  const want = mask.shape.length === 2 ? [steps, keys] : [heads, steps, keys];
  if (want.some((n, i) => n !== mask.shape[i]))
    throw new RuntimeError(
      `The shape of the ${want.length}D attn_mask is ${sizeText(mask.shape)}, but should be ${tupleText(want)}.`,
    );
}

function fixed(name: string, x: Value, heads: number, each: number): Value {
  if (x.shape[0] !== heads)
    throw new AssertionError(`expecting ${name}.size(0) of ${heads}, but got ${x.shape[0]}`);
  if (x.shape[2] !== each)
    throw new AssertionError(`expecting ${name}.size(2) of ${each}, but got ${x.shape[2]}`);
  return x;
}
