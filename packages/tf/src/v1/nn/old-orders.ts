import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph } from "../../graph/current.js";
import type { GraphTensor } from "../../graph/tensor.js";
import type { Data } from "../../ops/make.js";
import { sparseLookup } from "../../ops/nn/embedding.js";
import { v1 } from "../make.js";
import { PartitionedVariableImpl } from "../partitioned.js";
import { node } from "../random-ops.js";

/* Functions of `tf.nn` whose arguments stood in another order. */

type Sizes = readonly number[] | null;
export const dilation2d = v1(
  "dilation2d",
  "input filter strides rates padding name filters dilations",
  (
    input: unknown,
    filter: unknown = null,
    strides: Sizes = null,
    rates: Sizes = null,
    padding: string | null = null,
    name: string | null = null,
    filters: unknown = null,
    dilations: Sizes = null,
  ): GraphTensor =>
    node(
      get_default_graph(),
      "Dilation2D",
      [input, filter ?? filters],
      { strides: [...strides!], rates: [...(rates ?? dilations)!], padding },
      name,
    ),
);
export const erosion2d = v1(
  "erosion2d",
  "value kernel strides rates padding name",
  (
    value: unknown,
    kernel: unknown,
    strides: readonly number[],
    rates: readonly number[],
    padding: string,
    name: string | null = null,
  ): GraphTensor => {
    const g = get_default_graph();
    return g.scoped(name ?? "erosion2d", (scope) => {
      const turned = node(g, "ReverseV2", [kernel, [0, 1]]);
      const grown = node(g, "Dilation2D", [node(g, "Neg", [value]), turned], {
        strides: [...strides],
        rates: [...rates],
        padding,
      });
      return node(g, "Neg", [grown], {}, scope);
    });
  },
);
/** Embeddings of sparse lists of ids, one vector a row. */
export const embedding_lookup_sparse = v1(
  "embedding_lookup_sparse",
  "params sp_ids sp_weights partition_strategy name combiner max_norm allow_fast_lookup",
  (
    params: unknown,
    sp_ids: unknown,
    sp_weights: unknown,
    partition_strategy: "mod" | "div" = "mod",
    _name: string | null = null,
    combiner: string | null = null,
    max_norm: number | null = null,
    _fast = false,
  ): unknown => {
    const g = get_default_graph();
    const list =
      params instanceof PartitionedVariableImpl ? [...params] : Array.isArray(params) ? params : [params];
    const tables = list.map((t) => toGraphTensor(g, t)) as unknown as Data[];
    return sparseLookup(tables, sp_ids, sp_weights, combiner, max_norm, partition_strategy);
  },
);
