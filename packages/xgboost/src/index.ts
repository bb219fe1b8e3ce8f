/**
 * XGBoost with its trees, texts and errors.
 *
 * @packageDocumentation
 */
export { XGBoostError } from "./errors.js";
