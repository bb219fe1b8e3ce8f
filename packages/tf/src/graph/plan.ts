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
import { Cell, dereferenced, type Store } from "./runtime.js";
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
  /** How inputs that may be references are read: `RAW`, `READ`, or the slot of the leaf that gradients are taken in. */
  readonly modes: readonly number[] | null;
  /** Outputs that gradients are taken in. */
  readonly leaves: readonly number[];
  /** Outputs that were fed, with the slots of their feeds: the fed value with the history of the computed one. */
  readonly overridden: readonly (readonly [number, number])[];
}

/** Operations that take references as they are. */
const TAKES_REFS =
  /^(Assign|Scatter|Apply|SparseApply|IsVariableInitialized|CountUpTo|Resource|_Apply|_SparseApply|_Uninitialized$|ReadVariableOp|VarIsInitializedOp|VariableShape|If$|While$|StatelessIf$|StatelessWhile$|PartitionedCall$|StatefulPartitionedCall$|_Scan$|_If$|_While$|_InitializedValue$|RefIdentity|DestroyResourceOp|_Call$)/;

/** Operations that pass what they are given on to graphs of their own. */
const PASSES_REFS =
  /^(If$|While$|StatelessIf$|StatelessWhile$|PartitionedCall$|StatefulPartitionedCall$|_If$|_While$|_Call$)/;
const RAW = -2;
const READ = -1;

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
  private readonly _fetchReads: readonly boolean[];
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
    // Reads of references, with the slots of the leaves that they stand for.
    const roots = new Map<GraphTensor, number>();
    const modeOf = (op: Operation, t: GraphTensor, i: number): number => {
      if (!mayRefer(t)) return RAW;
      const root = roots.get(t);
      if (!TAKES_REFS.test(op.type) || (i > 0 && /^(Assign|Scatter)/.test(op.type))) return root ?? READ;
      if (PASSES_REFS.test(op.type)) return root ?? RAW;
      return isRead(outermost(t)) ? (root ?? READ) : RAW;
    };
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
      const [first] = op.outputs;
      const source = op.inputs[0];
      const lazy =
        first !== undefined && isRead(first) && !fed.has(first) && (!leaves.has(first) || source!._isRef());
      if (lazy) {
        const root = leaves.has(first) ? to : roots.get(source!);
        if (root !== undefined) roots.set(first, root);
      }
      const modes = op.inputs.map((t, i) => (lazy ? RAW : modeOf(op, t, i)));
      list.push({
        op,
        exec: lazy ? passOn : execOf(op, facts),
        from: op.inputs.map((t) => slots.get(t)!),
        to,
        modes: modes.every((m) => m === RAW) ? null : modes,
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
    this._fetchReads = fetches.map((t) => inner && t.dtype.name !== "resource" && mayRefer(t));
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
    const held = new Map<number, Held>();
    for (let k = 0; k < _steps.length; k++) {
      const step = _steps[k]!;
      const { from, to } = step;
      const inputs = new Array<Datum>(from.length);
      try {
        if (step.modes)
          for (let i = 0; i < from.length; i++) {
            const d = slots[from[i]!]!;
            const mode = step.modes[i]!;
            inputs[i] =
              mode === RAW || !(d instanceof Cell)
                ? d
                : mode === READ
                  ? d.read()
                  : tracked(held, mode, d, step.op.type === "_Gradients");
          }
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
        if ((v as Datum) instanceof Cell) continue;
        const shared = v.requiresGrad && !inputs.includes(v);
        slots[to + i] = shared ? v : leaf(v);
      }
    }
    // What a function gives is a value; what a session fetches is read when all has run.
    return this._fetchSlots.map((s, i) => (this._fetchReads[i] ? dereferenced(slots[s]!) : slots[s]!));
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

/** A reference that is read anew by all that use it: what they see is what was assigned before they run. */
const passOn: Exec = ([x]) => {
  if (x instanceof Cell) x.read();
  return [x!];
};

/** A leaf of gradients that stands for a variable, and the variable's value on the tape. */
interface Held {
  readonly base: Value;
  from: Value;
  last: Value;
}
/** The value of a variable, with the history of its leaf; the leaf itself where gradients are taken in it. */
function tracked(held: Map<number, Held>, slot: number, cell: Cell, base: boolean): Value {
  const v = cell.read() as Value;
  let h = held.get(slot);
  if (!h) {
    const first = leaf(v);
    h = { base: first, from: v, last: first };
    held.set(slot, h);
  }
  if (base) return h.base;
  if (h.from !== v) {
    h.from = v;
    h.last = withHistory(new Value(v.array), h.base.reshape({ shape: h.base.shape }) as Value);
  }
  return h.last;
}

/** What a tensor of an inner graph stands for outside. */
function outermost(t: GraphTensor): GraphTensor {
  let own = t;
  while (own.op.type === "Placeholder" && own.op.attrs["captured"])
    own = own.op.attrs["captured"] as GraphTensor;
  return own;
}
/** The variable that a reference, or a read of one, is of. */
function variableOf(t: GraphTensor): Operation {
  const own = outermost(t);
  return own.op.inputs.length === 0 ? own.op : variableOf(own.op.inputs[0]!);
}
/**
 * Whether a tensor is a variable's memory under another name, as identities of references are in TensorFlow 1. Of variables that
 * are resources only the read that stands for them is.
 */
function isRead(t: GraphTensor): boolean {
  if (t.op.type !== "Identity" || t.dtype.name === "resource") return false;
  const source = outermost(t.op.inputs[0]!);
  if (!source._isRef() && !isRead(source)) return false;
  const variable = variableOf(source);
  return (
    variable.attrs["_resource"] !== true || (source.op === variable && t.op.name === `${variable.name}/read`)
  );
}
const mayRefer = (t: GraphTensor): boolean => {
  const own = outermost(t);
  return own._isRef() || isRead(own);
};

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
