import { float32 } from "../../core/dtypes.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph } from "../../graph/current.js";
import type { Graph } from "../../graph/graph.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { v1 } from "../make.js";
import { node } from "../random-ops.js";

/* The collections that losses are in. */

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
