import { ValueError } from "@cognate/py";
import { float32 } from "../../core/dtypes.js";
import type { Graph } from "../../graph/graph.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { node } from "../random-ops.js";
import { asFloat, compatibleShapes, elementwise, loss, TAIL } from "./frame.js";
import { add, mul, sub, sum } from "./weighted.js";

/* Losses of what predictions differ from labels by. */

export const mean_squared_error = elementwise(
  "mean_squared_error",
  `labels predictions weights ${TAIL}`,
  (g, p, l) => node(g, "SquaredDifference", [p, l]),
);
export const absolute_difference = elementwise(
  "absolute_difference",
  `labels predictions weights ${TAIL}`,
  (g, p, l) => node(g, "Abs", [sub(g, p, l)]),
);
export const log_loss = elementwise(
  "log_loss",
  `labels predictions weights epsilon ${TAIL}`,
  (g, p, l, given) => {
    const log = (x: unknown): GraphTensor => node(g, "Log", [add(g, x, given("epsilon", 1e-7))]);
    return sub(g, node(g, "Neg", [mul(g, l, log(p))]), mul(g, sub(g, 1, l), log(sub(g, 1, p))));
  },
);
export const huber_loss = elementwise(
  "huber_loss",
  `labels predictions weights delta ${TAIL}`,
  (g, p, l, given) => {
    const delta = given("delta", 1);
    const error = node(g, "Abs", [sub(g, p, l)]);
    const quadratic = node(g, "Minimum", [error, delta]);
    const linear = sub(g, error, quadratic);
    return add(g, mul(g, 0.5, mul(g, quadratic, quadratic)), mul(g, delta, linear));
  },
);
const onesLike = (g: Graph, t: GraphTensor): GraphTensor => node(g, "OnesLike", [t], {}, "ones_like");
export const hinge_loss = elementwise("hinge_loss", `labels logits weights ${TAIL}`, (g, z, l) => {
  const signs = sub(g, mul(g, 2, l), onesLike(g, l));
  return node(g, "Relu", [sub(g, onesLike(g, l), mul(g, signs, z))]);
});
export const cosine_distance = elementwise(
  "cosine_distance",
  `labels predictions axis weights ${TAIL} dim`,
  (g, p, l, given) => {
    const at = given("axis") ?? given("dim");
    if (at === null) throw new ValueError("You must specify argument `axis`.");
    return sub(g, 1, node(g, "Sum", [mul(g, p, l), [at]], { keep_dims: true }));
  },
  "cosine_distance_loss",
);

/** Squared differences of all pairs of differences within each row. */
export const mean_pairwise_squared_error = loss(
  "mean_pairwise_squared_error",
  "labels predictions weights scope loss_collection",
  2,
  (g, given) => {
    const [p, l, w] = [
      asFloat(g, given("predictions")),
      asFloat(g, given("labels")),
      asFloat(g, given("weights", 1)),
    ];
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
    const collection = given("loss_collection", "losses") as string | null;
    if (collection !== null) g.add_to_collection(collection, mean);
    return mean;
  },
);
