import { run as runKernel } from "@cognate/keras/tensorflow";
import { int32, ops, Strided, scalarArray } from "@cognate/kernel";
import { int32 as int32Type } from "../core/dtypes.js";
import type { Datum, Dims } from "../core/row.js";
import { Value } from "../shared.js";
import { callGraph, named, trace } from "./control.js";
import { type MakeExec, registerExecutors } from "./executors.js";
import type { FuncGraph } from "./func-graph.js";
import type { Graph } from "./graph.js";
import { RunProblem } from "./run-problem.js";
import type { GraphTensor } from "./tensor.js";

/**
 * A function called along the first axis of its inputs, states handed on: `states, y_t = f(t, x_t, states)`; gives the last
 * states, then the y_t stacked.
 */
const scanExec: MakeExec = (op) => {
  const body = op.attrs["body"] as FuncGraph;
  const xs = Number(op.attrs["xs"]);
  const states = Number(op.attrs["states"]);
  const backwards = Boolean(op.attrs["reverse"]);
  const outs = body.outputs.length - states;
  const shapes = op.attrs["element_shapes"] as readonly Dims[];
  return (inputs, run) => {
    const sequences = inputs.slice(0, xs) as Value[];
    const steps = xs > 0 ? sequences[0]!.shape[0]! : Number(op.attrs["steps"]);
    for (const s of sequences)
      if (s.shape[0] !== steps)
        throw new RunProblem(`A sequence has ${s.shape[0]} steps where another has ${steps}.`);
    let carried: readonly Datum[] = inputs.slice(xs, xs + states);
    const captures = inputs.slice(xs + states);
    const rows = sequences.map((s) => rowsOf(s));
    const made: Value[][] = Array.from({ length: outs }, () => []);
    for (let k = 0; k < steps; k++) {
      const t = backwards ? steps - 1 - k : k;
      const out = callGraph(
        body,
        [new Value(stepNumber(t)), ...rows.map((r) => r(t)), ...carried, ...captures],
        run,
      );
      carried = out.slice(0, states);
      for (let i = 0; i < outs; i++) made[i]!.push(out[states + i] as Value);
    }
    const stacked = made.map((list, i) => {
      if (list.length === 0) return emptyOf(op.outputs[states + i]!, shapes[i] ?? []);
      if (backwards) list.reverse();
      return runKernel(ops.stack as never, list, { dim: 0 } as never) as Value;
    });
    return [...carried, ...stacked];
  };
};

const rowsOf =
  (s: Value) =>
  (t: number): Value =>
    runKernel(ops.indexView as never, [s], { items: [{ kind: "select", index: t }] } as never) as Value;

const stepNumber = (t: number): Strided => scalarArray(t, int32);
const emptyOf = (t: GraphTensor, dims: Dims): Value =>
  new Value(Strided.zeros(t.dtype.kernel, [0, ...(dims ?? []).map((d) => d ?? 0)]));

registerExecutors({ _Scan: scanExec });

/** What {@link addScan} walks along. */
export interface ScanParts {
  /** Tensors whose first axis is time. */
  readonly xs: readonly GraphTensor[];
  readonly states: readonly GraphTensor[];
  readonly reverse?: boolean;
}

/** Adds a scan. `body` gives the next states and what is stacked; `first` is the number of the states' first exit. */
export function addScan(
  graph: Graph,
  { xs, states, reverse = false }: ScanParts,
  body: (
    t: GraphTensor,
    xs: readonly GraphTensor[],
    states: readonly GraphTensor[],
  ) => { states: readonly unknown[]; ys: readonly unknown[] },
  scope: string,
  first = 3,
): { states: GraphTensor[]; ys: GraphTensor[] } {
  const step = trace(graph, "body", (g) => {
    const t = g.input({ dtype: int32Type, _dims: [] }, "time");
    const ins = xs.map((x) =>
      g.input({ dtype: x.dtype, _dims: x._dims === null ? null : x._dims.slice(1) }, "x"),
    );
    const carried = states.map((s) => g.input(s, "state"));
    const out = body(t, ins, carried);
    return [...out.states, ...out.ys];
  });
  const { outputs } = step.graph;
  const n = states.length;
  const length = xs.map((x) => x._dims?.[0] ?? null).find((d) => d !== null) ?? null;
  const elements = outputs.slice(n).map((t) => t._dims);
  const op = graph.addOp({
    type: "_Scan",
    name: "Scan",
    inputs: [...xs, ...states, ...step.graph.captured],
    attrs: { body: step.graph, xs: xs.length, states: n, reverse, element_shapes: elements },
    outputs: outputs.map(
      (t, i) => [t.dtype, i < n ? states[i]!._dims : t._dims === null ? null : [length, ...t._dims]] as const,
    ),
  });
  const states_ = op.outputs.slice(0, n).map((t, i) => named(graph, t, `${scope}Exit_${i + first}/`));
  return { states: states_, ys: op.outputs.slice(n) };
}
