/**
 * What `@cognate/numpy` is built with: ufuncs, functions that are methods too, printing, promotion, errors.
 *
 * @packageDocumentation
 */
import "./install.js";

export { ArrayBase, type Element, elementOf } from "./array/base.js";
export { counting } from "./array/counting.js";
export { asStrided, checkInteger, newStrided } from "./array/create.js";
export { flatiter } from "./array/flat.js";
export { entriesOf, getItem, locateFlat, setItem } from "./array/index.js";
export { fromStrided, ndarray, viewOf } from "./array/ndarray.js";
export {
  copyOrdered,
  fortranStrides,
  hasOrder,
  isFortran,
  orderOf,
  strideFor,
} from "./array/order.js";
export * as scalars from "./array/scalars.js";
export { itemAt, itemBesideScalar, itemOf } from "./array/scalars.js";
export { axesOf, axisOf, indexOf, indicesOf, reducedAxes, resolveShape, shapeOf } from "./array/shape.js";
export {
  asTexts,
  byCodePoints,
  isText,
  isTextType,
  TextArray,
  TextDType,
  textArray,
  textFromCodes,
  textUnique,
} from "./array/text.js";
export { movesTexts, movesTextsFirst, ordersTexts, writesTexts } from "./array/text-functions.js";
export { countsOf, flagsOf, mapTexts, textsOf } from "./array/text-map.js";
export type { ArrayLike, Axis, Flag, Index, Item, Order, ShapeLike } from "./array/types.js";
export { charOf, type DTypeLike, dtype, dtypeOf, givenKernel, toKernel } from "./dtype/dtype.js";
export {
  type Casting,
  canCast,
  defaultOf,
  promoteAll,
  promoteTypes,
  resultType,
  strongerWeak,
  type Weak,
  withWeak,
} from "./dtype/promote.js";
export {
  AxisError,
  broadcastError,
  mismatchError,
  remappedError,
  shapeText,
  tupleText,
  UFuncTypeError,
} from "./errors/classes.js";
export { ComplexWarning } from "./errors/warnings.js";
export { inNumpyWords } from "./errors/words.js";
export * as contraction from "./methods/contraction.js";
export { keywordMethods } from "./methods/keywords.js";
export * as reductions from "./methods/reductions.js";
export * as select from "./methods/select.js";
export * as shaping from "./methods/shape.js";
export * as sorting from "./methods/sort.js";
export {
  get_printoptions,
  type PrintOptions,
  printoptions,
  set_printoptions,
} from "./print/options.js";
export {
  array_repr,
  array_str,
  array2string,
  format_float_positional,
  format_float_scientific,
} from "./print/repr.js";
export { globalRandom } from "./random.js";
export * as arithmetic from "./ufunc/arithmetic.js";
export { run, select as selectArray } from "./ufunc/compose.js";
export * as elementary from "./ufunc/elementary.js";
export {
  type ErrMode,
  type ErrState,
  errstate,
  geterr,
  geterrcall,
  report,
  seterr,
  seterrcall,
} from "./ufunc/errstate.js";
export * as logic from "./ufunc/logic.js";
export { type BinaryUfunc, binary, type UnaryUfunc, unary } from "./ufunc/make.js";
export { operandOf } from "./ufunc/operand.js";
export { accumulateArray, deliverTo, masked, reduceArray } from "./ufunc/reduce.js";
export { ufunc } from "./ufunc/ufunc.js";
