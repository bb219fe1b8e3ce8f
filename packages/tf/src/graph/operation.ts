import { nameClass } from "@cognate/py";
import type { OpDef } from "../core/op-def.js";
import type { Dims, OpRow } from "../core/row.js";
import type { DType } from "../shared.js";
import type { Graph } from "./graph.js";
import { nodeText } from "./node-text.js";
import { GraphTensor } from "./tensor.js";

/** What an operation is made of. */
export interface OperationParts {
  readonly graph: Graph;
  readonly type: string;
  readonly name: string;
  readonly inputs: readonly GraphTensor[];
  readonly controls: readonly Operation[];
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly outputs: readonly (readonly [DType, Dims])[];
  readonly row: OpRow | undefined;
  readonly def: OpDef | undefined;
  readonly device?: string;
}

/** `tf.Operation`: a node of a graph. */
export class Operation {
  readonly graph: Graph;
  readonly type: string;
  readonly name: string;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly row: OpRow | undefined;
  readonly def: OpDef | undefined;
  readonly outputs: readonly GraphTensor[];
  readonly device: string;
  /** Its place in the order of making. */
  readonly _id: number;
  _inputs: readonly GraphTensor[];
  _controls: readonly Operation[];

  constructor(parts: OperationParts, id: number) {
    this.graph = parts.graph;
    this.type = parts.type;
    this.name = parts.name;
    this.attrs = parts.attrs;
    this.row = parts.row;
    this.def = parts.def;
    this.device = parts.device ?? "";
    this._id = id;
    this._inputs = parts.inputs;
    this._controls = parts.controls;
    this.outputs = parts.outputs.map(([dtype, dims], i) => new GraphTensor(this, i, dtype, dims));
    for (const t of new Set(parts.inputs)) t._consumers.push(this);
  }

  get inputs(): readonly GraphTensor[] {
    return this._inputs;
  }
  get control_inputs(): readonly Operation[] {
    return this._controls;
  }
  /** The outputs, as `tf.Operation.values()` gives them. */
  values(): readonly GraphTensor[] {
    return this.outputs;
  }
  get_attr(name: string): unknown {
    return this.attrs[name];
  }
  /** Whether it must not be computed before a session runs. */
  _isStateful(): boolean {
    return (
      this.def?.isStateful === true || this.type.startsWith("Placeholder") || this.type.startsWith("Variable")
    );
  }
  /** Runs the operation in the default session. */
  run(feed_dict: unknown = null, session: unknown = null): void {
    this.graph._evaluate(this, feed_dict, session, "run");
  }
  /** Replaces an input: what imports and loops need after making. */
  _setInput(i: number, t: GraphTensor): void {
    const inputs = [...this._inputs];
    inputs[i] = t;
    this._inputs = inputs;
    t._consumers.push(this);
    this.graph._touch();
  }
  _add_control_input(op: Operation): void {
    this._controls = [...this._controls, op];
    this.graph._touch();
  }
  __repr__(): string {
    return `<tf.Operation '${this.name}' type=${this.type}>`;
  }
  __str__(): string {
    return nodeText(this);
  }
  toString(): string {
    return this.__str__();
  }
  get node_def(): { name: string; op: string; input: string[]; toString(): string } {
    const input = [
      ...this._inputs.map((t) => (t.index === 0 ? t.op.name : `${t.op.name}:${t.index}`)),
      ...this._controls.map((c) => `^${c.name}`),
    ];
    return { name: this.name, op: this.type, input, toString: () => nodeText(this) };
  }
}
nameClass("tensorflow.python.framework.ops.Operation", Operation);
