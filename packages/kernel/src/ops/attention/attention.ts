import { bool, type DType } from "../../dtype/dtype.js";
import { DTypeError, ShapeError } from "../../errors/errors.js";
import { broadcastShapes, broadcastTo } from "../../strided/broadcast.js";
import { copyInto } from "../../strided/copy.js";
import { positions } from "../../strided/iterate.js";
import { Strided, sizeOf } from "../../strided/strided.js";
import { type AttentionCall, fastAttention, fastAttentionGrad } from "../../wasm/kernels/attention.js";
import { runFast } from "../../wasm/registry.js";
import { transposed } from "../engines/matrices.js";
import { unpack } from "../engines/pack.js";
import type { Rows } from "../row.js";
import { defineOp, type Operand } from "../row.js";
import { inDouble } from "../untracked.js";
import type { Value } from "../value.js";

export interface AttentionParams {
  /** What products of queries and keys are multiplied with. */
  readonly scale: number;
  /** Query i sees keys 0 … i only. */
  readonly causal?: boolean;
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

/** The matrices of one batch after the other, so that no more than one L × S matrix is held. */
function* batchesOf(
  { lead, queries, keys }: AttentionCall,
  operands: readonly Operand[],
  more: readonly (Strided | null)[] = [],
): Generator<(Value | null)[]> {
  const arrays = [...(operands as readonly (Strided | null)[]), ...more].map((x, i) => {
    const tail = i === 3 || i === 4 ? [queries, keys] : x?.shape.slice(-2);
    return x && broadcastTo(x, [...lead, ...tail!]);
  });
  const axes = lead.map((_, i) => i);
  const places = arrays.map((x) => x && positions(x.shape, x.strides, axes));
  for (let b = 0; b < sizeOf(lead); b++)
    yield arrays.map(
      (x, i) =>
        x && inDouble(x.view(x.shape.slice(-2), x.strides.slice(-2), x.offset + (places[i]![b] ?? 0))),
    );
}

/** Writes the matrix of a batch. */
function put(y: Strided, batch: number, value: Value): void {
  const [m, n] = y.shape.slice(-2) as [number, number];
  if (value.size > 0) copyInto(y.view([m, n], [n, 1], batch * m * n), value.array);
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
    let b = 0;
    for (const [q, k, v, mask, keep] of batchesOf(call, operands))
      put(y, b++, byParts(q!, k!, v!, mask!, keep!, p));
    return y;
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
    let b = 0;
    for (const [q, k, v, own, keep, g] of batchesOf(call, operands, [gy as Strided])) {
      const weights = weightsOf(q!, k!, own!, p);
      const dropped = (x: Value): Value => (keep ? x.mul(keep) : x);
      const gscores = dropped(g!.matmul(transposed(v!))).softmaxGrad(weights, { dim: -1 });
      const gproducts = gscores.mul(p.scale);
      put(yq, b, gproducts.matmul(k!));
      put(yk, b, transposed(gproducts).matmul(q!));
      put(yv, b, transposed(dropped(weights)).matmul(g!));
      if (added) put(ym, b, gscores);
      b++;
    }
    return results;
  },
  noGradient: "derivatives of derivatives go through the parts of attention",
});

/** The weights of keys for each query; a query that sees no key gives zeros, one that sees NaN gives NaN. */
function weightsOf(q: Value, k: Value, mask: Value | null, p: AttentionParams): Value {
  let scores = q.matmul(transposed(k)).mul(p.scale);
  const [queries, keys] = scores.shape.slice(-2) as [number, number];
  const closed = (seen: Value, x: Value): Value => x.where(seen, Number.NEGATIVE_INFINITY);
  if (mask) scores = scores.add(mask.dtype === bool ? closed(mask, scores.full([], 0)) : mask);
  if (p.causal) {
    const seen = Float64Array.from({ length: queries * keys }, (_, i) =>
      i % keys <= Math.floor(i / keys) ? 1 : 0,
    );
    scores = closed(q.constant(unpack(seen, Strided.zeros(bool, [queries, keys]))), scores);
  }
  // A row without any key must not become 0/0.
  const some = scores.ne(Number.NEGATIVE_INFINITY).any({ dims: [-1], keepdim: true });
  return scores.where(some, 0).softmax({ dim: -1 }).where(some, 0);
}

/** {@link attention} in terms of smaller ops. */
function byParts(
  q: Value,
  k: Value,
  v: Value,
  mask: Value | null,
  keep: Value | null,
  p: AttentionParams,
): Value {
  const weights = weightsOf(q, k, mask, p);
  return (keep ? weights.mul(keep) : weights).matmul(v);
}
