import { setGraph } from "../core/context.js";
import { isEager, recordByDefault, setEager } from "../graph/current.js";
import { setV2Shapes } from "../graph/shape.js";

/* Which of TensorFlow's two behaviours functions have. What is imported as TensorFlow 1 records in graphs from the start. */

/** Makes functions compute at once. */
export const enable_eager_execution = (): void => {
  setEager(true);
  setGraph(null);
};
/** Makes the functions of both modules record in the default graph. */
export const disable_eager_execution = (): void => {
  setEager(false);
  recordByDefault();
};
export const disable_v2_behavior = (): void => {
  setV2Shapes(false);
  disable_eager_execution();
};
export const enable_v2_behavior = (): void => {
  setV2Shapes(true);
  enable_eager_execution();
};
export const enable_v2_tensorshape = (): void => setV2Shapes(true);
export const disable_v2_tensorshape = (): void => setV2Shapes(false);
export const executing_eagerly = (): boolean => isEager();
export const executing_eagerly_outside_functions = (): boolean => isEager();
/** Loops and branches are functions in either version here. */
export const enable_control_flow_v2 = (): void => {};
export const disable_control_flow_v2 = (): void => {};
export const control_flow_v2_enabled = (): boolean => false;
export const enable_tensor_equality = (): void => {};
export const disable_tensor_equality = (): void => {};
