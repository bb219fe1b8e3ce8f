import { ops, type Strided } from "@cognate/kernel";
import { def, ValueError } from "@cognate/py";
import { ArrayBase } from "../array/base.js";
import { asStrided } from "../array/create.js";
import { fromStrided, type ndarray, viewOf } from "../array/ndarray.js";
import { copyOrdered, isFortran, orderOf } from "../array/order.js";
import { axesOf, axisOf, indicesOf, resolveShape } from "../array/shape.js";
import { isText, textArray } from "../array/text.js";
import { movesTexts } from "../array/text-functions.js";
import type { ArrayLike, Axis, Order, ShapeLike } from "../array/types.js";
import { run } from "../ufunc/compose.js";

/** An argument as an ndarray: itself if it is one. */
export const asArray = (a: ArrayLike): ndarray =>
  a instanceof ArrayBase && Symbol.iterator in a
    ? (a as ndarray)
    : isText(a)
      ? textArray(a)
      : fromStrided(asStrided(a));

const permuted = (x: Strided, axes: readonly number[]): Strided => run(ops.permute, { axes }, x);
const reversedAxes = (n: number): number[] => Array.from({ length: n }, (_, i) => n - 1 - i);

/** x under another shape, read and written in an order of its axes: a view where possible. */
function reshaped(x: Strided, shape: readonly number[], order: Order): Strided {
  const want = orderOf(order, "C");
  const column = want === "F" || (want !== "C" && isFortran(x) && !x.contiguous);
  if (!column) return run(ops.reshape, { shape }, x);
  const turned = run(ops.reshape, { shape: [...shape].reverse() }, permuted(x, reversedAxes(x.rank)));
  return permuted(turned, reversedAxes(shape.length));
}

/** The same elements under another shape; −1 stands for what is left. @throws ValueError where the sizes differ */
export const reshape = def(
  "numpy.reshape",
  "a shape|newshape order * copy",
  (a: ArrayLike, shape: ShapeLike, order: Order = "C", copy: boolean | null = null): ndarray => {
    const x = asArray(a);
    const y = reshaped(x._a, resolveShape(indicesOf(shape), x.size), order);
    const view = viewOf(x, y);
    if (copy === true && view._base) return view._over(copyOrdered(y, order, "C"));
    if (copy === false && !view._base && x.size > 0)
      throw new ValueError("Unable to avoid creating a copy while reshaping.");
    return view;
  },
);

/** All elements in one axis: a view where possible. */
export const ravel = def("numpy.ravel", "a order", (a: ArrayLike, order: Order = "C"): ndarray => {
  const x = asArray(a);
  const want = orderOf(order, "C");
  if (want === "K" && !x._a.contiguous) {
    const axes = x._a.shape
      .map((_, i) => i)
      .sort((i, j) => Math.abs(x._a.strides[j]!) - Math.abs(x._a.strides[i]!) || i - j);
    return viewOf(x, run(ops.reshape, { shape: [x.size] }, permuted(x._a, axes)));
  }
  return viewOf(x, reshaped(x._a, [x.size], want));
});

/** The axes in another order, reversed by default, without copying. @throws ValueError, AxisError */
export const transpose = def(
  "numpy.transpose",
  "a axes",
  (a: ArrayLike, axes: readonly number[] | null = null): ndarray => {
    const x = asArray(a);
    if (axes === null) return viewOf(x, permuted(x._a, reversedAxes(x.ndim)));
    const given = indicesOf(axes);
    if (given.length !== x.ndim) throw new ValueError("axes don't match array");
    const order = given.map((d) => axisOf(d, x.ndim));
    if (new Set(order).size !== order.length) throw new ValueError("repeated axis in transpose");
    return viewOf(x, permuted(x._a, order));
  },
);

/** Two axes exchanged, without copying. */
export const swapaxes = def(
  "numpy.swapaxes",
  "a axis1 axis2",
  (a: ArrayLike, axis1: number, axis2: number): ndarray => {
    const x = asArray(a);
    const [i, j] = [axisOf(axis1, x.ndim, "axis1"), axisOf(axis2, x.ndim, "axis2")];
    const axes = x._a.shape.map((_, d) => (d === i ? j : d === j ? i : d));
    return viewOf(x, permuted(x._a, axes));
  },
);

/** Without axes of length 1 (all, or those named). @throws ValueError for a longer one */
export const squeeze = def("numpy.squeeze", "a axis", (a: ArrayLike, axis: Axis = null): ndarray => {
  const x = asArray(a);
  const { shape, strides } = x._a;
  const none = x.ndim === 0 && (axis === 0 || axis === -1);
  const gone = axis === null || none ? shape.flatMap((n, d) => (n === 1 ? [d] : [])) : axesOf(axis, x.ndim);
  if (gone.some((d) => shape[d] !== 1))
    throw new ValueError("cannot select an axis to squeeze out which has size not equal to one");
  const keep = (_: number, d: number): boolean => !gone.includes(d);
  return viewOf(x, x._a.view(shape.filter(keep), strides.filter(keep)));
});

/** A diagonal of two axes as the last axis: a view. */
export const diagonal = def(
  "numpy.diagonal",
  "a offset axis1 axis2",
  (a: ArrayLike, offset = 0, axis1 = 0, axis2 = 1): ndarray => {
    const x = asArray(a);
    if (x.ndim < 2) throw new ValueError("diag requires an array of at least two dimensions");
    const [dim1, dim2] = [axisOf(axis1, x.ndim, "axis1"), axisOf(axis2, x.ndim, "axis2")];
    if (dim1 === dim2) throw new ValueError("axis1 and axis2 cannot be the same");
    return viewOf(x, run(ops.diagonal, { offset, dim1, dim2 }, x._a));
  },
);

/** A copy of all elements in one axis. */
export const flatten = def(
  "numpy.ndarray.flatten",
  "a order",
  (a: ArrayLike, order: Order = "C"): ndarray => {
    const flat = ravel.impl(a, order);
    return flat._over(flat._base || flat === a ? copyOrdered(flat._a, "C", "C") : flat._a);
  },
);

/** A copy; `order` says how it lies in memory. */
export const copy = def(
  "numpy.copy",
  "a order subok",
  movesTexts(
    (a: ArrayLike, order: Order = "K", _subok = false): ndarray =>
      fromStrided(copyOrdered(asStrided(a), order, "K")),
    0,
  ),
);
