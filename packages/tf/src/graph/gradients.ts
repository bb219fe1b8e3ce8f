import { isDifferentiable } from "@cognate/kernel";
import { LookupError, ValueError } from "@cognate/py";
import { runBackward } from "@cognate/tensor";
import type { Datum } from "../core/row.js";
import type { Value } from "../shared.js";
import { type MakeExec, registerExecutors } from "./executors.js";
import { gradientName } from "./gradient-names.js";
import type { Graph } from "./graph.js";
import type { Operation } from "./operation.js";
import type { GraphTensor } from "./tensor.js";

/** Operations through which no gradient goes (TensorFlow's NotDifferentiable registrations, and derivatives that are None). */
const CONSTANT = new Set(
  "StopGradient PreventGradient Floor Ceil Round Rint ArgMax ArgMin Shape ShapeN Size Rank OneHot ZerosLike OnesLike Equal NotEqual Less LessEqual Greater GreaterEqual LogicalAnd LogicalOr LogicalNot Where Range LinSpace RandomUniform RandomStandardNormal RandomUniformInt TruncatedNormal Multinomial Fill FloorDiv Bincount InvertPermutation Unique UniqueV2 ApproximateEqual TruncateDiv IsNan IsInf IsFinite HistogramFixedWidth EditDistance BroadcastGradientArgs Bucketize NextAfter".split(
    " ",
  ),
);

/** Inputs of operations that gradients do not go into although they are numbers. */
const CONSTANT_INPUTS: Readonly<Record<string, readonly number[]>> = {
  SparseSoftmaxCrossEntropyWithLogits: [1],
  GatherV2: [1, 2],
  Select: [0],
  SelectV2: [0],
  ClipByValue: [],
  Dequantize: [1, 2],
};

const flows = (t: GraphTensor): boolean =>
  isDifferentiable(t.dtype.kernel) && t.dtype.name !== "resource" && t.dtype.name !== "variant";

/** Whether a gradient goes from an operation's outputs into its input. */
function passes(op: Operation, input: number): boolean {
  if (CONSTANT.has(op.type)) return false;
  if (CONSTANT_INPUTS[op.type]?.includes(input)) return false;
  return true;
}

/** Tensors that depend on one of `xs` in a way that gradients follow, `xs` themselves included. */
export function reached(xs: readonly GraphTensor[], stops: ReadonlySet<GraphTensor>): Set<GraphTensor> {
  const seen = new Set<GraphTensor>(xs);
  const stack = [...xs];
  for (let t = stack.pop(); t; t = stack.pop()) {
    for (const op of t._consumers) {
      if (!op.inputs.some((x, i) => x === t && passes(op, i))) continue;
      for (const out of op.outputs)
        if (!seen.has(out) && !stops.has(out) && (flows(out) || out.dtype.name === "variant")) {
          seen.add(out);
          stack.push(out);
        }
    }
  }
  return seen;
}

export interface GradientOptions {
  readonly grad_ys?: readonly (GraphTensor | null)[];
  readonly name?: string;
  readonly stop_gradients?: readonly GraphTensor[];
  readonly gated?: boolean;
}

const LARGE = 1000;

/** Σ d y / d x for each x as tensors of the graph, `null` where no y depends on x. */
export function gradientTensors(
  graph: Graph,
  ys: readonly GraphTensor[],
  xs: readonly GraphTensor[],
  { grad_ys = [], name = "gradients", stop_gradients = [], gated = false }: GradientOptions,
): (GraphTensor | null)[] {
  return graph.scoped(name, (scope) => {
    const stops = new Set(stop_gradients);
    ys.forEach((y, i) => {
      const g = grad_ys[i];
      if (g && g.dtype !== y.dtype)
        throw new ValueError(`Gradient type ${g.dtype.name} generated for tensor of type ${y.dtype.name}`);
    });
    const perX = xs.map((x) => flows(x) && ys.some((y) => flows(y) && reached([x], stops).has(y)));
    const any = xs.filter((_, i) => perX[i]);
    if (any.length === 0) return xs.map(() => null);
    const live = ys
      .map((y, i) => [y, grad_ys[i] ?? null] as const)
      .filter(([y]) => flows(y) && any.some((x) => reached([x], stops).has(y)));
    const starts = live.map(([y, g], i) => g ?? ones(graph, y, i));
    const cut = any.length + live.length < LARGE ? [...stops].filter((s) => !any.includes(s)) : [];
    const op = graph.addOp({
      type: "_Gradients",
      name: graph.names.unique("Backward") + "/",
      inputs: [...live.map(([y]) => y), ...any, ...starts, ...stops],
      attrs: { ys: live.length, xs: any.length, stops: stops.size, cut },
      outputs: any.map((x) => [x.dtype, x._dims] as const),
      controls: [],
    });
    /** Whether an input of an operation passes on a part of these gradients. */
    const carries = (o: Operation, input: number): boolean =>
      passes(o, input) &&
      o.outputs.some(
        (out) => flows(out) && !stops.has(out) && live.some(([y]) => reached([out], stops).has(y)),
      );
    let k = 0;
    return xs.map((x, i) => {
      if (!perX[i]) return null;
      const out = op.outputs[k++]!;
      return graph.addOp({
        type: "Identity",
        name: gradientName(
          scope,
          x,
          live.map(([y]) => y),
          starts,
          gated,
          graph,
          carries,
        ),
        inputs: [out],
        attrs: { T: out.dtype },
        outputs: [[out.dtype, x._dims]],
        controls: [],
      }).outputs[0]!;
    });
  });
}

function ones(graph: Graph, y: GraphTensor, i: number): GraphTensor {
  const known = y._dims?.every((d) => d !== null);
  const shape = known ? [...y._dims!] : graph.createOp("Shape", [y], {}, "Shape")[0]!;
  const value = graph.createOp("Cast", [1], { DstT: y.dtype }, `grad_ys_${i}/Const`)[0]!;
  return graph.createOp("Fill", [shape, value], {}, `grad_ys_${i}`)[0] as GraphTensor;
}

const zerosOf = (x: Value): Value => x.full(x.shape, 0) as Value;

/** Backwards along what was recorded while the same plan ran. */
const backward: MakeExec = (op, facts) => {
  const n = Number(op.attrs["ys"]);
  const m = Number(op.attrs["xs"]);
  const createGraph = facts.higher(op);
  const retainGraph = createGraph || facts.several;
  return (inputs) => {
    const ys = inputs.slice(0, n) as Value[];
    const xs = inputs.slice(n, n + m) as Value[];
    const gs = inputs.slice(n + m, n + m + n) as Value[];
    const live: Value[] = [];
    const starts: Value[] = [];
    ys.forEach((y, i) => {
      if (!y.requiresGrad) return;
      live.push(y);
      const g = gs[i]!;
      starts.push(g.shape.length === y.shape.length ? g : (g.expand({ shape: y.shape }) as Value));
    });
    if (live.length === 0) return xs.map(zerosOf);
    const grads = runBackward(live, starts, xs, { createGraph, retainGraph });
    return grads.map((g, i): Datum => g ?? zerosOf(xs[i]!));
  };
};
registerExecutors({ _Gradients: backward });

export const noGradient = (op: Operation): LookupError =>
  new LookupError(
    `No gradient defined for operation '${op.name}' (op type: ${op.type}). In general every operation must have an associated \`@tf.RegisterGradient\` for correct autodiff, which this op is lacking. If you want to pretend this operation is a constant in your program, you may insert \`tf.stop_gradient\`. This can be useful to silence the error in cases where you know gradients are not needed, e.g. the forward pass of tf.custom_gradient. Please see more details in https://www.tensorflow.org/api_docs/python/tf/custom_gradient.`,
  );
