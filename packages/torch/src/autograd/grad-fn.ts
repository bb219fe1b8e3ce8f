import { classNames, Tuple } from "@cognate/py";
import { type GraphNode, LeafNode, OpNode, type Value } from "@cognate/tensor";
import { gradFnName } from "../policy.js";
import { type Tensor, wrap } from "../tensor/tensor.js";
import { type RemovableHandle, removable } from "./hooks.js";

let nextId = 1;

/** What `tensor.grad_fn` is: a recorded call, with the calls that its inputs came from. */
export class Node {
  constructor(readonly _node: GraphNode) {}

  /** `AddBackward0`, `AccumulateGrad` … */
  name(): string {
    const name = gradFnName(this._node.name);
    return name === "AccumulateGrad" ? "torch::autograd::AccumulateGrad" : name;
  }
  get __name__(): string {
    return gradFnName(this._node.name);
  }
  /** Pairs of the node and the number of the output that each input was. */
  get next_functions(): Tuple<Tuple<Node | number | null>> {
    return Tuple.of_(
      this._node.edges.map((e) =>
        Tuple.of_<Node | number | null>(e ? [nodeHandle(e.node), e.output] : [null, 0]),
      ),
    );
  }
  /** The leaf whose gradient this node gathers. */
  get variable(): Tensor | undefined {
    return this._node instanceof LeafNode ? wrap(this._node.leaf) : undefined;
  }
  private readonly _id = nextId++;
  /** Notes of the user's, kept with the node. */
  readonly metadata: Record<string, unknown> = {};
  /** The first operand, where it was kept. */
  get _saved_self(): Tensor | null | undefined {
    return this._saved((row) => row.inputs[0]);
  }
  /** The second operand, where it was kept. */
  get _saved_other(): Tensor | null | undefined {
    return this._saved((row) => row.inputs[1]);
  }
  /** The result, where it was kept. */
  get _saved_result(): Tensor | null | undefined {
    return this._saved((row) => row.outputs[0]);
  }
  private _saved(nameIn: (row: OpNode["row"]) => string | undefined): Tensor | null | undefined {
    const node = this._node;
    if (!(node instanceof OpNode)) return undefined;
    const name = nameIn(node.row);
    const kept = name === undefined ? null : node.keptValue(name);
    return kept && wrap(kept);
  }
  /** Calls `hook(grad_inputs, grad_outputs)` after the node ran. */
  register_hook(
    hook: (
      inputs: Tuple<Tensor | null>,
      outputs: Tuple<Tensor | null>,
    ) => readonly (Tensor | null)[] | null | undefined | void,
  ): RemovableHandle {
    this._node.postHooks ??= [];
    return removable(this._node.postHooks, (gxs, gys) => unwrapAll(hook(wrapAll(gxs), wrapAll(gys))));
  }
  /** Calls `hook(grad_outputs)` before the node runs. */
  register_prehook(
    hook: (outputs: Tuple<Tensor | null>) => readonly (Tensor | null)[] | null | undefined | void,
  ): RemovableHandle {
    this._node.preHooks ??= [];
    return removable(this._node.preHooks, (gys) => unwrapAll(hook(wrapAll(gys))));
  }
  __repr__(): string {
    return `<${this.__name__} object at 0x${this._id.toString(16).padStart(12, "0")}>`;
  }
  toString(): string {
    return this.__repr__();
  }
}
classNames.set(Node, "Node");

const wrapAll = (values: readonly (Value | null)[]): Tuple<Tensor | null> =>
  Tuple.of_(values.map((v) => v && wrap(v)));
const unwrapAll = (
  tensors: readonly (Tensor | null)[] | null | undefined | void,
): (Value | null)[] | undefined => (tensors ? tensors.map((t) => t?._value ?? null) : undefined);

const handles = new WeakMap<GraphNode, Node>();

/** The handle of a node: the same one each time. */
export function nodeHandle(node: GraphNode): Node {
  let h = handles.get(node);
  if (!h) handles.set(node, (h = new Node(node)));
  return h;
}

/** `x.grad_fn`: `null` for leaves. */
export const gradFnOf = (x: Tensor): Node | null => {
  const { node } = x._value;
  return node && nodeHandle(node);
};
