/**
 * `np.ndarray` and what belongs to it: dtypes, promotion, ufuncs, methods, printing. `@cognate/numpy` adds NumPy's other
 * functions; packages whose users are handed ndarrays (`tensor.numpy()`, `model.predict()`) need only this.
 *
 * @packageDocumentation
 */
import "./install.js";

export { ArrayBase, type Element } from "./array/base.js";
export { asStrided, newStrided } from "./array/create.js";
export { flatiter } from "./array/flat.js";
export { fromStrided, ndarray } from "./array/ndarray.js";
export * from "./array/scalars.js";
export {
  byCodePoints,
  isText,
  TextArray,
  TextDType,
  textArray,
  textFromCodes,
  textUnique,
} from "./array/text.js";
export type { ArrayLike, Axis, Flag, Index, Item, Order, ShapeLike } from "./array/types.js";
export { type DTypeLike, dtype, toKernel } from "./dtype/dtype.js";
