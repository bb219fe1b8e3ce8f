export * from "../train/decay.js";
export * from "../train/global-step.js";
export * from "../train/moving-average.js";
export * from "../train/optimizers.js";
export * from "../train/saver.js";
