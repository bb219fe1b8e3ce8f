import { str, ValueError } from "@cognate/py";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph } from "../../graph/current.js";
import type { Graph } from "../../graph/graph.js";
import type { GraphTensor } from "../../graph/tensor.js";
import * as nnOps from "../../ops/nn.js";
import { v1 } from "../make.js";
import { node } from "../random-ops.js";

/* Softmax, and the entropies of logits. */

const pick = (a: unknown, b: unknown, otherwise: unknown): unknown => a ?? b ?? otherwise;

const alongLast = (name: string, type: string) =>
  v1(
    name,
    "logits axis name dim",
    (logits: unknown, axis: unknown = null, own: string | null = null, dim: unknown = null): GraphTensor => {
      const g = get_default_graph();
      const at = Number(pick(axis, dim, -1));
      const x = toGraphTensor(g, logits, undefined, "logits");
      const rank = x._dims?.length;
      if (at === -1 || (rank !== undefined && at === rank - 1)) return node(g, type, [x], {}, own ?? type);
      const axisNow = at < 0 ? at + rank! : at;
      return g.scoped(own ?? type, () => {
        const order = Array.from({ length: rank! }, (_, i) =>
          i === axisNow ? rank! - 1 : i === rank! - 1 ? axisNow : i,
        );
        return node(
          g,
          "Transpose",
          [node(g, type, [node(g, "Transpose", [x, order], {}, "transpose")]), order],
          {},
          "transpose",
        );
      });
    },
  );
export const softmax = alongLast("softmax", "Softmax");
export const log_softmax = alongLast("log_softmax", "LogSoftmax");

function bothGiven(name: string, labels: unknown, logits: unknown): void {
  if (labels === null || logits === null)
    throw new ValueError(
      `Both \`labels\` and \`logits\` must be provided for ${name}Received: labels=${str(labels)} and logits=${str(logits)}`,
    );
}

/** −Σ labels · log softmax(logits) along an axis. @throws ValueError where one is left out */
function softmaxCrossEntropy(
  labels: unknown,
  logits: unknown,
  dim: number,
  name: string | null,
  stop: boolean,
): GraphTensor {
  bothGiven("softmax_cross_entropy_with_logits", labels, logits);
  const g = get_default_graph();
  return g.scoped(
    name ?? (stop ? "softmax_cross_entropy_with_logits_sg" : "softmax_cross_entropy_with_logits"),
    () => {
      const z = toGraphTensor(g, logits, undefined, "logits");
      const given = toGraphTensor(g, labels, z.dtype, "labels");
      const y = stop ? node(g, "StopGradient", [given], {}, "labels_stop_gradient") : given;
      const rank = z._dims!.length;
      const at = dim < 0 ? dim + rank : dim;
      const order = Array.from({ length: rank }, (_, i) => (i === at ? rank - 1 : i === rank - 1 ? at : i));
      const last = (t: GraphTensor): GraphTensor =>
        at === rank - 1 ? t : node(g, "Transpose", [t, order], {}, "transpose");
      const [a, b] = [last(z), last(y)];
      const classes = a._dims!.at(-1) ?? -1;
      const flat = (t: GraphTensor): GraphTensor => node(g, "Reshape", [t, [-1, classes]]);
      const cost = g.createOp(
        "SoftmaxCrossEntropyWithLogits",
        [flat(a), flat(b)],
        {},
        "SoftmaxCrossEntropyWithLogits",
      )[0] as GraphTensor;
      const dims = a._dims!.slice(0, -1);
      const out = node(
        g,
        "Reshape",
        [cost, dims.filter((d) => d === null).length > 1 ? leading(g, a) : dims.map((d) => d ?? -1)],
        {},
        "Reshape_2",
      );
      out.set_shape(dims);
      return out;
    },
  );
}
const leading = (g: Graph, t: GraphTensor): GraphTensor =>
  node(g, "StridedSlice", [node(g, "Shape", [t]), [0], [-1], [1]], { begin_mask: 1 }, "strided_slice");

export const softmax_cross_entropy_with_logits = v1(
  "softmax_cross_entropy_with_logits",
  "labels logits dim name axis",
  (
    labels: unknown = null,
    logits: unknown = null,
    dim: number = -1,
    name: string | null = null,
    axis: number | null = null,
  ): GraphTensor => softmaxCrossEntropy(labels, logits, axis ?? dim, name, true),
);
export const softmax_cross_entropy_with_logits_v2 = v1(
  "softmax_cross_entropy_with_logits_v2",
  "labels logits axis name dim",
  (
    labels: unknown,
    logits: unknown,
    axis: number | null = null,
    name: string | null = null,
    dim: number | null = null,
  ): GraphTensor => softmaxCrossEntropy(labels, logits, axis ?? dim ?? -1, name, false),
);

export const sparse_softmax_cross_entropy_with_logits = v1(
  "sparse_softmax_cross_entropy_with_logits",
  "labels logits name",
  (labels: unknown = null, logits: unknown = null, name: string | null = null): GraphTensor => {
    bothGiven("sparse_softmax_cross_entropy_with_logits", labels, logits);
    const g = get_default_graph();
    return g.scoped(name ?? "SparseSoftmaxCrossEntropyWithLogits", () => {
      const z = toGraphTensor(g, logits, undefined, "logits");
      const y = toGraphTensor(g, labels, undefined, "labels");
      const [a, b] = [z._dims, y._dims];
      if (a !== null && a.length === 0)
        throw new ValueError(`\`logits\` cannot be a scalar. Received logits=${z}`);
      if (a !== null && b !== null && b.length !== a.length - 1)
        throw new ValueError(
          `\`labels.shape.rank\` must equal \`logits.shape.rank - 1\`. Received: labels.shape=${y.shape} of rank ${b.length} and logits.shape=${z.shape} of rank ${a.length}`,
        );
      if (a === null || a.length === 2)
        return node(
          g,
          "SparseSoftmaxCrossEntropyWithLogits",
          [z, y],
          {},
          "SparseSoftmaxCrossEntropyWithLogits",
        );
      const cost = node(g, "SparseSoftmaxCrossEntropyWithLogits", [
        node(g, "Reshape", [z, [-1, a.at(-1) ?? -1]]),
        node(g, "Reshape", [y, [-1]]),
      ]);
      const out = node(g, "Reshape", [cost, node(g, "Shape", [y])], {}, "Reshape_2");
      out.set_shape(b);
      return out;
    });
  },
);

export const sigmoid_cross_entropy_with_logits = v1(
  "sigmoid_cross_entropy_with_logits",
  "labels logits name",
  (labels: unknown = null, logits: unknown = null, name: string | null = null): GraphTensor => {
    bothGiven("sigmoid_cross_entropy_with_logits", labels, logits);
    const g = get_default_graph();
    return g.scoped(name ?? "logistic_loss", (scope) => {
      const z = toGraphTensor(g, logits, undefined, "logits");
      const y = toGraphTensor(g, labels, z.dtype, "labels");
      const zero = node(g, "ZerosLike", [z], {}, "zeros_like");
      const positive = node(g, "GreaterEqual", [z, zero]);
      const relu = node(g, "SelectV2", [positive, z, zero], {}, "Select");
      const away = node(g, "SelectV2", [positive, node(g, "Neg", [z]), z], {}, "Select_1");
      const linear = node(g, "Sub", [relu, node(g, "Mul", [z, y], {}, "mul")], {}, "sub");
      return node(g, "AddV2", [linear, node(g, "Log1p", [node(g, "Exp", [away])])], {}, scope);
    });
  },
);
export const weighted_cross_entropy_with_logits = v1(
  "weighted_cross_entropy_with_logits",
  "labels logits pos_weight name targets",
  (
    labels: unknown = null,
    logits: unknown = null,
    pos_weight: unknown = null,
    name: string | null = null,
    targets: unknown = null,
  ): unknown =>
    (nnOps.weighted_cross_entropy_with_logits as unknown as (...a: unknown[]) => unknown)(
      labels ?? targets,
      logits,
      pos_weight,
      name,
    ),
);
