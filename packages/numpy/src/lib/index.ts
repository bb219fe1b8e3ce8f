/** NumPy's `numpy.lib`. */

export * as array_utils from "./array-utils.js";
export * as format from "./format.js";
export * as npyio from "./npyio.js";
export * as scimath from "./scimath.js";
export * as stride_tricks from "./stride_tricks.js";
export { NumpyVersion } from "./version.js";
