/** `keras.ops.image`. */
export * from "./color.js";
export * from "./resize.js";
