/** The functions of `torch` that work place by place, by family. */
export * from "./activation.js";
export * from "./arithmetic.js";
export * from "./bitwise.js";
export * from "./comparison.js";
export * from "./exponential.js";
export * from "./rounding.js";
export * from "./selection.js";
export * from "./special-functions.js";
export * from "./trigonometric.js";
