/** Helpers of polynomials, NumPy's `numpy.polynomial.polyutils`. */

import type { ArrayLike, Item, ndarray } from "@cognate/ndarray/core";
import { add, divide, multiply, subtract } from "@cognate/ndarray/functions";
import { def, Float, Tuple } from "@cognate/py";
import { asArray } from "../internal.js";
import { trimmed } from "./coefficients.js";
import { asSeries, polytrim } from "./polynomial.js";

const M = "numpy.polynomial.polyutils";

/** Vectors of coefficients in one floating type. @throws ValueError */
export const as_series = def(
  `${M}.as_series`,
  "alist trim",
  (alist: readonly ArrayLike[], trim = true): ndarray[] => asSeries([...alist], trim),
);
/** Without zeros at the end. */
export const trimseq = def(`${M}.trimseq`, "seq", (seq: ArrayLike): ndarray => trimmed(asArray(seq)));
/** Without small coefficients at the end. @throws ValueError */
export const trimcoef = def(`${M}.trimcoef`, "c tol", polytrim.impl);

/** The interval that points span. */
export const getdomain = def(`${M}.getdomain`, "x", (x: ArrayLike): ndarray => {
  const [a] = asSeries([x], false) as [ndarray];
  return asArray([new Float(Number(a.min())), new Float(Number(a.max()))]);
});

/** Off and scale of the line that takes one interval to another. */
export const mapparms = def(`${M}.mapparms`, "old new_", (old: ArrayLike, to: ArrayLike): Tuple<Item> => {
  const [a, b] = [asArray(old), asArray(to)];
  const [a0, a1, b0, b1] = [a.at(0), a.at(1), b.at(0), b.at(1)];
  const length = subtract(a1, a0);
  return Tuple.of_([
    divide(subtract(multiply(a1, b0), multiply(a0, b1)), length),
    divide(subtract(b1, b0), length),
  ]);
});

/** Points of one interval at their places in another. */
export const mapdomain = def(
  `${M}.mapdomain`,
  "x old new_",
  (x: ArrayLike, old: ArrayLike, to: ArrayLike): Item => {
    const [off, scale] = mapparms.impl(old, to) as unknown as [Item, Item];
    return add(off, multiply(scale, asArray(x)));
  },
);
