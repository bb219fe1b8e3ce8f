import { ValueError } from "@cognate/py";
import { toGraphTensor } from "../graph/convert.js";
import { get_default_graph } from "../graph/current.js";
import { gradientTensors } from "../graph/gradients.js";
import type { Graph } from "../graph/graph.js";
import type { GraphTensor } from "../graph/tensor.js";
import { GraphVariable } from "../graph/variable.js";
import { IndexedSlices } from "./indexed-slices.js";
import { v1 } from "./make.js";
import { node } from "./random-ops.js";
import { addLoopScan } from "./scan-hessian.js";

const listOf = (x: unknown): unknown[] => (Array.isArray(x) ? [...x] : [x]);

/** What gradients are taken in for a thing: the reads of a variable, a tensor itself. */
function sourceOf(g: Graph, x: unknown): GraphTensor {
  if (x instanceof GraphVariable) return g.capture(x._snapshot);
  const t = toGraphTensor(g, x, undefined, "x");
  // A reference is read by the one operation that was made for it.
  if (t._isRef()) return t._consumers.find((op) => op.type === "Identity")?.outputs[0] ?? t;
  return t;
}

/** Operations that look rows up, whose gradients name the rows. */
const isLookup = (t: GraphTensor, x: GraphTensor): boolean =>
  t.op.type === "GatherV2" && t.op.inputs[0] === x && Number(t.op.attrs.batch_dims ?? 0) === 0;

export type Gradient = GraphTensor | IndexedSlices | null;

/** Gradients as tensors, or as rows where a variable is only looked up in. */
export function gradientsOf(
  ys: readonly unknown[],
  xs: readonly unknown[],
  {
    grad_ys = [],
    name = "gradients",
    stop_gradients = [],
    gated = false,
  }: {
    grad_ys?: readonly unknown[];
    name?: string;
    stop_gradients?: readonly unknown[];
    gated?: boolean;
  } = {},
): Gradient[] {
  const g = get_default_graph();
  const y = ys.map((t) => toGraphTensor(g, t, undefined, "y"));
  const sources = xs.map((x) => sourceOf(g, x));
  const starts = grad_ys.map((t, i) =>
    t === null ? null : toGraphTensor(g, t, y[i]!.dtype, `grad_ys_${i}`),
  );
  const stops = stop_gradients.map((t) => sourceOf(g, t));
  const ends: GraphTensor[] = [];
  const plans = sources.map((s, i): { at: number[]; lookups: GraphTensor[] | null } => {
    const uses = s._consumers.filter((op, k, all) => all.indexOf(op) === k && op.type !== "_Gradients");
    const rows = uses.flatMap((op) => op.outputs).filter((t) => isLookup(t, s));
    const only =
      rows.length > 0 &&
      xs[i] instanceof GraphVariable &&
      uses.every((op) => op.type === "GatherV2" || !leads(op.outputs, y));
    const targets = only ? rows.filter((t) => leads([t], y)) : [s];
    const at = targets.map((t) => ends.push(t) - 1);
    return { at, lookups: only && targets.length > 0 ? targets : null };
  });
  const raw = gradientTensors(g, y, ends, { grad_ys: starts, name, stop_gradients: stops, gated });
  return plans.map(({ at, lookups }, i) => {
    const got = at.map((k) => raw[k] ?? null);
    if (!lookups) return got[0] ?? null;
    const parts = lookups.flatMap((t, k) => (got[k] ? [[t, got[k]!] as const] : []));
    if (parts.length === 0) return null;
    return g.scoped(`${name}/${lookups[0]!.op.name}_grad`, () => {
      const s = sources[i]!;
      const tail = s._dims === null ? null : s._dims.slice(1);
      const slices = parts.map(([t, grad]) => ({
        values: tail === null ? grad : node(g, "Reshape", [grad, [-1, ...tail.map((d) => d ?? -1)]]),
        indices: node(g, "Reshape", [t.op.inputs[1]!, [-1]], {}, "Reshape_1"),
      }));
      const dense = node(g, "Cast", [node(g, "Shape", [s])], { DstT: slices[0]!.indices.dtype });
      if (slices.length === 1) return new IndexedSlices(slices[0]!.values, slices[0]!.indices, dense);
      return new IndexedSlices(
        node(g, "ConcatV2", [slices.map((p) => p.values), 0], {}, "concat"),
        node(g, "ConcatV2", [slices.map((p) => p.indices), 0], {}, "concat_1"),
        dense,
      );
    });
  });
}

function leads(from: readonly GraphTensor[], to: readonly GraphTensor[]): boolean {
  const seen = new Set(from);
  const stack = [...from];
  const ends = new Set(to);
  for (let t = stack.pop(); t; t = stack.pop()) {
    if (ends.has(t)) return true;
    for (const op of t._consumers)
      for (const out of op.outputs)
        if (!seen.has(out)) {
          seen.add(out);
          stack.push(out);
        }
  }
  return false;
}

/**
 * Σ ∂y/∂x for each x, as tensors of the graph; `null` where no y depends on x.
 *
 * @example
 * ```ts
 * import * as tf from "@cognate/tf/v1";
 * import { print } from "@cognate/py";
 * const x = tf.constant([1.5, -2]);
 * const [g] = tf.gradients(tf.reduce_sum(tf.square(x)), x);
 * print(tf.Session((sess) => sess.run(g))); // prints [ 3. -4.]
 * ```
 */
export const gradients = v1(
  "gradients",
  "ys xs grad_ys name colocate_gradients_with_ops gate_gradients aggregation_method stop_gradients unconnected_gradients",
  (
    ys: unknown,
    xs: unknown,
    grad_ys: unknown = null,
    name = "gradients",
    _colocate: boolean = false,
    gate_gradients = false,
    _aggregation: unknown = null,
    stop_gradients: unknown = null,
    unconnected_gradients: unknown = "none",
  ): Gradient[] => {
    const y = listOf(ys);
    const x = listOf(xs);
    const starts = grad_ys === null ? [] : listOf(grad_ys);
    if (starts.length > 0 && starts.length !== y.length)
      throw new ValueError(`Passed ${starts.length} grad_ys for ${y.length} ys`);
    for (const t of y) if (t === null) throw new ValueError("None values not supported.");
    const out = gradientsOf(y, x, {
      grad_ys: starts,
      name,
      stop_gradients: stop_gradients === null ? [] : listOf(stop_gradients),
      gated: gate_gradients,
    });
    if (
      String((unconnected_gradients as { value?: string } | null)?.value ?? unconnected_gradients) !== "zero"
    )
      return out;
    return out.map((g, i) => g ?? node(get_default_graph(), "ZerosLike", [x[i]], {}, "zeros_like"));
  },
);

/** The Hessian of Σ ys in each x alone: second derivatives, of the shape of x twice. */
export const hessians = v1(
  "hessians",
  "ys xs name colocate_gradients_with_ops gate_gradients aggregation_method",
  (
    ys: unknown,
    xs: unknown,
    name = "hessians",
    _colocate = false,
    gate_gradients = false,
    _aggregation: unknown = null,
  ): GraphTensor[] => {
    const x = listOf(xs);
    const first = gradients(ys, x, null, name, false, gate_gradients) as Gradient[];
    const g = get_default_graph();
    return first.map((gradient, i) => {
      if (gradient === null) throw new ValueError("None values not supported.");
      const dense = gradient instanceof IndexedSlices ? gradient._as_tensor() : gradient;
      return addLoopScan(g, dense, sourceOf(g, x[i]));
    });
  },
);
