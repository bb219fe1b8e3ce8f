import { castValue, run, runMany, valueOf } from "@cognate/keras/tensorflow";
import {
  castTo,
  contiguous,
  float64,
  int64,
  integerRange,
  isInteger,
  type OpRow as KernelRow,
  type DType as KernelType,
  largestOf,
  ops,
  type Scalar,
  type Strided,
} from "@cognate/kernel";
import type { Input } from "@cognate/tensor";
import type { Attrs } from "../core/attrs.js";
import { KernelProblem } from "../core/errors.js";
import { type Dims, type OpRow, row, type ShapeContext } from "../core/row.js";
import { Value } from "../shared.js";

/* What the rows of TensorFlow's operations are written with. */
export { castValue, run, runMany, valueOf };

type AnyRow = KernelRow<never>;

/** The value's numbers, as an operation that takes them as its parameters needs them. */
export const numbers = (x: Value): number[] =>
  Array.from(contiguous(castTo(x.array, float64)).flat() as Iterable<number>);
/** The one number of a value. */
export const number = (x: Value): number => numbers(x)[0]!;

/** Axes from the front. @throws KernelProblem in the words given */
export function axisOf(axis: number, rank: number, problem: (axis: number, rank: number) => string): number {
  if (axis < -rank || axis >= rank) throw new KernelProblem(problem(axis, rank));
  return axis < 0 ? axis + rank : axis;
}

/** A constant of a value's element type, of its shape. */
export const filled = (x: Value, shape: readonly number[], value: Scalar): Value =>
  x.full(shape, value) as Value;

export const reshape = (x: Value, shape: readonly number[]): Value => x.reshape({ shape }) as Value;
/** x with its axes in another order. */
export const permute = (x: Value, axes: readonly number[]): Value => x.permute({ axes }) as Value;
export const size = (shape: readonly number[]): number => shape.reduce((n, d) => n * d, 1);

/** @throws KernelProblem with these words where a condition does not hold */
export function demand(holds: boolean, problem: () => string): void {
  if (!holds) throw new KernelProblem(problem());
}

/** Rows of a tensor by their numbers; complex ones, too. */
export const rowsAt = (x: Value, indices: Value): Value =>
  x.dtype.kind === "complex"
    ? run(ops.index, [x], { indices: [castValue(indices, int64).array] })
    : run(ops.embedding, [x, indices], {});

/** A kernel's array as a value. */
export const valued = (a: Strided): Value => new Value(a);
/** Integers as an array of int32 or another type. */
export const intsValue = (list: readonly number[], type: KernelType): Value => valueOf([...list], type);

/** The lowest and the highest finite number of an element type. */
export const limitsOf = (type: KernelType): readonly [number | bigint, number | bigint] =>
  isInteger(type) ? integerRange(type) : [-largestOf(type), largestOf(type)];

/* Shape rules. */
type Rule = NonNullable<OpRow["shape"]>;
export const same: Rule = ({ shapes }) => [shapes[0]!];

/** Two shapes stretched to one; unknown lengths give way to known ones past 1. */
export function broadcastDims(a: Dims, b: Dims): Dims {
  if (a === null || b === null) return null;
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const m = a.length - rank + i < 0 ? 1 : a[a.length - rank + i]!;
    const n = b.length - rank + i < 0 ? 1 : b[b.length - rank + i]!;
    if (m === 1) return n;
    if (n === 1 || m === n) return m;
    if (m === null) return n;
    if (n === null) return m;
    throw new KernelProblem(`Dimensions must be equal, but are ${m} and ${n}`);
  });
}
export const stretched: Rule = ({ shapes }) => [shapes.reduce(broadcastDims)!];

/** An input's integers, if they are known before the graph runs. */
export function knownInts(c: ShapeContext, input: number): number[] | undefined {
  const v = c.constant(input);
  return v instanceof Value ? numbers(v) : undefined;
}

/** One operation of the kernel on all inputs. */
export const viaRow = (kernelRow: unknown, shape: Rule, params?: (attrs: Attrs) => unknown): OpRow =>
  row(
    (inputs, attrs) => run(kernelRow as AnyRow, inputs as readonly Input[], params?.(attrs) as never),
    shape,
  );
