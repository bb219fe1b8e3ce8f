/** `keras.layers`. */
import "../saving/serialization-lib.js";
import "./core/layer-scale.js";

export * from "./activations/index.js";
export * from "./attention/index.js";
export { Layer } from "./base.js";
export * from "./convolutional/index.js";
export * from "./core/index.js";
export { Input, InputLayer } from "./core/input-layer.js";
export { InputSpec } from "./input-spec.js";
export * from "./merging/index.js";
export * from "./normalization/index.js";
export * from "./pooling/index.js";
export * from "./preprocessing/index.js";
export * from "./regularization/index.js";
export * from "./reshaping/index.js";
export * from "./rnn/index.js";
export { deserialize, serialize } from "./serialize.js";
export { TFSMLayer } from "./tfsm-layer.js";
