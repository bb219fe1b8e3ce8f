/**
 * `sklearn.preprocessing`: scaling of columns and rows, numbers for labels.
 *
 * @packageDocumentation
 */
export { LabelEncoder } from "./label.js";
export { MaxAbsScaler, MinMaxScaler, Normalizer, StandardScaler } from "./scalers.js";
