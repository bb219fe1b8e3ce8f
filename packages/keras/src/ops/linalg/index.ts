/** `keras.ops.linalg`. */
export * from "./norm.js";
export * from "./solve.js";
