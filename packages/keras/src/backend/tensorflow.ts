/**
 * What Keras and TensorFlow share: tensors, tapes, element types, shapes, errors. For `@cognate/tf` alone.
 *
 * @packageDocumentation
 */
export { fingerprint, sipHash } from "../layers/preprocessing/text/fingerprint.js";
export { setSavedModelLoader } from "../layers/tfsm-layer.js";
export { resultKernel } from "../promotion.js";
export { getGlobalSeed, operationSeed, seedEpoch, setGlobalSeed } from "../random/state.js";
export * as nest from "../tree.js";
export { castValue, valueOf } from "./create.js";
export { DType, type DTypeLike, fromKernel, kernelType } from "./dtype.js";
export { cppName, InvalidArgumentError, kernelError, OpError, reword } from "./errors.js";
export { getItem, type Index } from "./indexing.js";
export { KerasTensor } from "./keras-tensor.js";
export { installMethods, type TensorMethods } from "./methods.js";
export {
  noteRead,
  noteRows,
  recorders,
  recording,
  run,
  runMany,
  seen,
  sequenceNow,
  startRecording,
  stopRecording,
  unrecorded,
} from "./record.js";
export { nameScope } from "./scope.js";
export { type GradientTape as Tape, GradientTape } from "./tape.js";
export { type Nested, type Scalar, scalarAt, Tensor, type TensorLike, wrap } from "./tensor.js";
export { TensorShape } from "./tensor-shape.js";
export { Variable as KerasVariable } from "./variable.js";
