import type { KerasTensor } from "../backend/keras-tensor.js";
import * as tree from "../tree.js";

/** `keras.utils.get_source_inputs`: the tensors that a symbolic tensor was computed from in the first place. */
export function get_source_inputs(tensor: KerasTensor): KerasTensor[] {
  const history = (x: KerasTensor) => x._keras_history ?? null;
  const found: KerasTensor[] = [];
  const seen = new Set<object>();
  const visit = (x: KerasTensor): void => {
    const h = history(x);
    if (h === null) return;
    const node = h.operation._inbound_nodes[h.node_index]!;
    const inputs = node.input_tensors;
    if (inputs.length === 0) {
      for (const y of tree.flatten(node.output_tensors) as KerasTensor[])
        if (!found.includes(y)) found.push(y);
      return;
    }
    if (seen.has(node)) return;
    seen.add(node);
    for (const y of inputs) visit(y);
  };
  visit(tensor);
  return found;
}
