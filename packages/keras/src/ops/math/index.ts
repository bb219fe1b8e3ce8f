/** `keras.ops.math`. */
export { logsumexp } from "../numpy/reduction.js";
export * from "./search.js";
export * from "./segment.js";
