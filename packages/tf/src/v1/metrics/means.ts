import { float32 } from "../../core/dtypes.js";
import { toGraphTensor } from "../../graph/convert.js";
import type { Graph } from "../../graph/graph.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { node } from "../random-ops.js";
import { addTo, collected, counter, inner, meanOf, metric, TAIL, toFloat } from "./frame.js";

/* Metrics that are means of something of each label and prediction. */

export const mean = metric("mean", `values ${TAIL}`, 1, (g, [values], o) =>
  meanOf(g, toGraphTensor(g, values), o),
);
/** The mean of each element over the steps. */
export const mean_tensor = metric(
  "mean_tensor",
  `values ${TAIL}`,
  1,
  (g, [values], o) => {
    const t = toFloat(g, values);
    const total = counter((t._dims ?? []) as number[], "total_tensor");
    const count = counter((t._dims ?? []) as number[], "count_tensor");
    const ones = node(g, "OnesLike", [t]);
    const w = o.weights === null ? ones : node(g, "Mul", [toFloat(g, o.weights), ones]);
    const v = o.weights === null ? t : node(g, "Mul", [t, w]);
    const adds = [addTo(total, v), g.controlled([v.op], () => addTo(count, w))];
    return collected(
      g,
      node(g, "DivNoNan", [total, count], {}, "value"),
      node(g, "DivNoNan", [adds[0], adds[1]], {}, "update_op"),
      o,
    );
  },
  "mean",
);

/** Labels and predictions of one element type. */
function likened(g: Graph, labels: unknown, predictions: unknown): [GraphTensor, GraphTensor] {
  const p = toGraphTensor(g, predictions);
  const l = toGraphTensor(g, labels);
  return [l.dtype === p.dtype ? l : node(g, "Cast", [l], { DstT: p.dtype }), p];
}
const meaned = (name: string, f: (g: Graph, l: GraphTensor, p: GraphTensor) => GraphTensor) =>
  metric(name, `labels predictions ${TAIL}`, 2, (g, [labels, predictions], o) =>
    meanOf(g, f(g, ...likened(g, labels, predictions)), o),
  );
function squeezed(g: Graph, l: GraphTensor, p: GraphTensor): [GraphTensor, GraphTensor] {
  // A last axis of length 1 that only one side has is dropped.
  const [a, b] = [l._dims?.length, p._dims?.length];
  const drop = (t: GraphTensor): GraphTensor => node(g, "Squeeze", [t], { squeeze_dims: [-1] });
  if (a !== undefined && b !== undefined && b - a === 1 && p._dims!.at(-1) === 1) return [l, drop(p)];
  if (a !== undefined && b !== undefined && a - b === 1 && l._dims!.at(-1) === 1) return [drop(l), p];
  return [l, p];
}
export const accuracy = meaned("accuracy", (g, l, p) => {
  const [a, b] = squeezed(g, l, p);
  return node(g, "Cast", [node(g, "Equal", [b, a])], { DstT: float32 }, "ToFloat");
});
export const mean_squared_error = meaned("mean_squared_error", (g, l, p) =>
  node(g, "SquaredDifference", [l, p]),
);
export const mean_absolute_error = meaned("mean_absolute_error", (g, l, p) =>
  node(g, "Abs", [node(g, "Sub", [p, l])]),
);
export const root_mean_squared_error = metric(
  "root_mean_squared_error",
  `labels predictions ${TAIL}`,
  2,
  (g, [labels, predictions], o) => {
    const [l, p] = likened(g, labels, predictions);
    const [value, update] = meanOf(g, node(g, "SquaredDifference", [l, p]), inner(o));
    return collected(g, node(g, "Sqrt", [value]), node(g, "Sqrt", [update]), o);
  },
);
/** The mean of |label − prediction| / normalizer, zero where the normalizer is. */
export const mean_relative_error = metric(
  "mean_relative_error",
  `labels predictions normalizer ${TAIL}`,
  3,
  (g, [labels, predictions, normalizer], o) => {
    const [l, p] = likened(g, labels, predictions);
    const n = toGraphTensor(g, normalizer, p.dtype);
    const errors = node(g, "RealDiv", [node(g, "Abs", [node(g, "Sub", [l, p])]), n]);
    const zero = node(g, "Equal", [toGraphTensor(g, 0, p.dtype), n]);
    return meanOf(g, node(g, "SelectV2", [zero, node(g, "ZerosLike", [l]), errors]), o);
  },
);
/** One minus the mean of the products of unit vectors along an axis. */
export const mean_cosine_distance = metric(
  "mean_cosine_distance",
  `labels predictions dim ${TAIL}`,
  3,
  (g, [labels, predictions, dim], o) => {
    const [l, p] = likened(g, labels, predictions);
    const products = node(g, "Sum", [node(g, "Mul", [p, l]), [dim]], { keep_dims: true });
    const [value, update] = meanOf(g, products, inner(o));
    const distance = (x: unknown): GraphTensor => node(g, "Sub", [1, x]);
    return collected(g, distance(value), distance(update), o);
  },
);
/** The share of values below a threshold. */
export const percentage_below = metric(
  "percentage_below",
  `values threshold ${TAIL}`,
  2,
  (g, [values, threshold], o) =>
    meanOf(g, node(g, "Cast", [node(g, "Less", [values, threshold])], { DstT: float32 }), o),
  "percentage_below_threshold",
);
