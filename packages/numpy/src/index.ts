/**
 * NumPy in TypeScript: the same names, dtypes, numbers, random streams and printed text.
 *
 * @packageDocumentation
 */
export {
  type ArrayLike,
  array_repr,
  array_str,
  array2string,
  type DTypeLike,
  dtype,
  errstate,
  flatiter,
  format_float_positional,
  format_float_scientific,
  get_printoptions,
  geterr,
  geterrcall,
  type Item,
  ndarray,
  printoptions,
  set_printoptions,
  seterr,
  seterrcall,
  ufunc,
} from "@cognate/ndarray/core";
export * from "./constants.js";
export {
  array,
  asanyarray,
  asarray,
  asarray_chkfinite,
  ascontiguousarray,
  asfortranarray,
  astype,
  copyto,
  from_dlpack,
  frombuffer,
  fromfunction,
  fromiter,
  require_,
  require_ as require,
} from "./creation/array.js";
export { c_, index_exp, ix_, mgrid, ogrid, r_, s_ } from "./creation/brackets.js";
export * from "./creation/filled.js";
export { arange, geomspace, indices, linspace, logspace, meshgrid } from "./creation/grids.js";
export * as dtypes from "./dtypes/index.js";
export * as emath from "./emath/index.js";
export * as exceptions from "./exceptions/index.js";
export * as fft from "./fft/index.js";
export * from "./introspection.js";
export * from "./io/files.js";
export { type MapMode, type Mapped, memmap } from "./io/memmap.js";
export { fromregex, fromstring, genfromtxt, loadtxt, savetxt } from "./io/text.js";
export * from "./left-out.js";
export * as lib from "./lib/index.js";
export * as linalg from "./linalg/index.js";
export * from "./machine.js";
export * from "./manipulation/arranging.js";
export { delete_, delete_ as delete, insert, trim_zeros } from "./manipulation/editing.js";
export {
  append,
  atleast_1d,
  atleast_2d,
  atleast_3d,
  block,
  column_stack,
  concat,
  concatenate,
  dstack,
  hstack,
  row_stack,
  stack,
  vstack,
} from "./manipulation/joining.js";
export * from "./manipulation/splitting.js";
export * from "./math/bits.js";
export {
  convolve,
  correlate,
  cross,
  diff,
  ediff1d,
  gradient,
  interp,
  trapezoid,
  unwrap,
} from "./math/differences.js";
export * from "./math/digits.js";
export * from "./math/parts.js";
export * from "./math/running.js";
export * from "./methods.js";
export { pad } from "./pad.js";
export {
  poly,
  polyadd,
  polyder,
  polydiv,
  polyfit,
  polyint,
  polymul,
  polysub,
  polyval,
  roots,
} from "./polynomial/classic.js";
export * as polynomial from "./polynomial/index.js";
export { poly1d } from "./polynomial/poly1d.js";
export { einsum, einsum_path } from "./products/einsum.js";
export { inner, kron, matvec, outer, tensordot, vdot, vecdot, vecmat } from "./products/products.js";
export * as random from "./random/index.js";
export * from "./removed.js";
export { broadcast } from "./select/broadcasting.js";
export * from "./select/sets.js";
export { lexsort, sort_complex } from "./select/sorting.js";
export {
  apply_along_axis,
  apply_over_axes,
  frompyfunc,
  iterable,
  ndenumerate,
  ndindex,
  nditer,
  vectorize,
} from "./select/walking.js";
export * from "./select/where.js";
export { average, median } from "./statistics/averages.js";
export * from "./statistics/covariance.js";
export * from "./statistics/histograms.js";
export * from "./statistics/nan.js";
export { percentile, quantile } from "./statistics/quantiles.js";
export * as char from "./strings/char.js";
export * as strings from "./strings/index.js";
export * from "./testing/compare.js";
export * as testing from "./testing/index.js";
export * from "./types/info.js";
export * from "./types/names.js";
export * from "./types/relations.js";
export * from "./ufuncs.js";
