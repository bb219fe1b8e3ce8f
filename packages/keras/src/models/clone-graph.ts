import { KerasTensor } from "../backend/keras-tensor.js";
import { Input, InputLayerImpl } from "../layers/core/input-layer.js";
import { isInput, traverse } from "../ops/graph.js";
import { Node } from "../ops/node.js";
import type { OperationImpl } from "../ops/operation.js";
import * as tree from "../tree.js";

/**
 * The calls between tensors in the middle of a graph once more, with inputs of their own in place of the tensors that
 * operations made.
 */
export function cloneGraph(inputs: unknown, outputs: unknown): [inputs: unknown, outputs: unknown] {
  const flatInputs = tree.flatten(inputs) as KerasTensor[];
  const flatOutputs = tree.flatten(outputs) as KerasTensor[];
  const { nodes } = traverse(flatInputs, flatOutputs);
  const clones = new Map<KerasTensor, KerasTensor>();
  const operations = new Map<OperationImpl, OperationImpl>();
  const cloned = flatInputs.map((x) => {
    if (isInput(x)) {
      clones.set(x, x);
      return x;
    }
    const made = Input({ batch_shape: [...x.shape], dtype: x.dtype, name: `${x.name}CLONE` });
    clones.set(x, made);
    operations.set(x._keras_history!.operation, made._keras_history!.operation);
    return made;
  });
  const copies = flatOutputs.map((x) => {
    const copy = copyOf(x);
    copy._keras_history = x._keras_history;
    clones.set(x, copy);
    return copy;
  });
  const swap = (x: unknown): unknown => {
    if (!(x instanceof KerasTensor)) return x;
    const known = clones.get(x) ?? copyOf(x);
    clones.set(x, known);
    return known;
  };
  for (const node of nodes) {
    const operation = operations.get(node.operation) ?? node.operation;
    const made = tree.map(swap, [...node.output_tensors]);
    const isStart = operation instanceof InputLayerImpl;
    const call = isStart
      ? { args: [], kwargs: {} }
      : {
          args: tree.map(swap, node.arguments.args) as unknown[],
          kwargs: tree.map(swap, node.arguments.kwargs) as Record<string, unknown>,
        };
    new Node(operation, call, made);
  }
  return [tree.pack(inputs, cloned), tree.pack(outputs, copies)];
}

function copyOf(x: KerasTensor): KerasTensor {
  const y = new KerasTensor(x.shape, x.dtype, `${x.name}_clone`);
  if (x._keras_mask) y._keras_mask = x._keras_mask;
  return y;
}
