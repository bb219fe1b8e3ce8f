import {
  broadcastTwo,
  castTo,
  copyInto,
  type DType,
  float16,
  float32,
  float64,
  isDiscrete,
  ops,
  Strided,
  scalarArray,
} from "@cognate/kernel";
import { def, RuntimeWarning, ValueError, warn } from "@cognate/py";
import { asStrided } from "../array/create.js";
import { fromStrided, type ndarray } from "../array/ndarray.js";
import { axesOf, axisOf, reducedAxes } from "../array/shape.js";
import type { ArrayLike, Axis, Flag, Item } from "../array/types.js";
import { type DTypeLike, givenKernel } from "../dtype/dtype.js";
import { broadcastError, castError } from "../errors/classes.js";
import { add, maximum, minimum, multiply, sqrt, subtract } from "../ufunc/arithmetic.js";
import { run } from "../ufunc/compose.js";

import { logical_and, logical_or } from "../ufunc/logic.js";
import { accumulateArray, deliverTo, masked, reduceArray } from "../ufunc/reduce.js";
import type { Core } from "../ufunc/ufunc.js";

type Out = ndarray | null;

type Where = ArrayLike | true;

/** Whether all elements become one that is a plain number or boolean; unsigned sums have a type of their own. */
const isPlain = (x: Strided): boolean =>
  x.size > 0 && (x.dtype === float64 || x.dtype.kind === "int" || x.dtype.kind === "bool");

/** A reduction by a ufunc with all that it may be given. */
function reduced(
  core: Core,
  a: ArrayLike,
  axis: Axis,
  dtype: DTypeLike | null,
  out: Out,
  keepdims: boolean,
  initial: ArrayLike | null,
  where: Where,
): Item {
  const x = asStrided(a);
  const whole = axis === null && out === null && !keepdims;
  if (whole && dtype === null && initial === null && where === true && isPlain(x))
    return core.spec.reduce!.total(x) as Item;
  return deliverTo(
    reduceArray(core, x, reducedAxes(axis, x.rank), { dtype, keepdims, initial, where }),
    out,
    core.name,
  );
}

const reducer =
  (core: Core) =>
  (
    a: ArrayLike,
    axis: Axis = null,
    dtype: DTypeLike | null = null,
    out: Out = null,
    keepdims = false,
    initial: ArrayLike | null = null,
    where: Where = true,
  ): Item =>
    reduced(core, a, axis, dtype, out, keepdims, initial, where);

/**
 * Σ of the elements along axes (all by default). Small integers add up in 64 bits.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * const a = np.array([[1, 2], [3, 4]]);
 * print(np.sum(a), a.sum({ axis: 0 }), a.sum({ axis: 1, keepdims: true }).shape); // prints 10 [4 6] (2, 1)
 * ```
 */
export const sum = def("numpy.sum", "a axis dtype out keepdims initial where", reducer(add.core));

/** Π of the elements along axes (all by default). */
export const prod = def("numpy.prod", "a axis dtype out keepdims initial where", reducer(multiply.core));

const extremum =
  (core: Core) =>
  (
    a: ArrayLike,
    axis: Axis = null,
    out: Out = null,
    keepdims = false,
    initial: ArrayLike | null = null,
    where: Where = true,
  ): Item =>
    reduced(core, a, axis, null, out, keepdims, initial, where);

/** The largest element along axes; NaN if there is one. @throws ValueError for no elements */
export const max = def("numpy.max", "a axis out keepdims initial where", extremum(maximum.core));

/** The smallest element along axes; NaN if there is one. @throws ValueError for no elements */
export const min = def("numpy.min", "a axis out keepdims initial where", extremum(minimum.core));

const truth =
  (core: Core) =>
  (a: ArrayLike, axis: Axis = null, out: Out = null, keepdims = false, where: Where = true): Flag => {
    const x = asStrided(a);
    if (axis === null && out === null && !keepdims && where === true)
      return core.spec.reduce!.total(x) as Flag;
    return deliverTo(
      reduceArray(core, x, reducedAxes(axis, x.rank), { keepdims, where }),
      out,
      core.name,
    ) as unknown as Flag;
  };

/** Whether any element along axes is true (not zero). */
export const any = def("numpy.any", "a axis out keepdims * where", truth(logical_or.core));

/** Whether all elements along axes are true (not zero). */
export const all = def("numpy.all", "a axis out keepdims * where", truth(logical_and.core));

const picker =
  (name: string, row: typeof ops.argmax) =>
  (a: ArrayLike, axis: number | null = null, out: Out = null, keepdims = false): Item => {
    const x = asStrided(a);
    if (axis === null && out === null && !keepdims && x.size > 0 && x.dtype.kind !== "complex")
      return row.total(x) as Item;
    const axes = axis === null ? axesOf(null, x.rank) : [axisOf(axis, Math.max(x.rank, 1))].slice(0, x.rank);
    if (axes.some((d) => x.shape[d] === 0))
      throw new ValueError(`attempt to get ${name} of an empty sequence`);
    if (x.size === 0) return deliverTo(emptyIndex(x, axes, keepdims), out, name);
    return deliverTo(run(row, { dims: axes, keepdim: keepdims }, ordered(x)), out, name);
  };

const emptyIndex = (x: Strided, axes: readonly number[], keepdim: boolean): Strided =>
  run(ops.argmax, { dims: axes, keepdim }, castTo(x, float64));

/** Complex numbers by their places in their order, so that the first of the largest is found. */
function ordered(x: Strided): Strided {
  if (x.dtype.kind !== "complex") return x;
  const [, inverse] = ops.unique.run([x], { equalNan: true }) as readonly Strided[];
  return inverse!;
}

/** Where the largest element stands, the first of several (the first NaN). @throws ValueError for no elements */
export const argmax = def("numpy.argmax", "a axis out * keepdims", picker("argmax", ops.argmax));

/** Where the smallest element stands, the first of several (the first NaN). @throws ValueError for no elements */
export const argmin = def("numpy.argmin", "a axis out * keepdims", picker("argmin", ops.argmin));

/** The type that means are made in: integers and bools go to float64. */
const meanType = (d: DType): DType => (isDiscrete(d) ? float64 : d);

/** Halves add up in single precision. */
const widened = (d: DType): DType => (d === float16 ? float32 : d);

const count = (x: Strided, axes: readonly number[]): number => axes.reduce((n, d) => n * x.shape[d]!, 1);

/** The mean over axes on kernel arrays. */
export function meanArray(
  x: Strided,
  axes: readonly number[],
  keepdim: boolean,
  type: DType,
  where: Where,
): Strided {
  if (type.kind !== "float" && type.kind !== "complex") return wholeMean(x, axes, keepdim, type, where);
  const wide = castTo(x, widened(type));
  if (where === true) {
    if (count(x, axes) === 0) warn("Mean of empty slice", RuntimeWarning);
    return castTo(run(ops.mean, { dims: axes, keepdim }, wide), type);
  }
  const mask = asStrided(where);
  const total = run(ops.sum, { dims: axes, keepdim }, masked(wide, mask, 0));
  return castTo(run(ops.div, undefined, total, counted(x, mask, axes, keepdim, total.dtype)), type);
}

/** A mean in an integer type: the sum in that type, over the count, cut off. */
function wholeMean(
  x: Strided,
  axes: readonly number[],
  keepdim: boolean,
  type: DType,
  where: Where,
): Strided {
  const total = reduceArray(add.core, x, axes, { dtype: type.name, keepdims: keepdim, where });
  const n =
    where === true
      ? scalarArray(count(x, axes), float64)
      : counted(x, asStrided(where), axes, keepdim, float64);
  return castTo(run(ops.div, undefined, castTo(total, float64), n), type);
}

/** How many elements the mask lets through, in the type of a quotient. */
function counted(x: Strided, mask: Strided, axes: readonly number[], keepdim: boolean, type: DType): Strided {
  const hits = masked(copyInto(Strided.zeros(float64, x.shape), scalarArray(1, float64)), mask, 0);
  return castTo(run(ops.sum, { dims: axes, keepdim }, hits), type);
}

/**
 * The mean along axes (all by default). Integers give float64.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * print(np.mean([1, 2, 4]), np.array([[1, 2], [3, 5]]).mean(0)); // prints 2.3333333333333335 [2.  3.5]
 * ```
 */
export const mean = def(
  "numpy.mean",
  "a axis dtype out keepdims * where",
  (
    a: ArrayLike,
    axis: Axis = null,
    dtype: DTypeLike | null = null,
    out: Out = null,
    keepdims = false,
    where: Where = true,
  ): Item => {
    const x = asStrided(a);
    if (axis === null && dtype === null && out === null && !keepdims && where === true)
      if (x.dtype === float64 && x.size > 0) return ops.mean.total(x) as Item;
    const type = givenKernel(dtype) ?? meanType(x.dtype);
    return deliverTo(meanArray(x, axesOf(axis, x.rank), keepdims, type, where), out, "mean");
  },
);

const spread =
  (name: string, row: typeof ops.variance) =>
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
    if (correction !== null && ddof !== 0)
      throw new ValueError("ddof and correction can't be provided simultaneously.");
    const x = asStrided(a);
    const less = correction ?? ddof;
    const type = givenKernel(dtype) ?? meanType(x.dtype);
    const axes = axesOf(axis, x.rank);
    const whole = type.kind !== "float" && type.kind !== "complex";
    if (whole && where === true && mean === null && x.dtype.kind !== "complex")
      return deliverTo(wholeSpread(name, x, axes, keepdims, type, less), out, name);
    const result = type === float16 ? float16 : undefined;
    if (where !== true || mean !== null)
      return deliverTo(spreadAround(name, x, axes, keepdims, type, where, mean, less), out, name);
    if (count(x, axes) - less <= 0) warn("Degrees of freedom <= 0 for slice", RuntimeWarning);
    if (axis === null && type === float64 && out === null && !keepdims)
      return row.total(castTo(x, type), { correction: less }) as Item;
    const y = run(row, { dims: axes, keepdim: keepdims, correction: less }, castTo(x, widened(type)));
    return deliverTo(result ? castTo(y, result) : y, out, name);
  };

/** A variance in an integer type or bool: means and sums are cut off on the way. */
function wholeSpread(
  name: string,
  x: Strided,
  axes: readonly number[],
  keepdims: boolean,
  type: DType,
  less: number,
): Strided {
  if (count(x, axes) - less <= 0) warn("Degrees of freedom <= 0 for slice", RuntimeWarning);
  const away = subtract.impl(fromStrided(x), fromStrided(wholeMean(x, axes, true, type, true)));
  const squares = asStrided(multiply.impl(away, away));
  const total = castTo(reduceArray(add.core, squares, axes, { dtype: type.name, keepdims }), float64);
  const y = castTo(run(ops.div, undefined, total, Math.max(count(x, axes) - less, 0)), type);
  if (name !== "std") return y;
  if (y.rank > 0) throw castError("sqrt", "output", sqrt.core.loopFor(type), type, "same_kind");
  return castTo(run(ops.sqrt, undefined, castTo(y, float64)), type);
}

function spreadAround(
  name: string,
  x: Strided,
  axes: readonly number[],
  keepdim: boolean,
  type: DType,
  where: Where,
  mean: ArrayLike | null,
  less: number,
): Strided {
  const wide = castTo(x, widened(type));
  const centre =
    mean === null ? meanArray(x, axes, true, wide.dtype, where) : castTo(asStrided(mean), wide.dtype);
  if (!broadcastTwo(wide.shape, centre.shape)) throw broadcastError([wide.shape, centre.shape]);
  const away = run(ops.abs, undefined, run(ops.sub, undefined, wide, centre));
  const squares = run(ops.square, undefined, away);
  const mask = where === true ? undefined : asStrided(where);
  const total = run(ops.sum, { dims: axes, keepdim }, mask ? masked(squares, mask, 0) : squares);
  const n = mask ? counted(x, mask, axes, keepdim, total.dtype) : null;
  const divisor = n
    ? run(ops.maximum, undefined, run(ops.sub, undefined, n, less), 0)
    : Math.max(count(x, axes) - less, 0);
  const y = run(ops.div, undefined, total, divisor);
  return castTo(name === "std" ? run(ops.sqrt, undefined, y) : y, type.kind === "complex" ? y.dtype : type);
}

/** The mean of squared distances from the mean along axes, over n − ddof. */
export const var_ = def(
  "numpy.var",
  "a axis dtype out ddof keepdims * where mean correction",
  spread("var", ops.variance),
);

/** The standard deviation along axes: the root of {@link var_}. */
export const std = def(
  "numpy.std",
  "a axis dtype out ddof keepdims * where mean correction",
  spread("std", ops.std),
);

const scanner =
  (core: Core) =>
  (a: ArrayLike, axis: number | null = null, dtype: DTypeLike | null = null, out: Out = null): Item => {
    const given = asStrided(a);
    const x = axis === null || given.rank === 0 ? run(ops.reshape, { shape: [given.size] }, given) : given;
    return deliverTo(accumulateArray(core, x, axisOf(axis ?? 0, x.rank), givenKernel(dtype)), out, core.name);
  };

/** Running sums along an axis, of all elements in order by default. */
export const cumsum = def("numpy.cumsum", "a axis dtype out", scanner(add.core));

/** Running products along an axis, of all elements in order by default. */
export const cumprod = def("numpy.cumprod", "a axis dtype out", scanner(multiply.core));

/** The largest element less the smallest along axes. @throws ValueError for no elements */
export const ptp = def(
  "numpy.ptp",
  "a axis out keepdims",
  (a: ArrayLike, axis: Axis = null, out: Out = null, keepdims = false): Item => {
    const x = asStrided(a);
    const axes = reducedAxes(axis, x.rank);
    const [high, low] = [maximum.core, minimum.core].map((c) => reduceArray(c, x, axes, { keepdims }));
    return subtract.impl(fromStrided(high!), fromStrided(low!), out);
  },
);
