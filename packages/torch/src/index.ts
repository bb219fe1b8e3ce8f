import "./install.js";

export * as amp from "./amp/index.js";
export {
  autocast,
  get_autocast_dtype,
  is_autocast_available,
  is_autocast_enabled,
} from "./amp/index.js";
export * as autograd from "./autograd/index.js";
export {
  enable_grad,
  inference_mode,
  is_anomaly_check_nan_enabled,
  is_anomaly_enabled,
  is_grad_enabled,
  is_inference_mode_enabled,
  no_grad,
  set_anomaly_enabled,
  set_grad_enabled,
} from "./autograd/index.js";
export * as backends from "./backends/index.js";
export { compile, cond } from "./compile.js";
export * as cuda from "./cuda/index.js";
export { device } from "./device.js";
export * as distributions from "./distributions/index.js";
export * from "./dtype.js";
export * as export from "./export/index.js";
export * as export_ from "./export/index.js";
export * as fft from "./fft/index.js";
export * as func from "./func/index.js";
export { vmap } from "./func/index.js";
export * as jit from "./jit/index.js";
export * from "./layout.js";
export * from "./limits.js";
export * as linalg from "./linalg/index.js";
export * as masked from "./masked/index.js";
export { celu, celu_, relu_, selu, selu_, threshold, threshold_ } from "./nn/functional/activation.js";
export * as nn from "./nn/index.js";
export { typename } from "./nn/module/typename.js";
export * from "./ops/functions.js";
export { rsub } from "./ops/operators.js";
export * from "./ops/pointwise.js";
export { polar } from "./ops/polar.js";
export * from "./ops/structure.js";
export { can_cast, promote_types, result_type } from "./ops/types.js";
export * as optim from "./optim/index.js";
export { get_printoptions, printoptions, set_printoptions } from "./print.js";
export * from "./random/functions.js";
export * as random from "./random.js";
export * as return_types from "./return-types.js";
export * as serialization from "./serialization/index.js";
export { load, load_async } from "./serialization/load.js";
export { save } from "./serialization/save.js";
export * from "./settings.js";
export * as signal from "./signal/index.js";
export { Size } from "./size.js";
export * as special from "./special.js";
export { is_tensor, tensor } from "./tensor/factories.js";
export * from "./tensor/legacy.js";
export { is_storage, TypedStorage, UntypedStorage } from "./tensor/storage.js";
export type { Index, TensorLike } from "./tensor/tensor.js";
export { get_num_threads, set_num_threads } from "./threads.js";
export * as utils from "./utils/index.js";
export * as version from "./version.js";
export { __version__ } from "./version.js";
