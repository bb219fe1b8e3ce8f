export { LayerImpl as Layer } from "../layers/base.js";
export * from "../layers/conv.js";
export * from "../layers/core.js";
export * from "../layers/normalization.js";
export * from "../layers/pooling.js";
