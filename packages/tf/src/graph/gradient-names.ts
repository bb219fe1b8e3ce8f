import type { Graph } from "./graph.js";
import type { Operation } from "./operation.js";
import type { GraphTensor } from "./tensor.js";

/**
 * The last operation of TensorFlow's gradient functions, an entry an input: what the gradient of that input is called
 * under `<scope>/<op>_grad/`.
 */
const LAST: Readonly<Record<string, readonly string[]>> = {
  MatMul: ["MatMul", "MatMul_1"],
  BatchMatMulV2: ["MatMul", "MatMul_1"],
  Square: ["Mul_1"],
  Tanh: ["TanhGrad"],
  Sigmoid: ["SigmoidGrad"],
  Relu: ["ReluGrad"],
  Relu6: ["Relu6Grad"],
  Elu: ["EluGrad"],
  Softplus: ["SoftplusGrad"],
  Exp: ["mul"],
  Log: ["mul"],
  Neg: ["Neg"],
  Abs: ["mul"],
  Sqrt: ["SqrtGrad"],
  Rsqrt: ["RsqrtGrad"],
  Sin: ["mul"],
  Cos: ["mul"],
  Pow: ["Reshape", "Reshape_1"],
  Mul: ["Mul", "Mul_1"],
  Sum: ["Tile"],
  Mean: ["truediv"],
  Reshape: ["Reshape"],
  ExpandDims: ["Reshape"],
  Squeeze: ["Reshape"],
  Transpose: ["transpose"],
  Softmax: ["mul_1"],
  LogSoftmax: ["sub"],
  L2Loss: ["mul"],
  BiasAdd: ["", "BiasAddGrad"],
  StridedSlice: ["StridedSliceGrad"],
  Reciprocal: ["ReciprocalGrad"],
};

const ELEMENTWISE = new Set([
  "Mul",
  "RealDiv",
  "Maximum",
  "Minimum",
  "Pow",
  "SquaredDifference",
  "Add",
  "AddV2",
  "Sub",
  "DivNoNan",
]);

const known = (t: GraphTensor): boolean => t._dims?.every((d) => d !== null) ?? false;

function lastOf(op: Operation, input: number): string {
  if (ELEMENTWISE.has(op.type)) {
    const [a, b] = op.inputs as readonly [GraphTensor, GraphTensor];
    const alike = known(a) && known(b) && a._dims!.join() === b._dims!.join();
    if (op.type === "Mul") return input === 0 ? "Mul" : "Mul_1";
    if (op.type === "Sub" && input === 1 && alike) return "Neg";
    const t = op.inputs[input]!;
    // A side that is not stretched gets the gradient as it is.
    if (
      (op.type === "Add" || op.type === "AddV2" || op.type === "Sub") &&
      t._dims !== null &&
      op.outputs[0]!._dims !== null &&
      t._dims.join() === op.outputs[0]!._dims.join()
    )
      return "";
    return input === 0 || op.type === "Add" || op.type === "AddV2" ? "Reshape" : "Reshape_1";
  }
  return LAST[op.type]?.[input] ?? (input === 0 ? op.type : `${op.type}_${input}`);
}

/** The name that TensorFlow gives the gradient in `x`. */
export function gradientName(
  scope: string,
  x: GraphTensor,
  ys: readonly GraphTensor[],
  starts: readonly GraphTensor[],
  gated: boolean,
  graph: Graph,
  carries: (op: Operation, input: number) => boolean,
): string {
  const unique = (name: string): string => `${graph.names.unique(name)}/`;
  const at = ys.indexOf(x);
  const inputsOf = (op: Operation): number[] =>
    op.inputs.flatMap((t, i) => (t === x && carries(op, i) ? [i] : []));
  const uses = x._consumers.filter(
    (op, i, all) => all.indexOf(op) === i && op.type !== "_Gradients" && inputsOf(op).length > 0,
  );
  const total = uses.reduce((n, op) => n + inputsOf(op).length, 0) + (at >= 0 ? 1 : 0);
  if (total > 1) return unique("AddN");
  const op = uses[0];
  if (!op)
    return at >= 0 && starts[at]
      ? unique(`${starts[at]!.op.name.slice(scope.length)}_out`)
      : unique("Identity");
  const input = inputsOf(op)[0]!;
  // Reads pass the gradient of what was read.
  if (op.type === "Identity" || op.type === "ReadVariableOp")
    return gradientName(scope, op.outputs[0]!, ys, starts, gated, graph, carries);
  const several = op.inputs.filter((t) => t.dtype.is_floating || t.dtype.is_complex).length > 1;
  if (gated && several)
    return unique(`${op.name}_grad/tuple/control_dependency${input > 0 ? `_${input}` : ""}`);
  const last = lastOf(op, input);
  return unique(last === "" ? `${op.name}_grad/Identity` : `${op.name}_grad/${last}`);
}
