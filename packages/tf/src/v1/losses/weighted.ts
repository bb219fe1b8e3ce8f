import { repr, Tuple, ValueError } from "@cognate/py";
import { float32 } from "../../core/dtypes.js";
import { toGraphTensor } from "../../graph/convert.js";
import { emptyInts } from "../../graph/empty.js";
import type { Graph } from "../../graph/graph.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { node } from "../random-ops.js";

const ALL = [
  "none",
  "weighted_sum",
  "weighted_mean",
  "weighted_sum_over_batch_size",
  "weighted_sum_by_nonzero_weights",
  // Under its older name, too.
  "weighted_sum_by_nonzero_weights",
];
/** How weighted losses become one: `tf.losses.Reduction`. */
export const Reduction = {
  NONE: "none",
  SUM: "weighted_sum",
  SUM_OVER_BATCH_SIZE: "weighted_sum_over_batch_size",
  MEAN: "weighted_mean",
  SUM_OVER_NONZERO_WEIGHTS: "weighted_sum_by_nonzero_weights",
  SUM_BY_NONZERO_WEIGHTS: "weighted_sum_by_nonzero_weights",
  all: (): readonly string[] => ALL,
  validate: (key: string): void => {
    if (!ALL.includes(key))
      throw new ValueError(`Invalid Reduction Key ${key}. Key should be one of ${repr(Tuple.of_(ALL))}.`);
  },
};

export const mul = (g: Graph, a: unknown, b: unknown): GraphTensor => node(g, "Mul", [a, b], {}, "Mul");
export const sub = (g: Graph, a: unknown, b: unknown): GraphTensor => node(g, "Sub", [a, b], {}, "Sub");
export const add = (g: Graph, a: unknown, b: unknown): GraphTensor => node(g, "AddV2", [a, b], {}, "add");
const axesOf = (t: GraphTensor): unknown => (t._dims?.length ? t._dims.map((_, i) => i) : emptyInts());
export const sum = (g: Graph, t: GraphTensor): GraphTensor => node(g, "Sum", [t, axesOf(t)]);

/** Weights are numbers, or have 1 or the loss's length on each axis. @throws ValueError */
function checkWeights(losses: GraphTensor, weights: GraphTensor): void {
  const [a, b] = [losses._dims, weights._dims];
  if (a === null || b === null || b.length === 0) return;
  const received = `Received weights=${weights}, values=${losses}`;
  if (a.length !== b.length)
    throw new ValueError(
      `weights can not be broadcast to values. values.rank=${a.length}. weights.rank=${b.length}. values.shape=${losses.shape}. weights.shape=${weights.shape}. ${received}`,
    );
  b.forEach((n, i) => {
    if (n !== 1 && n !== null && a[i] !== null && n !== a[i])
      throw new ValueError(
        `weights can not be broadcast to values. Mismatch at dim ${i}. values.shape=[${a.join(" ")}], weights.shape=[${b.join(" ")}]. ${received}`,
      );
  });
}

/** Losses weighted and made one; 0 where nothing counts. */
export function weighted(
  g: Graph,
  losses: GraphTensor,
  weights: unknown,
  collection: string | null,
  reduction: string,
): GraphTensor {
  Reduction.validate(reduction);
  const w = toGraphTensor(g, weights, undefined, "weights");
  const ws = w.dtype === float32 ? w : node(g, "Cast", [w], { DstT: float32 });
  const given = losses.dtype;
  const values = given === float32 ? losses : node(g, "Cast", [losses], { DstT: float32 });
  checkWeights(values, ws);
  const parts = mul(g, values, ws);
  let out: GraphTensor = parts;
  if (reduction !== "none") {
    const total = sum(g, parts);
    const ones = node(g, "OnesLike", [values], {}, "ones_like");
    if (reduction === "weighted_sum") out = total;
    else if (reduction === "weighted_mean") out = safeDiv(g, total, sum(g, mul(g, ones, ws)));
    else if (reduction === "weighted_sum_over_batch_size") out = safeDiv(g, total, sum(g, ones));
    else {
      const counted = node(g, "SelectV2", [
        node(g, "Equal", [ws, node(g, "ZerosLike", [ws])]),
        node(g, "ZerosLike", [ws]),
        node(g, "OnesLike", [ws]),
      ]);
      out = safeDiv(g, total, sum(g, mul(g, ones, counted)));
    }
  }
  const result = given === float32 ? out : node(g, "Cast", [out], { DstT: given });
  if (collection !== null) g.add_to_collection(collection, result);
  return result;
}
const safeDiv = (g: Graph, a: GraphTensor, b: GraphTensor): GraphTensor =>
  node(g, "DivNoNan", [a, b], {}, "value");
