/**
 * `xgboost.training`.
 *
 * @packageDocumentation
 */
export { cv, train } from "./python/training.js";
