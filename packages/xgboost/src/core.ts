/**
 * `xgboost.core`.
 *
 * @packageDocumentation
 */
export { XGBoostError } from "./errors.js";
export { Booster } from "./python/booster.js";
export { DMatrix, QuantileDMatrix } from "./python/dmatrix.js";
