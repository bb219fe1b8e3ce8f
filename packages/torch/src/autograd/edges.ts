import { Strided } from "@cognate/kernel";
import { namedTuple } from "@cognate/py";
import { LeafNode, Value } from "@cognate/tensor";
import type { Node } from "./grad-fn.js";

/** `torch.autograd.graph.GradientEdge`: a place of the graph, to which gradients can be asked. */
export const GradientEdge = namedTuple<{ node: Node; output_nr: number; ownership_token: unknown }>(
  "GradientEdge",
  ["node", "output_nr", "ownership_token"],
  { defaults: [null] },
);
export type GradientEdge = InstanceType<typeof GradientEdge>;

/** A value that stands where the edge is: the leaf, or a stand-in for an output of a call. */
export function valueAt({ node, output_nr }: GradientEdge): Value {
  const inner = node._node;
  if (inner instanceof LeafNode) return inner.leaf;
  const { shape, dtype } = inner.meta(output_nr);
  return new Value(Strided.zeros(dtype, shape), inner, output_nr);
}
