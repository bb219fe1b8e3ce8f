import type { OptimizerLike } from "../optimizers/index.js";
import type { Shuffle } from "./data-adapters/array-data-adapter.js";
import type { ClassWeight } from "./data-adapters/arrays.js";

/*
 * What the methods of models that train take: types in the order of the parameters, and their names.
 */

export type CompileArguments = [
  optimizer?: OptimizerLike,
  loss?: unknown,
  loss_weights?: unknown,
  metrics?: unknown,
  weighted_metrics?: unknown,
  run_eagerly?: boolean,
  steps_per_execution?: number,
  jit_compile?: boolean | string,
  auto_scale_loss?: boolean,
];
export type TrainOnArguments = [
  x: unknown,
  y?: unknown,
  sample_weight?: unknown,
  class_weight?: ClassWeight | null,
  return_dict?: boolean,
];
export type TestOnArguments = [x: unknown, y?: unknown, sample_weight?: unknown, return_dict?: boolean];
export type ComputeLossArguments = [
  x?: unknown,
  y?: unknown,
  y_pred?: unknown,
  sample_weight?: unknown,
  training?: boolean,
];
export type ComputeMetricsArguments = [x: unknown, y: unknown, y_pred: unknown, sample_weight?: unknown];

export type FitArguments = [
  x?: unknown,
  y?: unknown,
  batch_size?: number | null,
  epochs?: number,
  verbose?: number | string | boolean,
  callbacks?: unknown,
  validation_split?: number,
  validation_data?: unknown,
  shuffle?: Shuffle,
  class_weight?: ClassWeight | null,
  sample_weight?: unknown,
  initial_epoch?: number,
  steps_per_epoch?: number | null,
  validation_steps?: number | null,
  validation_batch_size?: number | null,
  validation_freq?: number | readonly number[],
];
export type EvaluateArguments = [
  x?: unknown,
  y?: unknown,
  batch_size?: number | null,
  verbose?: number | string | boolean,
  sample_weight?: unknown,
  steps?: number | null,
  callbacks?: unknown,
  return_dict?: boolean,
  others?: Readonly<Record<string, unknown>>,
];
export type PredictArguments = [
  x: unknown,
  batch_size?: number | null,
  verbose?: number | string | boolean,
  steps?: number | null,
  callbacks?: unknown,
];

export const COMPILE =
  "optimizer loss:dict loss_weights:dict metrics:dict weighted_metrics:dict run_eagerly steps_per_execution jit_compile auto_scale_loss";
export const COMPUTE_LOSS = "x:dict y:dict y_pred:dict sample_weight:dict training";
export const COMPUTE_METRICS = "x:dict y:dict y_pred:dict sample_weight:dict";
export const TRAIN_ON = "x:dict y:dict sample_weight:dict class_weight:dict return_dict";
export const TEST_ON = "x:dict y:dict sample_weight:dict return_dict";
export const FIT =
  "x:dict y:dict batch_size epochs verbose callbacks validation_split validation_data shuffle class_weight:dict sample_weight:dict initial_epoch steps_per_epoch validation_steps validation_batch_size validation_freq";
export const EVALUATE =
  "x:dict y:dict batch_size verbose sample_weight:dict steps callbacks return_dict **kwargs";
export const PREDICT = "x:dict batch_size verbose steps callbacks";
