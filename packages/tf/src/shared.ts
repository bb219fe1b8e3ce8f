/* Names that most files need, in one place. */
export { DType, Tensor, type TensorLike, TensorShape } from "@cognate/keras/tensorflow";
export { Value } from "@cognate/tensor";
