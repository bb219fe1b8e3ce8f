import "./install.js";

export { device } from "./device.js";
export * from "./dtype.js";
export { celu, celu_, relu_, selu, selu_, threshold, threshold_ } from "./nn/functional/activation.js";
export { rsub } from "./ops/operators.js";
export * from "./ops/pointwise.js";
export { polar } from "./ops/polar.js";
export * from "./ops/functions.js";
export * from "./ops/structure.js";
export { get_printoptions, printoptions, set_printoptions } from "./print.js";
export * as random from "./random.js";
export * from "./random/functions.js";
export * as return_types from "./return-types.js";
export { Size } from "./size.js";
export * as special from "./special.js";
export { can_cast, promote_types, result_type } from "./ops/types.js";
export { is_tensor, tensor } from "./tensor/factories.js";
export { type Index, Tensor, type TensorLike } from "./tensor/tensor.js";
