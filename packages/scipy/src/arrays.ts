// What the files of this package say most often.

import { castTo, type DType, float64, isDiscrete, Strided } from "@cognate/kernel";
import {
  type ArrayLike,
  asStrided,
  fromStrided,
  type Item,
  itemOf,
  type ndarray,
  selectArray,
} from "@cognate/ndarray/core";

export { asArray } from "@cognate/ndarray/functions";

/** An argument as a kernel array. */
export const strided = (x: ArrayLike): Strided => asStrided(x);
/** A fresh ndarray over a kernel array. */
export const wrap = fromStrided;

/** Floats: integers and bools as float64, a whole number too. */
export function floating(x: ArrayLike): ndarray {
  const a = asStrided(x);
  return wrap(isDiscrete(a.dtype) ? castTo(a, float64) : a);
}

/** a where the condition holds, else b. */
export function where(condition: ArrayLike, a: ArrayLike, b: ArrayLike, type: DType = float64): Item {
  const [p, q] = [castTo(asStrided(a), type), castTo(asStrided(b), type)];
  return itemOf(selectArray(asStrided(condition), p, q));
}

/** A result that has the type of its operands although JavaScript shows it as a number. */
export const typed = (x: ArrayLike, like: ndarray): Item => itemOf(castTo(asStrided(x), like._a.dtype));

export { Strided };
