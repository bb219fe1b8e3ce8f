import { toGraphTensor } from "../graph/convert.js";
import { get_default_graph } from "../graph/current.js";
import { GraphTensor } from "../graph/tensor.js";
import { clipped } from "./clip.js";
import { v1 } from "./make.js";
import { PartitionedVariableImpl } from "./partitioned.js";
import { node } from "./random-ops.js";

/* Rows by their numbers. */

/** Rows of a tensor, or of several that share them, by their numbers. */
export const embedding_lookup = v1(
  "embedding_lookup",
  "params ids partition_strategy name validate_indices max_norm",
  (
    params: unknown,
    ids: unknown,
    partition_strategy = "mod",
    name: string | null = null,
    _validate: boolean = true,
    max_norm: unknown = null,
  ): GraphTensor => {
    const g = get_default_graph();
    return g.scoped(name ?? "embedding_lookup", (scope) => {
      const list =
        params instanceof PartitionedVariableImpl
          ? [...params]
          : Array.isArray(params) &&
              params.length > 0 &&
              (params[0] instanceof GraphTensor || hasTensor(params[0]))
            ? params
            : [params];
      const index = toGraphTensor(g, ids, undefined, "ids");
      let out: GraphTensor;
      if (list.length === 1) out = node(g, "Identity", [node(g, "GatherV2", [list[0], index, 0], {}, scope)]);
      else {
        const n = list.length;
        if (partition_strategy !== "mod")
          out = node(g, "GatherV2", [node(g, "ConcatV2", [list, 0], {}, "concat"), index, 0]);
        else {
          // Row i lies in part i mod n at place ⌊i / n⌋.
          const parts = list.map((p) =>
            node(g, "GatherV2", [
              p,
              node(g, "Minimum", [
                node(g, "FloorDiv", [index, n]),
                node(g, "Sub", [
                  node(g, "StridedSlice", [node(g, "Shape", [p]), [0], [1], [1]], { shrink_axis_mask: 1 }),
                  1,
                ]),
              ]),
              0,
            ]),
          );
          const which = node(g, "FloorMod", [index, n]);
          out = parts.reduce((acc, p, k) => {
            if (k === 0) return p;
            const is = node(g, "Equal", [which, k]);
            const rank = p._dims!.length - index._dims!.length;
            let mask = is;
            for (let i = 0; i < rank; i++) mask = node(g, "ExpandDims", [mask, -1]);
            return node(g, "SelectV2", [mask, p, acc]);
          });
        }
      }
      if (max_norm === null) return out;
      const axis = index._dims!.length;
      const over = Array.from({ length: out._dims!.length - axis }, (_, i) => axis + i);
      return clipped(g, out, max_norm, over);
    });
  },
);
const hasTensor = (x: unknown): boolean => typeof x === "object" && x !== null && "_as_tensor" in x;
