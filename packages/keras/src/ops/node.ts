import { ValueError } from "@cognate/py";
import { KerasTensor } from "../backend/keras-tensor.js";
import type { CallArguments } from "../call-signature.js";
import * as tree from "../tree.js";
import type { OperationImpl } from "./operation.js";

/** A call of an operation on symbolic tensors: a point of a model's graph. */
export class Node {
  readonly arguments: CallArguments;
  readonly outputs: readonly KerasTensor[];
  /** The symbolic tensors among the arguments. */
  readonly input_tensors: readonly KerasTensor[];

  constructor(
    readonly operation: OperationImpl,
    call: CallArguments,
    outputs: unknown,
  ) {
    this.arguments = call;
    this.outputs = tree.flatten(outputs).filter((x) => x !== null) as KerasTensor[];
    for (const x of this.outputs)
      if (!(x instanceof KerasTensor))
        throw new ValueError(
          `All operation outputs must be tensors. Operation ${String(operation)} returned a non-tensor. Non-tensor received: ${String(x)}`,
        );
    this.input_tensors = [...tree.flatten(call.args), ...tree.flatten(call.kwargs)].filter(
      (x) => x instanceof KerasTensor,
    );
    if (this.input_tensors.some((x) => !x.record_history)) return;
    operation._inbound_nodes.push(this);
    for (const x of this.input_tensors) x._keras_history?.operation._outbound_nodes.push(this);
    const node_index = operation._inbound_nodes.length - 1;
    this.outputs.forEach((x, tensor_index) => {
      x._keras_history = { operation, node_index, tensor_index };
    });
  }

  /** Whether it stands at the beginning of a graph. */
  get is_input(): boolean {
    return this.input_tensors.length === 0;
  }
  get output_tensors(): readonly KerasTensor[] {
    return this.outputs;
  }
  /** The nodes that made the inputs. */
  get parent_nodes(): Node[] {
    return this.input_tensors.flatMap((x) => {
      const history = x._keras_history;
      return history ? [history.operation._inbound_nodes[history.node_index]!] : [];
    });
  }
  /** The arguments with tensors in place of the symbolic ones. */
  fillIn(tensors: ReadonlyMap<KerasTensor, unknown>): CallArguments {
    const swap = (x: unknown): unknown => (x instanceof KerasTensor ? (tensors.get(x) ?? null) : x);
    return {
      args: tree.map(swap, this.arguments.args) as unknown[],
      kwargs: tree.map(swap, this.arguments.kwargs) as Record<string, unknown>,
    };
  }
  toString(): string {
    return `<Node operation=${this.operation.name}>`;
  }
}
