import { bool, castTo, copyInto, type DType, float16, float32, float64, isInteger } from "@cognate/kernel";
import {
  type ArrayLike,
  type Axis,
  axesOf,
  axisOf,
  deliverTo,
  type Item,
  logic,
  type ndarray,
  promoteTypes,
  reductions,
  sorting,
} from "@cognate/ndarray/core";
import { def, RuntimeWarning, Tuple, TypeError, ValueError, warn, ZeroDivisionError } from "@cognate/py";
import {
  anyOf,
  asArray,
  cast,
  item,
  ops,
  permuted,
  reshaped,
  run,
  Strided,
  strided,
  upTo,
  wrap,
} from "../internal.js";

/** The axes as the last one, so that a function of one line sees all elements that are reduced together. */
export function lined(x: Strided, axes: readonly number[]): Strided {
  const rest = upTo(x.rank).filter((d) => !axes.includes(d));
  const turned = permuted(x, [...rest, ...axes]);
  return reshaped(turned, [...rest.map((d) => x.shape[d]!), axes.reduce((n, d) => n * x.shape[d]!, 1)]);
}

/** A result without the reduced axes with them back as axes of length 1. */
export const withAxes = (
  y: Strided,
  shape: readonly number[],
  axes: readonly number[],
  lead: readonly number[] = [],
): Strided => reshaped(y, [...lead, ...shape.map((n, d) => (axes.includes(d) ? 1 : n))]);

/**
 * The mean along axes, weighted if weights are given.
 *
 * @returns with `returned`, a tuple of the mean and the sum of the weights
 */
export const average = def(
  "numpy.average",
  "a axis weights returned * keepdims",
  (
    a: ArrayLike,
    axis: Axis = null,
    weights: ArrayLike | null = null,
    returned = false,
    keepdims = false,
  ): Item => {
    const x = asArray(a);
    const axes = axesOf(axis, x.ndim, "axis");
    let mean: Item;
    let total: Item;
    if (weights === null) {
      mean = reductions.mean.impl(x, axes, null, null, keepdims);
      const n = axes.reduce((k, d) => k * x._a.shape[d]!, 1);
      total = item(
        wrap(
          castTo(copyInto(Strided.zeros(float64, strided(mean).shape), strided(n)), strided(mean).dtype),
        ).at(),
      );
    } else {
      const w = weightsFor(asArray(weights), x, axes, axis);
      const type = promoteTypes(
        promoteTypes(x._a.dtype, w._a.dtype),
        isInteger(x._a.dtype) || x._a.dtype === bool ? float64 : x._a.dtype,
      );
      total = w.sum({ axis: axes, dtype: type.name, keepdims });
      if (anyOf(asArray(total).eq(0)))
        throw new ZeroDivisionError("Weights sum to zero, can't be normalized");
      const weighted = asArray(wrap(cast(x._a, type)).mul(wrap(cast(w._a, type))));
      mean = asArray(weighted.sum({ axis: axes, dtype: type.name, keepdims })).div(total);
    }
    if (!returned) return mean;
    const shape = strided(mean).shape;
    const full =
      strided(total).shape.length === shape.length
        ? total
        : item(wrap(run(ops.expand, { shape }, strided(total))));
    return Tuple.of_([mean, full]) as unknown as Item;
  },
);

/** Weights in the shape of the array: those of the averaged axes stretched over the others. */
function weightsFor(w: ndarray, x: ndarray, axes: readonly number[], axis: Axis): ndarray {
  if (w.ndim === x.ndim && w._a.shape.every((n, d) => n === x._a.shape[d])) return w;
  if (axis === null) throw new TypeError("Axis must be specified when shapes of a and weights differ.");
  const given = [axis].flat().map((d) => axisOf(d, x.ndim));
  if (w._a.shape.length !== given.length || w._a.shape.some((n, i) => n !== x._a.shape[given[i]!]))
    throw new ValueError("Shape of weights must be consistent with shape of a along specified axis.");
  const order = [...given].sort((p, q) => p - q).map((d) => given.indexOf(d));
  const turned = permuted(w._a, order);
  const shape = x._a.shape.map((n, d) => (axes.includes(d) ? n : 1));
  return wrap(run(ops.expand, { shape: x._a.shape }, reshaped(turned, shape)));
}

/** Types that a median or quantile is made in: integers and bools in float64, halves in single precision. */
export const quantileType = (d: DType): { work: DType; result: DType } =>
  d.kind !== "float" ? { work: float64, result: float64 } : { work: d === float16 ? float32 : d, result: d };

/** The median along axes: the middle element, or the mean of the two middle ones. */
export const median = def(
  "numpy.median",
  "a axis out overwrite_input keepdims",
  (
    a: ArrayLike,
    axis: Axis = null,
    out: ndarray | null = null,
    _overwrite_input = false,
    keepdims = false,
  ): Item => {
    const x = strided(a);
    return deliverTo(medianArray(x, axesOf(axis, x.rank), keepdims, false), out, "median");
  },
);

/** The mean of the middle elements of complex numbers, which are in order by real, then by imaginary parts. */
function complexMedian(x: Strided, axes: readonly number[], keepdim: boolean): Strided {
  const line = lined(x, axes);
  const dim = line.rank - 1;
  const n = line.shape[dim]!;
  const [sorted] = sorting.sortedAlong(line, dim);
  const middle = wrap(sorted).at("...", `${(n - 1) >> 1}:${(n >> 1) + 1}`) as ndarray;
  // A NaN is sorted to the end, and then the sum with it is the median.
  const last = wrap(sorted).at("...", `${n - 1}:`) as ndarray;
  const used = reductions.any(logic.isnan(last))
    ? run(ops.where, undefined, last._a, strided(logic.isnan(last)), middle._a)
    : middle._a;
  const y = reductions.meanArray(used, [dim], false, x.dtype, true);
  return keepdim ? withAxes(y, x.shape, axes) : y;
}

/** The median on kernel arrays. */
export function medianArray(
  x: Strided,
  axes: readonly number[],
  keepdim: boolean,
  ignoreNan: boolean,
): Strided {
  if (x.dtype.kind === "complex") return complexMedian(x, axes, keepdim);
  const { work, result } = quantileType(x.dtype);
  const line = castTo(lined(x, axes), work);
  const n = line.shape[line.rank - 1]!;
  if (n === 0) {
    warn("Mean of empty slice", RuntimeWarning);
    const y = copyInto(Strided.zeros(result, line.shape.slice(0, -1)), strided(Number.NaN));
    return keepdim ? withAxes(y, x.shape, axes) : y;
  }
  const params = { dim: line.rank - 1, q: [0.5], method: "midpoint", ignoreNan } as const;
  const [y] = ops.quantile.run([line], params) as readonly Strided[];
  const flat = castTo(reshaped(y!, line.shape.slice(0, -1)), result);
  return keepdim ? withAxes(flat, x.shape, axes) : flat;
}
