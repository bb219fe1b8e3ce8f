/** `keras.config`. */
export {
  backend,
  disable_interactive_logging,
  enable_interactive_logging,
  epsilon,
  floatx,
  image_data_format,
  is_interactive_logging_enabled,
  set_epsilon,
  set_floatx,
  set_image_data_format,
} from "../backend/config.js";
export {
  disable_traceback_filtering,
  enable_traceback_filtering,
  is_traceback_filtering_enabled,
} from "../backend/traceback.js";
export {
  dtype_policy,
  set_dtype_policy,
} from "../dtype-policies/dtype-policy.js";

/** Whether code in files may run; it cannot here, so that this changes nothing. */
export function enable_unsafe_deserialization(): void {}
export {
  disable_flash_attention,
  enable_flash_attention,
  is_flash_attention_enabled,
  is_nnx_enabled,
  max_epochs,
  max_steps_per_epoch,
  set_backend,
  set_max_epochs,
  set_max_steps_per_epoch,
} from "./limits.js";
