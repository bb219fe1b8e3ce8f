import { float32 } from "../../core/dtypes.js";
import type { Graph } from "../../graph/graph.js";
import type { GraphTensor } from "../../graph/tensor.js";
import type { GraphVariable } from "../../graph/variable.js";
import { node } from "../random-ops.js";
import { inScope } from "../variable-scope.js";
import { addTo, collected, counter, metric, sum, TAIL, toBool, toFloat } from "./frame.js";

/* Counts of what was found and what was missed. */

/** Counts of a condition. */
function countOf(g: Graph, is: GraphTensor, weights: unknown): { value: GraphVariable; update: GraphTensor } {
  const count = counter([], "count");
  let v = node(g, "Cast", [is], { DstT: float32 });
  if (weights !== null) v = node(g, "Mul", [v, toFloat(g, weights)]);
  return { value: count, update: addTo(count, sum(g, v)) };
}
const not = (g: Graph, x: GraphTensor): GraphTensor => node(g, "LogicalNot", [x]);
const both = (g: Graph, a: GraphTensor, b: GraphTensor): GraphTensor => node(g, "LogicalAnd", [a, b]);

export type Kind = "true_positives" | "false_positives" | "false_negatives" | "true_negatives";
export const CONDITION: Readonly<Record<Kind, (g: Graph, l: GraphTensor, p: GraphTensor) => GraphTensor>> = {
  true_positives: (g, l, p) => both(g, l, p),
  false_positives: (g, l, p) => both(g, not(g, l), p),
  false_negatives: (g, l, p) => both(g, l, not(g, p)),
  true_negatives: (g, l, p) => both(g, not(g, l), not(g, p)),
};
const counted = (kind: Kind) =>
  metric(kind, `labels predictions ${TAIL}`, 2, (g, [labels, predictions], o) => {
    const is = CONDITION[kind](g, toBool(g, labels), toBool(g, predictions));
    const { value, update } = countOf(g, is, o.weights);
    return collected(g, value._snapshot, update, o);
  });
export const true_positives = counted("true_positives");
export const false_positives = counted("false_positives");
export const false_negatives = counted("false_negatives");
export const true_negatives = counted("true_negatives");

/** The share of true positives among them and another kind. */
const share = (name: string, other: Kind) =>
  metric(name, `labels predictions ${TAIL}`, 2, (g, [labels, predictions], o) => {
    const [l, p] = [toBool(g, labels), toBool(g, predictions)];
    const part = (kind: Kind): ReturnType<typeof countOf> =>
      inScope(kind, {}, () => countOf(g, CONDITION[kind](g, l, p), o.weights));
    const [a, b] = [part("true_positives"), part(other)];
    const ratio = (x: unknown, y: unknown, label: string): GraphTensor =>
      node(g, "DivNoNan", [x, node(g, "AddV2", [x, y], {}, "add")], {}, label);
    return collected(g, ratio(a.value, b.value, "value"), ratio(a.update, b.update, "update_op"), o);
  });
export const precision = share("precision", "false_positives");
export const recall = share("recall", "false_negatives");
