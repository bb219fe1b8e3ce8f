import { reword } from "@cognate/keras/tensorflow";
import {
  type Context,
  context,
  KeyError,
  nameClass,
  RuntimeError,
  TypeError,
  type_name,
  ValueError,
} from "@cognate/py";
import { Attrs } from "../core/attrs.js";
import { type GraphContext, setGraph, withGraph } from "../core/context.js";
import { typeNamed } from "../core/dtypes.js";
import { KernelProblem, OpError } from "../core/errors.js";
import { inferShapes } from "../core/infer.js";
import { type OpDef, opDef } from "../core/op-def.js";
import { registered } from "../core/registry.js";
import type { Datum, Dims, OpRow } from "../core/row.js";
import type { DType, Tensor } from "../shared.js";
import { inferenceWords, shapeProblem } from "./checks.js";
import { convertInputs, toGraphTensor } from "./convert.js";
import { knownDatum } from "./known.js";
import { Names } from "./names.js";
import { nodeSummary, shapesTail } from "./node-summary.js";
import { Operation } from "./operation.js";
import { partialDims } from "./partial.js";
import { v2Shapes } from "./shape.js";
import { GraphTensor } from "./tensor.js";

/** Operations that wait for others, and which were made so. */
interface ControlScope {
  readonly after: readonly Operation[];
  readonly made: Set<Operation>;
}

/** What an operation is added with where its outputs are known already. */
export interface Addition {
  readonly type: string;
  /** As `name_scope` gives it: unique already where it ends with a slash. */
  readonly name: string | null;
  readonly inputs?: readonly GraphTensor[];
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly outputs?: readonly (readonly [DType, Dims])[];
  readonly controls?: readonly Operation[];
  readonly row?: OpRow | undefined;
}

/** Asks a session for the value of a tensor or operation. */
export type Evaluate = (
  what: GraphTensor | Operation,
  feed: unknown,
  session: unknown,
  how: "eval" | "run",
) => unknown;
let evaluate: Evaluate;
/** Set by sessions, which graphs must not import. */
export function setEvaluate(f: Evaluate): void {
  evaluate = f;
}

/** `tf.Graph`: operations that were recorded, by name and in order. */
export class Graph implements GraphContext {
  readonly building = true;
  readonly names = new Names();
  readonly _ops: Operation[] = [];
  readonly _byName = new Map<string, Operation>();
  /** Changes with every operation, so that compiled plans know when they are out of date. */
  _version = 0;
  _finalized = false;
  /** `tf.set_random_seed`. */
  seed: number | null = null;
  private _seedless = 0;
  readonly collections = new Map<string, unknown[]>();
  /** Operations that what is made now waits for, by the scopes that ask for it. */
  _scopes: readonly ControlScope[] = [];
  get _controls(): readonly Operation[] {
    return [...new Set(this._scopes.flatMap((s) => s.after))];
  }
  _device = "";
  /** Whether shapes hold plain numbers. */
  _v2: boolean;
  /** The graph around, for bodies of functions and branches. */
  readonly outer: Graph | null = null;
  /** What modules keep about the graph. */
  readonly notes = new Map<unknown, unknown>();

  constructor(v2 = v2Shapes()) {
    this._v2 = v2;
  }

  get version(): number {
    return this._ops.length;
  }
  get finalized(): boolean {
    return this._finalized;
  }
  finalize(): void {
    this._finalized = true;
  }
  _touch(): void {
    this._version++;
  }
  /** The op seed of a random operation without one. */
  nextSeed(): number {
    return this._seedless++;
  }
  /** The graph that is no body of another. */
  get root(): Graph {
    return this.outer ? this.outer.root : this;
  }
  /** `f` recorded in a scope of names; the scope's name with its slash is given. */
  scoped<R>(name: string | null, f: (scope: string) => R): R {
    const before = this.names.enter(name);
    try {
      return withGraph(this, () => f(this.names.stack ? `${this.names.stack}/` : ""));
    } finally {
      this.names.stack = before;
    }
  }
  /** A scope of names, for `with`. */
  get name_scope(): Context<[name: string | null], string> {
    return context((name: string | null) => {
      let before = "";
      return {
        enter: () => {
          before = this.names.enter(name);
          return this.names.stack ? `${this.names.stack}/` : "";
        },
        exit: () => {
          this.names.stack = before;
        },
      };
    });
  }
  get_name_scope(): string {
    return this.names.stack;
  }
  /** Makes this the graph that functions record in, for `with`. */
  get as_default(): Context<[], Graph> {
    return context(() => {
      let before: GraphContext | null = null;
      return {
        enter: () => {
          before = setGraph(this);
          return this;
        },
        exit: () => void setGraph(before),
      };
    });
  }
  get control_dependencies(): Context<[inputs: readonly unknown[] | null], void> {
    return context((inputs: readonly unknown[] | null) => {
      let before: readonly ControlScope[] = [];
      return {
        enter: () => {
          before = this._scopes;
          this._scopes =
            inputs === null ? [] : [...before, { after: this.operationsOf(inputs), made: new Set() }];
        },
        exit: () => {
          this._scopes = before;
        },
      };
    });
  }
  get device(): Context<[name: string | null], void> {
    return context((name: string | null) => {
      let before = "";
      return {
        enter: () => {
          before = this._device;
          this._device = name ?? "";
        },
        exit: () => {
          this._device = before;
        },
      };
    });
  }
  /** The operations behind tensors, variables, operations and names; those of other graphs have run already. */
  operationsOf(inputs: readonly unknown[]): Operation[] {
    return inputs.flatMap((x) => {
      const e = elementOf(x);
      const op = e instanceof Operation ? e : e instanceof GraphTensor ? e.op : undefined;
      if (op) return op.graph === this ? [op] : [];
      if (Array.isArray((x as { _parts?: unknown } | null)?._parts))
        return (x as { _parts: GraphTensor[] })._parts.map((t) => t.op);
      const found = this.as_graph_element(x);
      return [found instanceof Operation ? found : found.op];
    });
  }
  unique_name(name: string, mark_as_used = true): string {
    return this.names.unique(name, mark_as_used);
  }
  /** `f` with operations that all that it makes waits for; `null` forgets those around. */
  controlled<R>(after: readonly Operation[] | null, f: () => R): R {
    const before = this._scopes;
    this._scopes = after === null ? [] : [...before, { after, made: new Set() }];
    try {
      return f();
    } finally {
      this._scopes = before;
    }
  }

  /** An input as a tensor of this graph. */
  capture(t: GraphTensor): GraphTensor {
    if (t.graph === this) return t;
    throw new ValueError(
      `${t} must be from the same graph as ${this._ops[0]?.outputs[0] ?? "the default graph"}.`,
    );
  }

  /** Adds an operation whose outputs are known. */
  addOp(a: Addition): Operation {
    if (this._finalized) throw new RuntimeError("Graph is finalized and cannot be modified.");
    const given = a.name ?? a.type;
    const name = given.endsWith("/") ? given.slice(0, -1) : this.names.unique(given);
    if (!/^[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*$/.test(name))
      throw new ValueError(`'${name}' is not a valid node name`);
    const op = new Operation(
      {
        graph: this,
        type: a.type,
        name,
        inputs: (a.inputs ?? []).map((t) => this.capture(t)),
        controls: a.controls ?? this._controlsFor(a.inputs ?? []),
        attrs: a.attrs ?? {},
        outputs: a.outputs ?? [],
        row: a.row ?? registered(a.type)?.row,
        def: opDef(a.type),
        device: this._device,
      },
      this._ops.length,
    );
    // What is made without waiting does not wait for those that use it.
    if (a.controls === undefined || a.controls.length > 0) for (const s of this._scopes) s.made.add(op);
    this._ops.push(op);
    this._byName.set(name, op);
    this.names.note(name);
    this._version++;
    return op;
  }
  /** Control dependencies in force, without those that inputs imply: what was made in the same scope waits already. */
  private _controlsFor(inputs: readonly GraphTensor[]): readonly Operation[] {
    if (this._scopes.length === 0) return [];
    const open = this._scopes.filter((s) => !inputs.some((t) => s.made.has(t.op)));
    return [...new Set(open.flatMap((s) => s.after))].filter((c) => !inputs.some((t) => t.op === c));
  }

  createOp(
    type: string,
    inputs: readonly unknown[],
    attrs: Readonly<Record<string, unknown>>,
    name: string | null,
  ): Tensor[] {
    const def = opDef(type);
    if (!def) throw new RuntimeError(`Unrecognized Op name ${type}`);
    return this.scoped(name || type, (scope) => {
      const converted = convertInputs(this, def, inputs, attrs);
      return [...this.addKnown(type, converted.inputs, converted.attrs, scope).outputs];
    });
  }

  /** Adds an operation on tensors whose types fit; shapes are inferred. */
  addKnown(
    type: string,
    inputs: readonly GraphTensor[],
    attrs: Readonly<Record<string, unknown>>,
    scope: string | null,
  ): Operation {
    const entry = registered(type);
    const def = entry?.def ?? opDef(type)!;
    const own = inputs.map((t) => this.capture(t));
    const name = scope ?? type;
    const outputs = outputTypes(def, attrs, entry?.row);
    const dims = entry
      ? this._infer(name, def, entry.row, own, attrs, outputs.length)
      : outputs.map(() => null);
    return this.addOp({
      type,
      name,
      inputs: own,
      attrs,
      outputs: outputs.map((t, i) => [t, dims[i] ?? null] as const),
      row: entry?.row,
    });
  }

  private _infer(
    scope: string,
    def: OpDef,
    row: OpRow,
    inputs: readonly GraphTensor[],
    attrs: Readonly<Record<string, unknown>>,
    n: number,
  ): readonly Dims[] {
    const known = (i: number): Datum | undefined => (inputs[i] ? knownDatum(inputs[i]) : undefined);
    const partial = partialDims(def.name, inputs);
    try {
      const wrong = shapeProblem(def.name, inputs, known);
      if (wrong !== undefined) throw new KernelProblem(wrong);
      const dims = inferShapes(
        row,
        inputs.map((t) => t._dims),
        inputs.map((t) => t.dtype),
        new Attrs(def, attrs),
        known,
        n,
      );
      return partial && dims.length === 1 ? [partial] : dims;
    } catch (e) {
      const problem = e instanceof KernelProblem ? e.message : wordsOf(reword(e, def.name));
      if (problem === undefined) throw e;
      const name = scope.endsWith("/") ? scope.slice(0, -1) : scope;
      // Messages name the node by the last part of its name's scopes only where it stands at the top.
      const reads = argumentNames(def, attrs).map((arg, i) =>
        READS.has(`${def.name}:${arg}`) ? known(i) : undefined,
      );
      throw new ValueError(
        `${inferenceWords(def.name, problem, known)} for ${nodeSummary(name, def, attrs, inputs)}${shapesTail(inputs, (i) => reads[i], PARTIAL.has(def.name))}`,
      );
    }
  }

  asTensor(x: unknown, dtype: unknown, name: string | null, preferred?: unknown): Tensor {
    return toGraphTensor(this, x, dtype as DType | undefined, name, preferred as DType | undefined);
  }

  /** A constant. */
  constant(d: Datum, dtype: DType, name: string | null): GraphTensor {
    const shape = [...(d as { shape: readonly number[] }).shape];
    return this.addOp({
      type: "Const",
      name: name ?? "Const",
      attrs: { value: d, dtype },
      outputs: [[dtype, shape]],
      controls: this._controls,
    }).outputs[0]!;
  }

  get_operations(): Operation[] {
    return [...this._ops];
  }
  get_operation_by_name(name: string): Operation {
    return this.as_graph_element(name, false, true) as Operation;
  }
  get_tensor_by_name(name: string): GraphTensor {
    return this.as_graph_element(name, true, false) as GraphTensor;
  }
  /** A tensor or operation by its name or itself. @throws ValueError, KeyError, TypeError for what names none */
  as_graph_element(obj: unknown, allow_tensor = true, allow_operation = true): GraphTensor | Operation {
    const wanted =
      allow_tensor && allow_operation ? "Tensor or Operation" : allow_tensor ? "Tensor" : "Operation";
    const own = elementOf(obj);
    if (typeof own === "string") return this._named(own, allow_tensor, allow_operation);
    if (own instanceof GraphTensor && allow_tensor) {
      if (own.graph !== this) throw new ValueError(`Tensor ${own} is not an element of this graph.`);
      return own;
    }
    if (own instanceof Operation && allow_operation) {
      if (own.graph !== this) throw new ValueError(`Operation ${own} is not an element of this graph.`);
      return own;
    }
    throw new TypeError(`Can not convert a ${type_name(obj)} into a ${wanted}.`);
  }
  private _named(name: string, allowTensor: boolean, allowOperation: boolean): GraphTensor | Operation {
    if (name.includes(":") && allowTensor) {
      const [opName, index] = name.split(":");
      const i = Number(index);
      if (!/^\d+$/.test(index ?? ""))
        throw new ValueError(
          `The name '${name}' looks a like a Tensor name, but is not a valid one. Tensor names must be of the form "<op_name>:<output_index>".`,
        );
      const op = this._byName.get(opName!);
      if (!op)
        throw new KeyError(
          `The name '${name}' refers to a Tensor which does not exist. The operation, '${opName}', does not exist in the graph.`,
        );
      const out = op.outputs[i];
      if (!out)
        throw new KeyError(
          `The name '${name}' refers to a Tensor which does not exist. The operation, '${opName}', exists but only has ${op.outputs.length} outputs.`,
        );
      return out;
    }
    if (name.includes(":"))
      throw new ValueError(`Name '${name}' appears to refer to a Tensor, not a Operation.`);
    if (allowOperation) {
      const op = this._byName.get(name);
      if (!op) throw new KeyError(`The name '${name}' refers to an Operation not in the graph.`);
      return op;
    }
    if (this._byName.has(name))
      throw new ValueError(
        `The name '${name}' refers to an Operation, not a Tensor. Tensor names must be of the form "<op_name>:<output_index>".`,
      );
    throw new ValueError(
      `The name '${name}' looks like an (invalid) Operation name, not a Tensor. Tensor names must be of the form "<op_name>:<output_index>".`,
    );
  }

  add_to_collection(name: string, value: unknown): void {
    const list = this.collections.get(name);
    if (list) list.push(value);
    else this.collections.set(name, [value]);
  }
  add_to_collections(names: string | readonly string[], value: unknown): void {
    for (const n of new Set(typeof names === "string" ? [names] : names)) this.add_to_collection(n, value);
  }
  get_collection(name: string, scope: string | null = null): unknown[] {
    const list = this.collections.get(name) ?? [];
    if (!scope) return [...list];
    const pattern = new RegExp(`^(?:${scope})`);
    return list.filter((x) => {
      const n = (x as { name?: unknown }).name;
      return typeof n === "string" && pattern.test(n);
    });
  }
  get_collection_ref(name: string): unknown[] {
    let list = this.collections.get(name);
    if (!list) this.collections.set(name, (list = []));
    return list;
  }
  get_all_collection_keys(): string[] {
    return [...this.collections.keys()];
  }
  clear_collection(name: string): void {
    this.collections.delete(name);
  }
  _evaluate(what: GraphTensor | Operation, feed: unknown, session: unknown, how: "eval" | "run"): unknown {
    return evaluate(what, feed, session, how);
  }
  __repr__(): string {
    return "<tensorflow.python.framework.ops.Graph object>";
  }
}
nameClass("tensorflow.python.framework.ops.Graph", Graph);

/** Objects that stand for a tensor or operation of a graph: variables. */
interface GraphElement {
  _as_graph_element(): GraphTensor | Operation;
}
function elementOf(obj: unknown): unknown {
  if (obj instanceof String) return String(obj);
  if (
    typeof obj === "object" &&
    obj !== null &&
    typeof (obj as Partial<GraphElement>)._as_graph_element === "function"
  )
    return (obj as GraphElement)._as_graph_element();
  return obj;
}

const wordsOf = (e: unknown): string | undefined => {
  if (!(e instanceof OpError)) return undefined;
  const m = /^\{\{function_node [^}]*\}\} ([\s\S]*?) \[Op:[^\]]*\](?: name: .*)?$/.exec(e.message);
  return m ? m[1]! : e.message;
};

/** Operations whose messages show shapes that were given as values. */
const PARTIAL = new Set(["Reshape", "BroadcastTo", "Fill"]);
/** Inputs whose values shape inference looks at, and so tells of. */
const READS = new Set([
  "Reshape:shape",
  "ConcatV2:axis",
  "Fill:dims",
  "BroadcastTo:shape",
  "Transpose:perm",
  "ExpandDims:dim",
  "Split:split_dim",
  "Sum:reduction_indices",
  "Mean:reduction_indices",
  "Max:reduction_indices",
  "Min:reduction_indices",
  "Prod:reduction_indices",
  "GatherV2:axis",
  "Tile:multiples",
  "Pad:paddings",
]);

/** The argument that each input belongs to. */
const argumentNames = (def: OpDef, attrs: Readonly<Record<string, unknown>>): string[] =>
  def.inputs.flatMap((a) =>
    Array.from(
      {
        length: a.numberAttr
          ? Number(attrs[a.numberAttr])
          : a.typeListAttr
            ? ((attrs[a.typeListAttr] ?? []) as unknown[]).length
            : 1,
      },
      () => a.name,
    ),
  );

/** Element types of the outputs. */
export function outputTypes(def: OpDef, attrs: Readonly<Record<string, unknown>>, row?: OpRow): DType[] {
  const a = new Attrs(def, attrs);
  return def.outputs.flatMap((o) => {
    if (o.typeListAttr) return [...a.types(o.typeListAttr)];
    const type = o.type ? typeNamed(o.type) : a.type(o.typeAttr!);
    const n = o.numberAttr
      ? attrs[o.numberAttr] === undefined
        ? (row?.count?.(a) ?? a.int(o.numberAttr))
        : a.int(o.numberAttr)
      : 1;
    return Array.from({ length: n }, () => type);
  });
}
