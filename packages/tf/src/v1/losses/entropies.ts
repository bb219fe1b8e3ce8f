import { toGraphTensor } from "../../graph/convert.js";
import type { Graph } from "../../graph/graph.js";
import type { GraphTensor } from "../../graph/tensor.js";
import {
  sigmoid_cross_entropy_with_logits,
  softmax_cross_entropy_with_logits_v2,
  sparse_softmax_cross_entropy_with_logits,
} from "../nn/entropies.js";
import { node } from "../random-ops.js";
import { compatibleShapes, type Given, loss, TAIL } from "./frame.js";
import { add, mul } from "./weighted.js";

/* Losses of logits. */

/** Logits, and labels of their element type, moved towards what each class has where none is known. */
function smoothed(
  g: Graph,
  labels: unknown,
  given: Given,
  parts: (labels: GraphTensor) => number,
): [GraphTensor, GraphTensor] {
  const z = toGraphTensor(g, given("logits"));
  const raw = toGraphTensor(g, labels);
  const y = raw.dtype === z.dtype ? raw : node(g, "Cast", [raw], { DstT: z.dtype });
  compatibleShapes(z, y);
  const by = given("label_smoothing", 0) as number;
  return [z, by > 0 ? add(g, mul(g, y, 1 - by), by / parts(y)) : y];
}
/** Losses by their elements' function. */
const entropy = (f: unknown, labels: GraphTensor, logits: GraphTensor): GraphTensor =>
  (f as (o: object) => GraphTensor)({ labels, logits, name: "xentropy" });

export const sigmoid_cross_entropy = loss(
  "sigmoid_cross_entropy",
  `multi_class_labels logits weights label_smoothing ${TAIL}`,
  2,
  (g, given, finish) => {
    const [z, y] = smoothed(g, given("multi_class_labels"), given, () => 2);
    return finish(entropy(sigmoid_cross_entropy_with_logits, y, z));
  },
  "sigmoid_cross_entropy_loss",
);
export const softmax_cross_entropy = loss(
  "softmax_cross_entropy",
  `onehot_labels logits weights label_smoothing ${TAIL}`,
  2,
  (g, given, finish) => {
    const [z, y] = smoothed(g, given("onehot_labels"), given, (t) => t._dims!.at(-1)!);
    const constant = node(g, "StopGradient", [y], {}, "labels_stop_gradient");
    return finish(entropy(softmax_cross_entropy_with_logits_v2, constant, z));
  },
  "softmax_cross_entropy_loss",
);
/** Without a last axis of length 1 that the other has not. */
function squeezed(g: Graph, t: GraphTensor, rank: number | undefined): GraphTensor {
  return t._dims !== null && rank !== undefined && t._dims.length === rank && t._dims.at(-1) === 1
    ? node(g, "Squeeze", [t], { squeeze_dims: [-1] })
    : t;
}
export const sparse_softmax_cross_entropy = loss(
  "sparse_softmax_cross_entropy",
  `labels logits weights ${TAIL}`,
  2,
  (g, given, finish) => {
    const labels = toGraphTensor(g, given("labels"));
    const z = toGraphTensor(g, given("logits"));
    const losses = entropy(sparse_softmax_cross_entropy_with_logits, squeezed(g, labels, z._dims?.length), z);
    const weights = given("weights", 1);
    if (typeof weights !== "object" || weights === null) return finish(losses, weights);
    const rank = losses._dims === null ? undefined : losses._dims.length + 1;
    return finish(losses, squeezed(g, toGraphTensor(g, weights), rank));
  },
  "sparse_softmax_cross_entropy_loss",
);
