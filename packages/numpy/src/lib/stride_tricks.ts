import { type ArrayLike, axisOf, indicesOf, type ndarray, viewOf } from "@cognate/ndarray/core";
import { def, ValueError } from "@cognate/py";
import { asArray } from "../internal.js";

export { broadcast_arrays, broadcast_shapes, broadcast_to } from "../manipulation/arranging.js";

/** The memory of an array under any shape and strides (in bytes); elements may overlap. */
export const as_strided = def(
  "numpy.lib.stride_tricks.as_strided",
  "x shape strides subok writeable",
  (
    x: ArrayLike,
    shape: readonly number[] | number | null = null,
    strides: readonly number[] | number | null = null,
    _subok = false,
    writeable = true,
  ): ndarray => {
    const a = asArray(x);
    const { itemsize } = a;
    const steps = strides === null ? a._a.strides : indicesOf(strides).map((s) => s / itemsize);
    if (steps.some((s) => !Number.isInteger(s)))
      throw new ValueError("strides must be multiples of the element size");
    const y = viewOf(a, a._a.view(shape === null ? a._a.shape : indicesOf(shape), steps));
    if (!writeable) y._readonly = true;
    return y;
  },
);

/** All windows of a shape over an array, their axes last: a view that must not be written. @throws ValueError */
export const sliding_window_view = def(
  "numpy.lib.stride_tricks.sliding_window_view",
  "x window_shape axis * subok writeable",
  (
    x: ArrayLike,
    window_shape: number | readonly number[],
    axis: number | readonly number[] | null = null,
    _subok = false,
    writeable = false,
  ): ndarray => {
    const a = asArray(x);
    const window = indicesOf(window_shape);
    if (window.some((n) => n < 0)) throw new ValueError("`window_shape` cannot contain negative values");
    const axes = axis === null ? a._a.shape.map((_, d) => d) : indicesOf(axis).map((d) => axisOf(d, a.ndim));
    if (axes.length !== window.length)
      throw new ValueError(
        axis === null
          ? `Since axis is None, must provide window_shape for all dimensions of \`x\`; got ${window.length} window_shape elements and \`x.ndim\` is ${a.ndim}.`
          : `Must provide matching length window_shape and axis; got ${window.length} window_shape elements and ${axes.length} axes elements.`,
      );
    const shape = [...a._a.shape];
    axes.forEach((d, i) => {
      if (shape[d]! < window[i]!)
        throw new ValueError("window shape cannot be larger than input array shape");
      shape[d]! -= window[i]! - 1;
    });
    const y = viewOf(
      a,
      a._a.view([...shape, ...window], [...a._a.strides, ...axes.map((d) => a._a.strides[d]!)]),
    );
    y._readonly = !writeable;
    return y;
  },
);
