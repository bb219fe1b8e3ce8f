/** `keras.ops.nn`. */
export * from "./activation.js";
export * from "./attention.js";
export * from "./conv.js";
export { ctc_decode } from "./ctc-decode.js";
export * from "./encoding.js";
export * from "./loss.js";
export * from "./norm.js";
export * from "./patches.js";
export * from "./pool.js";
export * from "./softmax.js";
