/** `torch.optim`: optimizers, and schedules of their learning rates. */

export { Adadelta } from "./adadelta.js";
export { Adafactor } from "./adafactor.js";
export { Adagrad } from "./adagrad.js";
export { Adam, AdamW } from "./adam.js";
export { Adamax } from "./adamax.js";
export { ASGD } from "./asgd.js";
export { LBFGS } from "./lbfgs.js";
export * as lr_scheduler from "./lr_scheduler/index.js";
export { Muon } from "./muon.js";
export { NAdam } from "./nadam.js";
export { Optimizer, type ParamGroup } from "./optimizer.js";
export { RAdam } from "./radam.js";
export { RMSprop } from "./rmsprop.js";
export { Rprop } from "./rprop.js";
export { SGD } from "./sgd.js";
export { SparseAdam } from "./sparse-adam.js";
export { swap_in_optimizer_params_and_state } from "./stateless.js";
export * as swa_utils from "./swa_utils.js";
