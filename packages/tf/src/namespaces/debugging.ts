/** `tf.debugging`. */
export {
  Assert,
  assert_all_finite,
  assert_equal,
  assert_greater,
  assert_greater_equal,
  assert_integer,
  assert_less,
  assert_less_equal,
  assert_near,
  assert_negative,
  assert_non_negative,
  assert_non_positive,
  assert_none_equal,
  assert_positive,
  assert_proper_iterable,
  assert_rank,
  assert_rank_at_least,
  assert_rank_in,
  assert_same_float_dtype,
  assert_scalar,
  assert_shapes,
  assert_type,
  check_numerics,
  is_numeric_tensor,
} from "../ops/debugging.js";

let placement = false;
export const get_log_device_placement = (): boolean => placement;
export const set_log_device_placement = (enabled: boolean): void => {
  placement = enabled;
};
let filtering = true;
export const is_traceback_filtering_enabled = (): boolean => filtering;
export const enable_traceback_filtering = (): void => {
  filtering = true;
};
export const disable_traceback_filtering = (): void => {
  filtering = false;
};
