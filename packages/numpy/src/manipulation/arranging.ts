import { broadcastTo, broadcastTwo, copyInto } from "@cognate/kernel";
import {
  type ArrayLike,
  type Axis,
  AxisError,
  axesOf,
  axisOf,
  indicesOf,
  mismatchError,
  movesTexts,
  type ndarray,
  remappedError,
  type ShapeLike,
  shapeText,
  tupleText,
  viewOf,
} from "@cognate/ndarray/core";
import { def, Tuple, ValueError } from "@cognate/py";
import { asArray, ops, permuted, reshaped, run, Strided, strided, upTo, wrap } from "../internal.js";

/** Axes of which no two may be the same. @throws ValueError, AxisError */
function distinctAxes(axes: Axis, rank: number): number[] {
  const out = axes === null ? upTo(rank) : indicesOf(axes).map((d) => axisOf(d, rank));
  if (new Set(out).size !== out.length) throw new ValueError("repeated axis");
  return out;
}

/** New axes of length 1 at the given places of the result. */
export const expand_dims = def("numpy.expand_dims", "a axis", (a: ArrayLike, axis: Axis): ndarray => {
  const x = asArray(a);
  const places = indicesOf(axis);
  const rank = x.ndim + places.length;
  const fresh = distinctAxes(places, rank);
  const [shape, strides] = [[...x._a.shape], [...x._a.strides]];
  for (const d of [...fresh].sort((p, q) => p - q)) {
    shape.splice(d, 0, 1);
    strides.splice(d, 0, 0);
  }
  return viewOf(x, x._a.view(shape, strides));
});

/** Axes moved to other places, the rest in their old order. */
export const moveaxis = def(
  "numpy.moveaxis",
  "a source destination",
  (a: ArrayLike, source: number | readonly number[], destination: number | readonly number[]): ndarray => {
    const x = asArray(a);
    const from = axesOf(source, x.ndim, "source");
    const to = axesOf(destination, x.ndim, "destination");
    if (from.length !== to.length)
      throw new ValueError("`source` and `destination` arguments must have the same number of elements");
    const order = upTo(x.ndim).filter((d) => !from.includes(d));
    for (const [dest, src] of to.map((d, i) => [d, from[i]!] as const).sort((p, q) => p[0] - q[0]))
      order.splice(dest, 0, src);
    return viewOf(x, permuted(x._a, order));
  },
);

/** An axis moved back until it stands at `start`. */
export const rollaxis = def(
  "numpy.rollaxis",
  "a axis start",
  (a: ArrayLike, axis: number, start = 0): ndarray => {
    const x = asArray(a);
    const n = x.ndim;
    const dim = axisOf(axis, n);
    if (start < -n || start > n)
      throw new AxisError(`'start' arg requires ${-n} <= start < ${n + 1}, but ${start} was passed in`);
    const place = start < 0 ? start + n : start;
    const order = upTo(n).filter((d) => d !== dim);
    order.splice(dim < place ? place - 1 : place, 0, dim);
    return viewOf(x, permuted(x._a, order));
  },
);

/** The order along axes (all by default) reversed: a view. */
export const flip = def("numpy.flip", "m axis", (m: ArrayLike, axis: Axis = null): ndarray => {
  const x = asArray(m);
  const dims = distinctAxes(axis, x.ndim);
  let { offset } = x._a;
  const strides = x._a.strides.map((s, d) => {
    if (!dims.includes(d)) return s;
    offset += Math.max(x._a.shape[d]! - 1, 0) * s;
    return -s;
  });
  return viewOf(x, x._a.view(x._a.shape, strides, offset));
});

/** Columns in reverse order. */
export const fliplr = def("numpy.fliplr", "m", (m: ArrayLike): ndarray => {
  if (strided(m).rank < 2) throw new ValueError("Input must be >= 2-d.");
  return flip.impl(m, 1);
});
/** Rows in reverse order. */
export const flipud = def("numpy.flipud", "m", (m: ArrayLike): ndarray => {
  if (strided(m).rank < 1) throw new ValueError("Input must be >= 1-d.");
  return flip.impl(m, 0);
});

/** Elements moved along axes, what leaves at one end coming in at the other; flattened without `axis`. */
export const roll = def(
  "numpy.roll",
  "a shift axis",
  movesTexts((a: ArrayLike, shift: number | readonly number[], axis: Axis = null): ndarray => {
    const x = strided(a);
    if (axis === null) {
      const flat = run(
        ops.roll,
        { shifts: [indicesOf(shift).reduce((s, n) => s + n, 0)], dims: [0] },
        reshaped(x, [x.size]),
      );
      return wrap(reshaped(flat, x.shape));
    }
    const [shifts, axes] = [indicesOf(shift), indicesOf(axis).map((d) => axisOf(d, x.rank))];
    const n = Math.max(shifts.length, axes.length);
    if ((shifts.length !== n && shifts.length !== 1) || (axes.length !== n && axes.length !== 1))
      throw mismatchError([0, [shifts.length]], [1, [axes.length]]);
    const each = (v: readonly number[]): number[] => upTo(n).map((i) => v[v.length === 1 ? 0 : i]!);
    return wrap(run(ops.roll, { shifts: each(shifts), dims: each(axes) }, x));
  }, 0),
);

/** Turned by 90° from the first axis towards the second, k times: a view. */
export const rot90 = def(
  "numpy.rot90",
  "m k axes",
  (m: ArrayLike, k = 1, axes: readonly number[] = [0, 1]): ndarray => {
    const x = asArray(m);
    if (axes.length !== 2) throw new ValueError("len(axes) must be 2.");
    const [i, j] = axes.map((d) => (d < 0 ? d + x.ndim : d)) as [number, number];
    if (i === j || Math.abs(axes[0]! - axes[1]!) === x.ndim) throw new ValueError("Axes must be different.");
    if (i < 0 || i >= x.ndim || j < 0 || j >= x.ndim)
      throw new ValueError(`Axes=${tupleText(axes)} out of range for array of ndim=${x.ndim}.`);
    const turns = ((k % 4) + 4) % 4;
    const swap = (y: ndarray): ndarray => y.swapaxes(i, j);
    if (turns === 0) return viewOf(x, x._a.view(x._a.shape, x._a.strides));
    if (turns === 2) return flip.impl(x, [i, j]);
    return turns === 1 ? swap(flip.impl(x, j)) : flip.impl(swap(x), j);
  },
);

/** The whole repeated along its axes. */
export const tile = def(
  "numpy.tile",
  "A reps",
  movesTexts((A: ArrayLike, reps: number | readonly number[]): ndarray => {
    const x = strided(A);
    const counts = indicesOf(reps);
    if (counts.some((n) => n < 0)) throw new ValueError("negative dimensions are not allowed");
    const full = [...upTo(Math.max(x.rank - counts.length, 0)).map(() => 1), ...counts];
    return wrap(run(ops.tile, { reps: full }, x));
  }, 0),
);

/** The elements in order, again and again, in a new shape. */
export const resize = def(
  "numpy.resize",
  "a new_shape",
  movesTexts((a: ArrayLike, new_shape: ShapeLike): ndarray => {
    const x = strided(a);
    const shape = indicesOf(new_shape);
    if (shape.some((n) => n < 0)) throw new ValueError("all elements of `new_shape` must be non-negative");
    const y = Strided.zeros(x.dtype, shape);
    if (x.size === 0 || y.size === 0) return wrap(y);
    const copies = run(ops.tile, { reps: [Math.ceil(y.size / x.size)] }, reshaped(x, [x.size]));
    copyInto(y, reshaped(run(ops.slice, { dim: 0, start: 0, step: 1, length: y.size }, copies), shape));
    return wrap(y);
  }, 0),
);

/** The shape that shapes stretch to. @throws ValueError */
export function broadcast_shapes(...args: readonly ShapeLike[]): Tuple<number> {
  const shapes = args.map((s) => indicesOf(s));
  let out: number[] = [];
  shapes.forEach((shape, i) => {
    const next = broadcastTwo(out, shape);
    if (!next) {
      const at = Math.max(
        shapes.findIndex((s, k) => k < i && !broadcastTwo(s, shape)),
        0,
      );
      throw mismatchError([at, shapes[at]!], [i, shape]);
    }
    out = next;
  });
  return Tuple.of_(out);
}

/** An array stretched to a shape without copying; it must not be written. @throws ValueError */
export const broadcast_to = def(
  "numpy.broadcast_to",
  "array shape subok",
  (array: ArrayLike, shape: ShapeLike, _subok = false): ndarray => {
    const x = asArray(array);
    const to = indicesOf(shape);
    if (to.some((n) => n < 0)) throw new ValueError("all elements of broadcast shape must be non-negative");
    const next = to.length >= x.ndim ? broadcastTwo(x._a.shape, to) : null;
    if (!next || next.some((n, i) => n !== to[i])) {
      if (to.length < x.ndim)
        throw new ValueError(
          to.length === 0
            ? "cannot broadcast a non-scalar to a scalar array"
            : "input operand has more dimensions than allowed by the axis remapping",
        );
      throw remappedError([shapeText(x._a.shape)], to);
    }
    const y = viewOf(x, broadcastTo(x._a, to));
    y._readonly = true;
    return y;
  },
);

/** Arrays stretched to their common shape without copying. @throws ValueError */
export const broadcast_arrays = def(
  "numpy.broadcast_arrays",
  "...args * subok",
  (args: readonly ArrayLike[] = [], _subok = false): Tuple<ndarray> => {
    const arrays = args.map(asArray);
    const shape = broadcast_shapes(...arrays.map((x) => x.shape));
    return Tuple.of_(arrays.map((x) => viewOf(x, broadcastTo(x._a, shape))));
  },
);

/** The last two axes exchanged. @throws ValueError with fewer axes */
export const matrix_transpose = def("numpy.matrix_transpose", "x", (x: ArrayLike): ndarray => {
  const a = asArray(x);
  if (a.ndim < 2) throw new ValueError(`Input array must be at least 2-dimensional, but it is ${a.ndim}`);
  return a.swapaxes(-1, -2);
});

/** The axes in another order. */
export const permute_dims = def(
  "numpy.permute_dims",
  "a axes",
  (a: ArrayLike, axes: readonly number[] | null = null): ndarray => asArray(a).transpose(axes),
);
