import { ValueError } from "@cognate/py";
import { float32 } from "../core/dtypes.js";
import { toGraphTensor } from "../graph/convert.js";
import { get_default_graph } from "../graph/current.js";
import { emptyInts } from "../graph/empty.js";
import type { Graph } from "../graph/graph.js";
import type { GraphTensor } from "../graph/tensor.js";
import { v1 } from "./make.js";
import {
  sigmoid_cross_entropy_with_logits,
  softmax_cross_entropy_with_logits_v2,
  sparse_softmax_cross_entropy_with_logits,
} from "./nn/functions.js";
import { node } from "./random-ops.js";

/** How weighted losses become one: `tf.losses.Reduction`. */
export const Reduction = {
  NONE: "none",
  SUM: "weighted_sum",
  SUM_OVER_BATCH_SIZE: "weighted_sum_over_batch_size",
  MEAN: "weighted_mean",
  SUM_OVER_NONZERO_WEIGHTS: "weighted_sum_by_nonzero_weights",
  SUM_BY_NONZERO_WEIGHTS: "weighted_sum_by_nonzero_weights",
  all: (): readonly string[] => [
    "none",
    "weighted_sum",
    "weighted_mean",
    "weighted_sum_over_batch_size",
    "weighted_sum_by_nonzero_weights",
  ],
  validate: (key: string): void => {
    if (!Reduction.all().includes(key)) throw new ValueError(`Invalid Reduction Key ${key}.`);
  },
};

const mul = (g: Graph, a: unknown, b: unknown): GraphTensor => node(g, "Mul", [a, b], {}, "Mul");
const sub = (g: Graph, a: unknown, b: unknown): GraphTensor => node(g, "Sub", [a, b], {}, "Sub");
const add = (g: Graph, a: unknown, b: unknown): GraphTensor => node(g, "AddV2", [a, b], {}, "add");
const axesOf = (t: GraphTensor): unknown => (t._dims?.length ? t._dims.map((_, i) => i) : emptyInts());
const sum = (g: Graph, t: GraphTensor): GraphTensor => node(g, "Sum", [t, axesOf(t)]);

/** Weights are numbers, or have 1 or the loss's length on each axis. @throws ValueError */
function checkWeights(losses: GraphTensor, weights: GraphTensor): void {
  const [a, b] = [losses._dims, weights._dims];
  if (a === null || b === null || b.length === 0) return;
  if (a.length !== b.length)
    throw new ValueError(
      `weights can not be broadcast to values. values.rank=${a.length}. weights.rank=${b.length}. values.shape=${losses.shape}. weights.shape=${weights.shape}.`,
    );
  b.forEach((n, i) => {
    if (n !== 1 && n !== null && a[i] !== null && n !== a[i])
      throw new ValueError(
        `weights can not be broadcast to values. Mismatch at dim ${i}. values.shape=${losses.shape} weights.shape=${weights.shape}.`,
      );
  });
}

/** Losses weighted and made one; 0 where nothing counts. */
function weighted(
  g: Graph,
  losses: GraphTensor,
  weights: unknown,
  collection: string | null,
  reduction: string,
): GraphTensor {
  Reduction.validate(reduction);
  {
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
}
const safeDiv = (g: Graph, a: GraphTensor, b: GraphTensor): GraphTensor =>
  node(g, "DivNoNan", [a, b], {}, "value");

export const compute_weighted_loss = v1(
  "compute_weighted_loss",
  "losses weights scope loss_collection reduction",
  (
    losses: unknown,
    weights: unknown = 1,
    scope: string | null = null,
    loss_collection: string | null = "losses",
    reduction = Reduction.SUM_BY_NONZERO_WEIGHTS,
  ): GraphTensor => {
    const g = get_default_graph();
    const run = (): GraphTensor => weighted(g, toGraphTensor(g, losses), weights, loss_collection, reduction);
    return g.scoped(scope ?? "weighted_loss", run);
  },
);

type Elementwise = (g: Graph, predictions: GraphTensor, labels: GraphTensor) => GraphTensor;

const missing = (labels: unknown, predictions: unknown, second = "predictions"): void => {
  if (labels === null || labels === undefined) throw new ValueError("Argument `labels` must not be None.");
  if (predictions === null || predictions === undefined)
    throw new ValueError(`Argument \`${second}\` must not be None.`);
};

function compatibleShapes(p: GraphTensor, l: GraphTensor): void {
  if (p._dims === null || l._dims === null) return;
  const fits =
    p._dims.length === l._dims.length &&
    p._dims.every((d, i) => d === null || l._dims![i] === null || d === l._dims![i]);
  if (!fits) throw new ValueError(`Shapes ${p.shape} and ${l.shape} are incompatible`);
}

/** A loss of differences: labels and predictions as floats of one shape. */
const elementwise = (name: string, scopeName: string, loss: Elementwise) =>
  v1(
    name,
    "labels predictions weights scope loss_collection reduction",
    (
      labels: unknown,
      predictions: unknown,
      weights: unknown = 1,
      scope: string | null = null,
      loss_collection: string | null = "losses",
      reduction = Reduction.SUM_BY_NONZERO_WEIGHTS,
    ): GraphTensor => {
      missing(labels, predictions);
      const g = get_default_graph();
      return g.scoped(scope ?? scopeName, () => {
        const [p, l] = [asFloat(g, predictions), asFloat(g, labels)];
        compatibleShapes(p, l);
        return weighted(g, loss(g, p, l), weights, loss_collection, reduction);
      });
    },
  );
const asFloat = (g: Graph, x: unknown): GraphTensor => {
  const t = toGraphTensor(g, x);
  return t.dtype === float32 ? t : node(g, "Cast", [t], { DstT: float32 });
};

export const mean_squared_error = elementwise("mean_squared_error", "mean_squared_error", (g, p, l) =>
  node(g, "SquaredDifference", [p, l]),
);
export const absolute_difference = elementwise("absolute_difference", "absolute_difference", (g, p, l) =>
  node(g, "Abs", [sub(g, p, l)]),
);

export const log_loss = v1(
  "log_loss",
  "labels predictions weights epsilon scope loss_collection reduction",
  (
    labels: unknown,
    predictions: unknown,
    weights: unknown = 1,
    epsilon = 1e-7,
    scope: string | null = null,
    loss_collection: string | null = "losses",
    reduction = Reduction.SUM_BY_NONZERO_WEIGHTS,
  ): GraphTensor => {
    missing(labels, predictions);
    const g = get_default_graph();
    return g.scoped(scope ?? "log_loss", () => {
      const [p, l] = [asFloat(g, predictions), asFloat(g, labels)];
      compatibleShapes(p, l);
      const log = (x: unknown): GraphTensor => node(g, "Log", [add(g, x, epsilon)]);
      const losses = sub(g, node(g, "Neg", [mul(g, l, log(p))]), mul(g, sub(g, 1, l), log(sub(g, 1, p))));
      return weighted(g, losses, weights, loss_collection, reduction);
    });
  },
);

export const huber_loss = v1(
  "huber_loss",
  "labels predictions weights delta scope loss_collection reduction",
  (
    labels: unknown,
    predictions: unknown,
    weights: unknown = 1,
    delta = 1,
    scope: string | null = null,
    loss_collection: string | null = "losses",
    reduction = Reduction.SUM_BY_NONZERO_WEIGHTS,
  ): GraphTensor => {
    missing(labels, predictions);
    const g = get_default_graph();
    return g.scoped(scope ?? "huber_loss", () => {
      const [p, l] = [asFloat(g, predictions), asFloat(g, labels)];
      compatibleShapes(p, l);
      const error = node(g, "Abs", [sub(g, p, l)]);
      const quadratic = node(g, "Minimum", [error, delta]);
      const linear = sub(g, error, quadratic);
      const losses = add(g, mul(g, 0.5, mul(g, quadratic, quadratic)), mul(g, delta, linear));
      return weighted(g, losses, weights, loss_collection, reduction);
    });
  },
);

export const hinge_loss = v1(
  "hinge_loss",
  "labels logits weights scope loss_collection reduction",
  (
    labels: unknown,
    logits: unknown,
    weights: unknown = 1,
    scope: string | null = null,
    loss_collection: string | null = "losses",
    reduction = Reduction.SUM_BY_NONZERO_WEIGHTS,
  ): GraphTensor => {
    missing(labels, logits, "logits");
    const g = get_default_graph();
    return g.scoped(scope ?? "hinge_loss", () => {
      const [z, l] = [asFloat(g, logits), asFloat(g, labels)];
      compatibleShapes(z, l);
      const signs = sub(g, mul(g, 2, l), node(g, "OnesLike", [l], {}, "ones_like"));
      return weighted(
        g,
        node(g, "Relu", [sub(g, node(g, "OnesLike", [l], {}, "ones_like"), mul(g, signs, z))]),
        weights,
        loss_collection,
        reduction,
      );
    });
  },
);

export const cosine_distance = v1(
  "cosine_distance",
  "labels predictions axis weights scope loss_collection reduction dim",
  (
    labels: unknown,
    predictions: unknown,
    axis: number | null = null,
    weights: unknown = 1,
    scope: string | null = null,
    loss_collection: string | null = "losses",
    reduction = Reduction.SUM_BY_NONZERO_WEIGHTS,
    dim: number | null = null,
  ): GraphTensor => {
    const at = axis ?? dim;
    if (at === null) throw new ValueError("You must specify argument `axis`.");
    missing(labels, predictions);
    const g = get_default_graph();
    return g.scoped(scope ?? "cosine_distance_loss", () => {
      const [p, l] = [asFloat(g, predictions), asFloat(g, labels)];
      compatibleShapes(p, l);
      const losses = sub(g, 1, node(g, "Sum", [mul(g, p, l), [at]], { keep_dims: true }));
      return weighted(g, losses, weights, loss_collection, reduction);
    });
  },
);

/** Squared differences of all pairs of differences within each row. */
export const mean_pairwise_squared_error = v1(
  "mean_pairwise_squared_error",
  "labels predictions weights scope loss_collection",
  (
    labels: unknown,
    predictions: unknown,
    weights: unknown = 1,
    scope: string | null = null,
    loss_collection: string | null = "losses",
  ): GraphTensor => {
    missing(labels, predictions);
    const g = get_default_graph();
    return g.scoped(scope ?? "mean_pairwise_squared_error", () => {
      const [p, l, w] = [asFloat(g, predictions), asFloat(g, labels), asFloat(g, weights)];
      compatibleShapes(p, l);
      const diffs = sub(g, p, l);
      const rest = (diffs._dims ?? []).map((_, i) => i).slice(1);
      const keep = { keep_dims: true };
      const squares = node(g, "Sum", [node(g, "Square", [diffs]), rest], keep);
      const n = node(g, "Sum", [node(g, "OnesLike", [diffs]), rest], keep);
      const before = mul(g, 2, node(g, "DivNoNan", [squares, node(g, "Maximum", [sub(g, n, 1), 0])]));
      const total = node(g, "Sum", [diffs, rest], keep);
      const pairs = mul(
        g,
        2,
        node(g, "DivNoNan", [node(g, "Square", [total]), node(g, "Maximum", [mul(g, n, sub(g, n, 1)), 0])]),
      );
      const per = mul(g, sub(g, before, pairs), w);
      const loss = sum(g, per);
      const present = sum(g, node(g, "Cast", [node(g, "Greater", [n, 0])], { DstT: float32 }));
      const mean = node(
        g,
        "SelectV2",
        [node(g, "Greater", [present, 0]), loss, node(g, "ZerosLike", [loss])],
        {},
        "value",
      );
      if (loss_collection !== null) g.add_to_collection(loss_collection, mean);
      return mean;
    });
  },
);

export const sigmoid_cross_entropy = v1(
  "sigmoid_cross_entropy",
  "multi_class_labels logits weights label_smoothing scope loss_collection reduction",
  (
    labels: unknown,
    logits: unknown,
    weights: unknown = 1,
    label_smoothing = 0,
    scope: string | null = null,
    loss_collection: string | null = "losses",
    reduction = Reduction.SUM_BY_NONZERO_WEIGHTS,
  ): GraphTensor => {
    const g = get_default_graph();
    return g.scoped(scope ?? "sigmoid_cross_entropy_loss", () => {
      const z = toGraphTensor(g, logits);
      const given = toGraphTensor(g, labels);
      let y = given.dtype === z.dtype ? given : node(g, "Cast", [given], { DstT: z.dtype });
      compatibleShapes(z, y);
      if (label_smoothing > 0) y = add(g, mul(g, y, 1 - label_smoothing), 0.5 * label_smoothing);
      const losses = sigmoid_cross_entropy_with_logits({
        labels: y,
        logits: z,
        name: "xentropy",
      } as never) as GraphTensor;
      return weighted(g, losses, weights, loss_collection, reduction);
    });
  },
);

export const softmax_cross_entropy = v1(
  "softmax_cross_entropy",
  "onehot_labels logits weights label_smoothing scope loss_collection reduction",
  (
    labels: unknown,
    logits: unknown,
    weights: unknown = 1,
    label_smoothing = 0,
    scope: string | null = null,
    loss_collection: string | null = "losses",
    reduction = Reduction.SUM_BY_NONZERO_WEIGHTS,
  ): GraphTensor => {
    const g = get_default_graph();
    return g.scoped(scope ?? "softmax_cross_entropy_loss", () => {
      const z = toGraphTensor(g, logits);
      const given = toGraphTensor(g, labels);
      let y = given.dtype === z.dtype ? given : node(g, "Cast", [given], { DstT: z.dtype });
      compatibleShapes(z, y);
      if (label_smoothing > 0) y = add(g, mul(g, y, 1 - label_smoothing), label_smoothing / y._dims!.at(-1)!);
      const losses = softmax_cross_entropy_with_logits_v2({
        labels: node(g, "StopGradient", [y], {}, "labels_stop_gradient"),
        logits: z,
        name: "xentropy",
      } as never) as GraphTensor;
      return weighted(g, losses, weights, loss_collection, reduction);
    });
  },
);

export const sparse_softmax_cross_entropy = v1(
  "sparse_softmax_cross_entropy",
  "labels logits weights scope loss_collection reduction",
  (
    labels: unknown,
    logits: unknown,
    weights: unknown = 1,
    scope: string | null = null,
    loss_collection: string | null = "losses",
    reduction = Reduction.SUM_BY_NONZERO_WEIGHTS,
  ): GraphTensor => {
    missing(labels, logits, "logits");
    const g = get_default_graph();
    return g.scoped(scope ?? "sparse_softmax_cross_entropy_loss", () => {
      let y = toGraphTensor(g, labels);
      const z = toGraphTensor(g, logits);
      if (y._dims !== null && z._dims !== null && y._dims.length === z._dims.length && y._dims.at(-1) === 1)
        y = node(g, "Squeeze", [y], { squeeze_dims: [-1] });
      const losses = sparse_softmax_cross_entropy_with_logits({
        labels: y,
        logits: z,
        name: "xentropy",
      } as never) as GraphTensor;
      let w: unknown = weights;
      if (typeof weights === "object" && weights !== null) {
        const t = toGraphTensor(g, weights);
        if (
          t._dims !== null &&
          losses._dims !== null &&
          t._dims.length === losses._dims.length + 1 &&
          t._dims.at(-1) === 1
        )
          w = node(g, "Squeeze", [t], { squeeze_dims: [-1] });
      }
      return weighted(g, losses, w, loss_collection, reduction);
    });
  },
);

export const add_loss = v1(
  "add_loss",
  "loss loss_collection",
  (loss: unknown, loss_collection: string | null = "losses"): void => {
    if (loss_collection !== null) get_default_graph().add_to_collection(loss_collection, loss);
  },
);
export const get_losses = v1(
  "get_losses",
  "scope loss_collection",
  (scope: string | null = null, loss_collection = "losses"): unknown[] =>
    get_default_graph().get_collection(loss_collection, scope),
);
export const get_regularization_losses = v1(
  "get_regularization_losses",
  "scope",
  (scope: string | null = null): unknown[] =>
    get_default_graph().get_collection("regularization_losses", scope),
);
const total = (g: Graph, list: readonly unknown[], name: string): GraphTensor =>
  list.length === 0 ? toGraphTensor(g, 0, float32) : node(g, "AddN", [list], {}, name);
export const get_regularization_loss = v1(
  "get_regularization_loss",
  "scope name",
  (scope: string | null = null, name = "total_regularization_loss"): GraphTensor =>
    total(get_default_graph(), get_default_graph().get_collection("regularization_losses", scope), name),
);
export const get_total_loss = v1(
  "get_total_loss",
  "add_regularization_losses name scope",
  (add_regularization_losses = true, name = "total_loss", scope: string | null = null): GraphTensor => {
    const g = get_default_graph();
    return total(
      g,
      [
        ...g.get_collection("losses", scope),
        ...(add_regularization_losses ? g.get_collection("regularization_losses", scope) : []),
      ],
      name,
    );
  },
);
