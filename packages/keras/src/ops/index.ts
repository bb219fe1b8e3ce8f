/** `keras.ops`: functions of tensors, and operations of functional models. */

export { switch_ as switch } from "./core/control.js";
export * from "./core/index.js";
export * as image from "./image/index.js";
export * as linalg from "./linalg/index.js";
export * from "./linalg/index.js";
export * from "./math/index.js";
export * as nn from "./nn/index.js";
export * from "./nn/index.js";
export * as numpy from "./numpy/index.js";
export * from "./numpy/index.js";
export { var_ as var } from "./numpy/reduction.js";
