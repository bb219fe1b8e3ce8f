import { ValueError } from "@cognate/py";
import { float32 } from "../../core/dtypes.js";
import { toGraphTensor } from "../../graph/convert.js";
import type { Graph } from "../../graph/graph.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { node } from "../random-ops.js";
import { CONDITION, type Kind } from "./counts.js";
import {
  addTo,
  collected,
  counter,
  metric,
  type Options,
  type Pair,
  TAIL,
  toBool,
  toFloat,
} from "./frame.js";

/* Counts at many thresholds at once, and what is made of them: areas under curves, precision where recall is given. */

type Four = Readonly<Record<Kind, unknown>>;
/** Counters and their updates, one element a threshold. */
function atThresholds(
  g: Graph,
  labels: unknown,
  predictions: unknown,
  thresholds: readonly number[],
  weights: unknown,
  kinds: readonly Kind[],
): { readonly values: Four; readonly updates: Four } {
  const row = (t: GraphTensor): GraphTensor => node(g, "Reshape", [t, [1, -1]]);
  const l = row(toBool(g, labels));
  const limits = node(g, "ExpandDims", [toGraphTensor(g, thresholds.map(Math.fround), float32), 1]);
  const scores = node(g, "Cast", [toGraphTensor(g, predictions)], { DstT: float32 });
  const p = node(g, "Greater", [row(scores), limits]);
  const every = node(g, "LogicalOr", [l, node(g, "ZerosLike", [p])]);
  const w =
    weights === null ? null : row(node(g, "Mul", [toFloat(g, weights), node(g, "OnesLike", [scores])]));
  const values: Record<string, unknown> = {};
  const updates: Record<string, unknown> = {};
  for (const kind of kinds) {
    const v = counter([thresholds.length], kind);
    const is = node(g, "Cast", [CONDITION[kind](g, every, p)], { DstT: float32 });
    const found = w ? node(g, "Mul", [is, w]) : is;
    values[kind] = v;
    updates[kind] = addTo(v, node(g, "Sum", [found, [1]]));
  }
  return { values: values as Four, updates: updates as Four };
}
const ALL: readonly Kind[] = ["true_positives", "false_negatives", "true_negatives", "false_positives"];
const EPSILON = 1e-7;
/** Thresholds from a little below 0 to a little above 1. */
const spread = (n: number): number[] => [
  -EPSILON,
  ...Array.from({ length: n - 2 }, (_, i) => (i + 1) / (n - 1)),
  1 + EPSILON,
];
const bin =
  (type: string) =>
  (g: Graph, a: unknown, b: unknown): GraphTensor =>
    node(g, type, [a, b]);
const [add, sub, mul, div] = ["AddV2", "Sub", "Mul", "RealDiv"].map(bin) as [
  ReturnType<typeof bin>,
  ReturnType<typeof bin>,
  ReturnType<typeof bin>,
  ReturnType<typeof bin>,
];

/** A metric of all four counts, computed of the counters and of their updates. */
function ofCounts(
  g: Graph,
  [labels, predictions]: readonly unknown[],
  thresholds: readonly number[],
  o: Options,
  f: (c: Four) => GraphTensor,
  kinds: readonly Kind[] = ALL,
): Pair {
  const { values, updates } = atThresholds(g, labels, predictions, thresholds, o.weights, kinds);
  return collected(g, f(values), f(updates), o);
}
const slice = (g: Graph, t: GraphTensor, begin: number, size: number): GraphTensor =>
  node(g, "Slice", [t, [begin], [size]]);

/** The area under the curve of true against false positives, or of precision against recall. */
export const auc = metric(
  "auc",
  "labels predictions weights num_thresholds metrics_collections updates_collections curve name summation_method thresholds",
  2,
  (g, args, o) => {
    const n = Number(args[3] ?? 200);
    const curve = (args[6] as string | undefined) ?? "ROC";
    const method = (args[8] as string | undefined) ?? "trapezoidal";
    if (curve !== "ROC" && curve !== "PR")
      throw new ValueError(`curve must be either ROC or PR, ${curve} unknown`);
    const given = args[9] as readonly number[] | null | undefined;
    const limits = given ? [-EPSILON, ...[...given].sort((a, b) => a - b), 1 + EPSILON] : spread(n);
    const count = limits.length;
    const area = (c: Four): GraphTensor => {
      const { true_positives: tp, false_negatives: fn, true_negatives: tn, false_positives: fp } = c;
      const e = 1e-6;
      const rec = div(g, add(g, tp, e), add(g, add(g, tp, fn), e));
      if (curve === "PR" && method === "careful_interpolation") return careful(g, tp, fp, fn, count);
      const [x, y] =
        curve === "ROC"
          ? [div(g, fp, add(g, add(g, fp, tn), e)), rec]
          : [rec, div(g, add(g, tp, e), add(g, add(g, tp, fp), e))];
      const width = sub(g, slice(g, x, 0, count - 1), slice(g, x, 1, count - 1));
      const [a, b] = [slice(g, y, 0, count - 1), slice(g, y, 1, count - 1)];
      const height =
        method === "trapezoidal" || method === "careful_interpolation"
          ? div(g, add(g, a, b), 2)
          : method === "minoring"
            ? node(g, "Minimum", [a, b])
            : method === "majoring"
              ? node(g, "Maximum", [a, b])
              : null;
      if (!height) throw new ValueError(`Invalid summation_method: ${method}`);
      return node(g, "Sum", [mul(g, width, height), [0]]);
    };
    return ofCounts(g, args, limits, o, area);
  },
);
/** The area under precision and recall where precision between thresholds is that of the counts between them. */
function careful(g: Graph, tp: unknown, fp: unknown, fn: unknown, n: number): GraphTensor {
  const head = (t: unknown): GraphTensor => slice(g, toGraphTensor(g, t), 0, n - 1);
  const tail = (t: unknown): GraphTensor => slice(g, toGraphTensor(g, t), 1, n - 1);
  const positive = add(g, tp, fp);
  const dtp = sub(g, head(tp), tail(tp));
  const dp = sub(g, head(positive), tail(positive));
  const noNan = (a: unknown, b: unknown): GraphTensor => node(g, "DivNoNan", [a, b]);
  const zero = toGraphTensor(g, 0, float32);
  const slope = noNan(dtp, node(g, "Maximum", [dp, zero]));
  const intercept = sub(g, tail(tp), mul(g, slope, tail(positive)));
  const safe = node(g, "SelectV2", [
    node(g, "LogicalAnd", [
      node(g, "Greater", [head(positive), zero]),
      node(g, "Greater", [tail(positive), zero]),
    ]),
    noNan(head(positive), node(g, "Maximum", [tail(positive), zero])),
    node(g, "OnesLike", [tail(positive)]),
  ]);
  const area = noNan(
    mul(g, slope, add(g, dtp, mul(g, intercept, node(g, "Log", [safe])))),
    node(g, "Maximum", [add(g, tail(tp), tail(fn)), zero]),
  );
  return node(g, "Sum", [area, [0]]);
}

const each = (name: string, kind: Kind) =>
  metric(name, `labels predictions thresholds ${TAIL}`, 3, (g, args, o) =>
    ofCounts(g, args, args[2] as number[], o, (c) => node(g, "Identity", [c[kind]]), [kind]),
  );
export const true_positives_at_thresholds = each("true_positives_at_thresholds", "true_positives");
export const false_positives_at_thresholds = each("false_positives_at_thresholds", "false_positives");
export const false_negatives_at_thresholds = each("false_negatives_at_thresholds", "false_negatives");
export const true_negatives_at_thresholds = each("true_negatives_at_thresholds", "true_negatives");

const shareAt = (name: string, other: Kind) =>
  metric(name, `labels predictions thresholds ${TAIL}`, 3, (g, args, o) =>
    ofCounts(
      g,
      args,
      args[2] as number[],
      o,
      (c) => div(g, c.true_positives, add(g, add(g, EPSILON, c.true_positives), c[other])),
      ["true_positives", other],
    ),
  );
export const precision_at_thresholds = shareAt("precision_at_thresholds", "false_positives");
export const recall_at_thresholds = shareAt("recall_at_thresholds", "false_negatives");

const element = (g: Graph, t: unknown, at: GraphTensor): GraphTensor => node(g, "GatherV2", [t, at, 0]);
const distance = (g: Graph, share: GraphTensor, wanted: unknown): GraphTensor =>
  node(g, "Abs", [sub(g, share, wanted)]);
const shareOf = (g: Graph, a: unknown, b: unknown): GraphTensor => div(g, a, add(g, add(g, a, b), EPSILON));

export const sensitivity_at_specificity = metric(
  "sensitivity_at_specificity",
  "labels predictions specificity weights num_thresholds metrics_collections updates_collections name",
  3,
  (g, args, o) => {
    const wanted = Number(args[2]);
    if (wanted < 0 || wanted > 1) throw new ValueError("`specificity` must be in the range [0, 1].");
    return ofCounts(g, args, spread(Number(args[4] ?? 200)), o, (c) => {
      const gaps = distance(g, shareOf(g, c.true_negatives, c.false_positives), wanted);
      const at = node(g, "ArgMin", [gaps, 0]);
      return shareOf(g, element(g, c.true_positives, at), element(g, c.false_negatives, at));
    });
  },
);
export const specificity_at_sensitivity = metric(
  "specificity_at_sensitivity",
  "labels predictions sensitivity weights num_thresholds metrics_collections updates_collections name",
  3,
  (g, args, o) => {
    const wanted = Number(args[2]);
    if (wanted < 0 || wanted > 1) throw new ValueError("`sensitivity` must be in the range [0, 1].");
    return ofCounts(g, args, spread(Number(args[4] ?? 200)), o, (c) => {
      const gaps = distance(g, shareOf(g, c.true_positives, c.false_negatives), wanted);
      // The last of those that are nearest.
      const nearest = node(g, "Equal", [gaps, node(g, "Min", [gaps, [0]])]);
      const order = node(g, "Cumsum", [node(g, "Cast", [nearest], { DstT: float32 }), 0]);
      const at = node(g, "ArgMax", [order, 0]);
      return shareOf(g, element(g, c.true_negatives, at), element(g, c.false_positives, at));
    });
  },
);
