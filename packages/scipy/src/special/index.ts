/** Special functions, SciPy's `scipy.special`. */
export * from "./combined.js";
export * from "./elementwise.js";
