/**
 * Functions that `@cognate/numpy` hands on as they are: ufuncs, functions that are methods too, scalar types.
 *
 * @packageDocumentation
 */
import "./install.js";

export * from "./array/scalars.js";
export { dot, matmul } from "./methods/contraction.js";
export {
  all,
  any,
  argmax,
  argmin,
  cumprod,
  cumsum,
  max,
  mean,
  min,
  prod,
  ptp,
  std,
  sum,
  var_,
} from "./methods/reductions.js";
export { choose, clip, compress, nonzero, put, repeat, round, take, trace } from "./methods/select.js";
export { asArray, copy, diagonal, ravel, reshape, squeeze, swapaxes, transpose } from "./methods/shape.js";
export { argpartition, argsort, partition, searchsorted, sort } from "./methods/sort.js";
export * from "./ufunc/arithmetic.js";
export * from "./ufunc/elementary.js";
export * from "./ufunc/logic.js";
