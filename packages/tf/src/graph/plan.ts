import { reword, startRecording, stopRecording } from "@cognate/keras/tensorflow";
import { DTypeError, isDifferentiable } from "@cognate/kernel";
import { Attrs } from "../core/attrs.js";
import { InternalError, InvalidArgumentError, KernelProblem, NoKernel, OpError } from "../core/errors.js";
import { attrsText, runRow } from "../core/execute.js";
import type { Datum } from "../core/row.js";
import { Value } from "../shared.js";
import { EXECUTORS } from "./executors.js";
import type { Graph } from "./graph.js";
import type { Operation } from "./operation.js";
import { RunProblem } from "./run-problem.js";
import { dereferenced, type Store } from "./runtime.js";
import type { GraphTensor } from "./tensor.js";

/** What is passed along while a plan runs. */
export interface Run {
  readonly store: Store;
  /** Whether something around differentiates what is computed. */
  readonly tracked: boolean;
}

/** Computes an operation's outputs. */
export type Exec = (inputs: readonly Datum[], run: Run) => readonly Datum[];

/** What an executor may know about the plan that it is part of. */
export interface PlanFacts {
  /** Whether an operation's outputs are differentiated in this plan. */
  higher(op: Operation): boolean;
  /** Whether the history must outlive this operation. */
  readonly several: boolean;
}

interface Step {
  readonly op: Operation;
  readonly exec: Exec;
  readonly from: readonly number[];
  readonly to: number;
  /** Inputs that may be references, which are read. */
  readonly reads: boolean;
  /** Outputs that gradients are taken in. */
  readonly leaves: readonly number[];
  /** Outputs that were fed, with the slots of their feeds: the fed value with the history of the computed one. */
  readonly overridden: readonly (readonly [number, number])[];
}

/** Operations that take references as they are. */
const TAKES_REFS =
  /^(Assign|Scatter|Apply|SparseApply|IsVariableInitialized|CountUpTo|Resource|_Apply|_SparseApply|_Uninitialized$|ReadVariableOp|VarIsInitializedOp|VariableShape|If$|While$|StatelessIf$|StatelessWhile$|PartitionedCall$|StatefulPartitionedCall$|_Scan$|_If$|_While$|_InitializedValue$|RefIdentity|DestroyResourceOp|_Call$)/;

const depends = (op: Operation): readonly Operation[] => [
  ...op.inputs.map((t) => t.op),
  ...op.control_inputs,
];

/** The operations that the targets need, each after what it needs; those of which only fed outputs are used are left out. */
function ordered(
  targets: readonly Operation[],
  fed: ReadonlySet<GraphTensor>,
  forced: ReadonlySet<Operation>,
): Operation[] {
  const needed = new Set<Operation>();
  const stack = [...targets];
  for (let op = stack.pop(); op; op = stack.pop()) {
    if (needed.has(op)) continue;
    needed.add(op);
    for (const t of op.inputs) if (!fed.has(t) || forced.has(t.op)) stack.push(t.op);
    stack.push(...op.control_inputs);
  }
  const byAge = [...needed].sort((a, b) => a._id - b._id);
  const place = new Map(byAge.map((op, i) => [op, i]));
  if (byAge.every((op, i) => depends(op).every((d) => !needed.has(d) || place.get(d)! < i))) return byAge;
  const out: Operation[] = [];
  const done = new Set<Operation>();
  const visit = (first: Operation): void => {
    const path: { op: Operation; next: number; deps: readonly Operation[] }[] = [
      { op: first, next: 0, deps: depends(first) },
    ];
    while (path.length > 0) {
      const top = path[path.length - 1]!;
      if (done.has(top.op)) {
        path.pop();
        continue;
      }
      const d = top.deps[top.next++];
      if (d === undefined) {
        done.add(top.op);
        out.push(top.op);
        path.pop();
      } else if (needed.has(d) && !done.has(d)) path.push({ op: d, next: 0, deps: depends(d) });
    }
  };
  for (const op of byAge) visit(op);
  return out;
}

/** Operations from which a set of tensors can be reached. */
export function ancestors(tensors: readonly GraphTensor[]): Set<Operation> {
  const seen = new Set<Operation>();
  const stack = tensors.map((t) => t.op);
  for (let op = stack.pop(); op; op = stack.pop()) {
    if (seen.has(op)) continue;
    seen.add(op);
    for (const t of op.inputs) stack.push(t.op);
  }
  return seen;
}

const everything = { since: 0, noteRead: () => {}, noteRows: () => {} };

/** A graph's fetches and feeds, compiled once: steps in order over numbered slots. */
export class Plan {
  private readonly _steps: readonly Step[];
  private readonly _template: readonly (Datum | undefined)[];
  private readonly _feedSlots: readonly number[];
  private readonly _feedLeaf: readonly boolean[];
  private readonly _fetchSlots: readonly number[];
  private readonly _differentiates: boolean;

  constructor(
    readonly graph: Graph,
    fetches: readonly GraphTensor[],
    targets: readonly Operation[],
    feeds: readonly GraphTensor[],
    inner = false,
  ) {
    const fed = new Set(feeds);
    const wanted = [...fetches.filter((t) => !fed.has(t)).map((t) => t.op), ...targets];
    let steps = ordered(wanted, fed, new Set());
    const gradients = steps.filter((op) => op.type === "_Gradients");
    this._differentiates = gradients.length > 0;
    const leaves = new Set<GraphTensor>();
    const differentiated = new Set<Operation>();
    for (const g of gradients) {
      const n = Number(g.attrs["ys"]);
      const m = Number(g.attrs["xs"]);
      for (const x of g.inputs.slice(n, n + m)) if (isDifferentiable(x.dtype.kernel)) leaves.add(x);
      for (const op of ancestors(g.inputs.slice(0, n))) if (op.type === "_Gradients") differentiated.add(op);
    }
    if (gradients.length > 0 && feeds.length > 0) {
      // A fed tensor between a gradient's ends keeps its history.
      const forced = betweenFeeds(gradients, feeds);
      if (forced.size > 0) steps = ordered([...wanted, ...forced], fed, forced);
    }
    const slots = new Map<GraphTensor, number>();
    let n = 0;
    for (const t of feeds) slots.set(t, n++);
    const template: (Datum | undefined)[] = new Array(n).fill(undefined);
    const facts: PlanFacts = {
      higher: (op) => inner || differentiated.has(op),
      several: inner || gradients.length > 1,
    };
    const list: Step[] = [];
    for (const op of steps) {
      const to = n;
      op.outputs.forEach((t) => {
        if (fed.has(t)) template.push(undefined);
        else {
          slots.set(t, n);
          template.push(op.type === "Const" && !leaves.has(t) ? (op.attrs["value"] as Datum) : undefined);
        }
        n++;
      });
      if (op.type === "Const" && !op.outputs.some((t) => leaves.has(t))) continue;
      if (op.type === "NoOp") continue;
      list.push({
        op,
        exec: execOf(op, facts),
        from: op.inputs.map((t) => slots.get(t)!),
        to,
        reads: !TAKES_REFS.test(op.type) && op.inputs.some(mayRefer),
        leaves: op.outputs.flatMap((t, i) => (leaves.has(t) && !fed.has(t) ? [i] : [])),
        overridden: op.outputs.flatMap((t, i) =>
          fed.has(t) && gradients.length > 0 ? [[i, slots.get(t)!] as const] : [],
        ),
      });
    }
    this._steps = list;
    this._template = template;
    this._feedSlots = feeds.map((t) => slots.get(t)!);
    this._feedLeaf = feeds.map((t) => leaves.has(t));
    this._fetchSlots = fetches.map((t) => slots.get(t)!);
  }

  /** Values of the fetches for values of the feeds. */
  run(feeds: readonly Datum[], run: Run): Datum[] {
    if (!this._differentiates) return this._go(feeds, run);
    startRecording(everything);
    try {
      return this._go(feeds, run);
    } finally {
      stopRecording(everything);
    }
  }

  private _go(feeds: readonly Datum[], run: Run): Datum[] {
    const slots = this._template.slice();
    const { _feedSlots, _steps } = this;
    for (let i = 0; i < _feedSlots.length; i++)
      slots[_feedSlots[i]!] = this._feedLeaf[i] ? leaf(feeds[i] as Value) : feeds[i];
    for (let k = 0; k < _steps.length; k++) {
      const step = _steps[k]!;
      const { from, to } = step;
      const inputs = new Array<Datum>(from.length);
      try {
        if (step.reads) for (let i = 0; i < from.length; i++) inputs[i] = dereferenced(slots[from[i]!]!);
        else for (let i = 0; i < from.length; i++) inputs[i] = slots[from[i]!]!;
        const out = step.exec(inputs, run);
        for (let i = 0; i < out.length; i++) slots[to + i] = out[i];
        for (const [i, slot] of step.overridden)
          slots[slot] = withHistory(slots[slot] as Value, out[i] as Value);
      } catch (e) {
        throw located(e, step.op);
      }
      for (const i of step.leaves) {
        const v = slots[to + i] as Value;
        const shared = v.requiresGrad && !inputs.includes(v);
        slots[to + i] = shared ? v : leaf(v);
      }
    }
    return this._fetchSlots.map((s) => slots[s]!);
  }
}

/** A value in the place of another on the tape. */
function withHistory(v: Value, like: Value): Value {
  if (like.node === null) return v;
  const out = new Value(v.array);
  out.setNode(like.node, like.output);
  return out;
}

/** A value of its own that gradients can be taken in. */
function leaf(v: Value): Value {
  if (v.requiresGrad) return v.reshape({ shape: v.shape }) as Value;
  const own = new Value(v.array);
  own.weak = v.weak;
  own.setRequiresGrad(true);
  return own;
}

const mayRefer = (t: GraphTensor): boolean =>
  t._isRef() ||
  (t.op.type === "Placeholder" && (t.op.attrs["captured"] as GraphTensor | undefined)?._isRef() === true);

/** Operations that compute fed tensors on a way along which gradients go. */
function betweenFeeds(gradients: readonly Operation[], feeds: readonly GraphTensor[]): Set<Operation> {
  const out = new Set<Operation>();
  for (const t of feeds) {
    if (t.op.inputs.length === 0 || !isDifferentiable(t.dtype.kernel)) continue;
    const before = ancestors([t]);
    for (const g of gradients) {
      const n = Number(g.attrs["ys"]);
      const xs = g.inputs.slice(n, n + Number(g.attrs["xs"]));
      if (xs.some((x) => x !== t && before.has(x.op)) && ancestors(g.inputs.slice(0, n)).has(t.op))
        out.add(t.op);
    }
  }
  return out;
}

function execOf(op: Operation, facts: PlanFacts): Exec {
  const make = EXECUTORS[op.type];
  if (make) return make(op, facts);
  const { row, def } = op;
  if (!row || !def) throw new InternalError(`TensorFlow's operation ${op.type} has no counterpart here.`);
  const attrs = new Attrs(def, op.attrs);
  if (op.outputs.length === 1) {
    const only = row.run;
    return (inputs) => {
      const out = only(inputs, attrs);
      return Array.isArray(out) ? (out as readonly Datum[]) : [out as Datum];
    };
  }
  return (inputs) => runRow(row, inputs, attrs);
}

/** An error with the node that it came from, in TensorFlow's form. */
function located(e: unknown, op: Operation): unknown {
  if (e instanceof OpError && e.message.startsWith("Graph execution error")) return e;
  const say = (message: string, kind: new (m: string) => OpError): OpError => {
    const err = new kind(
      `Graph execution error:\n\nDetected at node '${op.name}' defined at (most recent call last):\nNode: '${op.name}'\n${message}\n\t [[{{node ${op.name}}}]]\n\nOriginal stack trace for '${op.name}':\n`,
    );
    Object.assign(err, { op, node_def: op.node_def });
    return err;
  };
  if (e instanceof KernelProblem || e instanceof RunProblem) return say(e.message, e.kind);
  if ((e instanceof NoKernel || e instanceof DTypeError) && op.def) {
    const e = new InvalidArgumentError(
      `No OpKernel was registered to support Op '${op.type}' used by {{node ${op.name}}} with these attrs: [${attrsText(op.def, op.attrs)}]\nRegistered devices: [CPU]\nRegistered kernels:\n\t [[${op.name}]]`,
    );
    return Object.assign(e, { op, node_def: op.node_def });
  }
  const words = e instanceof OpError ? e : reword(e, op.type);
  if (words instanceof OpError) {
    const m = /^\{\{function_node [^}]*\}\} ([\s\S]*?) \[Op:[^\]]*\](?: name: .*)?$/.exec(words.message);
    return say(m ? m[1]! : words.message, words.constructor as new (m: string) => OpError);
  }
  return e;
}
