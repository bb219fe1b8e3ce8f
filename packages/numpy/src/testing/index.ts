/** Assertions about arrays, NumPy's `numpy.testing`. */
export * from "./asserts.js";
export * from "./helpers.js";
export * from "./machine.js";
