import { NotImplementedError, nameClass, TypeError, ValueError } from "@cognate/py";
import { markSymbolic } from "../core/context.js";
import type { Dims } from "../core/row.js";
import { type DType, Tensor } from "../shared.js";
import { OperatorNotAllowedInGraphError } from "./errors.js";
import type { Graph } from "./graph.js";
import type { Operation } from "./operation.js";
import { dimsOf, GraphShape, mergeDims } from "./shape.js";

/** A tensor of a graph: an output of an operation, without numbers until a session runs. */
export class GraphTensor extends Tensor {
  readonly _consumers: Operation[] = [];
  constructor(
    readonly op: Operation,
    readonly index: number,
    private readonly _dtype: DType,
    public _dims: Dims,
  ) {
    super(undefined as never);
  }

  get graph(): Graph {
    return this.op.graph;
  }
  get name(): string {
    return `${this.op.name}:${this.index}`;
  }
  get value_index(): number {
    return this.index;
  }
  override get shape(): GraphShape {
    return new GraphShape(this._dims, this.graph._v2);
  }
  override get_shape(): GraphShape {
    return this.shape;
  }
  override get dtype(): DType {
    return this._dtype;
  }
  override get ndim(): number {
    return this._dims === null ? (null as unknown as number) : this._dims.length;
  }
  override get size(): never {
    throw new ValueError(`Tensor ${this.name} has no size before it is computed.`);
  }
  override get device(): string {
    return this.op.device;
  }
  consumers(): readonly Operation[] {
    return this._consumers;
  }
  /** Adds what is known about the shape. @throws ValueError where it contradicts */
  set_shape(shape: unknown): void {
    this._dims = mergeDims(this._dims, dimsOf(shape));
  }
  /** The value in the default session, or the one given. */
  eval(feed_dict: unknown = null, session: unknown = null): unknown {
    return this.graph._evaluate(this, feed_dict, session, "eval");
  }
  override __len__(): never {
    throw new TypeError(
      `len is not well defined for a symbolic Tensor (${this.name}). Please call \`x.shape\` rather than \`len(x)\` for shape information.`,
    );
  }
  override get length(): number {
    return this.__len__();
  }
  override numpy(): never {
    throw new NotImplementedError(
      `Cannot convert a symbolic tf.Tensor (${this.name}) to a numpy array. This error may indicate that you're trying to pass a Tensor to a NumPy call, which is not supported.`,
    );
  }
  override item(): never {
    return this.numpy();
  }
  override tolist(): never {
    return this.numpy();
  }
  override __float__(): never {
    throw new TypeError("float() argument must be a string or a real number, not 'SymbolicTensor'");
  }
  override __int__(): never {
    throw new TypeError(
      "int() argument must be a string, a bytes-like object or a real number, not 'SymbolicTensor'",
    );
  }
  override __bool__(): never {
    throw new OperatorNotAllowedInGraphError("Using a symbolic `tf.Tensor` as a Python `bool`");
  }
  override [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return this.toString();
    throw new TypeError(
      "JavaScript's operators do not work on tensors: write a.add(b), a.sub(b), a.mul(b), a.neg(), a.lt(b), a.eq(b) …",
    );
  }
  override [Symbol.iterator](): Generator<never> {
    throw new OperatorNotAllowedInGraphError("Iterating over a symbolic `tf.Tensor`");
  }
  /** Python's hash is by identity here. */
  override __hash__(): never {
    return this.op._id as never;
  }
  ref(): this {
    return this;
  }
  private _shapeText(): string {
    return this._dims === null ? "" : `, shape=${this.shape}`;
  }
  /** The element type as it prints: references say so. */
  _typeText(): string {
    if (this.op.attrs["_resource"] === true || this.op._inputs[0]?.op.attrs["_resource"] === true)
      return this._dtype.name;
    return this.op.type === "VariableV2" ||
      this.op.type === "Variable" ||
      (this.op._inputs[0]?._isRef() === true && REF_OPS.has(this.op.type))
      ? `${this._dtype.name}_ref`
      : this._dtype.name;
  }
  _isRef(): boolean {
    return (
      this.op.type === "VariableV2" ||
      this.op.type === "Variable" ||
      (REF_OPS.has(this.op.type) && this.op._inputs[0]?._isRef() === true)
    );
  }
  override __str__(): string {
    return `Tensor("${this.name}"${this._shapeText()}, dtype=${this._typeText()})`;
  }
  override __repr__(): string {
    return `<tf.Tensor '${this.name}' shape=${this.shape} dtype=${this._typeText()}>`;
  }
  override toString(): string {
    return this.__str__();
  }
}
nameClass("tensorflow.python.framework.ops.SymbolicTensor", GraphTensor);
markSymbolic(GraphTensor);

/** Operations that give the reference they were given. */
const REF_OPS = new Set([
  "Assign",
  "AssignAdd",
  "AssignSub",
  "ScatterUpdate",
  "ScatterAdd",
  "ScatterSub",
  "ScatterMul",
  "ScatterDiv",
  "ScatterMin",
  "ScatterMax",
  "ScatterNdUpdate",
  "ScatterNdAdd",
  "ScatterNdSub",
  "CountUpTo",
  "RefIdentity",
]);
