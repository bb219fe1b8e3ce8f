/** `keras.ops.numpy`. */
export { vectorize } from "../core/control.js";
export { get_item } from "../core/tensors.js";
export { slogdet } from "../linalg/factors.js";
export * from "./creation.js";
export * from "./elementwise.js";
export * from "./nan.js";
export * from "./products.js";
export * from "./reduction.js";
export * from "./series.js";
export * from "./shape.js";
export * from "./sorting.js";
