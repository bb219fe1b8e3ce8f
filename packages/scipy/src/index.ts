/**
 * SciPy's special functions, basic linear algebra and the normal distribution: the same names and numbers.
 *
 * @packageDocumentation
 */
export * as linalg from "./linalg/index.js";
export * as special from "./special/index.js";
export * as stats from "./stats/index.js";
