import { CustomNode } from "@cognate/tensor";
import type { Datum } from "../core/row.js";
import { Value } from "../shared.js";
import { registerExecutors } from "./executors.js";
import type { Graph } from "./graph.js";
import type { Operation } from "./operation.js";
import { Plan } from "./plan.js";
import type { GraphTensor } from "./tensor.js";

/*
 * Gradients of one's own in graphs: the nodes that compute them are made with the graph, from nodes that stand for the
 * gradients of the results; a tape that comes by runs them.
 */

interface Own {
  readonly ys: number;
  readonly xs: number;
  readonly dys: readonly GraphTensor[];
  readonly grads: readonly (GraphTensor | null)[];
  /** What the gradients' nodes use of the rest of the graph. */
  readonly captured: readonly GraphTensor[];
}

/** The results as nodes whose derivatives in `xs` are those that `grad` gives. */
export function customGradientNode(
  g: Graph,
  ys: readonly GraphTensor[],
  xs: readonly GraphTensor[],
  grad: (dys: readonly GraphTensor[]) => readonly (GraphTensor | null)[],
): readonly GraphTensor[] {
  const name = g.names.unique("IdentityN");
  const dys = ys.map(
    (y) => g.addOp({ type: "Placeholder", name: `${name}/dy`, outputs: [[y.dtype, y._dims]] }).outputs[0]!,
  ) as GraphTensor[];
  const from = g.get_operations().length;
  const grads = grad(dys);
  const made = g.get_operations().slice(from);
  const own = new Set<Operation>(made);
  const known = new Set<GraphTensor>(dys);
  const captured = new Set<GraphTensor>();
  for (const t of [...made.flatMap((op) => op.inputs), ...grads.filter((t) => t !== null)])
    if (!own.has(t.op) && !known.has(t)) captured.add(t);
  const attrs: Own = { ys: ys.length, xs: xs.length, dys, grads, captured: [...captured] };
  return g.addOp({
    type: "_CustomGradient",
    name: `${name}/`,
    inputs: [...ys, ...xs, ...captured],
    outputs: ys.map((y) => [y.dtype, y._dims] as const),
    attrs: attrs as unknown as Record<string, unknown>,
  }).outputs as readonly GraphTensor[];
}

registerExecutors({
  _CustomGradient: (op) => {
    const own = op.attrs as unknown as Own;
    const wanted = own.grads.filter((t): t is GraphTensor => t !== null);
    let plan: Plan | null = null;
    return (inputs, run) => {
      const ys = inputs.slice(0, own.ys);
      const xs = inputs.slice(own.ys, own.ys + own.xs) as Value[];
      const rest = inputs.slice(own.ys + own.xs).map((d) => (d instanceof Value ? (d.detach() as Value) : d));
      if (!xs.some((v) => v instanceof Value && v.requiresGrad)) return ys;
      const outs = ys.map((y) => (y as Value).detach() as Value);
      const node = new CustomNode(
        "CustomGradient",
        xs,
        outs.map((y) => ({ shape: y.shape, dtype: y.dtype })),
        (gys) => {
          plan ??= new Plan(op.graph as Graph, wanted, [], [...own.dys, ...own.captured]);
          const dys: Datum[] = outs.map((y, i) => gys[i] ?? (y.full(y.shape, 0) as Value));
          const got = plan.run([...dys, ...rest], { store: run.store, tracked: false });
          let k = 0;
          return own.grads.map((t) => (t === null ? null : (got[k++] as Value)));
        },
      );
      outs.forEach((y, k) => {
        y.setNode(node, k);
      });
      return outs;
    };
  },
});
