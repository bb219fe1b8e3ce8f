import { repr, TypeError, ValueError } from "@cognate/py";
import { withGraph } from "../core/context.js";
import { standsForTensor } from "../core/convert.js";
import type { Datum, Dims } from "../core/row.js";
import { numbers } from "../kernels/tools.js";
import { Value } from "../shared.js";
import { toGraphTensor } from "./convert.js";
import { type MakeExec, registerExecutors } from "./executors.js";
import { FuncGraph } from "./func-graph.js";
import type { Graph } from "./graph.js";
import * as nest from "./nest.js";
import { Operation } from "./operation.js";
import { Plan, type Run } from "./plan.js";
import { RunProblem } from "./run-problem.js";
import { commonDims, dimsText } from "./shape.js";
import type { GraphTensor } from "./tensor.js";

/** The plan of a function's graph: its inputs and captures fed, its outputs fetched. Compiled once, and again when the graph grew. */
const plans = new WeakMap<FuncGraph, { plan: Plan; version: number }>();
export function planOf(f: FuncGraph): Plan {
  const known = plans.get(f);
  if (known && known.version === f._version) return known.plan;
  const targets = (f.notes.get("targets") as readonly Operation[] | undefined) ?? [];
  const plan = new Plan(f, f.outputs, targets, [...f.inputs, ...f.captureInputs], true);
  plans.set(f, { plan, version: f._version });
  return plan;
}

/** Calls a function's graph. */
export const callGraph = (f: FuncGraph, inputs: readonly Datum[], run: Run): Datum[] =>
  planOf(f).run(inputs, run);

/** Whether a condition holds: one bool, or a number that is not zero. */
export function truthOf(d: Datum): boolean {
  if (!(d instanceof Value) || d.size !== 1)
    throw new RunProblem("The condition of a branch or loop must be one element.");
  return numbers(d)[0] !== 0;
}

/** A function's graph, traced: what it gives, in the structure that it gave it in. */
export interface Traced {
  readonly graph: FuncGraph;
  readonly structure: unknown;
}

/** Records what `f` makes in a graph of its own; its tensors become outputs. Operations and `null` have none. */
export function trace(outer: Graph, title: string, f: (g: FuncGraph) => unknown): Traced {
  const graph = new FuncGraph(title, outer);
  const structure = withGraph(graph, () => {
    const value = f(graph);
    const controls: Operation[] = [];
    const mapped = mapLeaves(value, (x) => {
      if (x instanceof Operation) {
        controls.push(x);
        return null;
      }
      if (x === null || x === undefined) return null;
      return toGraphTensor(graph, x);
    });
    graph.outputs = leavesOf(mapped).filter((x): x is GraphTensor => x !== null);
    if (controls.length > 0) graph.notes.set("targets", controls);
    return mapped;
  });
  return { graph, structure };
}

const isPacked = (x: unknown): boolean =>
  typeof x === "object" && x !== null && (standsForTensor(x) || x instanceof Operation);

/** Maps the leaves of nested lists, tuples and dicts. */
export function mapLeaves(x: unknown, f: (leaf: unknown) => unknown): unknown {
  if (x === null || isPacked(x)) return f(x);
  return nest.map(f, x);
}
export const leavesOf = (x: unknown): unknown[] => (x === null || isPacked(x) ? [x] : nest.flatten(x));

const branchExec: MakeExec = (op) => {
  const [yes, no] = [op.attrs["then_branch"], op.attrs["else_branch"]] as [FuncGraph, FuncGraph];
  const [first, second] = [yes.captured.length, no.captured.length];
  return (inputs, run) =>
    truthOf(inputs[0]!)
      ? callGraph(yes, inputs.slice(1, 1 + first), run)
      : callGraph(no, inputs.slice(1 + first, 1 + first + second), run);
};

const loopExec: MakeExec = (op) => {
  const [cond, body] = [op.attrs["cond"], op.attrs["body"]] as [FuncGraph, FuncGraph];
  const n = Number(op.attrs["n"]);
  const most =
    op.attrs["maximum_iterations"] === null
      ? Number.POSITIVE_INFINITY
      : Number(op.attrs["maximum_iterations"]);
  const test = cond.captured.length;
  return (inputs, run) => {
    let vars: readonly Datum[] = inputs.slice(0, n);
    const condCaptures = inputs.slice(n, n + test);
    const bodyCaptures = inputs.slice(n + test);
    for (let i = 0; i < most; i++) {
      if (!truthOf(callGraph(cond, [...vars, ...condCaptures], run)[0]!)) break;
      vars = callGraph(body, [...vars, ...bodyCaptures], run);
    }
    return vars;
  };
};

registerExecutors({ _If: branchExec, _While: loopExec });

export const wrongTypes = (a: GraphTensor, b: GraphTensor): TypeError =>
  new TypeError(
    `Outputs of 'true_fn' and 'false_fn' must have the same type(s). Received ${a.dtype.name} from 'true_fn' and ${b.dtype.name} from 'false_fn'.`,
  );

/** Adds a branch: outputs in the structure of the first function's. */
export function addBranch(graph: Graph, pred: GraphTensor, yes: Traced, no: Traced, scope: string): unknown {
  const outs = yes.graph.outputs.map((t, i) => {
    const other = no.graph.outputs[i]!;
    if (t.dtype !== other.dtype) throw new ValueError(wrongTypes(t, other).message);
    return [t.dtype, commonDims(t._dims, other._dims)] as const;
  });
  const op = graph.addOp({
    type: "_If",
    name: "If",
    inputs: [pred, ...yes.graph.captured, ...no.graph.captured],
    attrs: { then_branch: yes.graph, else_branch: no.graph },
    outputs: outs,
  });
  const merged = op.outputs.map((t, i) => named(graph, t, `${scope}Merge${i > 0 ? `_${i}` : ""}/`));
  let k = 0;
  const result = mapLeaves(yes.structure, (x) => (x === null ? op : merged[k++]!));
  return result;
}

/** The tensor under another name. */
export const named = (graph: Graph, t: GraphTensor, name: string): GraphTensor =>
  graph.addOp({ type: "Identity", name, inputs: [t], attrs: { T: t.dtype }, outputs: [[t.dtype, t._dims]] })
    .outputs[0]!;

export interface LoopOptions {
  readonly maximum_iterations?: number | null;
  /** Static shapes of the variables, `undefined` for those that follow from their values. */
  readonly invariants?: readonly (Dims | undefined)[];
  readonly parallel?: number;
  /** The number of the first result among the loop's exits: a counter of iterations stands before. */
  readonly first?: number;
}

/** Adds a loop over variables; gives their last values. */
export function addLoop(
  graph: Graph,
  vars: readonly GraphTensor[],
  cond: (vars: readonly GraphTensor[]) => unknown,
  body: (vars: readonly GraphTensor[]) => readonly unknown[],
  scope: string,
  { maximum_iterations = null, invariants = [], first = 0 }: LoopOptions = {},
): GraphTensor[] {
  const dims = vars.map((v, i) => (invariants[i] === undefined ? v._dims : invariants[i]!));
  const inputsOf = (g: FuncGraph): GraphTensor[] =>
    vars.map((v, i) => g.input({ dtype: v.dtype, _dims: dims[i]! }, `Identity${i > 0 ? `_${i}` : ""}`));
  const test = trace(graph, "cond", (g) => cond(inputsOf(g)));
  const step = trace(graph, "body", (g) => {
    const ins = inputsOf(g);
    const out = body(ins);
    if (out.length !== vars.length)
      throw new ValueError(
        `The two structures don't have the same nested structure.\n\nFirst structure: type=list str=${repr(vars)}\n\nSecond structure: type=list str=${repr(out)}`,
      );
    return out.map((x, i) => toGraphTensor(g, x, undefined, null, vars[i]!.dtype));
  });
  step.graph.outputs.forEach((t, i) => {
    const v = vars[i]!;
    if (t.dtype !== v.dtype)
      throw new TypeError(
        `Input tensor '${v.name}' enters the loop with type ${v.dtype.name} but has type ${t.dtype.name} after 1 iteration.`,
      );
    const [before, after] = [dims[i]!, t._dims];
    const fits =
      before === null ||
      (after !== null &&
        before.length === after.length &&
        before.every((d, k) => d === null || d === after[k]));
    if (!fits)
      throw new ValueError(
        `Input tensor '${v.name}' enters the loop with shape ${dimsText(before)}, but has shape ${dimsText(after)} after one iteration. To allow the shape to vary across iterations, use the \`shape_invariants\` argument of tf.while_loop to specify a less-specific shape.`,
      );
  });
  const op = graph.addOp({
    type: "_While",
    name: "While",
    inputs: [...vars, ...test.graph.captured, ...step.graph.captured],
    attrs: { cond: test.graph, body: step.graph, n: vars.length, maximum_iterations },
    outputs: vars.map((v, i) => [v.dtype, dims[i]!] as const),
  });
  return op.outputs.map((t, i) => named(graph, t, `${scope}Exit${i + first > 0 ? `_${i + first}` : ""}/`));
}
