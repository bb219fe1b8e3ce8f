/**
 * Keras 3: layers, models, training, files and printing, as on its TensorFlow backend.
 *
 * @packageDocumentation
 */
export * as activations from "./activations/index.js";
export * as backend from "./backend/index.js";
export { nameScope as name_scope } from "./backend/scope.js";
export { KerasTensor } from "./backend/symbolic-tensor.js";
export { GradientTape } from "./backend/tape.js";
export { Tensor } from "./backend/tensor.js";
export { Variable } from "./backend/variable.js";
export * as config from "./config/index.js";
export * as constraints from "./constraints/index.js";
export * as dtype_policies from "./dtype-policies/index.js";
export { DTypePolicy, DTypePolicy as FloatDTypePolicy } from "./dtype-policies/index.js";
export * as initializers from "./initializers/index.js";
export { Initializer } from "./initializers/index.js";
export * as layers from "./layers/index.js";
export { Input, InputSpec, Layer } from "./layers/index.js";
export * as losses from "./losses/index.js";
export * as models from "./models/index.js";
export { Model, Sequential } from "./models/index.js";
export { Function } from "./ops/function.js";
export * as ops from "./ops/index.js";
export * as random from "./random/index.js";
export * as regularizers from "./regularizers/index.js";
export { Regularizer } from "./regularizers/index.js";
export * as saving from "./saving/index.js";
export { version, version as __version__ } from "./version.js";
