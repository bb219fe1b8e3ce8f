import {
  isDifferentiable,
  type Operand,
  type OpRow,
  type Scalar,
  type Strided,
  type ViewStep,
} from "@cognate/kernel";
import { pushForward, setForwardCalls } from "./autograd/forward.js";
import { forward, gradEnabled } from "./autograd/mode.js";
import { OpNode } from "./autograd/op-node.js";
import { refreshView } from "./autograd/view.js";
import { installMethods } from "./methods.js";
import { setRefreshView, Value } from "./value.js";

/** What a row may be called with. */
export type Input = Value | Scalar | null;

/**
 * Calls a row of the op table: computes, and records the call where gradients are wanted.
 *
 * The inputs have one element type already (façades promote by their own rules). Several results come as an array.
 */
export function apply<P>(row: OpRow<P>, inputs: readonly Input[], params: P): Value | Value[] {
  const n = inputs.length;
  const arrays = new Array<Operand>(n);
  let track = false;
  for (let i = 0; i < n; i++) {
    const x = inputs[i]!;
    if (x instanceof Value) {
      arrays[i] = x.array;
      if (!track && x.requiresGrad) track = true;
    } else arrays[i] = x;
  }
  const result = row.run(arrays, params);
  if (Array.isArray(result)) {
    const ys = (result as readonly Strided[]).map((a) => new Value(a));
    if (track && gradEnabled() && row.backward) record(row, inputs, params, ys);
    if (forward.depth > 0) pushForward(row as OpRow, inputs, params, ys);
    return ys;
  }
  const y = new Value(result as Strided);
  if (row.view) linkView(row, inputs[0] as Value, params, y);
  if (track && gradEnabled() && row.backward && isDifferentiable(y.array.dtype)) {
    const node = new OpNode(row as OpRow, params, inputs, [y.array]);
    y.setNode(node, 0);
    node.save(inputs, [y]);
  }
  if (forward.depth > 0) pushForward(row as OpRow, inputs, params, [y]);
  return y;
}

/** {@link apply} for a row of one result. */
export const call = <P>(row: OpRow<P>, inputs: readonly Input[], params: P): Value =>
  apply(row, inputs, params) as Value;

/** {@link apply} for a row of several results. */
export const callMany = <P>(row: OpRow<P>, inputs: readonly Input[], params: P): Value[] =>
  apply(row, inputs, row.unrecorded && !recorded(inputs) ? row.unrecorded(params) : params) as Value[];

/** Whether a derivative may be asked of what is made of these. */
const recorded = (inputs: readonly Input[]): boolean =>
  forward.depth > 0 || (gradEnabled() && inputs.some((x) => x instanceof Value && x.requiresGrad));

function record<P>(row: OpRow<P>, inputs: readonly Input[], params: P, ys: readonly Value[]): void {
  const node = new OpNode(
    row as OpRow,
    params,
    inputs,
    ys.map((y) => y.array),
  );
  ys.forEach((y, k) => {
    if (isDifferentiable(y.array.dtype)) y.setNode(node, k);
  });
  node.save(inputs, ys);
}

/** Notes that y looks at the memory of x, so that in-place writes to one reach the history of the other. */
function linkView<P>(row: OpRow<P>, x: Value, params: P, y: Value): void {
  if (!(x instanceof Value) || x.array.storage !== y.array.storage) return;
  y.weak = x.weak;
  const steps: readonly ViewStep[] =
    row.name === "viewChain"
      ? (params as unknown as { chain: readonly ViewStep[] }).chain
      : [{ op: row.name as ViewStep["op"], params }];
  const version = y.array.storage.version;
  y.view = x.view
    ? { base: x.view.base, since: x.view.since, chain: [...x.view.chain, ...steps], seen: version }
    : { base: x, since: x.undo?.length ?? 0, chain: steps, seen: version };
}

// Here and not in modules of their own, because every user of values loads this one.
setForwardCalls({ apply: apply as never });
setRefreshView(refreshView);
installMethods(apply);
