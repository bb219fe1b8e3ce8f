import { ValueError } from "@cognate/py";
import { float32, float64, int64 } from "../../core/dtypes.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { node } from "../random-ops.js";
import { addTo, collected, counter, metric, sum, TAIL, toFloat } from "./frame.js";

/* Metrics of each class, averaged over the classes. */

/** Intersection over union, averaged over the classes that occur. */
export const mean_iou = metric(
  "mean_iou",
  `labels predictions num_classes ${TAIL}`,
  3,
  (g, [labels, predictions, num_classes], o) => {
    const n = Number(num_classes);
    if (!(n > 0)) throw new ValueError("num_classes must be positive.");
    const ids = (x: unknown): GraphTensor =>
      node(g, "Cast", [node(g, "Reshape", [x, [-1]])], { DstT: int64 });
    const cell = node(g, "AddV2", [node(g, "Mul", [ids(labels), n]), ids(predictions)]);
    const ones =
      o.weights === null
        ? node(g, "Cast", [node(g, "OnesLike", [cell])], { DstT: float64 })
        : node(g, "Cast", [node(g, "Reshape", [o.weights, [-1]])], { DstT: float64 });
    const matrix = counter([n, n], "total_confusion_matrix", float64);
    const update = addTo(
      matrix,
      node(g, "Reshape", [node(g, "UnsortedSegmentSum", [ones, cell, n * n]), [n, n]]),
    );
    const score = (m: unknown, label: string): GraphTensor => {
      const c = node(g, "Cast", [m], { DstT: float32 });
      const [rows, columns] = [node(g, "Sum", [c, [1]]), node(g, "Sum", [c, [0]])];
      const hits = node(g, "MatrixDiagPart", [c]);
      const union = node(g, "Sub", [node(g, "AddV2", [rows, columns]), hits]);
      const occurs = node(g, "Cast", [node(g, "NotEqual", [union, 0])], { DstT: float32 });
      return node(g, "DivNoNan", [sum(g, node(g, "DivNoNan", [hits, union])), sum(g, occurs)], {}, label);
    };
    return collected(
      g,
      score(matrix, "mean_iou"),
      g.controlled([update.op], () => score(update, "update_op")),
      o,
    );
  },
);
/** The share of each class's labels that were predicted, averaged over the classes. */
export const mean_per_class_accuracy = metric(
  "mean_per_class_accuracy",
  `labels predictions num_classes ${TAIL}`,
  3,
  (g, [labels, predictions, num_classes], o) => {
    const n = Number(num_classes);
    const flat = (x: unknown): GraphTensor =>
      node(g, "Cast", [node(g, "Reshape", [x, [-1]])], { DstT: int64 });
    const [l, p] = [flat(labels), flat(predictions)];
    const w = o.weights === null ? null : node(g, "Reshape", [toFloat(g, o.weights), [-1]]);
    const total = counter([n], "total");
    const count = counter([n], "count");
    const ones = node(g, "Cast", [node(g, "OnesLike", [l])], { DstT: float32 });
    const right = node(g, "Cast", [node(g, "Equal", [p, l])], { DstT: float32 });
    const weighed = (x: GraphTensor): GraphTensor => (w ? node(g, "Mul", [x, w]) : x);
    const rows = (x: GraphTensor): GraphTensor => node(g, "UnsortedSegmentSum", [x, l, n]);
    const seen = addTo(total, rows(weighed(ones)));
    const hits = addTo(count, rows(weighed(right)));
    const ratio = (a: unknown, b: unknown): GraphTensor => node(g, "DivNoNan", [a, b]);
    const average = (x: GraphTensor, label: string): GraphTensor => node(g, "Mean", [x, [0]], {}, label);
    return collected(
      g,
      average(ratio(count, total), "mean_accuracy"),
      average(ratio(hits, seen), "update_op"),
      o,
    );
  },
  "mean_accuracy",
);
