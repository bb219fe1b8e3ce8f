import {
  type DType,
  type DTypeName,
  integerRange,
  isDiscrete,
  isInteger,
  type Scalar as KernelScalar,
  kindOf,
} from "@cognate/kernel";
import { type Complex, IndexError, RuntimeError, TypeError } from "@cognate/py";
import type { Input, Value } from "@cognate/tensor";
import { type DTypeLike, getDefault, toKernel } from "../dtype.js";
import { type Scalar, Tensor, wrap } from "../tensor/tensor.js";
import { cName, overflow } from "../words.js";
import { number } from "./alpha.js";
import { castValue, markWeak } from "./operands.js";
import { writeOut } from "./out.js";
import { unimplemented } from "./refuse.js";

export { shown } from "../words.js";
export { number as kernelScalar } from "./alpha.js";
export { valueOf } from "./operands.js";

/** A whole number as an argument: also bigint, boxed numbers and integer tensors of one element. */
export type Int = number | bigint | Number | Tensor;
/** Lengths, as separate arguments or one list. */
export type Ints = Int | readonly Int[];
/** Axes: one, several, or all of them. */
export type Dims = Int | readonly Int[] | null;

/** A whole number out of an argument. @throws TypeError in Python's words */
export function int(x: Int): number {
  if (typeof x === "number" && Number.isInteger(x)) return x;
  if (x instanceof Tensor && isInteger(x._value.dtype)) return Number(x.item());
  if (typeof x === "bigint" || typeof x === "boolean") return Number(x);
  if (
    typeof x === "object" &&
    !(x instanceof Tensor) &&
    kindOf(x) !== undefined &&
    Number.isInteger(Number(x))
  )
    return Number(x);
  throw new TypeError(
    `'${x instanceof Tensor ? "Tensor" : "float"}' object cannot be interpreted as an integer`,
  );
}

/** The numbers of `f(2, 3)` and `f([2, 3])` alike. */
export function ints(args: readonly Ints[]): number[] {
  const list = args.length === 1 && isList(args[0]) ? (args[0] as readonly Int[]) : args;
  return Array.from(list as Iterable<Int>, int);
}

const isList = (x: unknown): boolean => Array.isArray(x);

/** An axis counted from the front. @throws IndexError in PyTorch's words */
export function axis(dim: Int, rank: number): number {
  const d = int(dim);
  const n = Math.max(rank, 1);
  if (d < -n || d >= n)
    throw new IndexError(
      `Dimension out of range (expected to be in range of [${-n}, ${n - 1}], but got ${d})`,
    );
  return d < 0 ? d + n : d;
}

/** Axes counted from the front; `undefined` for all of them. @throws IndexError, RuntimeError in PyTorch's words */
export function axes(dim: Dims | undefined, rank: number): number[] | undefined {
  if (dim === null || dim === undefined) return undefined;
  if (!Array.isArray(dim)) return [axis(dim as Int, rank)];
  if (dim.length === 0) return undefined;
  const out = (dim as readonly Int[]).map((d) => axis(d, rank));
  out.forEach((d, i) => {
    if (out.indexOf(d) < i) throw new RuntimeError(`dim ${d} appears multiple times in the list of dims`);
  });
  return out;
}

/** Gives the recorded call behind a fresh value the name that PyTorch shows for it. */
export function named(y: Value, gradFn: string): Value {
  const node = y.ownNode;
  if (node) node.label = gradFn;
  return y;
}

/** A result as a tensor: fresh, or written to `out`. */
export const deliver = (y: Value, out: Tensor | null = null, name?: string): Tensor =>
  out ? writeOut(out, y, name) : wrap(y);

/** {@link deliver} for a result of several values. */
export const deliverAll = (ys: readonly Value[], out: readonly Tensor[] | null): Tensor[] =>
  ys.map((y, i) => deliver(y, out?.[i] ?? null));

/** A result that is weak where its inputs are. */
export function weakLike(y: Value, ...inputs: Input[]): Value {
  markWeak(y, inputs);
  return y;
}

/** A value in floating point: integers go to the default type. */
export const floating = (x: Value): Value => (isDiscrete(x.dtype) ? castValue(x, getDefault()) : x);

/** A value in floating point; integers that were not written without a decimal point by need are refused. */
export function requireFloating(x: Value, message: string): Value {
  if (!isDiscrete(x.dtype)) return x;
  if (!x.weak) throw new RuntimeError(message);
  return castValue(x, getDefault());
}

/** {@link requireFloating} in the words of a C++ kernel that has no case for integers. */
export function kernelFloating(x: Value, kernel: string): Value {
  if (isDiscrete(x.dtype) && !x.weak) throw unimplemented(kernel)(x.dtype);
  return floating(x);
}

/** The kernel type of an optional `dtype` argument. */
export const typeOf = (d: DTypeLike | null | undefined, op: string): DType | undefined =>
  d === null || d === undefined ? undefined : toKernel(d, op);

const FLOAT32_MAX = 3.4028234663852886e38;
const LARGEST: Readonly<Partial<Record<DTypeName, number>>> = {
  float16: 65504,
  bfloat16: 3.3895313892515355e38,
  float32: FLOAT32_MAX,
  complex64: FLOAT32_MAX,
};
/** The greatest finite number of a floating type. */
export const largest = (d: DType): number => LARGEST[d.name] ?? Number.MAX_VALUE;

/** A number that is to be written to elements of a type. @throws RuntimeError where the type cannot hold it */
export function checkedScalar(v: Scalar, type: DType): KernelScalar {
  const kind = kindOf(v);
  if (kind === "complex") {
    if (type.lanes === 1 && (v as Complex).imag !== 0) throw overflow(cName(type));
    return number(v);
  }
  const x = Number(v);
  if (isInteger(type)) {
    const [low, high] = integerRange(type);
    // A negative number wraps into an unsigned type, as far as its size would fit.
    const least = type.kind === "uint" ? -Number(high) : Number(low);
    if (!(Math.trunc(x) >= least && Math.trunc(x) <= Number(high))) throw overflow(cName(type));
  } else if (Number.isFinite(x) && Math.abs(x) > largest(type)) throw overflow(cName(type));
  return number(v);
}
