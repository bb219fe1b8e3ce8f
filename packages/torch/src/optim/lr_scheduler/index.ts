/** `torch.optim.lr_scheduler`: how learning rates change from epoch to epoch. */
export { ChainedScheduler, SequentialLR } from "./combine.js";
export { CosineAnnealingLR, CosineAnnealingWarmRestarts } from "./cosine.js";
export { CyclicLR, OneCycleLR } from "./cyclic.js";
export {
  ConstantLR,
  ExponentialLR,
  LinearLR,
  MultiStepLR,
  PolynomialLR,
  StepLR,
} from "./decay.js";
export { LambdaLR, MultiplicativeLR } from "./lambda.js";
export { ReduceLROnPlateau } from "./plateau.js";
export { LRScheduler } from "./scheduler.js";
