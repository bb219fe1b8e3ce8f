import { type DType, isDiscrete, type Value as KernelValue } from "@cognate/kernel";
import { RuntimeError, Tuple, ValueError, warn } from "@cognate/py";
import { gradEnabled, type Value } from "@cognate/tensor";
import { getDefault } from "../../dtype.js";
import { type Int, int, named, valueOf } from "../../ops/args.js";
import { castValue } from "../../ops/operands.js";
import { scalarName } from "../../promotion.js";
import { type Tensor, type TensorLike, wrap } from "../../tensor/tensor.js";

export { floating } from "../../ops/args.js";

/*
 * What the functions of torch.nn.functional do with their arguments alike.
 */

/** A tensor that may be left out. */
export type Optional = TensorLike | null;
/** One whole number for all axes, or one an axis. */
export type PerAxis = Int | readonly Int[];

/** A result that derivatives' methods computed, as a tensor, with PyTorch's name for the recorded call. */
export function done(y: KernelValue, gradFn?: string): Tensor {
  return wrap(gradFn ? named(y as Value, gradFn) : (y as Value));
}

/** A result and the positions where it was found. */
export type WithIndices = Tuple<Tensor> & readonly [Tensor, Tensor];

/** Two results as PyTorch gives them: a tuple. */
export const pair = (ys: readonly Value[]): WithIndices =>
  Tuple.of_([wrap(ys[0]!), wrap(ys[1]!)]) as WithIndices;

/**
 * Arguments as values. Whole numbers that JavaScript could not write as floats take the type of the floats beside them,
 * or the default; integers that were meant as such stay what they are.
 */
export function together(...args: readonly Optional[]): (Value | null)[] {
  const values = args.map((x) => (x === null ? null : valueOf(x)));
  if (!values.some((v) => v?.weak)) return values;
  const type = values.find((v) => v !== null && !v.weak)?.dtype ?? getDefault();
  if (isDiscrete(type)) return values;
  return values.map((v) => (v?.weak ? castValue(v, type) : v));
}

/** {@link together} for arguments of which the first so many must be there. */
export const alike = <N extends readonly unknown[]>(
  ...args: { [K in keyof N]: Optional }
): { [K in keyof N]: N[K] } => together(...(args as readonly Optional[])) as { [K in keyof N]: N[K] };

/** One number an axis; one number stands for all. @throws RuntimeError that `message` makes of what was given */
export function perAxis(given: PerAxis, n: number, message: (got: number[]) => Error): number[] {
  const list = Array.isArray(given) ? (given as readonly Int[]).map(int) : [int(given as Int)];
  if (list.length === 1) return new Array<number>(n).fill(list[0]!);
  if (list.length !== n) throw message(list);
  return list;
}

/** @throws RuntimeError "expected scalar type Double but found Float" unless the types are one */
export function expectType(want: DType, x: Value | null): void {
  if (x && x.dtype !== want)
    throw new RuntimeError(`expected scalar type ${scalarName(want)} but found ${scalarName(x.dtype)}`);
}

/** @throws RuntimeError for an argument that wants a gradient which PyTorch does not define */
export function notDifferentiable(f: string, args: Readonly<Record<string, Value | null>>): void {
  if (!gradEnabled()) return;
  for (const [name, v] of Object.entries(args))
    if (v?.requiresGrad)
      throw new RuntimeError(
        `The function '${f}' is not differentiable with respect to argument '${name}'. This input cannot have requires_grad True.`,
      );
}

/** How losses of all elements become one. */
export type Reduction = "none" | "mean" | "sum";

/** The reduction that a loss was asked for, by its string or the two old flags. @throws ValueError in PyTorch's words */
export function reductionOf(
  reduction: string,
  size_average: boolean | null = null,
  reduce: boolean | null = null,
): Reduction {
  if (size_average !== null || reduce !== null) {
    const old: Reduction = !(reduce ?? true) ? "none" : (size_average ?? true) ? "mean" : "sum";
    warn(`size_average and reduce args will be deprecated, please use reduction='${old}' instead.`);
    return old;
  }
  if (reduction === "elementwise_mean") {
    warn("reduction='elementwise_mean' is deprecated. Please use reduction='mean' instead.");
    return "mean";
  }
  if (reduction !== "none" && reduction !== "mean" && reduction !== "sum")
    throw new ValueError(`${reduction} is not a valid value for reduction`);
  return reduction;
}

/** Losses of all elements made one. */
export function reduced(loss: KernelValue, reduction: Reduction): KernelValue {
  if (reduction === "mean" && isDiscrete(loss.dtype))
    throw new RuntimeError(
      `mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: ${scalarName(loss.dtype)}`,
    );
  return reduction === "none" ? loss : reduction === "mean" ? loss.mean() : loss.sum();
}

/** A plain number out of a float argument (also boxed). */
export const number = (x: number | Number | bigint): number => Number(x);
