/** `keras.metrics`: what training is judged by. */
import type { Tensor, TensorLike } from "../backend/tensor.js";
import {
  byBothNames,
  deserialized,
  type Registered,
  registerObjects,
  resolveObject,
  serialized,
} from "../object-registry.js";
import * as accuracies from "./accuracy-functions.js";
import { AUC } from "./auc.js";
import * as correlations from "./correlation-functions.js";
import * as decisions from "./decisions.js";
import { F1Score, FBetaScore } from "./f-score.js";
import * as iou from "./iou.js";
import * as means from "./means.js";
import { Metric } from "./metric.js";
import { R2Score } from "./r2-score.js";
import * as reduction from "./reduction.js";

export {
  binary_crossentropy,
  binary_focal_crossentropy,
  categorical_crossentropy,
  categorical_focal_crossentropy,
  categorical_hinge,
  hinge,
  huber,
  kl_divergence,
  log_cosh,
  mean_absolute_error,
  mean_absolute_percentage_error,
  mean_squared_error,
  mean_squared_logarithmic_error,
  poisson,
  sparse_categorical_crossentropy,
  squared_hinge,
} from "../losses/index.js";
export {
  binary_accuracy,
  categorical_accuracy,
  sparse_categorical_accuracy,
  sparse_top_k_categorical_accuracy,
  top_k_categorical_accuracy,
} from "./accuracy-functions.js";
export { AUC } from "./auc.js";
export { concordance_correlation, pearson_correlation } from "./correlation-functions.js";
export * from "./decisions.js";
export { F1Score, FBetaScore } from "./f-score.js";
export { BinaryIoU, IoU, MeanIoU, OneHotIoU, OneHotMeanIoU } from "./iou.js";
export * from "./means.js";
export { Metric } from "./metric.js";
export { R2Score } from "./r2-score.js";
export { Mean, MeanMetricWrapper, Sum } from "./reduction.js";

const { cosineOf: _, ...functions } = { ...accuracies, ...correlations };
const CLASSES: readonly Registered[] = [
  Metric,
  reduction.Mean,
  reduction.Sum,
  reduction.MeanMetricWrapper,
  ...(Object.values(means) as unknown as Registered[]),
  R2Score,
  AUC,
  ...(Object.values(decisions) as unknown as Registered[]),
  F1Score,
  FBetaScore,
  iou.IoU,
  iou.BinaryIoU,
  iou.MeanIoU,
  iou.OneHotIoU,
  iou.OneHotMeanIoU,
];
const SHORT = {
  bce: means.BinaryCrossentropy,
  mse: means.MeanSquaredError,
  mae: means.MeanAbsoluteError,
  mape: means.MeanAbsolutePercentageError,
  msle: means.MeanSquaredLogarithmicError,
} as unknown as Record<string, Registered>;

/** What names stand for. */
export const OBJECTS: Readonly<Record<string, Registered>> = {
  ...byBothNames(CLASSES),
  ...SHORT,
  ...Object.fromEntries(Object.entries(SHORT).map(([name, C]) => [name.toUpperCase(), C])),
};
registerObjects("keras.metrics", { ...OBJECTS, ...functions });

/** A metric, its name or config, or a function of targets and predictions. */
export type MetricLike =
  | string
  | Metric
  | ((y_true: Tensor, y_pred: Tensor) => TensorLike)
  | Readonly<Record<string, unknown>>;

/** The metric that an argument stands for. @throws ValueError */
export const get = (identifier: MetricLike | null | undefined): Metric | Registered | null =>
  resolveObject("metric", OBJECTS, identifier) as Metric | null;

/** A metric as files hold it. */
export const serialize = (metric: unknown): unknown => serialized(metric);

/** A metric from what files hold. */
export const deserialize = (
  config: unknown,
  custom_objects: Readonly<Record<string, unknown>> | null = null,
): unknown => deserialized(config, OBJECTS, custom_objects);
