import {
  BroadcastError,
  CognateError,
  DTypeError,
  IndexRangeError,
  ParamError,
  ShapeError,
} from "@cognate/kernel";
import { TypeError } from "@cognate/py";
import { InvalidArgumentError, kernelError, reword } from "./errors.js";

/* Errors of rows of the op table as TensorFlow's kernels word them. */

const text = (shape: readonly number[]): string => `[${shape.join(",")}]`;
/** TensorFlow's kernel for an operation, where its name and the operation's differ. */
export const wrapped = (kernel: string, op: string, message: string, name = ""): InvalidArgumentError =>
  new InvalidArgumentError(
    kernelError(op, message, name).message.replace(
      `__wrapped__${op}_device_`,
      `__wrapped__${kernel}_device_`,
    ),
  );

/** Some kernels are not told the name of their operation. */
export const unnamed = (op: string, message: string): InvalidArgumentError =>
  new InvalidArgumentError(kernelError(op, message).message.replace(/ name: $/, ""));

/** Rows that reduce axes, by TensorFlow's names. */
const REDUCTIONS: Readonly<Record<string, string>> = {
  sum: "Sum",
  mean: "Mean",
  variance: "Mean",
  std: "Mean",
  countNonzero: "Sum",
  logsumexp: "Max",
  nansum: "Sum",
  nanmean: "Sum",
  amax: "Max",
  amin: "Min",
  prod: "Prod",
  any: "Any",
  all: "All",
};
const SCANS: Readonly<Record<string, string>> = { cumsum: "Cumsum", cumprod: "Cumprod" };
const FINDS: Readonly<Record<string, string>> = { argmax: "ArgMax", argmin: "ArgMin" };

/** An axis that the tensor does not have; the row says how many there are. `listed`: it was given in a list. */
function axisError({ op, index, size }: IndexRangeError, listed: boolean): unknown {
  const range = `[${-size}, ${size})`;
  if (!Number.isInteger(index) && typeof index === "number" && !Number.isNaN(index))
    return new TypeError(`Cannot convert ${index} to EagerTensor of dtype int32`);
  if (op in REDUCTIONS)
    return (listed ? unnamed : kernelError)(
      REDUCTIONS[op]!,
      `Invalid reduction dimension (${index} for input with ${size} dimension(s)`,
    );
  if (op in SCANS)
    return kernelError(
      SCANS[op]!,
      `ScanOp: Expected scan axis in the range ${range}, but got ${index < 0 ? index + size : index}`,
    );
  if (op in FINDS) return unnamed(FINDS[op]!, `Expected dimension in the range ${range}, but got ${index}`);
  if (op === "softmax" || op === "logSoftmax")
    return new InvalidArgumentError(
      `\`dim\` must be in the range ${range} where ${size} is the number of dimensions in the input. Received: dim=${index}`,
    );
  return null;
}

/** The first shape that a row's message names. */
const named = (want: string): number[] =>
  (/\[([\d, ]*)\]/.exec(want)?.[1] ?? "").split(",").filter(Boolean).map(Number);

function shapeError({ op, arg, got, want }: ShapeError, count: number): unknown {
  const other = named(want);
  if (op === "broadcastTo")
    return unnamed("BroadcastTo", `Incompatible shapes: ${text(got)} vs. ${text(other)}`);
  if (op === "matmul" && other.length > 0) {
    const batched = got.length > 2 || other.length > 2;
    return batched
      ? wrapped(
          "__MklBatchMatMulV2",
          "BatchMatMulV2",
          `Matrix size-incompatible: In[0]: ${text(other)}, In[1]: ${text(got)} 0 0`,
        )
      : wrapped(
          "__MklMatMul",
          "MatMul",
          `Matrix size-incompatible: In[0]: ${text(other)}, In[1]: ${text(got)}`,
        );
  }
  const place = Number(/\d+/.exec(arg)?.[0] ?? 1);
  if (op === "stack")
    return wrapped(
      `Pack_N_${count}`,
      "Pack",
      `Shapes of all inputs must match: values[0].shape = ${text(other)} != values[${place}].shape = ${text(got)}`,
      "stack",
    );
  if (op === "cat") {
    if (got.length !== other.length)
      return wrapped(
        `ConcatV2_N_${count}`,
        "ConcatV2",
        `ConcatOp : Ranks of all input tensors should match: shape[0] = ${text(other)} vs. shape[${place}] = ${text(got)}`,
        "concat",
      );
    const axis = Number(/axis (\d+)/.exec(want)?.[1] ?? -1);
    const differing = got.findIndex((n, i) => n !== other[i] && i !== axis);
    return wrapped(
      `ConcatV2_N_${count}`,
      "ConcatV2",
      `ConcatOp : Dimension ${differing} in both shapes must be equal: shape[0] = ${text(other)} vs. shape[${place}] = ${text(got)}`,
      "concat",
    );
  }
  return null;
}

/** An axis that was given twice. */
function paramError({ op, got }: ParamError): unknown {
  if (!(op in REDUCTIONS)) return null;
  const axes: readonly string[] = String(got).match(/-?\d+/g) ?? [];
  const twice = axes.find((a, i) => axes.indexOf(a) !== i);
  return twice === undefined
    ? null
    : unnamed(REDUCTIONS[op]!, `Invalid reduction arguments: Axes contains duplicate dimension: ${twice}`);
}

/** What TensorFlow has no words for that are known here: the row's own, in TensorFlow's class. */
const rest = (e: CognateError, kernel: string): unknown => {
  if (e instanceof DTypeError)
    return new InvalidArgumentError(
      `Value for attr 'T' of ${e.got} is not in the list of allowed values [Op:${kernel}] name: `,
    );
  return e instanceof ShapeError || e instanceof ParamError || e instanceof IndexRangeError
    ? kernelError(kernel, e.message)
    : e;
};

/**
 * An error of a row in TensorFlow's class and words, any other as it is; `inputs` is what the operation was given first,
 * `kernel` its name, `listed` whether one of its arguments is a list.
 */
export function eagerError(e: unknown, inputs: unknown, kernel: string, listed = false): unknown {
  if (!(e instanceof CognateError)) return e;
  const count = Array.isArray(inputs) ? inputs.length : 2;
  if (e instanceof IndexRangeError) return axisError(e, listed) ?? rest(e, kernel);
  if (e instanceof ParamError) return paramError(e) ?? rest(e, kernel);
  if (e instanceof BroadcastError)
    return reword(e, e.op === "matmul" ? "BatchMatMulV2" : `${e.op[0]!.toUpperCase()}${e.op.slice(1)}`);
  if (e instanceof ShapeError) return shapeError(e, count) ?? rest(e, kernel);
  return rest(e, kernel);
}
