/**
 * TensorFlow 2: tensors, variables, tapes, functions, data sets and random streams as TensorFlow has them.
 *
 * @packageDocumentation
 */
export { Tensor, TensorShape } from "./shared.js";
