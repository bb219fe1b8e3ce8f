import {
  BroadcastError,
  DivisionByZeroError,
  type DType,
  IndexPlanError,
  type IndexProblem,
  NestedError,
  type Shape,
} from "@cognate/kernel";
import { Exception, nameClass, repr, str, TypeError, type, ValueError } from "@cognate/py";
import { AutogradError } from "@cognate/tensor";

/** `tf.errors.OpError`: what an operation of TensorFlow raises. */
export class OpError extends Exception {}
/** `tf.errors.InvalidArgumentError`: arguments that an operation cannot take. */
export class InvalidArgumentError extends OpError {}
for (const C of [OpError, InvalidArgumentError])
  nameClass(`tensorflow.python.framework.errors_impl.${C.name}`, C);

/** TensorFlow's name for an element type in its C++ messages. */
export const cppName = (d: DType): string => CPP_NAMES[d.name] ?? d.name;
const CPP_NAMES: Readonly<Record<string, string>> = {
  float16: "half",
  float32: "float",
  float64: "double",
};

const CPU = "_device_/job:localhost/replica:0/task:0/device:CPU:0";

/** What a kernel of TensorFlow says, with the operation around it. */
export const kernelError = (op: string, message: string, name = ""): InvalidArgumentError =>
  new InvalidArgumentError(`{{function_node __wrapped__${op}${CPU}}} ${message} [Op:${op}] name: ${name}`);

const bracketed = (shape: Shape): string => `[${shape.join(",")}]`;

const INDEX: { readonly [K in IndexProblem["kind"]]: (p: Extract<IndexProblem, { kind: K }>) => Error } = {
  "too-many": (p) =>
    kernelError(
      "StridedSlice",
      `Index out of range using input dim ${p.rank}; input has only ${p.rank} dims`,
      "strided_slice/",
    ),
  "out-of-range": (p) =>
    kernelError(
      "StridedSlice",
      `slice index ${p.index} of dimension ${p.axis} out of bounds.`,
      "strided_slice/",
    ),
  "mask-shape": (p) =>
    new ValueError(`Shapes (${p.mask.join(", ")}) and (${p.seen.join(", ")}) are incompatible`),
  dtype: () => indexTypeError(),
  scalar: () =>
    kernelError(
      "StridedSlice",
      "Index out of range using input dim 0; input has only 0 dims",
      "strided_slice/",
    ),
  "two-ellipses": () =>
    kernelError("StridedSlice", "Multiple ellipses in slice spec not allowed", "strided_slice/"),
  "zero-step": () => kernelError("StridedSlice", "strides[0] must be non-zero", "strided_slice/"),
  "negative-step": () => new ValueError("step must be greater than zero"),
};

export const indexTypeError = (): Error =>
  new TypeError(
    "Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 tensors are valid indices",
  );

/** TensorFlow's names for operations of Keras and of the op table that have others. */
const NAMES: Readonly<Record<string, string>> = {
  Fmax: "Maximum",
  Fmin: "Minimum",
  Fmod: "FloorMod",
  Heaviside: "SelectV2",
  logicalAnd: "LogicalAnd",
  logicalOr: "LogicalOr",
  LogicalXor: "LogicalOr",
  isclose: "Sub",
  Isclose: "Sub",
  Div: "RealDiv",
};

/** An error of the lower layers in TensorFlow's class and words; any other as it is. */
export function reword(e: unknown, given: string): unknown {
  const op = NAMES[given] ?? given;
  if (e instanceof BroadcastError)
    return kernelError(
      op,
      op === "MatMul" || op.startsWith("BatchMatMul")
        ? `Matrix size-incompatible: In[0]: ${bracketed(e.before)}, In[1]: ${bracketed(e.got)}`
        : `Incompatible shapes: ${bracketed(e.before)} vs. ${bracketed(e.got)}`,
    );
  if (e instanceof DivisionByZeroError) return kernelError(op, "Integer division by zero");
  if (e instanceof IndexPlanError) return (INDEX[e.problem.kind] as (p: IndexProblem) => Error)(e.problem);
  if (e instanceof NestedError) {
    if (e.problem.kind === "item")
      return new ValueError(
        `Attempt to convert a value (${str(e.problem.item)}) with an unsupported type (${repr(type(e.problem.item))}) to a Tensor.`,
      );
    return new ValueError("Can't convert non-rectangular Python sequence to Tensor.");
  }
  if (e instanceof AutogradError) return new ValueError(e.message);
  return e;
}

/** `f`'s value; errors of the lower layers come out in TensorFlow's class and words. */
export function inTensorFlowWords<T>(op: string, f: () => T): T {
  try {
    return f();
  } catch (e) {
    throw reword(e, op);
  }
}
