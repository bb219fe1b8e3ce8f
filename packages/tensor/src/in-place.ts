import {
  isDifferentiable,
  type Operand,
  type OpRow,
  ops,
  type Scalar,
  type Strided,
  type ViewStep,
} from "@cognate/kernel";
import { call, type Input } from "./apply.js";
import {
  innermostOf,
  isMapped,
  markMapped,
  pushForward,
  setForwardCalls,
  setTangent,
  writeTangents,
} from "./autograd/forward.js";
import { forward, gradEnabled } from "./autograd/mode.js";
import { OpNode } from "./autograd/op-node.js";
import { chainOf } from "./autograd/view.js";
import { AutogradError } from "./errors.js";
import { Value } from "./value.js";

/**
 * Calls a row and writes its result over its first input, whose history becomes that of the result; a view's base
 * follows. The result is converted to the target's element type; façades decide beforehand whether that may be.
 *
 * @throws AutogradError for a leaf that wants a gradient, a view of one, and overlapping memory.
 */
export function applyInPlace<P>(row: OpRow<P>, inputs: readonly Input[], params: P): Value {
  const target = inputs[0] as Value;
  if (forward.depth > 0 && inputs.some((x) => x instanceof Value && isMapped(x))) markMapped(target);
  if (forward.depth === 0 || !innermostOf(inputs)) return overwrite(row, inputs, params, target);
  // Tangents are those of the result out of place, from before the target is overwritten.
  const arrays: Operand[] = inputs.map((x) => (x instanceof Value ? x.array : x));
  const result = new Value(cloneOf(row.run(arrays, params) as Strided));
  pushForward(row as OpRow, inputs, params, [result]);
  overwrite(row, inputs, params, target);
  writeTangents(target, result);
  return target;
}

function overwrite<P>(row: OpRow<P>, inputs: readonly Input[], params: P, target: Value): Value {
  const track = gradEnabled() && inputs.some((x) => x instanceof Value && x.requiresGrad);
  checkWritable(target);
  if (!track || !row.backward || !isDifferentiable(target.dtype)) {
    write(row, inputs, params, target.array);
    return target;
  }
  const first = row.inputs[0]!;
  const condition = row.saveIf[first];
  const keeps =
    row.saves.includes(first) &&
    (condition === undefined ||
      (inputs[row.inputs.indexOf(condition)] as Value | Scalar as Value)?.requiresGrad === true);
  const [node, output] = [target.node, target.output];
  const original = keeps ? new Value(cloneOf(target.array), node, output) : undefined;
  const made = new OpNode(row as OpRow, params, inputs, [target.array]);
  write(row, inputs, params, target.array);
  if (target.view) {
    const { base } = target.view;
    const chain = chainOf(target.view);
    const scatter = new OpNode(ops.viewScatter as unknown as OpRow, { chain }, [base, target], [base.array]);
    scatter.edges = [base.edge(), { node: made, output: 0 }];
    scatter.label = COPY_SLICES;
    base.setNode(scatter, 0);
  } else target.setNode(made, 0);
  made.save(inputs, [target], original);
  return target;
}

/**
 * Changes how a value sees its memory, without a copy: `row` is a view row, and the value becomes its result
 * (`unsqueeze_`, `t_`). `undo` is the step back, by which views taken before keep seeing what they saw.
 *
 * @throws AutogradError for a leaf that wants a gradient.
 */
export function applyViewInPlace<P>(row: OpRow<P>, target: Value, params: P, undo: ViewStep): Value {
  const track = gradEnabled() && target.requiresGrad;
  if (track && target.isLeaf) throw new AutogradError({ kind: "leaf-in-place" });
  const array = row.run([target.array], params) as Strided;
  const node = track ? new OpNode(row as OpRow, params, [target], [array]) : null;
  const { view } = target;
  const step = { op: row.name as ViewStep["op"], params };
  if (view) target.view = { ...view, chain: [...view.chain, step] };
  else target.undo = [...(target.undo ?? []), undo];
  target.array = array;
  if (node) target.setNode(node, 0);
  if (target.tangents)
    for (const [level, t] of target.tangents) setTangent(target, level, call(row, [t], params));
  return target;
}

/** The label of the node that a base gets when a view of it is written in place. */
export const COPY_SLICES = "copySlices";

const cloneOf = (x: Strided): Strided => ops.cast.run([x], { dtype: x.dtype }) as Strided;

function write<P>(row: OpRow<P>, inputs: readonly Input[], params: P, out: Strided): void {
  const arrays: Operand[] = inputs.map((x) => (x instanceof Value ? x.array : x));
  const result = row.run(arrays, params, out) as Strided;
  if (result !== out) ops.assign.run([out, result], undefined, out);
  out.storage.version++;
}

setForwardCalls({
  assign: (target, x) => void applyInPlace(ops.assign as unknown as OpRow, [target, x], undefined),
});

/** @throws AutogradError where an in-place write is not allowed. */
export function checkWritable(target: Value): void {
  if (gradEnabled()) {
    if (target.isLeaf && target.requiresGrad) throw new AutogradError({ kind: "leaf-in-place" });
    const several = target.view?.several;
    if (several && target.requiresGrad)
      throw new AutogradError({ kind: "several-views-in-place", ...several });
    const base = target.view?.base;
    if (base?.isLeaf && base.requiresGrad) throw new AutogradError({ kind: "view-of-leaf-in-place" });
  }
  const { shape, strides } = target.array;
  for (let i = 0; i < shape.length; i++)
    if (strides[i] === 0 && shape[i]! > 1) throw new AutogradError({ kind: "overlapping-write" });
}
