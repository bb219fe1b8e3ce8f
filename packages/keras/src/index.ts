/**
 * Keras 3: layers, models, training, files and printing, as on its TensorFlow backend.
 *
 * @packageDocumentation
 */
export * as activations from "./activations/index.js";
export * as applications from "./applications/index.js";
export * as backend from "./backend/index.js";
export { nameScope as name_scope } from "./backend/scope.js";
export { KerasTensor } from "./backend/symbolic-tensor.js";
export { GradientTape } from "./backend/tape.js";
export { Tensor } from "./backend/tensor.js";
export { Variable } from "./backend/variable.js";
export * as callbacks from "./callbacks/index.js";
export * as config from "./config/index.js";
export * as constraints from "./constraints/index.js";
export * as dtype_policies from "./dtype-policies/index.js";
export { DTypePolicy, DTypePolicy as FloatDTypePolicy } from "./dtype-policies/index.js";
export * as initializers from "./initializers/index.js";
export { Initializer } from "./initializers/index.js";
export * as layers from "./layers/index.js";
export { Input, InputSpec, Layer } from "./layers/index.js";
export * as losses from "./losses/index.js";
export { Loss } from "./losses/index.js";
export * as metrics from "./metrics/index.js";
export { Metric } from "./metrics/index.js";
export * as mixed_precision from "./mixed-precision/index.js";
export * as models from "./models/index.js";
export { Model, Sequential } from "./models/index.js";
export { Function } from "./ops/function.js";
export * as ops from "./ops/index.js";
export { Operation } from "./ops/operation-class.js";
export * as optimizers from "./optimizers/index.js";
export { Optimizer } from "./optimizers/index.js";
export * as preprocessing from "./preprocessing/index.js";
export * as quantizers from "./quantizers/index.js";
export { Quantizer } from "./quantizers/index.js";
export * as random from "./random/index.js";
export * as regularizers from "./regularizers/index.js";
export { Regularizer } from "./regularizers/index.js";
export * as saving from "./saving/index.js";
export * as tree from "./tree-api.js";
export * as utils from "./utils/index.js";
export { device, RematScope, remat } from "./utils/remat.js";
export { version, version as __version__ } from "./version.js";
