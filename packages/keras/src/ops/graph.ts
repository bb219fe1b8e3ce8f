import { ValueError } from "@cognate/py";
import { KerasTensor } from "../backend/keras-tensor.js";
import type { CallArguments } from "../call-signature.js";
import * as tree from "../tree.js";
import type { Node } from "./node.js";
import type { OperationImpl } from "./operation.js";

/** Which call made a symbolic tensor. @throws ValueError for one that no call made */
export function nodeOf(x: KerasTensor): Node {
  const history = x._keras_history;
  if (!history) throw new ValueError(`Tensor ${x} was not made by an operation.`);
  return history.operation._inbound_nodes[history.node_index]!;
}
export const isInput = (x: KerasTensor): boolean => x._keras_history !== undefined && nodeOf(x).is_input;

interface Traversal {
  /** From the inputs to the outputs. */
  readonly nodes: readonly Node[];
  /** When each operation was first met, going back from the outputs. */
  readonly indices: Map<OperationImpl, number>;
}

/** The nodes between inputs and outputs, in the order in which they can be computed. @throws ValueError for a cycle */
export function traverse(inputs: readonly KerasTensor[], outputs: readonly KerasTensor[]): Traversal {
  const finished = new Set<Node>();
  const inProgress = new Set<Node>();
  const nodes: Node[] = [];
  const indices = new Map<OperationImpl, number>();
  const visit = (x: KerasTensor): void => {
    if (!x._keras_history) return;
    const { operation } = x._keras_history;
    const node = nodeOf(x);
    if (finished.has(node)) return;
    // An input that an operation made: what is before it does not belong to the graph.
    if (!node.is_input && inputs.includes(x)) {
      finished.add(node);
      return;
    }
    if (inProgress.has(node))
      throw new ValueError(`Tensor ${x} from operation '${operation.name}' is part of a cycle.`);
    if (!indices.has(operation)) indices.set(operation, indices.size);
    inProgress.add(node);
    node.input_tensors.forEach(visit);
    finished.add(node);
    inProgress.delete(node);
    nodes.push(node);
  };
  outputs.forEach(visit);
  return { nodes, indices };
}

/** By depth, from the inputs (deep) to the outputs (0). */
function byDepth<T>(depths: ReadonlyMap<T, number>): [number, T[]][] {
  const groups = new Map<number, T[]>();
  for (const [x, depth] of depths) {
    const group = groups.get(depth);
    if (group) group.push(x);
    else groups.set(depth, [x]);
  }
  return [...groups].sort(([a], [b]) => b - a);
}

/** How one node's operation is called. */
export type CallNode = (operation: OperationImpl, call: CallArguments) => unknown;

/** The calls that lead from input tensors to output tensors. */
export class Graph {
  readonly inputs: readonly KerasTensor[];
  readonly outputs: readonly KerasTensor[];
  /** In the order in which they are computed. */
  readonly nodes: ReadonlySet<Node>;
  readonly nodesByDepth: readonly (readonly [depth: number, nodes: readonly Node[]])[];
  /** From the inputs to the outputs. */
  readonly operations: readonly OperationImpl[];

  constructor(
    readonly inputsStruct: unknown,
    readonly outputsStruct: unknown,
  ) {
    this.inputs = tree.flatten(inputsStruct) as KerasTensor[];
    this.outputs = tree.flatten(outputsStruct) as KerasTensor[];
    for (const [kind, list] of [
      ["inputs", this.inputs],
      ["outputs", this.outputs],
    ] as const)
      if (list.length === 0)
        throw new ValueError(
          `\`${kind}\` argument cannot be empty. Received:\ninputs=${String(inputsStruct)}\noutputs=${String(outputsStruct)}`,
        );
    const { nodes, indices } = traverse(this.inputs, this.outputs);
    const inGraph = new Set(nodes);
    const nodeDepths = new Map<Node, number>();
    const operationDepths = new Map<OperationImpl, number>();
    for (const node of [...nodes].reverse()) {
      // A shared operation stands where its deepest call does.
      const depth = Math.max(nodeDepths.get(node) ?? 0, operationDepths.get(node.operation) ?? 0);
      operationDepths.set(node.operation, depth);
      nodeDepths.set(node, depth);
      for (const parent of node.parent_nodes)
        if (inGraph.has(parent)) nodeDepths.set(parent, Math.max(depth + 1, nodeDepths.get(parent) ?? 0));
    }
    for (const x of this.inputs) {
      const operation = x._keras_history?.operation;
      if (!operation || operationDepths.has(operation)) continue;
      const node = nodeOf(x);
      if (!node.is_input) continue;
      operationDepths.set(operation, 0);
      indices.set(operation, -1);
      nodeDepths.set(node, 0);
    }
    this.nodesByDepth = byDepth(nodeDepths);
    this.nodes = new Set(this.nodesByDepth.flatMap(([, group]) => group));
    this.operations = byDepth(operationDepths).flatMap(([, group]) =>
      [...group].sort((a, b) => indices.get(a)! - indices.get(b)!),
    );
    this.refuseDisconnected();
    this.refuseSharedNames();
  }

  private refuseDisconnected(): void {
    const computable = new Set<KerasTensor>(this.inputs);
    const passed: string[] = [];
    for (const [, nodes] of this.nodesByDepth)
      for (const node of nodes) {
        for (const x of node.input_tensors) {
          if (!computable.has(x))
            throw new ValueError(
              `Graph disconnected: cannot find parent for tensor ${x} at operation '${String(node.operation)}'. The following previous operations were accessed without issue: [${passed.map((n) => `'${n}'`).join(", ")}]`,
            );
          passed.push(node.operation.name);
        }
        for (const x of node.outputs) computable.add(x);
      }
    const reached = new Set<KerasTensor>(this.inputs);
    for (const [, nodes] of this.nodesByDepth)
      for (const node of nodes)
        if (!node.is_input && node.input_tensors.every((x) => reached.has(x)))
          for (const x of node.outputs) reached.add(x);
    this.outputs.forEach((x, i) => {
      if (!reached.has(x))
        throw new ValueError(`Output with path \`${this.outputPath(i)}\` is not connected to \`inputs\``);
    });
  }
  private outputPath(i: number): string {
    return tree.flattenWithPath(this.outputsStruct)[i]![0].join(".");
  }
  private refuseSharedNames(): void {
    const names = this.operations.map((o) => o.name);
    for (const name of names) {
      const count = names.filter((n) => n === name).length;
      if (count !== 1)
        throw new ValueError(
          `The name "${name}" is used ${count} times in the model. All operation names should be unique.`,
        );
    }
  }

  /** The outputs for inputs, one for each input tensor, in the structure of the outputs. */
  run(inputs: readonly unknown[], callNode: CallNode): unknown {
    const known = new Map<KerasTensor, unknown>();
    this.inputs.forEach((x, i) => known.set(x, inputs[i]));
    for (const [, nodes] of this.nodesByDepth)
      for (const node of nodes) {
        if (node.is_input || node.input_tensors.some((x) => !known.has(x))) continue;
        const outputs = tree.flatten(callNode(node.operation, node.fillIn(known)));
        node.outputs.forEach((x, i) => known.set(x, outputs[i]));
      }
    return tree.pack(
      this.outputsStruct,
      this.outputs.map((x, i) => {
        if (!known.has(x))
          throw new ValueError(`Output with path \`${this.outputPath(i)}\` is not connected to \`inputs\``);
        return known.get(x);
      }),
    );
  }

  /** Symbolic outputs for symbolic inputs. */
  spec(inputs: readonly KerasTensor[]): unknown {
    const record = inputs.every((x) => x.record_history);
    const alike = this.inputs.every((x, i) => {
      const given = inputs[i]!.shape;
      return given.length === x.shape.length && given.every((d, k) => d === x.shape[k]);
    });
    if (alike)
      return tree.map(
        (x: KerasTensor) => new KerasTensor(x.shape, x.dtype, null, record),
        this.outputsStruct,
      );
    return this.run(inputs, (operation, call) => operation._spec(call));
  }
}
