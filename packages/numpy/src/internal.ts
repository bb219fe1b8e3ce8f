// What the files of this package say most often.

import { type DType, ops, Strided } from "@cognate/kernel";
import {
  type ArrayLike,
  asStrided,
  fromStrided,
  type Item,
  type ndarray,
  reductions,
  run,
} from "@cognate/ndarray/core";

import { ValueError } from "@cognate/py";

export { asArray, divide, multiply, subtract } from "@cognate/ndarray/functions";

/** An argument as a kernel array, in a type of its own or a given one. */
export const strided = (x: ArrayLike, dtype?: DType): Strided => asStrided(x, dtype);

/** A fresh ndarray over a kernel array. */
export const wrap = fromStrided;

/** x with another shape, a view where possible. */
export const reshaped = (x: Strided, shape: readonly number[]): Strided => run(ops.reshape, { shape }, x);

/** All elements in one axis. */
export const flattened = (x: Strided): Strided => reshaped(x, [x.size]);

/** Where each axis comes from. */
export const permuted = (x: Strided, axes: readonly number[]): Strided => run(ops.permute, { axes }, x);

/** x in another element type. */
export const cast = (x: Strided, dtype: DType): Strided =>
  x.dtype === dtype ? x : run(ops.cast, { dtype }, x);

/** The items of a tuple or list, or the rows of an array. */
export function listOf(x: ArrayLike | readonly ArrayLike[]): ArrayLike[] {
  return typeof x === "object" && x !== null && Symbol.iterator in x
    ? [...(x as Iterable<ArrayLike>)]
    : [x as ArrayLike];
}

/** A list of whole numbers 0 … n − 1. */
export const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** What a result without axes is: a number; typed as both. */
export const item = (x: unknown): Item => x as Item;

/** Whether any element is true; of a truth by itself, that one. */
export const anyOf = (x: ArrayLike): boolean => Boolean(reductions.any(x));
/** Whether all elements are true; of a truth by itself, that one. */
export const allOf = (x: ArrayLike): boolean => Boolean(reductions.all(x));

/** A list nested deeper than a vector, or an array with more axes. */
export const tooDeep = (x: unknown): ValueError =>
  new ValueError(
    Array.isArray(x)
      ? "setting an array element with a sequence. The requested array would exceed the maximum number of dimension of 1."
      : "object too deep for desired array",
  );

/** Arrays as NumPy's functions hand them on. */
export type { ArrayLike, Item, ndarray };
export { ops, run, Strided };
