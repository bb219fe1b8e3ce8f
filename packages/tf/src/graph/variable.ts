import { nameClass, TypeError, ValueError } from "@cognate/py";
import { withGraph } from "../core/context.js";
import { bool as boolType } from "../core/dtypes.js";
import { protoName } from "../core/op-def.js";
import type { DType } from "../shared.js";
import { toGraphTensor } from "./convert.js";
import { get_default_graph } from "./current.js";
import type { Graph } from "./graph.js";
import type { Operation } from "./operation.js";
import { installOperators } from "./operators.js";
import { get_default_session, type SessionImpl } from "./session.js";
import { compatible, dimsOf, type GraphShape } from "./shape.js";
import type { GraphTensor } from "./tensor.js";

/** How a variable is made. */
export interface VariableParts {
  /** A value, a tensor, or a function that gives one in a scope of its own. */
  readonly initial: unknown;
  readonly name: string;
  readonly dtype: DType | undefined;
  readonly trainable: boolean;
  readonly collections: readonly string[] | null;
  readonly shape?: unknown;
  readonly validate?: boolean;
  readonly resource?: boolean;
  readonly constraint?: unknown;
}

/** `tf.Variable` of TensorFlow 1: an operation that holds a value in each session. */
export class GraphVariable {
  readonly graph: Graph;
  readonly initial_value!: GraphTensor;
  readonly initializer!: Operation;
  /** The reference itself. */
  readonly _variable!: GraphTensor;
  readonly _snapshot!: GraphTensor;
  readonly _resource: boolean;
  readonly trainable: boolean;
  readonly constraint: unknown;
  /** What a partitioned variable is called as a whole, for checkpoints. */
  _save_name: string | null = null;

  constructor({
    initial,
    name,
    dtype,
    trainable,
    collections,
    validate = true,
    resource = false,
    constraint = null,
    shape,
  }: VariableParts) {
    if (initial === null || initial === undefined) throw new ValueError("initial_value must be specified.");
    const here = get_default_graph();
    this.graph = here.root;
    this._resource = resource;
    this.trainable = trainable;
    this.constraint = constraint;
    const build = (): void => {
      const g = this.graph;
      g.controlled(null, () =>
        g.scoped(name, (scope) => {
          const value =
            typeof initial === "function"
              ? g.scoped("Initializer", () => toGraphTensor(g, initial(), dtype, "initial_value"))
              : toGraphTensor(g, outward(initial), dtype, "initial_value");
          const dims = shape === undefined ? (validate ? value._dims : null) : dimsOf(shape);
          const ref = g.addOp({
            type: "VariableV2",
            name: scope,
            attrs: {
              dtype: value.dtype,
              shape: dims,
              container: "",
              shared_name: "",
              ...(resource ? { _resource: true } : {}),
            },
            outputs: [[value.dtype, dims]],
            controls: [],
          }).outputs[0]!;
          const assign = g.addOp({
            type: "Assign",
            name: "Assign",
            inputs: [ref, value],
            attrs: { T: value.dtype, validate_shape: validate, use_locking: true },
            outputs: [[value.dtype, dims]],
            controls: [],
          });
          const read = g.addOp({
            type: "Identity",
            name: "read",
            inputs: [ref],
            attrs: { T: value.dtype },
            outputs: [[value.dtype, dims]],
            controls: [],
          }).outputs[0]!;
          Object.assign(this, { initial_value: value, initializer: assign, _variable: ref, _snapshot: read });
        }),
      );
    };
    withGraph(this.graph, build);
    const kept = collections ?? ["variables"];
    const all = trainable && !kept.includes("trainable_variables") ? [...kept, "trainable_variables"] : kept;
    this.graph.add_to_collections(all, this);
  }

  /** The value, which grows by one each time, up to a limit. @throws OutOfRangeError when it runs past it */
  count_up_to(limit: number, name: string | null = null): GraphTensor {
    return get_default_graph().addOp({
      type: "CountUpTo",
      name: name ?? "CountUpTo",
      inputs: [this._variable],
      attrs: { limit, T: this._variable.dtype },
      outputs: [[this._variable.dtype, this._variable._dims]],
    }).outputs[0]!;
  }

  /** A variable whose operations are in the graph already. */
  static of_(
    graph: Graph,
    prefix: string,
    names: {
      variable_name: string;
      initializer_name: string;
      snapshot_name: string;
      initial_value_name: string;
      trainable: boolean;
    },
  ): GraphVariable {
    const v = Object.create(GraphVariable.prototype) as GraphVariable;
    const at = (name: string): string => prefix + (name.includes(":") ? name : `${name}:0`);
    const initializer = graph.get_operation_by_name(prefix + names.initializer_name.split(":")[0]!);
    return Object.assign(v, {
      graph,
      initializer,
      initial_value: names.initial_value_name
        ? graph.get_tensor_by_name(at(names.initial_value_name))
        : initializer.inputs[1],
      _variable: graph.get_tensor_by_name(at(names.variable_name)),
      _snapshot: graph.get_tensor_by_name(at(names.snapshot_name)),
      _resource: false,
      trainable: names.trainable,
      constraint: null,
      _save_name: null,
    });
  }

  get name(): string {
    return this._variable.name;
  }
  get op(): Operation {
    return this._variable.op;
  }
  get handle(): GraphTensor {
    return this._variable;
  }
  get dtype(): DType {
    return this._variable.dtype;
  }
  get shape(): GraphShape {
    return this._variable.shape;
  }
  get_shape(): GraphShape {
    return this.shape;
  }
  get device(): string {
    return "";
  }
  set_shape(shape: unknown): void {
    this._variable.set_shape(shape);
    this._snapshot.set_shape(shape);
  }
  /** The value, as it is when it is read. */
  value(): GraphTensor {
    return this._resource ? this.read_value() : this._snapshot;
  }
  read_value(): GraphTensor {
    const g = get_default_graph();
    return g.addOp({
      type: "Identity",
      name: "read",
      inputs: [g.capture(this._variable)],
      attrs: { T: this.dtype },
      outputs: [[this.dtype, this._variable._dims]],
    }).outputs[0]!;
  }
  initialized_value(): GraphTensor {
    const g = get_default_graph();
    return g.addOp({
      type: "_InitializedValue",
      name: "cond/Merge",
      inputs: [this._variable, this.initial_value],
      outputs: [[this.dtype, this._variable._dims]],
      controls: [],
    }).outputs[0]!;
  }
  eval(session: unknown = null): unknown {
    return this._variable.eval(null, session);
  }
  /** Writes a value into the variable of a session. */
  load(value: unknown, session: SessionImpl | null = null): void {
    const own = session ?? get_default_session();
    if (!own)
      throw new ValueError(
        "Either session argument should be provided or default session should be established",
      );
    own.run(this.initializer, new Map([[this.initializer.inputs[1], value]]));
  }
  assign(
    value: unknown,
    _use_locking: unknown = false,
    name: unknown = null,
    read_value: unknown = true,
  ): unknown {
    return assignTo("Assign", this, value, name as string | null, Boolean(read_value));
  }
  assign_add(
    delta: unknown,
    _use_locking: unknown = false,
    name: unknown = null,
    read_value: unknown = true,
  ): unknown {
    return assignTo("AssignAdd", this, delta, name as string | null, Boolean(read_value));
  }
  assign_sub(
    delta: unknown,
    _use_locking: unknown = false,
    name: unknown = null,
    read_value: unknown = true,
  ): unknown {
    return assignTo("AssignSub", this, delta, name as string | null, Boolean(read_value));
  }
  scatter_sub(slices: { indices: unknown; values: unknown }): unknown {
    return scatterInto("ScatterSub", this, slices.indices, slices.values, null);
  }
  scatter_add(slices: { indices: unknown; values: unknown }): unknown {
    return scatterInto("ScatterAdd", this, slices.indices, slices.values, null);
  }
  scatter_update(slices: { indices: unknown; values: unknown }): unknown {
    return scatterInto("ScatterUpdate", this, slices.indices, slices.values, null);
  }
  is_initialized(name: string | null = null): GraphTensor {
    return isInitialized(this, name);
  }
  set(): never {
    throw new TypeError("'RefVariable' object does not support item assignment");
  }
  [Symbol.iterator](): Generator<never> {
    throw new TypeError("'Variable' object is not iterable.");
  }
  ref(): this {
    return this;
  }
  __hash__(): number {
    return this.op._id;
  }
  /** The tensor that stands for the variable in the graph that is being built. */
  _as_tensor(): GraphTensor {
    return this._snapshot;
  }
  _as_graph_element(): GraphTensor {
    return this._variable;
  }
  __repr__(): string {
    return `<tf.Variable '${this.name}' shape=${this.shape} dtype=${this.dtype.name}${this._resource ? "" : "_ref"}>`;
  }
  toString(): string {
    return this.__repr__();
  }
  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return this.toString();
    throw new TypeError(
      "JavaScript's operators do not work on variables: write a.add(b), a.sub(b), a.mul(b), a.neg(), a.lt(b), a.eq(b) …",
    );
  }
}
nameClass("tensorflow.python.ops.ref_variable.RefVariable", GraphVariable);
installOperators(GraphVariable, (self) => (self as GraphVariable)._snapshot);
Object.defineProperty(GraphVariable.prototype, "eq", {
  value(this: GraphVariable, other: unknown) {
    return this === other;
  },
});

/** Values of inner graphs cannot start a variable of the outermost one. */
const outward = (x: unknown): unknown => x;

const refOf = (v: unknown): GraphTensor => {
  if (v instanceof GraphVariable) return v._variable;
  const t = v as GraphTensor;
  if (t?._isRef?.()) return t;
  throw new TypeError(`'${"Assign"}' Op requires that input 'ref' be a mutable tensor (e.g.: a tf.Variable)`);
};

/** An assignment to a variable or a reference; gives the reference, or the operation. */
export function assignTo(
  type: string,
  ref: unknown,
  value: unknown,
  name: string | null,
  read = true,
  validate = true,
): unknown {
  const g = get_default_graph();
  const target = g.capture(refOf(ref));
  return g.scoped(name ?? type, (scope) => {
    const x = toGraphTensor(g, value, target.dtype, "value");
    if (validate && !compatible(target._dims, x._dims)) {
      const [a, b] = [target._dims!, x._dims!];
      const at = a.findIndex((d, i) => d !== null && b[i] != null && d !== b[i]);
      const words =
        a.length === b.length
          ? `Dimension ${at} in both shapes must be equal, but are ${a[at]} and ${b[at]}. Shapes are [${a.map((d) => d ?? "?")}] and [${b.map((d) => d ?? "?")}].`
          : `Shapes must be equal rank, but are ${a.length} and ${b.length}`;
      throw new ValueError(
        `${words} for '{{node ${scope.slice(0, -1)}}} = ${type}[T=${protoName(x.dtype.name)}, use_locking=${type === "Assign"}${type === "Assign" ? ", validate_shape=true" : ""}](${target.op.name}, ${x.op.name})' with input shapes: [${a.map((d) => d ?? "?")}], [${b.map((d) => d ?? "?")}].`,
      );
    }
    const op = g.addOp({
      type,
      name: scope,
      inputs: [target, x],
      attrs: { T: target.dtype, validate_shape: validate, use_locking: type === "Assign" },
      outputs: [[target.dtype, validate ? target._dims : x._dims]],
    });
    return read ? op.outputs[0]! : op;
  });
}

/** Changes rows of a variable. */
export function scatterInto(
  type: string,
  ref: unknown,
  indices: unknown,
  updates: unknown,
  name: string | null,
): GraphTensor {
  const g = get_default_graph();
  const target = g.capture(refOf(ref));
  return g.scoped(name ?? type, (scope) => {
    const ids = toGraphTensor(g, indices, undefined, "indices");
    const rows = toGraphTensor(g, updates, target.dtype, "updates");
    return g.addOp({
      type,
      name: scope,
      inputs: [target, ids, rows],
      attrs: { T: target.dtype, Tindices: ids.dtype },
      outputs: [[target.dtype, target._dims]],
    }).outputs[0]!;
  });
}

export function isInitialized(v: GraphVariable, name: string | null): GraphTensor {
  const g = get_default_graph();
  return g.addOp({
    type: "IsVariableInitialized",
    name: name ?? "IsVariableInitialized",
    inputs: [g.capture(v._variable)],
    attrs: { dtype: v.dtype },
    outputs: [[boolType, []]],
  }).outputs[0]!;
}
