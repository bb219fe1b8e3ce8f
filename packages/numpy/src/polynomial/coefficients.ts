// Polynomials as vectors of coefficients: what both of NumPy's faces of them need.

import { float64, isDiscrete } from "@cognate/kernel";
import type { ArrayLike, Item, ndarray } from "@cognate/ndarray/core";
import { add, multiply } from "@cognate/ndarray/functions";
import { asArray, cast, wrap } from "../internal.js";
import { unstack } from "../manipulation/splitting.js";

/** The elements of a vector as arrays without axes, which keep their type. */
export const elementsOf = (c: ndarray): readonly ndarray[] => unstack.impl(c);

/** Floats from integers and bools; others as they are. */
export const inexact = (x: ArrayLike): ndarray => {
  const a = asArray(x);
  return isDiscrete(a._a.dtype) ? wrap(cast(a._a, float64)) : a;
};

/** y·x + c for one coefficient after the other, the highest first (W. Horner). */
export const horner = (coefficients: readonly ndarray[], x: ArrayLike, start: ArrayLike): Item =>
  coefficients.reduce<ArrayLike>((y, c) => add(multiply(y, x), c), start) as Item;

/** Without zeros at the end; the first coefficient stays. */
export function trimmed(c: ndarray): ndarray {
  const found = asArray(c.ne(0)).nonzero()[0]!;
  const n = found.size === 0 ? 1 : Number(found.at(-1)) + 1;
  return n === c.size ? c : (c.at(`:${n}`) as ndarray);
}
