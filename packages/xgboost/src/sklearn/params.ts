import type { ArrayLike, ndarray } from "@cognate/ndarray/core";
import type { TrainingCallback } from "../python/callback.js";

/** A loss: labels and predictions (and weights, if it takes three) to gradient and hessian. */
export type SklearnObjective = (
  y_true: ndarray,
  y_pred: ndarray,
  sample_weight: ndarray,
) => readonly [ArrayLike, ArrayLike];
/** A metric as in `sklearn.metrics`. */
export type SklearnMetric = (
  y_true: ndarray,
  y_pred: ndarray,
  options: { sample_weight?: ndarray },
) => number;

/** Parameters of XGBoost's estimators; null leaves them to XGBoost. Others are handed to the booster. */
export interface EstimatorParams {
  n_estimators?: number | null;
  objective?: string | SklearnObjective | null;
  max_depth?: number | null;
  max_leaves?: number | null;
  max_bin?: number | null;
  grow_policy?: "depthwise" | "lossguide" | null;
  learning_rate?: number | null;
  verbosity?: number | null;
  booster?: "gbtree" | "gblinear" | "dart" | null;
  tree_method?: "exact" | "approx" | "hist" | "auto" | null;
  n_jobs?: number | null;
  gamma?: number | null;
  min_child_weight?: number | null;
  max_delta_step?: number | null;
  subsample?: number | null;
  sampling_method?: "uniform" | "gradient_based" | null;
  colsample_bytree?: number | null;
  colsample_bylevel?: number | null;
  colsample_bynode?: number | null;
  reg_alpha?: number | null;
  reg_lambda?: number | null;
  scale_pos_weight?: number | null;
  base_score?: number | readonly number[] | null;
  random_state?: unknown;
  missing?: number;
  num_parallel_tree?: number | null;
  monotone_constraints?: Readonly<Record<string, number>> | string | readonly number[] | null;
  interaction_constraints?: string | readonly (readonly string[])[] | null;
  importance_type?: "gain" | "weight" | "cover" | "total_gain" | "total_cover" | null;
  device?: string | null;
  validate_parameters?: boolean | null;
  enable_categorical?: boolean;
  feature_types?: readonly string[] | null;
  feature_weights?: ArrayLike | null;
  max_cat_to_onehot?: number | null;
  max_cat_threshold?: number | null;
  multi_strategy?: "one_output_per_tree" | "multi_output_tree" | null;
  eval_metric?: string | SklearnMetric | readonly (string | SklearnMetric)[] | null;
  early_stopping_rounds?: number | null;
  callbacks?: readonly TrainingCallback[] | null;
  [other: string]: unknown;
}

/** Every parameter in alphabetical order, with its default. */
export const DEFAULTS: Readonly<Record<string, unknown>> = {
  base_score: null,
  booster: null,
  callbacks: null,
  colsample_bylevel: null,
  colsample_bynode: null,
  colsample_bytree: null,
  device: null,
  early_stopping_rounds: null,
  enable_categorical: false,
  eval_metric: null,
  feature_types: null,
  feature_weights: null,
  gamma: null,
  grow_policy: null,
  importance_type: null,
  interaction_constraints: null,
  learning_rate: null,
  max_bin: null,
  max_cat_threshold: null,
  max_cat_to_onehot: null,
  max_delta_step: null,
  max_depth: null,
  max_leaves: null,
  min_child_weight: null,
  missing: Number.NaN,
  monotone_constraints: null,
  multi_strategy: null,
  n_estimators: null,
  n_jobs: null,
  num_parallel_tree: null,
  objective: null,
  random_state: null,
  reg_alpha: null,
  reg_lambda: null,
  sampling_method: null,
  scale_pos_weight: null,
  subsample: null,
  tree_method: null,
  validate_parameters: null,
  verbosity: null,
};

/** Parameters that the estimator keeps to itself. */
export const WRAPPER: ReadonlySet<string> = new Set([
  "importance_type",
  "kwargs",
  "missing",
  "n_estimators",
  "enable_categorical",
  "early_stopping_rounds",
  "callbacks",
  "feature_types",
  "feature_weights",
]);
