import { ValueError } from "@cognate/py";
import { float64, int64 } from "../../core/dtypes.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph } from "../../graph/current.js";
import type { Graph } from "../../graph/graph.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { difference, intersection, size } from "../../ops/sparse.js";
import { concat, reshape, retain } from "../../sparse/structure.js";
import { isSparse, SparseTensor, sparse } from "../../sparse/tensor.js";
import { v1 } from "../make.js";
import { node } from "../random-ops.js";
import { addTo, collected, counter, type Options, type Pair, sum } from "./frame.js";

/* Precision and recall of the k classes of the largest scores, with sets of labels. */

type Labels = GraphTensor | SparseTensor;
const labelsOf = (g: Graph, x: unknown): Labels => (isSparse(x) ? sparse(x) : toGraphTensor(g, x));
const wide = (g: Graph, t: GraphTensor): GraphTensor =>
  t.dtype === int64 ? t : node(g, "Cast", [t], { DstT: int64 });
const double = (g: Graph, x: unknown): GraphTensor => {
  const t = toGraphTensor(g, x);
  return t.dtype === float64 ? t : node(g, "Cast", [t], { DstT: float64 });
};
/** The parts of sparse tensors and what is computed of them are of the graph. */
const own = (t: unknown): GraphTensor => t as GraphTensor;

const title = (name: string, k: unknown, class_id: unknown): string =>
  `${name}_at_${k === null ? "k" : Number(k)}${class_id === null ? "" : `_class${Number(class_id)}`}`;

/** Labels with the rank of predictions: one label each gets an axis of its own. @throws ValueError */
function widened(g: Graph, labels: unknown, predictions: GraphTensor): Labels {
  return g.scoped("expand_labels", (scope) => {
    const l = labelsOf(g, labels);
    const [dense, lengths] =
      l instanceof SparseTensor
        ? [false, own(l.dense_shape)]
        : [true, node(g, "Shape", [l], { out_type: int64 })];
    const [a, b] = [lengths._dims?.[0] ?? null, predictions._dims?.length ?? null];
    if (a !== null && b !== null && (a === b || !dense) && b - a !== 1) return l;
    if (dense && a !== null && b !== null) {
      if (b === a + 1) return node(g, "ExpandDims", [l, -1], {}, scope);
      throw new ValueError(
        `Unexpected labels shape ${(l as GraphTensor).shape} for predictions shape ${predictions.shape}. Predictions rank should be the same rank as labels rank or labels rank plus one .`,
      );
    }
    // As many ones as axes are missing, which only a run may know.
    const missing = node(g, "Sub", [node(g, "Rank", [predictions]), node(g, "Size", [lengths])]);
    const ones = node(g, "Fill", [node(g, "Reshape", [missing, [1]]), toGraphTensor(g, 1, int64)]);
    const shape = node(g, "ConcatV2", [[lengths, ones], 0]);
    return l instanceof SparseTensor ? reshape(l, shape as never) : node(g, "Reshape", [l, shape]);
  });
}

/** The elements that are one class: sets of one or none. */
function onlyClass(g: Graph, ids: Labels, class_id: unknown): SparseTensor {
  if (ids instanceof SparseTensor) {
    const wanted = toGraphTensor(g, class_id, int64);
    return retain(ids, node(g, "Equal", [ids.values, wanted]) as never);
  }
  const shape = node(g, "Shape", [ids], { out_type: int64 });
  const lead = node(g, "StridedSlice", [shape, [0], [-1], [1]], { begin_mask: 1 });
  const one = toGraphTensor(g, [1], int64);
  const filled = node(g, "Fill", [
    node(g, "ConcatV2", [[lead, one], 0]),
    wide(g, toGraphTensor(g, class_id)),
  ]);
  const found = intersection(filled as never, ids as never);
  return new SparseTensor(found.indices, found.values, shape as never);
}

type Sets = (labels: Labels, predictions: Labels) => SparseTensor;
interface Kind {
  readonly one: string;
  readonly several: string;
  readonly sets: Sets;
}
const FOUND: Kind = {
  one: "true_positive",
  several: "true_positives",
  sets: (l, p) => intersection(p as never, l as never),
};
const MISSED: Kind = {
  one: "false_negative",
  several: "false_negatives",
  sets: (l, p) => difference(p as never, l as never, false),
};
const WRONG: Kind = {
  one: "false_positive",
  several: "false_positives",
  sets: (l, p) => difference(p as never, l as never, true),
};

/** How many of a kind each row has, weighted. */
function counts(
  g: Graph,
  kind: Kind,
  labels: Labels,
  predictions: GraphTensor,
  class_id: unknown,
  weights: unknown,
  name: string = kind.several,
): GraphTensor {
  return g.scoped(name, () => {
    const [l, p] =
      class_id === null
        ? [labels, predictions]
        : [onlyClass(g, labels, class_id), onlyClass(g, predictions, class_id)];
    const n = double(g, own(size(kind.sets(l, p))));
    return weights === null ? n : node(g, "Mul", [n, double(g, weights)]);
  });
}

/** A counter of a kind and its update. */
function streamed(
  g: Graph,
  kind: Kind,
  k: unknown,
  ...[labels, predictions, class_id, weights]: [Labels, GraphTensor, unknown, unknown]
): { readonly value: unknown; readonly update: GraphTensor } {
  return g.scoped(title(kind.one, k, class_id), (scope) => {
    const batch = sum(g, counts(g, kind, labels, predictions, class_id, weights));
    const value = counter([], scope, float64);
    return { value, update: addTo(value, batch, "update") };
  });
}

/** The largest scores' classes. */
const best = (g: Graph, predictions: unknown, k: unknown): GraphTensor =>
  g.createOp("TopKV2", [predictions, k], {}, null)[1] as GraphTensor;

const TAIL = "weights metrics_collections updates_collections name" as const;
const options = (weights: unknown, metrics: unknown, updates: unknown): Options => ({
  weights,
  metrics_collections: metrics as Options["metrics_collections"],
  updates_collections: updates as Options["updates_collections"],
});

/** The share of what was found among it and another kind: of the classes themselves, and of scores. */
function share(word: string, other: Kind) {
  const atTop = v1(
    `${word}_at_top_k`,
    `labels predictions_idx k class_id ${TAIL}`,
    (
      labels: unknown,
      predictions_idx: unknown,
      k: unknown = null,
      class_id: unknown = null,
      weights: unknown = null,
      metrics_collections: unknown = null,
      updates_collections: unknown = null,
      name: string | null = null,
    ): Pair => {
      const g = get_default_graph();
      return g.scoped(name ?? title(word, k, class_id), (scope) => {
        const places = toGraphTensor(g, predictions_idx);
        const all = widened(g, labels, places);
        const [a, b] = [FOUND, other].map((kind) =>
          streamed(g, kind, k, all, wide(g, places), class_id, weights),
        ) as [ReturnType<typeof streamed>, ReturnType<typeof streamed>];
        const ratio = (x: unknown, y: unknown, label: string): GraphTensor =>
          node(g, "RealDiv", [x, node(g, "AddV2", [x, y], {}, "Add")], {}, label);
        const value = ratio(a.value, b.value, scope);
        const update = ratio(a.update, b.update, "update");
        return collected(g, value, update, options(weights, metrics_collections, updates_collections));
      });
    },
  );
  const at = (own: string) =>
    v1(
      own,
      `labels predictions k class_id ${TAIL}`,
      (
        labels: unknown,
        predictions: unknown,
        k: unknown,
        class_id: unknown = null,
        weights: unknown = null,
        metrics_collections: unknown = null,
        updates_collections: unknown = null,
        name: string | null = null,
      ): Pair => {
        const g = get_default_graph();
        return g.scoped(name ?? title(word, k, class_id), (scope) =>
          atTop(
            labels,
            best(g, predictions, k),
            k,
            class_id,
            weights,
            metrics_collections,
            updates_collections,
            scope,
          ),
        );
      },
    );
  return { atTop, at };
}
const precise = share("precision", WRONG);
const recalled = share("recall", MISSED);
/** Of the k best classes, the share that are labels; their indices are given. */
export const precision_at_top_k = precise.atTop;
/** Of the labels, the share that are among the k best classes; their indices are given. */
export const recall_at_top_k = recalled.atTop;
/** Of the classes of the k largest scores, the share that are labels. */
export const precision_at_k = precise.at("precision_at_k");
export const sparse_precision_at_k = precise.at("sparse_precision_at_k");
/** Of the labels, the share that are among the classes of the k largest scores. */
export const recall_at_k = recalled.at("recall_at_k");

/** Labels past the last class become -1, which is none. */
function cleaned(g: Graph, labels: unknown, classes: GraphTensor): Labels {
  const l = labelsOf(g, labels);
  const clean = (t: GraphTensor): GraphTensor =>
    node(g, "SelectV2", [
      node(g, "GreaterEqual", [t, classes]),
      node(g, "Neg", [node(g, "OnesLike", [t])]),
      t,
    ]);
  return l instanceof SparseTensor
    ? new SparseTensor(l.indices, clean(own(l.values)) as never, l.dense_shape)
    : clean(l);
}
/** How many labels could be found among k. */
function relevant(g: Graph, labels: Labels, k: number): GraphTensor {
  return g.scoped("num_relevant", (scope) => {
    if (labels instanceof SparseTensor) return node(g, "Minimum", [own(size(labels)), k], {}, scope);
    const none = node(g, "ZerosLike", [labels]);
    const counted = node(g, "SelectV2", [
      node(g, "GreaterEqual", [labels, none]),
      node(g, "OnesLike", [labels]),
      none,
    ]);
    return node(g, "Minimum", [node(g, "Sum", [counted, -1]), toGraphTensor(g, k, labels.dtype)], {}, scope);
  });
}
/** The labels once for each of the k places. */
function repeated(g: Graph, labels: Labels, k: number): Labels {
  if (labels instanceof SparseTensor) {
    const shape = labels.dense_shape;
    const slice = (begin: number, end: number, attrs: object): GraphTensor =>
      node(g, "StridedSlice", [shape, [begin], [end], [1]], { ...attrs });
    const lengths = [
      slice(0, -1, { begin_mask: 1 }),
      toGraphTensor(g, [1], int64),
      slice(-1, 0, { end_mask: 1 }),
    ];
    const one = reshape(labels, node(g, "ConcatV2", [lengths, 0]) as never);
    return concat(-2, new Array<SparseTensor>(k).fill(one));
  }
  const rank = labels._dims?.length ?? 1;
  const times = Array.from({ length: rank + 1 }, (_, i) => (i === rank - 1 ? k : 1));
  return node(g, "Tile", [node(g, "ExpandDims", [labels, -2]), times]);
}
/** The mean, over the places of labels, of the precision up to there. */
function averaged(g: Graph, labels: unknown, indices: GraphTensor): GraphTensor {
  return g.scoped("average_precision", (scope) => {
    const places = wide(g, indices);
    const k = places._dims?.at(-1) ?? null;
    if (k === null)
      throw new ValueError("The last dimension of predictions_idx must be set. Currently, it is None.");
    const all = widened(g, labels, places);
    const each = node(g, "ExpandDims", [places, -1], {}, "predictions_idx_per_k");
    const hits = counts(g, FOUND, repeated(g, all, k), each, null, null, "relevant_per_k");
    const running = (x: unknown): GraphTensor => node(g, "Cumsum", [x, -1]);
    const precision = node(g, "RealDiv", [running(hits), running(node(g, "OnesLike", [hits]))]);
    const total = node(g, "Sum", [node(g, "Mul", [precision, hits]), [-1]], {}, "precision_sum");
    return node(g, "RealDiv", [total, double(g, relevant(g, all, k))], {}, scope);
  });
}
const average = (own_: string) =>
  v1(
    own_,
    `labels predictions k ${TAIL}`,
    (
      labels: unknown,
      predictions: unknown,
      k: unknown,
      weights: unknown = null,
      metrics_collections: unknown = null,
      updates_collections: unknown = null,
      name: string | null = null,
    ): Pair => {
      if (!(Number(k) >= 1)) throw new ValueError(`Invalid k=${Number(k)}. \`k\` should be >= 1.`);
      const g = get_default_graph();
      return g.scoped(name ?? title("average_precision", k, null), (scope) => {
        const scores = toGraphTensor(g, predictions);
        const classes = node(
          g,
          "StridedSlice",
          [node(g, "Shape", [scores], { out_type: int64 }), [-1], [0], [1]],
          { end_mask: 1, shrink_axis_mask: 1 },
        );
        let each = averaged(g, cleaned(g, labels, classes), best(g, scores, k));
        let w: GraphTensor | null = null;
        if (weights !== null) {
          w = node(g, "Mul", [double(g, weights), node(g, "OnesLike", [each])]);
          each = node(g, "Mul", [each, w]);
        }
        const streamedSum = (
          label: string,
          batch: () => GraphTensor,
        ): { value: unknown; update: GraphTensor } =>
          g.scoped(label, (inner) => {
            const value = counter([], inner, float64);
            return { value, update: addTo(value, batch(), "update") };
          });
        const most = streamedSum("max_1", () => (w ? sum(g, w) : double(g, node(g, "Size", [each]))));
        const total = streamedSum("total", () => sum(g, each));
        const value = node(g, "DivNoNan", [total.value, most.value], {}, "mean");
        const update = node(g, "DivNoNan", [total.update, most.update], {}, scope);
        return collected(g, value, update, options(weights, metrics_collections, updates_collections));
      });
    },
  );
/** The mean of the precisions at the places of the labels among the k best classes. */
export const average_precision_at_k = average("average_precision_at_k");
export const sparse_average_precision_at_k = average("sparse_average_precision_at_k");
