import { type ArrayLike, axisOf, indexOf, indicesOf, type ndarray, viewOf } from "@cognate/ndarray/core";
import { def, IndexError, Tuple, ValueError } from "@cognate/py";
import { asArray, ops, run } from "../internal.js";

type Sections = number | readonly number[] | ArrayLike;

/** Views of the parts of an axis that begin at these positions. */
function parts(x: ndarray, axis: number, starts: readonly number[]): ndarray[] {
  const n = x._a.shape[axis]!;
  const clamp = (i: number): number => Math.min(Math.max(i < 0 ? i + n : i, 0), n);
  return starts.map((from, k) => {
    const start = clamp(from);
    const stop = k + 1 < starts.length ? clamp(starts[k + 1]!) : n;
    const length = Math.max(stop - start, 0);
    return viewOf(x, run(ops.slice, { dim: axis, start, step: 1, length }, x._a));
  });
}

const isCount = (s: Sections): s is number => typeof s === "number";

/** An array cut into parts along an axis: so many nearly equal ones, or at the given positions. */
export const array_split = def(
  "numpy.array_split",
  "ary indices_or_sections axis",
  (ary: ArrayLike, indices_or_sections: Sections, axis = 0): ndarray[] => {
    const x = asArray(ary);
    if (axis < -x.ndim || axis >= x.ndim) throw new IndexError("tuple index out of range");
    const dim = axisOf(axis, x.ndim);
    if (!isCount(indices_or_sections)) return parts(x, dim, [0, ...indicesOf(indices_or_sections)]);
    const n = indexOf(indices_or_sections);
    if (n <= 0) throw new ValueError("number sections must be larger than 0.");
    const total = x._a.shape[dim]!;
    const [each, extra] = [Math.floor(total / n), total % n];
    return parts(
      x,
      dim,
      Array.from({ length: n }, (_, i) => i * each + Math.min(i, extra)),
    );
  },
);

/** {@link array_split} into equal parts. @throws ValueError where the axis does not divide */
export const split = def(
  "numpy.split",
  "ary indices_or_sections axis",
  (ary: ArrayLike, indices_or_sections: Sections, axis = 0): ndarray[] => {
    const x = asArray(ary);
    if (isCount(indices_or_sections) && x._a.shape[axisOf(axis, x.ndim)]! % indices_or_sections !== 0)
      throw new ValueError("array split does not result in an equal division");
    return array_split.impl(x, indices_or_sections, axis);
  },
);

const along =
  (name: string, least: number, axisFor: (ndim: number) => number) =>
  (ary: ArrayLike, indices_or_sections: Sections): ndarray[] => {
    const x = asArray(ary);
    if (x.ndim < least)
      throw new ValueError(
        least === 1
          ? "hsplit only works on arrays of 1 or more dimensions"
          : `${name} only works on arrays of ${least} or more dimensions`,
      );
    return split.impl(x, indices_or_sections, axisFor(x.ndim));
  };

/** Cut along columns; a vector along its one axis. */
export const hsplit = def(
  "numpy.hsplit",
  "ary indices_or_sections",
  along("hsplit", 1, (n) => (n > 1 ? 1 : 0)),
);
/** Cut along rows. */
export const vsplit = def(
  "numpy.vsplit",
  "ary indices_or_sections",
  along("vsplit", 2, () => 0),
);
/** Cut along the third axis. */
export const dsplit = def(
  "numpy.dsplit",
  "ary indices_or_sections",
  along("dsplit", 3, () => 2),
);

/** The slices along an axis, as a tuple. */
export const unstack = def("numpy.unstack", "x * axis", (x: ArrayLike, axis = 0): Tuple<ndarray> => {
  const a = asArray(x);
  if (a.ndim === 0) throw new ValueError("Input array must be at least 1-d.");
  const dim = axisOf(axis, a.ndim);
  const { shape, strides, offset } = a._a;
  const keep = (_: number, d: number): boolean => d !== dim;
  return Tuple.of_(
    Array.from({ length: shape[dim]! }, (_, i) =>
      viewOf(a, a._a.view(shape.filter(keep), strides.filter(keep), offset + i * strides[dim]!)),
    ),
  );
});
