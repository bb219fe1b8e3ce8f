/**
 * `sklearn.preprocessing`: scaling of columns and rows, numbers for labels.
 *
 * @packageDocumentation
 */
export { LabelEncoder } from "./label.js";
export { MaxAbsScaler, MinMaxScaler, Normalizer } from "./scalers.js";
export { StandardScaler } from "./standard-scaler.js";
