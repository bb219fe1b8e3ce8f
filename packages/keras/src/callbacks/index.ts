/** `keras.callbacks`: what is done at the stages of training. */
export { Callback } from "./callback.js";
export { CallbackList } from "./callback-list.js";
export { EarlyStopping } from "./early-stopping.js";
export { BackupAndRestore, CSVLogger, ModelCheckpoint } from "./files.js";
export { History } from "./history.js";
export { LearningRateScheduler, ReduceLROnPlateau } from "./learning-rates.js";
export { ProgbarLogger } from "./progbar-logger.js";
export { RemoteMonitor } from "./remote-monitor.js";
export { LambdaCallback, SwapEMAWeights, TerminateOnNaN } from "./small.js";
export { TensorBoard } from "./tensorboard.js";
