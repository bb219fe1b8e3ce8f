import {
  type ArrayLike,
  type DTypeLike,
  type Item,
  type ndarray,
  select,
  shaping,
} from "@cognate/ndarray/core";
import { def, ValueError } from "@cognate/py";
import { asArray } from "../internal.js";
import { cross as anyCross } from "../math/differences.js";
import {
  tensordot as anyTensordot,
  vecdot as anyVecdot,
  outer as flatOuter,
  multiDot,
} from "../products/products.js";

export { matmul } from "@cognate/ndarray/functions";
export { matrix_transpose } from "../manipulation/arranging.js";

/** Several matrices multiplied in the order that costs least; the first and the last may be vectors. @throws ValueError */
export const multi_dot = def(
  "numpy.linalg.multi_dot",
  "arrays * out",
  (arrays: readonly ArrayLike[], out: ndarray | null = null): Item => multiDot(arrays, out),
);

/** All products of an element of each of two vectors. @throws ValueError for other arrays */
export const outer = def("numpy.linalg.outer", "x1 x2", (x1: ArrayLike, x2: ArrayLike): ndarray => {
  const [a, b] = [asArray(x1), asArray(x2)];
  if (a.ndim !== 1 || b.ndim !== 1)
    throw new ValueError(
      `Input arrays must be one-dimensional, but they are x1.ndim=${a.ndim} and x2.ndim=${b.ndim}.`,
    );
  return flatOuter.impl(a, b);
});

/** The cross product of vectors of length 3 along an axis. @throws ValueError */
export const cross = def(
  "numpy.linalg.cross",
  "x1 x2 * axis",
  (x1: ArrayLike, x2: ArrayLike, axis = -1): Item => {
    const [a, b] = [asArray(x1), asArray(x2)];
    const [p, q] = [a._a.shape.at(axis), b._a.shape.at(axis)];
    if (p !== 3 || q !== 3)
      throw new ValueError(
        `Both input arrays must be (arrays of) 3-dimensional vectors, but they are ${p} and ${q} dimensional instead.`,
      );
    return anyCross.impl(a, b, -1, -1, -1, axis);
  },
);

/** Σ conj(x1)·x2 along an axis. */
export const vecdot = def(
  "numpy.linalg.vecdot",
  "x1 x2 * axis",
  (x1: ArrayLike, x2: ArrayLike, axis = -1): Item =>
    anyVecdot.impl(x1, x2, null, "same_kind", "K", null, true, null, axis),
);

/** Σ x1·x2 over pairs of axes: the last `axes` of x1 with the first of x2, or the lists given. @throws ValueError */
export const tensordot = def(
  "numpy.linalg.tensordot",
  "x1 x2 * axes",
  (x1: ArrayLike, x2: ArrayLike, axes: Parameters<typeof anyTensordot.impl>[2] = 2): Item =>
    anyTensordot.impl(x1, x2, axes),
);

/** The diagonals of the matrices in the last two axes. */
export const diagonal = def(
  "numpy.linalg.diagonal",
  "x * offset",
  (x: ArrayLike, offset = 0): ndarray => shaping.diagonal.impl(x, offset, -2, -1),
);

/** Σ of the diagonals of the matrices in the last two axes. */
export const trace = def(
  "numpy.linalg.trace",
  "x * offset dtype",
  (x: ArrayLike, offset = 0, dtype: DTypeLike | null = null): Item =>
    select.trace.impl(x, offset, -2, -1, dtype),
);
