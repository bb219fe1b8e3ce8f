/** Assertions about arrays, NumPy's `numpy.testing`. */
export * from "./asserts.js";
