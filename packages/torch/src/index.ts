import "./install.js";

export * from "./dtype.js";
export * from "./ops/pointwise.js";
export * from "./ops/reduction.js";
export { Size } from "./size.js";
export { tensor } from "./tensor/factories.js";
export { Tensor, type TensorLike } from "./tensor/tensor.js";
