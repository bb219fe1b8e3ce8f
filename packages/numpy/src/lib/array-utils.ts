import { type ArrayLike, axesOf, axisOf } from "@cognate/ndarray/core";
import { def, Tuple } from "@cognate/py";
import { strided } from "../internal.js";

/** An axis counted from the front. @throws AxisError */
export const normalize_axis_index = def(
  "numpy.lib.array_utils.normalize_axis_index",
  "axis ndim msg_prefix",
  (axis: number, ndim: number, msg_prefix: string | null = null): number => axisOf(axis, ndim, msg_prefix),
);
/** Axes counted from the front. @throws AxisError, ValueError */
export const normalize_axis_tuple = def(
  "numpy.lib.array_utils.normalize_axis_tuple",
  "axis ndim argname allow_duplicate",
  (
    axis: number | readonly number[],
    ndim: number,
    argname: string | null = null,
    _allow_duplicate = false,
  ): Tuple<number> => Tuple.of_(axesOf(axis, ndim, argname)),
);
/** The bytes of its memory between an array's first and last element. */
export const byte_bounds = def("numpy.lib.array_utils.byte_bounds", "a", (a: ArrayLike): Tuple<number> => {
  const x = strided(a);
  const reach = x.strides.map((s, d) => s * Math.max(x.shape[d]! - 1, 0));
  const sum = (keep: (n: number) => boolean): number => reach.filter(keep).reduce((p, q) => p + q, x.offset);
  const { itemsize } = x.dtype;
  return Tuple.of_([sum((n) => n < 0) * itemsize, (sum((n) => n > 0) + 1) * itemsize]);
});
