/** `torch.autograd`: gradients, modes, hooks, and operations with a derivative of one's own. */
export {
  detect_anomaly,
  is_anomaly_check_nan_enabled,
  is_anomaly_enabled,
  set_anomaly_enabled,
  set_detect_anomaly,
} from "./anomaly.js";
export * as forward_ad from "./forward_ad.js";
export { Function, FunctionCtx } from "./function.js";
export * as functional from "./functional.js";
export { backward, type GradTensors, grad, type Tensors } from "./grad.js";
export { gradFnOf, Node, nodeHandle } from "./grad-fn.js";
export {
  enable_grad,
  inference_mode,
  is_grad_enabled,
  is_inference_mode_enabled,
  no_grad,
  set_grad_enabled,
} from "./grad-mode.js";
export { gradcheck, gradgradcheck } from "./gradcheck.js";
export * as graph from "./graph.js";
export type { RemovableHandle } from "./hooks.js";
export { Variable } from "./variable.js";
