/** `keras.ops.core`. */
export * from "./control.js";
export * from "./tensors.js";
