import { Tuple, ValueError } from "@cognate/py";
import { bool, float32, float64, int64 } from "../core/dtypes.js";
import { toGraphTensor } from "../graph/convert.js";
import { get_default_graph } from "../graph/current.js";
import { emptyInts } from "../graph/empty.js";
import type { Graph } from "../graph/graph.js";
import type { GraphTensor } from "../graph/tensor.js";
import { assignTo, GraphVariable } from "../graph/variable.js";
import type { DType } from "../shared.js";
import { zeros_initializer } from "./initializers.js";
import { v1 } from "./make.js";
import { node } from "./random-ops.js";
import { inScope } from "./variable-scope.js";

/* `tf.metrics`: pairs of a value and an operation that updates what it is made of, in local variables. */

/** A local variable of zeros. */
function counter(shape: readonly number[], name: string, dtype: DType = float32): GraphVariable {
  return new GraphVariable({
    initial: () => zeros_initializer()([...shape], { dtype }),
    name,
    dtype,
    trainable: false,
    collections: ["local_variables", "metric_variables"],
    resource: false,
  });
}

type Pair = Tuple<GraphTensor>;
const toFloat = (g: Graph, x: unknown): GraphTensor => {
  const t = toGraphTensor(g, x);
  return t.dtype === float32 ? t : node(g, "Cast", [t], { DstT: float32 }, "ToFloat");
};
const all = (t: GraphTensor): unknown => (t._dims?.length ? t._dims.map((_, i) => i) : emptyInts());
const sum = (g: Graph, t: GraphTensor): GraphTensor => node(g, "Sum", [t, all(t)]);
const addTo = (v: GraphVariable, x: GraphTensor): GraphTensor =>
  assignTo("AssignAdd", v, x, null) as GraphTensor;

interface Options {
  readonly metrics_collections: string | readonly string[] | null;
  readonly updates_collections: string | readonly string[] | null;
}
function collected(g: Graph, value: GraphTensor, update: GraphTensor, o: Options): Pair {
  if (o.metrics_collections) g.add_to_collections(o.metrics_collections, value);
  if (o.updates_collections) g.add_to_collections(o.updates_collections, update);
  return Tuple.of_([value, update]);
}

/** The mean of values, weighted: two counters, of the sum and of the weights. */
function meanOf(g: Graph, values: GraphTensor, weights: unknown, o: Options): Pair {
  const total = counter([], "total");
  const count = counter([], "count");
  let v = toFloat(g, values);
  let n: GraphTensor;
  if (weights === null) n = node(g, "Cast", [node(g, "Size", [v])], { DstT: float32 });
  else {
    const w = node(g, "Mul", [toFloat(g, weights), node(g, "OnesLike", [v])]);
    v = node(g, "Mul", [v, w]);
    n = sum(g, w);
  }
  const adds = [addTo(total, sum(g, v)), g.controlled([v.op], () => addTo(count, n))];
  const value = node(g, "DivNoNan", [total, count], {}, "value");
  const update = node(g, "DivNoNan", [adds[0], adds[1]], {}, "update_op");
  return collected(g, value, update, o);
}

const TAIL = "weights metrics_collections updates_collections name" as const;
type Collections = string | readonly string[] | null;

export const mean = v1(
  "mean",
  `values ${TAIL}` as const,
  (
    values: unknown,
    weights: unknown = null,
    metrics_collections: Collections = null,
    updates_collections: Collections = null,
    name: string | null = null,
  ): Pair =>
    inScope(name, { default_name: "mean" }, () => {
      const g = get_default_graph();
      return meanOf(g, toGraphTensor(g, values), weights, { metrics_collections, updates_collections });
    }),
);

/** A metric that is the mean of something of labels and predictions. */
const meaned = (name: string, f: (g: Graph, l: GraphTensor, p: GraphTensor) => GraphTensor, root = false) =>
  v1(
    name,
    `labels predictions ${TAIL}` as const,
    (
      labels: unknown,
      predictions: unknown,
      weights: unknown = null,
      metrics_collections: Collections = null,
      updates_collections: Collections = null,
      own: string | null = null,
    ): Pair => {
      const g = get_default_graph();
      const p = toGraphTensor(g, predictions);
      const given = toGraphTensor(g, labels);
      const l = given.dtype === p.dtype ? given : node(g, "Cast", [given], { DstT: p.dtype });
      const errors = f(g, l, p);
      return inScope(own, { default_name: name }, () => {
        if (!root) return meanOf(g, errors, weights, { metrics_collections, updates_collections });
        const [value, update] = meanOf(g, errors, weights, {
          metrics_collections: null,
          updates_collections: null,
        });
        return collected(g, node(g, "Sqrt", [value]), node(g, "Sqrt", [update]), {
          metrics_collections,
          updates_collections,
        });
      });
    },
  );
const flatLabels = (g: Graph, l: GraphTensor, p: GraphTensor): [GraphTensor, GraphTensor] => {
  // A last axis of length 1 that only one side has is dropped.
  const [a, b] = [l._dims?.length, p._dims?.length];
  if (a !== undefined && b !== undefined && b - a === 1 && p._dims!.at(-1) === 1)
    return [l, node(g, "Squeeze", [p], { squeeze_dims: [-1] })];
  if (a !== undefined && b !== undefined && a - b === 1 && l._dims!.at(-1) === 1)
    return [node(g, "Squeeze", [l], { squeeze_dims: [-1] }), p];
  return [l, p];
};
export const accuracy = meaned("accuracy", (g, l, p) => {
  const [a, b] = flatLabels(g, l, p);
  return node(g, "Cast", [node(g, "Equal", [b, a])], { DstT: float32 }, "ToFloat");
});
export const mean_squared_error = meaned("mean_squared_error", (g, l, p) =>
  node(g, "SquaredDifference", [l, p]),
);
export const mean_absolute_error = meaned("mean_absolute_error", (g, l, p) =>
  node(g, "Abs", [node(g, "Sub", [p, l])]),
);
export const root_mean_squared_error = meaned(
  "root_mean_squared_error",
  (g, l, p) => node(g, "SquaredDifference", [l, p]),
  true,
);

/** Counts of a condition on labels and predictions as bools. */
function countOf(
  g: Graph,
  is: GraphTensor,
  weights: unknown,
  name: string,
): { value: GraphVariable; update: GraphTensor } {
  const count = counter([], name);
  let v = node(g, "Cast", [is], { DstT: float32 });
  if (weights !== null) v = node(g, "Mul", [v, toFloat(g, weights)]);
  return { value: count, update: addTo(count, sum(g, v)) };
}
const toBool = (g: Graph, x: unknown): GraphTensor => {
  const t = toGraphTensor(g, x);
  return t.dtype === bool ? t : node(g, "Cast", [t], { DstT: bool });
};
const not = (g: Graph, x: GraphTensor): GraphTensor => node(g, "LogicalNot", [x]);
const both = (g: Graph, a: GraphTensor, b: GraphTensor): GraphTensor => node(g, "LogicalAnd", [a, b]);

type Kind = "true_positives" | "false_positives" | "false_negatives" | "true_negatives";
const CONDITION: Readonly<Record<Kind, (g: Graph, l: GraphTensor, p: GraphTensor) => GraphTensor>> = {
  true_positives: (g, l, p) => both(g, l, p),
  false_positives: (g, l, p) => both(g, not(g, l), p),
  false_negatives: (g, l, p) => both(g, l, not(g, p)),
  true_negatives: (g, l, p) => both(g, not(g, l), not(g, p)),
};
const counted = (kind: Kind) =>
  v1(
    kind,
    `labels predictions ${TAIL}` as const,
    (
      labels: unknown,
      predictions: unknown,
      weights: unknown = null,
      metrics_collections: Collections = null,
      updates_collections: Collections = null,
      own: string | null = null,
    ): Pair =>
      inScope(own, { default_name: kind }, () => {
        const g = get_default_graph();
        const { value, update } = countOf(
          g,
          CONDITION[kind](g, toBool(g, labels), toBool(g, predictions)),
          weights,
          "count",
        );
        return collected(g, value._snapshot, update, { metrics_collections, updates_collections });
      }),
  );
export const true_positives = counted("true_positives");
export const false_positives = counted("false_positives");
export const false_negatives = counted("false_negatives");
export const true_negatives = counted("true_negatives");

/** The share of true positives among them and another kind. */
const share = (name: string, other: Kind) =>
  v1(
    name,
    `labels predictions ${TAIL}` as const,
    (
      labels: unknown,
      predictions: unknown,
      weights: unknown = null,
      metrics_collections: Collections = null,
      updates_collections: Collections = null,
      own: string | null = null,
    ): Pair =>
      inScope(own, { default_name: name }, () => {
        const g = get_default_graph();
        const [l, p] = [toBool(g, labels), toBool(g, predictions)];
        const part = (kind: Kind): ReturnType<typeof countOf> =>
          inScope(kind, {}, () => countOf(g, CONDITION[kind](g, l, p), weights, "count"));
        const [a, b] = [part("true_positives"), part(other)];
        const ratio = (x: unknown, y: unknown, label: string): GraphTensor =>
          node(g, "DivNoNan", [x, node(g, "AddV2", [x, y], {}, "add")], {}, label);
        return collected(g, ratio(a.value, b.value, "value"), ratio(a.update, b.update, "update_op"), {
          metrics_collections,
          updates_collections,
        });
      }),
  );
export const precision = share("precision", "false_positives");
export const recall = share("recall", "false_negatives");

/** The share of values below a threshold. */
export const percentage_below = v1(
  "percentage_below",
  `values threshold ${TAIL}` as const,
  (
    values: unknown,
    threshold: unknown,
    weights: unknown = null,
    metrics_collections: Collections = null,
    updates_collections: Collections = null,
    name: string | null = null,
  ): Pair =>
    inScope(name, { default_name: "percentage_below_threshold" }, () => {
      const g = get_default_graph();
      const below = node(g, "Cast", [node(g, "Less", [values, threshold])], { DstT: float32 });
      return meanOf(g, below, weights, { metrics_collections, updates_collections });
    }),
);

/** Intersection over union, averaged over the classes that occur. */
export const mean_iou = v1(
  "mean_iou",
  `labels predictions num_classes ${TAIL}` as const,
  (
    labels: unknown,
    predictions: unknown,
    num_classes: number,
    weights: unknown = null,
    metrics_collections: Collections = null,
    updates_collections: Collections = null,
    name: string | null = null,
  ): Pair =>
    inScope(name, { default_name: "mean_iou" }, () => {
      const g = get_default_graph();
      const n = Number(num_classes);
      if (!(n > 0)) throw new ValueError("num_classes must be positive.");
      const ids = (x: unknown): GraphTensor =>
        node(g, "Cast", [node(g, "Reshape", [x, [-1]])], { DstT: int64 });
      const cell = node(g, "AddV2", [node(g, "Mul", [ids(labels), n]), ids(predictions)]);
      const ones =
        weights === null
          ? node(g, "Cast", [node(g, "OnesLike", [cell])], { DstT: float64 })
          : node(g, "Cast", [node(g, "Reshape", [weights, [-1]])], { DstT: float64 });
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
        { metrics_collections, updates_collections },
      );
    }),
);
