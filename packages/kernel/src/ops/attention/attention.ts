import { bool, type DType } from "../../dtype/dtype.js";
import { DTypeError, ShapeError } from "../../errors/errors.js";
import { broadcastShapes, broadcastTo } from "../../strided/broadcast.js";
import { positions } from "../../strided/iterate.js";
import { Strided, sizeOf } from "../../strided/strided.js";
import { type AttentionCall, fastAttention, fastAttentionGrad } from "../../wasm/kernels/attention.js";
import { runFast } from "../../wasm/registry.js";
import { dotRows } from "../engines/dot-rows.js";
import { packed, unpack } from "../engines/pack.js";
import type { Rows } from "../row.js";
import { defineOp, type Operand } from "../row.js";
import type { Value } from "../value.js";

export interface AttentionParams {
  /** What products of queries and keys are multiplied with. */
  readonly scale: number;
  /** Query i sees keys 0 … i only. */
  readonly causal?: boolean;
}

interface Task {
  readonly type: DType;
  readonly lead: readonly number[];
  readonly batches: number;
  readonly queries: number;
  readonly keys: number;
  readonly width: number;
  readonly values: number;
  /** One matrix a batch, row-major. */
  readonly q: Float64Array;
  readonly k: Float64Array;
  readonly v: Float64Array;
  /** Whether query i sees keys 0 … i only. */
  readonly causal: boolean;
  /** Added to the scores of a batch. */
  bias(batch: number): Float64Array | null;
  /** Multiplied with the weights of a batch. */
  keep(batch: number): Float64Array | null;
}

function checked(
  op: string,
  operands: readonly Operand[],
  p: AttentionParams,
): AttentionCall & { type: DType } {
  const [q, k, v, mask, keep] = operands as readonly (Strided | null)[];
  const type = q!.dtype;
  if (type.kind !== "float") throw new DTypeError(op, "q", type.name, "a floating type");
  for (const [name, x] of [
    ["k", k],
    ["v", v],
    ["keep", keep],
  ] as const)
    if (x && x.dtype !== type) throw new DTypeError(op, name, x.dtype.name, `${type.name} like q`);
  if (mask && mask.dtype !== type && mask.dtype !== bool)
    throw new DTypeError(op, "mask", mask.dtype.name, `bool or ${type.name}`);
  const [queries, width] = q!.shape.slice(-2) as [number, number];
  const [keys, values] = v!.shape.slice(-2) as [number, number];
  if (k!.shape[k!.rank - 1] !== width || k!.shape[k!.rank - 2] !== keys)
    throw new ShapeError(op, "k", k!.shape, `[…, ${keys}, ${width}]`);
  const lead = broadcastShapes(
    op,
    [q!, k!, v!].map((x) => x.shape.slice(0, -2)),
  );
  return { type, lead, queries, keys, width, values, scale: p.scale, causal: p.causal ?? false };
}

function taskOf(op: string, operands: readonly Operand[], p: AttentionParams): Task {
  const [q, k, v, mask, keep] = operands as readonly (Strided | null)[];
  const { type, lead, queries, keys, width, values } = checked(op, operands, p);
  const whole = (x: Strided): Float64Array => packed(broadcastTo(x, [...lead, ...x.shape.slice(-2)]));
  const slices = (x: Strided | null | undefined): ((batch: number) => Float64Array | null) => {
    if (!x) return () => null;
    const full = broadcastTo(x, [...lead, queries, keys]);
    const base = positions(
      full.shape,
      full.strides,
      lead.map((_, i) => i),
    );
    return (batch) =>
      packed(full.view([queries, keys], full.strides.slice(-2), full.offset + (base[batch] ?? 0)));
  };
  const added = slices(mask);
  return {
    type,
    lead,
    batches: sizeOf(lead),
    queries,
    keys,
    width,
    values,
    q: whole(q!),
    k: whole(k!),
    v: whole(v!),
    causal: p.causal ?? false,
    bias: (batch) => {
      const own = added(batch);
      if (own && mask!.dtype === bool) for (let i = 0; i < own.length; i++) own[i] = own[i] ? 0 : -Infinity;
      return own;
    },
    keep: slices(keep),
  };
}

/** The weights of one batch's keys for each query; a query that sees no key gives zeros, one that sees NaN gives NaN. */
function weightsOf(t: Task, batch: number, scale: number): Float64Array {
  const { queries, keys, width, causal } = t;
  const out = new Float64Array(queries * keys);
  dotRows(t.q, batch * queries * width, t.k, batch * keys * width, out, 0, keys, queries, keys, width, false);
  const bias = t.bias(batch);
  for (let i = 0; i < queries; i++) {
    let max = -Infinity;
    for (let j = i * keys; j < (i + 1) * keys; j++) {
      const seen = !causal || j - i * keys <= i;
      out[j] = seen ? out[j]! * scale + (bias ? bias[j]! : 0) : -Infinity;
      if (out[j]! > max) max = out[j]!;
    }
    let sum = 0;
    for (let j = i * keys; j < (i + 1) * keys; j++)
      sum += out[j] = out[j] === -Infinity ? 0 : Math.exp(out[j]! - max);
    if (sum !== 0) for (let j = i * keys; j < (i + 1) * keys; j++) out[j]! /= sum;
  }
  return out;
}

function turnedAt(a: Float64Array, at: number, rows: number, columns: number): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) out[j * rows + i] = a[at + i * columns + j]!;
  return out;
}

/**
 * softmax(scale · q·kᵀ + mask)·v over queries `[…, L, E]`, keys `[…, S, E]` and values `[…, S, F]`, leading axes stretching.
 * A bool mask says which keys take part, a float one is added; `keep` multiplies the weights (dropout). No more than one
 * L × S matrix is held at a time.
 */
export const attention = defineOp({
  name: "attention",
  inputs: ["q", "k", "v", "mask", "keep"],
  optional: ["mask", "keep"],
  dtype: "float",
  run: (operands, p: AttentionParams) => {
    const call = checked("attention", operands, p);
    const y = Strided.zeros(call.type, [...call.lead, call.queries, call.values]);
    if (runFast(() => fastAttention(call, operands as (Strided | null)[], y))) return y;
    const t = taskOf("attention", operands, p);
    const { queries, keys, values } = t;
    const out = new Float64Array(t.batches * queries * values);
    for (let b = 0; b < t.batches; b++) {
      const weights = weightsOf(t, b, p.scale);
      const keep = t.keep(b);
      if (keep) for (let i = 0; i < weights.length; i++) weights[i]! *= keep[i]!;
      const v = turnedAt(t.v, b * keys * values, keys, values);
      dotRows(weights, 0, v, 0, out, b * queries * values, values, queries, values, keys, false);
    }
    return unpack(out, y);
  },
  saves: ["q", "k", "v", "mask", "keep"],
  uses: (): Rows => [attentionGrad],
  vjp: (gy, saved, context) => {
    const { params, given, needs, higherOrder, shape } = context;
    const { q, k, v } = saved;
    const mask = given(3) ? saved.mask : null;
    const keep = given(4) ? saved.keep : null;
    const added = mask && mask.dtype.kind === "float" ? mask : null;
    const grads = higherOrder
      ? context.through(
          ([q, k, v, m]) => [byParts(q!, k!, v!, m ?? mask, keep, params)],
          added ? [q, k, v, added] : [q, k, v],
          [gy],
        )
      : gy.attentionGrad(q, k, v, mask, keep, params);
    const [gq, gk, gv, gm] = grads;
    return {
      q: gq?.sumTo(shape(0)),
      k: gk?.sumTo(shape(1)),
      v: gv?.sumTo(shape(2)),
      mask: added && needs(3) ? gm?.sumTo(shape(3)) : null,
    };
  },
  samples: [
    { inputs: [[2, 2, 3], [1, 3, 3], [2, 3, 2], [2, 3], null], params: { scale: 0.6 } },
    {
      inputs: [
        [3, 2],
        [3, 2],
        [3, 1],
        { shape: [1, 3], values: [1, 0, 1], dtype: "bool" },
        { shape: [3, 3], range: [0.2, 2] },
      ],
      params: { scale: 0.7, causal: true },
      constant: ["keep"],
    },
  ],
  source: "Vaswani et al., Attention is all you need, 2017",
});

/** Gradients of {@link attention} in queries, keys, values and an added mask, in the shapes that leading axes stretch to. */
export const attentionGrad = defineOp({
  name: "attentionGrad",
  inputs: ["gy", "q", "k", "v", "mask", "keep"],
  optional: ["mask", "keep"],
  outputs: ["gq", "gk", "gv", "gmask"],
  dtype: "float",
  run: ([gy, ...operands], p: AttentionParams) => {
    const call = checked("attentionGrad", operands, p);
    const mask = operands[3] as Strided | null;
    const added = mask !== null && mask.dtype !== bool;
    const zeros = (...shape: number[]): Strided => Strided.zeros(call.type, [...call.lead, ...shape]);
    const results = [
      zeros(call.queries, call.width),
      zeros(call.keys, call.width),
      zeros(call.keys, call.values),
      added ? zeros(call.queries, call.keys) : Strided.zeros(call.type, [0]),
    ] as const;
    const [yq, yk, yv, ym] = results;
    const arrays = operands as (Strided | null)[];
    if (runFast(() => fastAttentionGrad(call, gy as Strided, arrays, yq, yk, yv, added ? ym : null)))
      return results;
    const t = taskOf("attentionGrad", operands, p);
    const { queries, keys, width, values } = t;
    const g = packed(gy as Strided);
    const gq = new Float64Array(t.q.length);
    const gk = new Float64Array(t.k.length);
    const gv = new Float64Array(t.v.length);
    const gm = new Float64Array(added ? t.batches * queries * keys : 0);
    const gw = new Float64Array(queries * keys);
    for (let b = 0; b < t.batches; b++) {
      const weights = weightsOf(t, b, p.scale);
      const keep = t.keep(b);
      const [atG, atQ, atK, atV] = [
        b * queries * values,
        b * queries * width,
        b * keys * width,
        b * keys * values,
      ];
      dotRows(g, atG, t.v, atV, gw, 0, keys, queries, keys, values, false);
      const used = keep ? weights.map((w, i) => w * keep[i]!) : weights;
      dotRows(
        turnedAt(used, 0, queries, keys),
        0,
        turnedAt(g, atG, queries, values),
        0,
        gv,
        atV,
        values,
        keys,
        values,
        queries,
        false,
      );
      for (let i = 0; i < queries; i++) {
        let sum = 0;
        for (let j = i * keys; j < (i + 1) * keys; j++) {
          if (keep) gw[j]! *= keep[j]!;
          sum += gw[j]! * weights[j]!;
        }
        for (let j = i * keys; j < (i + 1) * keys; j++) gw[j] = weights[j]! * (gw[j]! - sum);
      }
      if (added) gm.set(gw, b * queries * keys);
      for (let i = 0; i < gw.length; i++) gw[i]! *= p.scale;
      dotRows(gw, 0, turnedAt(t.k, atK, keys, width), 0, gq, atQ, width, queries, width, keys, false);
      dotRows(
        turnedAt(gw, 0, queries, keys),
        0,
        turnedAt(t.q, atQ, queries, width),
        0,
        gk,
        atK,
        width,
        keys,
        width,
        queries,
        false,
      );
    }
    return [unpack(gq, yq), unpack(gk, yk), unpack(gv, yv), unpack(gm, ym)];
  },
  noGradient: "derivatives of derivatives go through the parts of attention",
});

/** {@link attention} in terms of smaller ops, for derivatives of derivatives. */
function byParts(
  q: Value,
  k: Value,
  v: Value,
  mask: Value | null,
  keep: Value | null,
  p: AttentionParams,
): Value {
  const n = k.shape.length;
  const turn = k.shape.map((_, i) => (i === n - 1 ? n - 2 : i === n - 2 ? n - 1 : i));
  let scores = q.matmul(k.permute({ axes: turn })).mul(p.scale);
  const [queries, keys] = scores.shape.slice(-2) as [number, number];
  const closed = (seen: Value): Value => scores.where(seen, Number.NEGATIVE_INFINITY);
  if (mask) scores = mask.dtype === bool ? closed(mask) : scores.add(mask);
  if (p.causal) {
    const seen = Float64Array.from({ length: queries * keys }, (_, i) =>
      i % keys <= Math.floor(i / keys) ? 1 : 0,
    );
    scores = closed(q.constant(unpack(seen, Strided.zeros(bool, [queries, keys]))));
  }
  // A row without any key must not become 0/0.
  const some = scores.gt(Number.NEGATIVE_INFINITY).any({ dims: [-1], keepdim: true });
  const weights = scores.where(some, 0).softmax({ dim: -1 }).where(some, 0);
  return (keep ? weights.mul(keep) : weights).matmul(v);
}
