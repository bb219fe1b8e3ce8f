/** `keras.ops.image`. */
export * from "./borders.js";
export * from "./color.js";
export * from "./elastic.js";
export * from "./filters.js";
export * from "./resize.js";
export * from "./scale.js";
export * from "./warp.js";
