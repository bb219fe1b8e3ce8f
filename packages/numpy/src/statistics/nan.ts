import { bool, castTo, copyInto } from "@cognate/kernel";
import {
  ArrayBase,
  type ArrayLike,
  type Axis,
  axesOf,
  type DTypeLike,
  deliverTo,
  givenKernel,
  type Item,
  logic,
  type ndarray,
  reducedAxes,
  reductions,
} from "@cognate/ndarray/core";
import { def, RuntimeWarning, TypeError, ValueError, warn } from "@cognate/py";
import { asArray, ops, run, Strided, strided, wrap } from "../internal.js";
import { lined, medianArray, withAxes } from "./averages.js";
import { type Method, quantileArray, shareOf } from "./quantiles.js";

const isInexact = (x: Strided): boolean => x.dtype.kind === "float" || x.dtype.kind === "complex";

/** The array with NaNs replaced, and where they were; itself where its type has none. */
function replaced(x: Strided, value: number): { y: Strided; nan: Strided | null } {
  if (!isInexact(x)) return { y: x, nan: null };
  const nan = run(ops.isnan, undefined, x);
  return { y: run(ops.where, undefined, value, nan, x), nan };
}

type Out = ndarray | null;
type Where = ArrayLike | true;

const filled =
  (value: number, f: typeof reductions.sum) =>
  (
    a: ArrayLike,
    axis: Axis = null,
    dtype: DTypeLike | null = null,
    out: Out = null,
    keepdims = false,
    initial: ArrayLike | null = null,
    where: Where = true,
  ): Item =>
    f.impl(wrap(replaced(strided(a), value).y), axis, dtype, out, keepdims, initial, where);

const sumSignature = "a axis dtype out keepdims initial where";

/** Σ along axes, NaNs as 0. */
export const nansum = def("numpy.nansum", sumSignature, filled(0, reductions.sum));
/** Π along axes, NaNs as 1. */
export const nanprod = def("numpy.nanprod", sumSignature, filled(1, reductions.prod));

const scanned =
  (value: number, f: typeof reductions.cumsum) =>
  (a: ArrayLike, axis: number | null = null, dtype: DTypeLike | null = null, out: Out = null): Item =>
    f.impl(wrap(replaced(strided(a), value).y), axis, dtype, out);

/** Running sums, NaNs as 0. */
export const nancumsum = def("numpy.nancumsum", "a axis dtype out", scanned(0, reductions.cumsum));
/** Running products, NaNs as 1. */
export const nancumprod = def("numpy.nancumprod", "a axis dtype out", scanned(1, reductions.cumprod));

const extreme =
  (worst: number, f: typeof reductions.max) =>
  (
    a: ArrayLike,
    axis: Axis = null,
    out: Out = null,
    keepdims = false,
    initial: ArrayLike | null = null,
    where: Where = true,
  ): Item => {
    const x = strided(a);
    const { y, nan } = replaced(x, worst);
    const name = worst > 0 ? "fmin" : "fmax";
    if (a instanceof ArrayBase && initial === null && reducedAxes(axis, x.rank).some((d) => x.shape[d] === 0))
      throw new ValueError(`zero-size array to reduction operation ${name} which has no identity`);
    if (nan === null) return f.impl(a, axis, out, keepdims, initial, where);
    const axes = reducedAxes(axis, x.rank);
    const best = asArray(f.impl(wrap(y), axis, null, keepdims, initial, where));
    const none = run(ops.all, { dims: axes, keepdim: keepdims }, nan);
    if (x.size > 0 && reductions.any(wrap(none))) warn("All-NaN slice encountered", RuntimeWarning);
    return deliverTo(run(ops.where, undefined, Number.NaN, none, best._a), out, "nanmax");
  };

/** The largest element that is not NaN, along axes; NaN where all are. */
export const nanmax = def(
  "numpy.nanmax",
  "a axis out keepdims initial where",
  extreme(Number.NEGATIVE_INFINITY, reductions.max),
);
/** The smallest element that is not NaN, along axes; NaN where all are. */
export const nanmin = def(
  "numpy.nanmin",
  "a axis out keepdims initial where",
  extreme(Number.POSITIVE_INFINITY, reductions.min),
);

const place =
  (worst: number, f: typeof reductions.argmax) =>
  (a: ArrayLike, axis: number | null = null, out: Out = null, keepdims = false): Item => {
    const x = strided(a);
    const { y, nan } = replaced(x, worst);
    if (nan !== null && x.size > 0) {
      const none = run(ops.all, { dims: reducedAxes(axis, x.rank) }, nan);
      if (reductions.any(wrap(none))) throw new ValueError("All-NaN slice encountered");
    }
    return f.impl(wrap(y), axis, out, keepdims);
  };

/** Where the largest element that is not NaN stands. @throws ValueError where all are NaN */
export const nanargmax = def(
  "numpy.nanargmax",
  "a axis out * keepdims",
  place(Number.NEGATIVE_INFINITY, reductions.argmax),
);
/** Where the smallest element that is not NaN stands. @throws ValueError where all are NaN */
export const nanargmin = def(
  "numpy.nanargmin",
  "a axis out * keepdims",
  place(Number.POSITIVE_INFINITY, reductions.argmin),
);

/** The mask of elements that take part: not NaN, and let through by the caller's. */
function taking(x: Strided, where: Where): ArrayLike {
  const numbers = run(ops.logicalNot, undefined, run(ops.isnan, undefined, x));
  return where === true ? wrap(numbers) : logic.logical_and(wrap(numbers), where);
}

/** The mean along axes of what is not NaN. */
export const nanmean = def(
  "numpy.nanmean",
  "a axis dtype out keepdims * where",
  (
    a: ArrayLike,
    axis: Axis = null,
    dtype: DTypeLike | null = null,
    out: Out = null,
    keepdims = false,
    where: Where = true,
  ): Item => {
    const x = strided(a);
    if (!isInexact(x)) return reductions.mean.impl(a, axis, dtype, out, keepdims, where);
    const type = givenKernel(dtype);
    if (type && type.kind !== "float" && type.kind !== "complex")
      throw new TypeError("If a is inexact, then dtype must be inexact");
    const mask = taking(x, where);
    if (emptySlices(mask, x, axis)) warn("Mean of empty slice", RuntimeWarning);
    return reductions.mean.impl(wrap(replaced(x, 0).y), allowed(axis, x), dtype, out, keepdims, mask);
  },
);

/** An array without axes is taken as it is along its axis 0 or −1. */
const allowed = (axis: Axis, x: Strided): Axis => (x.rank === 0 && (axis === 0 || axis === -1) ? null : axis);

const emptySlices = (mask: ArrayLike, x: Strided, axis: Axis): boolean => {
  const some = run(ops.any, { dims: reducedAxes(axis, x.rank) }, castTo(strided(mask), bool));
  return !reductions.all(wrap(some));
};

const spread =
  (f: typeof reductions.var_) =>
  (
    a: ArrayLike,
    axis: Axis = null,
    dtype: DTypeLike | null = null,
    out: Out = null,
    ddof = 0,
    keepdims = false,
    where: Where = true,
    mean: ArrayLike | null = null,
    correction: number | null = null,
  ): Item => {
    const x = strided(a);
    if (!isInexact(x)) return f.impl(a, axis, dtype, out, ddof, keepdims, where, mean, correction);
    const mask = taking(x, where);
    const y = f.impl(
      wrap(replaced(x, 0).y),
      allowed(axis, x),
      dtype,
      null,
      ddof,
      keepdims,
      mask,
      mean,
      correction,
    );
    const n = asArray(reductions.sum.impl(mask, axis, "int", null, keepdims));
    const few = logic.less_equal(n, correction ?? ddof);
    if (reductions.any(few)) warn("Degrees of freedom <= 0 for slice.", RuntimeWarning);
    return deliverTo(
      run(ops.where, undefined, Number.NaN, strided(few), strided(y, strided(y).dtype)),
      out,
      "nanvar",
    );
  };

const spreadSignature = "a axis dtype out ddof keepdims * where mean correction";

/** The variance along axes of what is not NaN. */
export const nanvar = def("numpy.nanvar", spreadSignature, spread(reductions.var_));
/** The standard deviation along axes of what is not NaN. */
export const nanstd = def("numpy.nanstd", spreadSignature, spread(reductions.std));

/** The median along axes of what is not NaN. */
export const nanmedian = def(
  "numpy.nanmedian",
  "a axis out overwrite_input keepdims",
  (a: ArrayLike, axis: Axis = null, out: Out = null, _overwrite_input = false, keepdims = false): Item => {
    const x = strided(a);
    const y = medianArray(x, axesOf(axis, x.rank), keepdims, true);
    if (isInexact(x) && reductions.any(logic.isnan(wrap(y))))
      warn("All-NaN slice encountered", RuntimeWarning);
    return deliverTo(y, out, "nanmedian");
  },
);

/** Quantiles of lines from which NaNs are left out, one line at a time as their lengths differ. */
function nanQuantileArray(
  x: Strided,
  q: ArrayLike,
  axes: readonly number[],
  method: Method,
  keepdim: boolean,
): Strided {
  const line = lined(x, axes);
  const n = line.shape[line.rank - 1]!;
  const rows = wrap(run(ops.reshape, { shape: [line.size / Math.max(n, 1), n] }, line));
  const parts = Array.from({ length: rows.shape[0]! }, (_, i) => {
    const row = rows.at(i) as ndarray;
    const numbers = isInexact(x) ? (row.at(logic.logical_not(logic.isnan(row))) as ndarray) : row;
    if (numbers.size > 0) return quantileArray(numbers._a, q, [0], method, false, null, null);
    warn("All-NaN slice encountered", RuntimeWarning);
    const shape = strided(q).shape;
    return copyInto(Strided.zeros(x.dtype, shape), strided(Number.NaN));
  });
  const y = ops.stack.run(parts, { dim: -1 }) as Strided;
  const lead = strided(q).shape;
  return keepdim
    ? withAxes(y, x.shape, axes, lead)
    : run(ops.reshape, { shape: [...lead, ...line.shape.slice(0, -1)] }, y);
}

const quantiles =
  (scale: number) =>
  (
    a: ArrayLike,
    q: ArrayLike,
    axis: Axis = null,
    out: Out = null,
    _overwrite_input = false,
    method: Method = "linear",
    keepdims = false,
    _weights: ArrayLike | null = null,
  ): Item => {
    const x = strided(a);
    const share = scale === 1 ? q : shareOf(q, scale);
    if (x.size === 0) return nanmean.impl(a, axis, null, out, keepdims);
    return deliverTo(
      nanQuantileArray(x, share, reducedAxes(axis, x.rank), method, keepdims),
      out,
      "nanquantile",
    );
  };

const quantileSignature = "a q axis out overwrite_input method keepdims * weights";

/** Quantiles along axes of what is not NaN. */
export const nanquantile = def("numpy.nanquantile", quantileSignature, quantiles(1));
/** Percentiles along axes of what is not NaN. */
export const nanpercentile = def("numpy.nanpercentile", quantileSignature, quantiles(100));
