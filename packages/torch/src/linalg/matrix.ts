import { type DType, isComplex, type OpRow, ops } from "@cognate/kernel";
import { RuntimeError } from "@cognate/py";
import { call, callMany, type Value } from "@cognate/tensor";
import { getDefault } from "../dtype.js";
import { alike } from "../ops/matmul.js";
import { castValue, valueOf } from "../ops/operands.js";
import { transposeOf } from "../ops/views.js";
import { scalarName } from "../promotion.js";
import type { TensorLike } from "../tensor/tensor.js";
import { inLinalgWords } from "./errors.js";

export interface Wanted {
  /** The argument's name in messages. */
  readonly arg?: string;
  readonly square?: boolean;
  /** Half floats go through (what comes after refuses them). */
  readonly half?: boolean;
}

/** @throws RuntimeError for what is no matrix, or no square one */
export function checkMatrix(op: string, x: Value, { arg = "A", square = false }: Wanted = {}): void {
  const rank = x.shape.length;
  if (rank < 2) throw new RuntimeError(`${op}: The input tensor ${arg} must have at least 2 dimensions.`);
  const [m, n] = x.shape.slice(-2);
  if (square && m !== n)
    throw new RuntimeError(
      `${op}: ${arg} must be batches of square matrices, but they are ${m} by ${n} matrices`,
    );
}

/** A value in a type that factorisations take. @throws RuntimeError for integers and half floats */
export function inFloat(op: string, x: Value, half = false): Value {
  const { kind } = x.dtype;
  if (kind !== "float" && kind !== "complex") {
    if (x.weak) return castValue(x, getDefault());
    throw new RuntimeError(
      `${op}: Expected a floating point or complex tensor as input. Got ${scalarName(x.dtype)}`,
    );
  }
  if (x.dtype.half && !half)
    throw new RuntimeError(`${op}: Low precision dtypes not supported. Got ${scalarName(x.dtype)}`);
  return x;
}

/** An argument as matrices in floating point. */
export function matrixOf(op: string, x: TensorLike, wanted: Wanted = {}): Value {
  const v = valueOf(x);
  checkMatrix(op, v, wanted);
  return inFloat(op, v, wanted.half);
}

/** Two operands of one type. @throws RuntimeError where they differ */
export const sameType = (op: string, a: Value, b: Value, names = ["A", "B"]): [Value, Value] =>
  alike(
    [a, b],
    ([p, q]: readonly DType[]) =>
      new RuntimeError(
        `${op}: Expected ${names[0]} and ${names[1]} to have the same dtype, but found ${names[0]} of type ${scalarName(p!)} and ${names[1]} of type ${scalarName(q!)} instead`,
      ),
  ) as [Value, Value];

const batched = (x: Value): boolean => x.shape.length > 2;

/** A row on matrices, with PyTorch's errors. */
export const factor = <P>(op: string, row: OpRow<P>, xs: readonly (Value | null)[], params: P): Value =>
  inLinalgWords(op, batched(xs[0]!), () => call(row, xs, params));

export const factors = <P>(op: string, row: OpRow<P>, xs: readonly (Value | null)[], params: P): Value[] =>
  inLinalgWords(op, batched(xs[0]!), () => callMany(row, xs, params));

/** The last two axes exchanged. */
export const transposed = (x: Value): Value => transposeOf(x, x.shape.length - 2, x.shape.length - 1);

/** {@link transposed}, conjugated. */
export const adjointOf = (x: Value): Value =>
  isComplex(x.dtype) ? call(ops.conj, [transposed(x)], undefined) : transposed(x);
