import { ValueError } from "@cognate/py";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph } from "../../graph/current.js";
import * as nest from "../../graph/nest.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { v1 } from "../make.js";
import { node } from "../random-ops.js";
import { lengthOf } from "./helpers.js";

type LossFunction = (options: { labels: GraphTensor; logits: GraphTensor }) => GraphTensor;

/** Weighted cross entropy of logits [batch, steps, classes] and targets [batch, steps], averaged as told. */
export const sequence_loss = v1(
  "sequence_loss",
  "logits targets weights average_across_timesteps average_across_batch softmax_loss_function name",
  (
    logits: unknown,
    targets: unknown,
    weights: unknown,
    average_across_timesteps = true,
    average_across_batch = true,
    softmax_loss_function: LossFunction | null = null,
    name: string | null = null,
  ): GraphTensor => {
    const g = get_default_graph();
    return g.scoped(name ?? "sequence_loss", () => {
      const x = toGraphTensor(g, logits);
      const y = toGraphTensor(g, targets);
      const w = toGraphTensor(g, weights, x.dtype);
      if (x._dims?.length !== 3)
        throw new ValueError("Logits must be a [batch_size x sequence_length x logits] tensor");
      if (y._dims?.length !== 2)
        throw new ValueError("Targets must be a [batch_size x sequence_length] tensor");
      if (w._dims?.length !== 2)
        throw new ValueError("Weights must be a [batch_size x sequence_length] tensor");
      const flat = node(g, "Reshape", [x, [-1, x._dims[2] ?? -1]]);
      const labels = node(g, "Reshape", [y, [-1]]);
      const own = softmax_loss_function
        ? softmax_loss_function({ labels, logits: flat })
        : (g.createOp("SparseSoftmaxCrossEntropyWithLogits", [flat, labels], {}, null)[0] as GraphTensor);
      const crossent = node(g, "Mul", [own, node(g, "Reshape", [w, [-1]])]);
      const small = toGraphTensor(g, 1e-12, x.dtype);
      const over = (sum: GraphTensor, total: GraphTensor): GraphTensor =>
        node(g, "RealDiv", [sum, node(g, "AddV2", [total, small])]);
      if (average_across_timesteps && average_across_batch)
        return over(node(g, "Sum", [crossent, [0]]), node(g, "Sum", [w, [0, 1]]));
      const table = node(g, "Reshape", [crossent, node(g, "Pack", [[lengthOf(x), lengthOf(x, 1)]])]);
      table.set_shape(y._dims);
      if (average_across_timesteps) return over(node(g, "Sum", [table, [1]]), node(g, "Sum", [w, [1]]));
      if (average_across_batch) return over(node(g, "Sum", [table, [0]]), node(g, "Sum", [w, [0]]));
      return table;
    });
  },
);
/** Each row of tensors so many times, for beams. */
export const tile_batch = v1(
  "tile_batch",
  "t multiplier name",
  (t: unknown, multiplier: number, name: string | null = null): unknown => {
    const g = get_default_graph();
    return g.scoped(name ?? "tile_batch", () =>
      nest.map((item) => {
        const x = toGraphTensor(g, item);
        const dims = x._dims;
        if (dims === null || dims.length === 0) throw new ValueError("t must have statically known rank");
        const rows = node(g, "ExpandDims", [x, 1]);
        const tiled = node(g, "Tile", [rows, [1, multiplier, ...dims.slice(1).map(() => 1)]]);
        const rest = dims.slice(1).map((d, i) => (d === null ? lengthOf(x, i + 1) : toGraphTensor(g, d)));
        const flat = node(g, "Reshape", [
          tiled,
          rest.length > 0 ? node(g, "Pack", [[toGraphTensor(g, -1), ...rest]]) : [-1],
        ]);
        flat.set_shape([dims[0] === null ? null : dims[0]! * multiplier, ...dims.slice(1)]);
        return flat;
      }, t),
    );
  },
);
