/** `keras.backend`. */
import { KerasTensor } from "./keras-tensor.js";

export { result_type } from "../promotion.js";
export {
  backend,
  epsilon,
  floatx,
  image_data_format,
  set_epsilon,
  set_floatx,
  set_image_data_format,
} from "./config.js";
export {
  isFloatName as is_float_dtype,
  isIntName as is_int_dtype,
  standardizeDType as standardize_dtype,
} from "./dtype.js";
export { clear_session, get_uid } from "./global-state.js";

/** Whether a thing is a symbolic tensor. */
export const is_keras_tensor = (x: unknown): boolean => x instanceof KerasTensor;
