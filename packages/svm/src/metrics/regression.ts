import { type ArrayLike, asStrided } from "@cognate/ndarray/core";
import { asFloat, def, warn } from "@cognate/py";
import { floats } from "../base/arrays.js";
import { UndefinedMetricWarning } from "../base/errors.js";
import { assertFinite, checkLengths, checkSampleWeight } from "../base/validation.js";

function pair(y_true: ArrayLike, y_pred: ArrayLike, weight: ArrayLike | null) {
  checkLengths(y_true, y_pred, weight);
  const [a, b] = [floats(asStrided(y_true)), floats(asStrided(y_pred))];
  assertFinite(a, "", "");
  assertFinite(b, "", "");
  const w = checkSampleWeight(weight, a.length);
  const total = w.reduce((s, v) => s + v, 0);
  const mean = (f: (i: number) => number): number => w.reduce((s, v, i) => s + v * f(i), 0) / total;
  return { a, b, w, mean };
}

/** The mean of squared differences. */
export const mean_squared_error = def(
  "sklearn.metrics.mean_squared_error",
  "y_true y_pred * sample_weight",
  (y_true: ArrayLike, y_pred: ArrayLike, sample_weight: ArrayLike | null = null): number => {
    const { a, b, mean } = pair(y_true, y_pred, sample_weight);
    return asFloat(mean((i) => (a[i]! - b[i]!) ** 2));
  },
);

/** The root of the mean of squared differences. */
export const root_mean_squared_error = def(
  "sklearn.metrics.root_mean_squared_error",
  "y_true y_pred * sample_weight",
  (y_true: ArrayLike, y_pred: ArrayLike, sample_weight: ArrayLike | null = null): number =>
    asFloat(Math.sqrt(Number(mean_squared_error.impl(y_true, y_pred, sample_weight)))),
);

/** The mean of absolute differences. */
export const mean_absolute_error = def(
  "sklearn.metrics.mean_absolute_error",
  "y_true y_pred * sample_weight",
  (y_true: ArrayLike, y_pred: ArrayLike, sample_weight: ArrayLike | null = null): number => {
    const { a, b, mean } = pair(y_true, y_pred, sample_weight);
    return asFloat(mean((i) => Math.abs(a[i]! - b[i]!)));
  },
);

/** R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)². */
export const r2_score = def(
  "sklearn.metrics.r2_score",
  "y_true y_pred * sample_weight",
  (y_true: ArrayLike, y_pred: ArrayLike, sample_weight: ArrayLike | null = null): number => {
    const { a, b, w, mean } = pair(y_true, y_pred, sample_weight);
    if (a.length < 2) {
      warn("R^2 score is not well-defined with less than two samples.", UndefinedMetricWarning);
      return Number.NaN;
    }
    const centre = mean((i) => a[i]!);
    let [left, all] = [0, 0];
    for (let i = 0; i < a.length; i++) {
      left += w[i]! * (a[i]! - b[i]!) ** 2;
      all += w[i]! * (a[i]! - centre) ** 2;
    }
    if (all === 0) return asFloat(left === 0 ? 1 : 0);
    return asFloat(1 - left / all);
  },
);
