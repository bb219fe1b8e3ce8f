/**
 * `xgboost.callback`: what happens around the rounds of training.
 *
 * @packageDocumentation
 */
export {
  CallbackContainer,
  EarlyStopping,
  type EvalsLog,
  EvaluationMonitor,
  LearningRateScheduler,
  type Score,
  TrainingCallback,
  TrainingCheckPoint,
} from "./python/callback.js";
