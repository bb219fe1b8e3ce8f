import type { GraphDef, NodeDef } from "@cognate/formats";
import type { Graph } from "../graph/graph.js";
import type { Operation } from "../graph/operation.js";
import { attrOfValue } from "./attributes.js";

/** The NodeDef of an operation. */
export function nodeOf(op: Operation): NodeDef {
  const attr: NodeDef["attr"] = new Map();
  if (op.def)
    for (const [k, v] of Object.entries(op.attrs)) {
      const a = attrOfValue(op.def, k, v);
      if (a) attr.set(k, a);
    }
  return { name: op.name, op: op.type, input: op.node_def.input, device: op.device, attr };
}

/** Operations that TensorFlow knows, and whose inputs it knows: those of loops, branches and gradients are our own. */
export function exportable(g: Graph): Operation[] {
  const kept = new Set<Operation>();
  for (const op of g._ops)
    if (op.def && [...op.inputs.map((t) => t.op), ...op.control_inputs].every((d) => kept.has(d)))
      kept.add(op);
  return [...kept];
}

/** The graph as a file holds it. */
export const graphDef = (g: Graph): Partial<GraphDef> => ({
  node: exportable(g).map(nodeOf),
  versions: { producer: 2431, min_consumer: 0, bad_consumers: [] },
});
