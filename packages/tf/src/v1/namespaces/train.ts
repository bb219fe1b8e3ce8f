export * from "../train/decay.js";
export * from "../train/global-step.js";
export * from "../train/optimizers.js";
