/** `keras.mixed_precision`: names of Keras 2 for policies of element types. */

export {
  DTypePolicy,
  DTypePolicy as Policy,
  dtype_policy,
  dtype_policy as global_policy,
  set_dtype_policy,
  set_dtype_policy as set_global_policy,
} from "../dtype-policies/dtype-policy.js";
export { LossScaleOptimizer } from "../optimizers/index.js";
