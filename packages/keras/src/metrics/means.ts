import { dtypeNamed } from "@cognate/kernel";
import { type Def, pyClass } from "@cognate/py";
import { valueOf } from "../backend/create.js";
import { type Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import type { DTypePolicyLike } from "../dtype-policies/dtype-policy.js";
import * as crossentropies from "../losses/crossentropies.js";
import * as functions from "../losses/functions.js";
import { toSameRank } from "../losses/reduce.js";
import { sqrt, square, subtract } from "../ops/numpy/elementwise.js";
import type { OptionClass } from "../option-class.js";
import * as accuracies from "./accuracy-functions.js";
import * as correlations from "./correlation-functions.js";
import { namedUpdates, type Weights } from "./metric.js";
import { MeanImpl, MeanMetricWrapperImpl } from "./reduction.js";

/*
 * Metrics that are the mean of a function.
 */

type Type = DTypePolicyLike | null;
type Direction = "up" | "down" | undefined;
type Fn = Def<string, never>;
interface Common {
  readonly name: string | null;
  readonly dtype: Type;
}
type Options = (...args: never[]) => Common & Readonly<Record<string, unknown>>;

/** A class of metrics around a function, which gets the options that are not the class's own. */
function meanClass<const S extends string, M extends Options>(
  path: string,
  fn: unknown,
  direction: Direction,
  signature: S,
  options: M,
  inConfig = true,
): OptionClass<S, M, MeanMetricWrapperImpl & Omit<ReturnType<M>, "name" | "dtype">> {
  class Impl extends MeanMetricWrapperImpl {
    constructor(...args: never[]) {
      const { name, dtype, ...more } = options(...args);
      super(fn as Fn, name, dtype, more);
      if (direction) this._direction = direction;
      for (const [key, value] of Object.entries(more))
        (this as unknown as Record<string, unknown>)[key] = value;
    }
    override get_config(): Record<string, unknown> {
      const { from_sorted_ids, ...more } = this._fn_kwargs;
      return {
        name: this.name,
        dtype: this.dtype,
        ...(inConfig ? more : {}),
        ...(from_sorted_ids ? { from_sorted_ids } : {}),
      };
    }
  }
  return pyClass(`keras.src.metrics.${path}`, signature, Impl) as never;
}

const plain = (path: string, fn: unknown, label: string, direction: Direction) =>
  meanClass(path, fn, direction, "name dtype", (name: string | null = label, dtype: Type = null) => ({
    name,
    dtype,
  }));

/** `keras.metrics.MeanSquaredError`: the mean of (y_true − y_pred)². */
export const MeanSquaredError = plain(
  "regression_metrics.MeanSquaredError",
  functions.mean_squared_error,
  "mean_squared_error",
  "down",
);
/** `keras.metrics.MeanAbsoluteError`: the mean of |y_true − y_pred|. */
export const MeanAbsoluteError = plain(
  "regression_metrics.MeanAbsoluteError",
  functions.mean_absolute_error,
  "mean_absolute_error",
  "down",
);
/** `keras.metrics.MeanAbsolutePercentageError`: the mean of 100·|(y_true − y_pred) / y_true|. */
export const MeanAbsolutePercentageError = plain(
  "regression_metrics.MeanAbsolutePercentageError",
  functions.mean_absolute_percentage_error,
  "mean_absolute_percentage_error",
  "down",
);
/** `keras.metrics.MeanSquaredLogarithmicError`: the mean of (log(1 + y_true) − log(1 + y_pred))². */
export const MeanSquaredLogarithmicError = plain(
  "regression_metrics.MeanSquaredLogarithmicError",
  functions.mean_squared_logarithmic_error,
  "mean_squared_logarithmic_error",
  "down",
);
/** `keras.metrics.LogCoshError`: the mean of log cosh(y_pred − y_true). */
export const LogCoshError = plain("regression_metrics.LogCoshError", functions.log_cosh, "logcosh", "down");
/** `keras.metrics.Hinge`: the mean of max(1 − y_true·y_pred, 0). */
export const Hinge = plain("hinge_metrics.Hinge", functions.hinge, "hinge", "down");
/** `keras.metrics.SquaredHinge`: the mean of max(1 − y_true·y_pred, 0)². */
export const SquaredHinge = plain(
  "hinge_metrics.SquaredHinge",
  functions.squared_hinge,
  "squared_hinge",
  "down",
);
/** `keras.metrics.CategoricalHinge`: the mean of max(neg − pos + 1, 0). */
export const CategoricalHinge = plain(
  "hinge_metrics.CategoricalHinge",
  functions.categorical_hinge,
  "categorical_hinge",
  "down",
);
/** `keras.metrics.KLDivergence`: the mean of Σ y_true·log(y_true / y_pred). */
export const KLDivergence = plain(
  "probabilistic_metrics.KLDivergence",
  functions.kl_divergence,
  "kl_divergence",
  undefined,
);
/** `keras.metrics.Poisson`: the mean of y_pred − y_true·log y_pred. */
export const Poisson = plain("probabilistic_metrics.Poisson", functions.poisson, "poisson", undefined);
/** `keras.metrics.Accuracy`: how often predictions equal targets. */
export const Accuracy = plain("accuracy_metrics.Accuracy", accuracies.accuracy, "accuracy", "up");
/** `keras.metrics.CategoricalAccuracy`: how often the highest score is at the highest target. */
export const CategoricalAccuracy = plain(
  "accuracy_metrics.CategoricalAccuracy",
  accuracies.categorical_accuracy,
  "categorical_accuracy",
  "up",
);
/** `keras.metrics.SparseCategoricalAccuracy`: how often the highest score is at the class that a number names. */
export const SparseCategoricalAccuracy = plain(
  "accuracy_metrics.SparseCategoricalAccuracy",
  accuracies.sparse_categorical_accuracy,
  "sparse_categorical_accuracy",
  "up",
);
/** `keras.metrics.BinaryAccuracy`: how often predictions, at a threshold, equal targets of 0 and 1. */
export const BinaryAccuracy = meanClass(
  "accuracy_metrics.BinaryAccuracy",
  accuracies.binary_accuracy,
  "up",
  "name dtype threshold",
  (name: string | null = "binary_accuracy", dtype: Type = null, threshold = 0.5) => ({
    name,
    dtype,
    threshold,
  }),
);
/** `keras.metrics.TopKCategoricalAccuracy`: how often the highest target is among the k highest scores. */
export const TopKCategoricalAccuracy = meanClass(
  "accuracy_metrics.TopKCategoricalAccuracy",
  accuracies.top_k_categorical_accuracy,
  "up",
  "k name dtype",
  (k = 5, name: string | null = "top_k_categorical_accuracy", dtype: Type = null) => ({ k, name, dtype }),
);
/** `keras.metrics.SparseTopKCategoricalAccuracy`: how often the class that a number names is among the k highest scores. */
export const SparseTopKCategoricalAccuracy = meanClass(
  "accuracy_metrics.SparseTopKCategoricalAccuracy",
  accuracies.sparse_top_k_categorical_accuracy,
  "up",
  "k name dtype from_sorted_ids",
  (
    k = 5,
    name: string | null = "sparse_top_k_categorical_accuracy",
    dtype: Type = null,
    from_sorted_ids = false,
  ) => ({ k, name, dtype, from_sorted_ids }),
);
/** `keras.metrics.BinaryCrossentropy`: the mean of {@link crossentropies.binary_crossentropy}. */
export const BinaryCrossentropy = meanClass(
  "probabilistic_metrics.BinaryCrossentropy",
  crossentropies.binary_crossentropy,
  "down",
  "name dtype from_logits label_smoothing",
  (
    name: string | null = "binary_crossentropy",
    dtype: Type = null,
    from_logits = false,
    label_smoothing = 0,
  ) => ({ name, dtype, from_logits, label_smoothing }),
);
/** `keras.metrics.CategoricalCrossentropy`: the mean of {@link crossentropies.categorical_crossentropy}. */
export const CategoricalCrossentropy = meanClass(
  "probabilistic_metrics.CategoricalCrossentropy",
  crossentropies.categorical_crossentropy,
  "down",
  "name dtype from_logits label_smoothing axis",
  (
    name: string | null = "categorical_crossentropy",
    dtype: Type = null,
    from_logits = false,
    label_smoothing = 0,
    axis = -1,
  ) => ({ name, dtype, from_logits, label_smoothing, axis }),
);
/** `keras.metrics.SparseCategoricalCrossentropy`: the mean of {@link crossentropies.sparse_categorical_crossentropy}. */
export const SparseCategoricalCrossentropy = meanClass(
  "probabilistic_metrics.SparseCategoricalCrossentropy",
  crossentropies.sparse_categorical_crossentropy,
  "down",
  "name dtype from_logits ignore_class axis",
  (
    name: string | null = "sparse_categorical_crossentropy",
    dtype: Type = null,
    from_logits = false,
    ignore_class: number | null = null,
    axis = -1,
  ) => ({ name, dtype, from_logits, ignore_class, axis }),
);
const alongAxis = (path: string, fn: unknown, label: string, inConfig = true) =>
  meanClass(
    path,
    fn,
    "up",
    "name dtype axis",
    (name: string | null = label, dtype: Type = null, axis = -1) => ({
      name,
      dtype,
      axis,
    }),
    inConfig,
  );
/** `keras.metrics.CosineSimilarity`: the mean of cos of the angle between targets and predictions. */
export const CosineSimilarity = alongAxis(
  "regression_metrics.CosineSimilarity",
  correlations.cosineOf,
  "cosine_similarity",
  false,
);
/** `keras.metrics.PearsonCorrelation`: the mean of {@link correlations.pearson_correlation}. */
export const PearsonCorrelation = alongAxis(
  "correlation_metrics.PearsonCorrelation",
  correlations.pearson_correlation,
  "pearson_correlation",
);
/** `keras.metrics.ConcordanceCorrelation`: the mean of {@link correlations.concordance_correlation}. */
export const ConcordanceCorrelation = alongAxis(
  "correlation_metrics.ConcordanceCorrelation",
  correlations.concordance_correlation,
  "concordance_correlation",
);

class RootMeanSquaredErrorImpl extends MeanImpl {
  constructor(name: string | null = "root_mean_squared_error", dtype: Type = null) {
    super(name, dtype);
    this._direction = "down";
  }
  override update_state(...args: unknown[]): void {
    const [y_true, y_pred, sample_weight = null] = args as [TensorLike, TensorLike, Weights];
    const type = dtypeNamed(this.dtype)!;
    const [t, p] = toSameRank(wrap(valueOf(y_true, type)), wrap(valueOf(y_pred, type)));
    this._add(square.impl(subtract.impl(p, t)), sample_weight);
  }
  override result(): Tensor {
    return sqrt.impl(super.result());
  }
}
namedUpdates(RootMeanSquaredErrorImpl);
/** `keras.metrics.RootMeanSquaredError`: the root of the mean of (y_true − y_pred)². */
export const RootMeanSquaredError = pyClass(
  "keras.src.metrics.regression_metrics.RootMeanSquaredError",
  "name dtype",
  RootMeanSquaredErrorImpl,
);
export type RootMeanSquaredError = RootMeanSquaredErrorImpl;
