import {
  type DType,
  fill,
  type Value as KernelValue,
  type Scalar,
  type Shape,
  Strided,
  sumTo,
  type ViewStep,
} from "@cognate/kernel";
import type { ForwardLevel } from "./autograd/mode.js";
import { type Edge, type GraphNode, LeafNode } from "./autograd/node.js";

/** How a view was taken: the value that owns the memory, and the steps from it. */
export interface ViewInfo {
  readonly base: Value;
  /** How many of the base's {@link Value.undo} steps there were when the view was taken. */
  readonly since: number;
  readonly chain: readonly ViewStep[];
  /** Set where one call gave several views, which may not be written in place while recording. */
  several?: { readonly op: string; readonly output: number };
  /** Version of the memory when {@link Value.node} was last right. */
  seen: number;
}

/**
 * An array with its place in the graph of recorded calls. Façades wrap it in their own tensor class; derivatives are
 * written with its methods, which are the rows of the op table.
 */
export class Value {
  grad: Value | null = null;
  /** An array made of untyped whole numbers: where a float is required it is cast instead of refused. */
  weak = false;
  /** The façade's own object for this value, so that there is one. */
  handle: object | undefined;
  /** Steps back from how this value is seen now to how it was before each in-place transpose and the like. */
  undo: readonly ViewStep[] | undefined;
  /** Derivatives of this value along the inputs of each open level of forward mode. */
  tangents: ReadonlyMap<ForwardLevel, Value> | null = null;
  /** Set for views of other values. */
  view: ViewInfo | null = null;
  private _node: GraphNode | null;
  private _output: number;
  private _leaf: LeafNode | null = null;

  constructor(
    public array: Strided,
    node: GraphNode | null = null,
    output = 0,
  ) {
    this._node = node;
    this._output = output;
  }

  get shape(): Shape {
    return this.array.shape;
  }
  get dtype(): DType {
    return this.array.dtype;
  }
  get size(): number {
    return this.array.size;
  }

  /** The recorded call that made this value, or `null` for a leaf. */
  get node(): GraphNode | null {
    if (this.view !== null) refreshView(this, this.view);
    return this._node;
  }
  /** Which output of {@link node} this is. */
  get output(): number {
    return this._output;
  }
  /** Moves this value to another place of the graph: what an in-place call does. */
  setNode(node: GraphNode | null, output: number): void {
    this._node = node;
    this._output = output;
  }
  /** {@link node} without looking whether it is out of date. */
  get ownNode(): GraphNode | null {
    return this._node;
  }

  get isLeaf(): boolean {
    return this.node === null;
  }
  get requiresGrad(): boolean {
    return this._leaf !== null || this.node !== null;
  }
  /** Makes a leaf want a gradient, or no longer. */
  setRequiresGrad(wants: boolean): void {
    if (!wants) this._leaf = null;
    else if (this.node === null) this._leaf ??= new LeafNode(this);
  }
  /** Lets gradients of this value go to the leaf that it is another face of. */
  shareLeaf(leaf: LeafNode): void {
    this._leaf = leaf;
  }
  /** The node that gathers this leaf's gradient. */
  get leafNode(): LeafNode | null {
    return this._leaf;
  }

  /** Where this value's gradient goes, or `null` if none is wanted. */
  edge(): Edge | null {
    const node = this.node;
    if (node !== null) return { node, output: this._output };
    return this._leaf && { node: this._leaf, output: 0 };
  }

  full(shape: Shape, value: Scalar): Value {
    return new Value(fill(Strided.zeros(this.dtype, shape), value));
  }

  constant(array: Strided): Value {
    return new Value(array);
  }

  detach(): Value {
    return new Value(this.array);
  }

  sumTo(shape: Shape): Value {
    return sumTo(this as KernelValue, shape) as Value;
  }

  rsub(a: KernelValue | Scalar): Value {
    return (isValue(a) ? a : this.full([], a)).sub(this) as Value;
  }
  rdiv(a: KernelValue | Scalar): Value {
    return (isValue(a) ? a : this.full([], a)).div(this) as Value;
  }
}

/** The rows of the op table as methods; see {@link KernelValue}. */
export interface Value
  extends Omit<
    KernelValue,
    "full" | "constant" | "detach" | "sumTo" | "rsub" | "rdiv" | "shape" | "dtype" | "size" | "array"
  > {}

const isValue = (x: unknown): x is KernelValue => x instanceof Value;

let refreshView: (value: Value, view: ViewInfo) => void;

/** Set by the module that records calls, which this one must not import. */
export function setRefreshView(f: typeof refreshView): void {
  refreshView = f;
}
