import type { ArrayLike, ndarray } from "@cognate/ndarray/core";
import { asFloat, def, repr, Tuple, ValueError, warn } from "@cognate/py";
import { f64, floats, i64, type TargetLike } from "../base/arrays.js";
import { UndefinedMetricWarning } from "../base/errors.js";
import { columnOr1d } from "../base/validation.js";
import { type Compared, compare } from "./targets.js";

export type Weights = ArrayLike | null;

const weighted = (c: Compared, i: number): number => (c.weight ? c.weight[i]! : 1);

/**
 * The share of predictions that are right; their number with `normalize: false`.
 *
 * @throws ValueError for lists of different lengths
 *
 * @example
 * ```ts
 * import { metrics } from "@cognate/svm";
 * import { print } from "@cognate/py";
 * print(metrics.accuracy_score([0, 1, 2, 2], [0, 1, 1, 2])); // prints 0.75
 * ```
 */
export const accuracy_score = def(
  "sklearn.metrics.accuracy_score",
  "y_true y_pred * normalize sample_weight",
  (y_true: TargetLike, y_pred: TargetLike, normalize = true, sample_weight: Weights = null): number => {
    const c = compare(y_true, y_pred, sample_weight);
    let [right, all] = [0, 0];
    c.actual.forEach((label, i) => {
      const w = weighted(c, i);
      all += w;
      if (label === c.predicted[i]) right += w;
    });
    return asFloat(normalize ? right / all : right);
  },
);

/** Where given labels stand in the list of those that occur, −1 for others. */
export function placesOf(c: Compared, labels: TargetLike | null): { names: ndarray; place: number[] } {
  if (labels === null) return { names: c.labels, place: upTo(c.labels.size) };
  const names = columnOr1d(labels, false);
  const known = c.labels.tolist() as unknown[];
  return { names, place: (names.tolist() as unknown[]).map((v) => known.indexOf(v)) };
}
export const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/**
 * How often samples of one label (rows) got another (columns).
 *
 * @param normalize - divides by the sums of rows ("true"), columns ("pred") or all ("all")
 *
 * @example
 * ```ts
 * import { metrics } from "@cognate/svm";
 * import { print } from "@cognate/py";
 * print(metrics.confusion_matrix([2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0, 2]).tolist());
 * // prints [[2, 0, 0], [0, 0, 1], [1, 0, 2]]
 * ```
 */
export const confusion_matrix = def(
  "sklearn.metrics.confusion_matrix",
  "y_true y_pred * labels sample_weight normalize",
  (
    y_true: TargetLike,
    y_pred: TargetLike,
    labels: TargetLike | null = null,
    sample_weight: Weights = null,
    normalize: "true" | "pred" | "all" | null = null,
  ): ndarray => {
    const c = compare(y_true, y_pred, sample_weight);
    const { place } = placesOf(c, labels);
    const k = place.length;
    if (k === 0) throw new ValueError("'labels' should contains at least one label.");
    if (labels !== null && place.every((p) => p < 0 || !c.actual.includes(p)))
      throw new ValueError("At least one label specified must be in y_true");
    const at = new Int32Array(c.labels.size).fill(-1);
    place.forEach((p, i) => {
      if (p >= 0) at[p] = i;
    });
    const out = new Float64Array(k * k);
    c.actual.forEach((label, i) => {
      const [row, column] = [at[label]!, at[c.predicted[i]!]!];
      if (row >= 0 && column >= 0) out[row * k + column]! += weighted(c, i);
    });
    if (normalize !== null) return normalized(f64(out, [k, k]), normalize);
    const whole = c.weight === null || c.weight.every(Number.isInteger);
    return whole && c.weight === null ? i64(out, [k, k]) : f64(out, [k, k]);
  },
);

function normalized(m: ndarray, by: "true" | "pred" | "all"): ndarray {
  const sum =
    by === "true"
      ? m.sum({ axis: 1, keepdims: true })
      : by === "pred"
        ? m.sum({ axis: 0, keepdims: true })
        : m.sum();
  const data = floats(m.div(sum) as ndarray).map((v) => (Number.isNaN(v) ? 0 : v));
  return f64(data, m.shape);
}

type Average = "binary" | "micro" | "macro" | "weighted" | null;
export type ZeroDivision = "warn" | number;

interface Scores {
  readonly precision: Float64Array;
  readonly recall: Float64Array;
  readonly f: Float64Array;
  readonly support: Float64Array;
}

function divided(a: number, b: number, otherwise: number): number {
  return b === 0 ? otherwise : a / b;
}

/** Counts of hits, of predictions and of samples, label by label. */
function counts(c: Compared, place: readonly number[]): readonly [Float64Array, Float64Array, Float64Array] {
  const k = c.labels.size;
  const [hit, predicted, actual] = [new Float64Array(k), new Float64Array(k), new Float64Array(k)];
  c.actual.forEach((label, i) => {
    const w = weighted(c, i);
    actual[label]! += w;
    predicted[c.predicted[i]!]! += w;
    if (label === c.predicted[i]) hit[label]! += w;
  });
  const pick = (x: Float64Array): Float64Array => Float64Array.from(place, (p) => (p < 0 ? 0 : x[p]!));
  // scikit-learn takes sums apart into hits and misses and puts them together again, which rounds.
  const again = (x: Float64Array): Float64Array => x.map((v, i) => hit[i]! + (v - hit[i]!));
  return [pick(hit), pick(again(predicted)), pick(again(actual))];
}

export function scoresOf(
  c: Compared,
  place: readonly number[],
  beta: number,
  average: Average,
  warnFor: readonly string[],
  zero: ZeroDivision,
): Scores {
  let [hit, predicted, actual] = counts(c, place);
  const support = actual;
  if (average === "micro") {
    const total = (x: Float64Array): Float64Array => Float64Array.of(x.reduce((s, v) => s + v, 0));
    [hit, predicted, actual] = [total(hit), total(predicted), total(actual)];
  }
  const otherwise = zero === "warn" ? 0 : Number(zero);
  const precision = hit.map((h, i) => divided(h, predicted[i]!, otherwise));
  const recall = hit.map((h, i) => divided(h, actual[i]!, otherwise));
  const b2 = beta * beta;
  const f = hit.map((h, i) =>
    Number.isFinite(beta) ? divided((1 + b2) * h, b2 * actual[i]! + predicted[i]!, otherwise) : recall[i]!,
  );
  if (zero === "warn") {
    const where = actual.length === 1 ? "due to" : "in labels with";
    const tell = (metric: string, kind: string, bad: boolean): void => {
      if (!bad || !warnFor.includes(metric.toLowerCase())) return;
      warn(
        `${metric} is ill-defined and being set to 0.0 ${where} no ${kind} samples. Use \`zero_division\` parameter to control this behavior.`,
        UndefinedMetricWarning,
      );
    };
    const none = (x: Float64Array): boolean => x.some((v) => v === 0);
    tell("Precision", "predicted", none(predicted));
    tell("Recall", "true", none(actual));
    tell("F-score", "true nor predicted", none(actual.map((v, k) => b2 * v + predicted[k]!)));
  }
  return { precision, recall, f, support };
}

export function averaged(s: Scores, average: Average): readonly [number, number, number] {
  const mean = (x: Float64Array): number => {
    if (average !== "weighted") return x.reduce((a, v) => a + v, 0) / x.length;
    const total = s.support.reduce((a, v) => a + v, 0);
    if (total === 0) return 0;
    return x.reduce((a, v, i) => a + v * s.support[i]!, 0) / total;
  };
  return [mean(s.precision), mean(s.recall), mean(s.f)];
}

/** Whether scikit-learn's counts are floats: with weights, and where no prediction is right. */
export const countsAreFloats = (c: Compared): boolean =>
  c.weight !== null || !c.actual.some((label, i) => label === c.predicted[i]);

/** The labels that an average is over: for "binary" the positive one. @throws ValueError */
function averagedOver(
  c: Compared,
  labels: TargetLike | null,
  average: Average,
  positive: unknown,
): readonly number[] {
  if (average === "binary") {
    if (c.type !== "binary")
      throw new ValueError(
        `Target is ${c.type} but average='binary'. Please choose another average setting, one of [None, 'micro', 'macro', 'weighted'].`,
      );
    const known = c.labels.tolist() as unknown[];
    const at = known.indexOf(positive);
    if (at < 0 && known.length >= 2)
      throw new ValueError(
        `pos_label=${repr(positive)} is not a valid label. It should be one of ${repr(known)}`,
      );
    return [at];
  }
  return placesOf(c, labels).place;
}

const AVERAGES: readonly unknown[] = ["micro", "macro", "weighted", "binary", null];

/** Precision, recall, F-score and support: by label, or averaged. */
export const precision_recall_fscore_support = def(
  "sklearn.metrics.precision_recall_fscore_support",
  "y_true y_pred * beta labels pos_label average warn_for sample_weight zero_division",
  (
    y_true: TargetLike,
    y_pred: TargetLike,
    beta = 1,
    labels: TargetLike | null = null,
    pos_label: unknown = 1,
    average: Average = null,
    warn_for: readonly string[] = ["precision", "recall", "f-score"],
    sample_weight: Weights = null,
    zero_division: ZeroDivision = "warn",
  ): Tuple<unknown> => {
    if (!AVERAGES.includes(average))
      throw new ValueError("average has to be one of [None, 'micro', 'macro', 'weighted', 'samples']");
    const c = compare(y_true, y_pred, sample_weight);
    const s = scoresOf(
      c,
      averagedOver(c, labels, average, pos_label),
      beta,
      average,
      warn_for,
      zero_division,
    );
    if (average === null) {
      const support = countsAreFloats(c) ? f64(s.support) : i64(s.support);
      return Tuple.of_([f64(s.precision), f64(s.recall), f64(s.f), support]);
    }
    return Tuple.of_([...averaged(s, average).map(asFloat), null]);
  },
);

const score = (name: "precision" | "recall" | "f1", index: 0 | 1 | 2) =>
  def(
    `sklearn.metrics.${name}_score`,
    "y_true y_pred * labels pos_label average sample_weight zero_division",
    (
      y_true: TargetLike,
      y_pred: TargetLike,
      labels: TargetLike | null = null,
      pos_label: unknown = 1,
      average: Average = "binary",
      sample_weight: Weights = null,
      zero_division: ZeroDivision = "warn",
    ): number => {
      const told = ["precision", "recall", "f-score"][index]!;
      const all = precision_recall_fscore_support.impl(
        y_true,
        y_pred,
        1,
        labels,
        pos_label,
        average,
        [told],
        sample_weight,
        zero_division,
      );
      return all[index] as number;
    },
  );

/** Of those that were called positive, the share that is. */
export const precision_score = score("precision", 0);
/** Of those that are positive, the share that was found. */
export const recall_score = score("recall", 1);
/** The harmonic mean of precision and recall. */
export const f1_score = score("f1", 2);

/** The mean of the labels' recalls. */
export const balanced_accuracy_score = def(
  "sklearn.metrics.balanced_accuracy_score",
  "y_true y_pred * sample_weight adjusted",
  (y_true: TargetLike, y_pred: TargetLike, sample_weight: Weights = null, adjusted = false): number => {
    const c = compare(y_true, y_pred, sample_weight);
    const [hit, , actual] = counts(c, upTo(c.labels.size));
    const found = [...actual.keys()].filter((i) => actual[i]! > 0);
    if (found.length < c.labels.size) warn("y_pred contains classes not in y_true");
    const mean = found.reduce((s, i) => s + hit[i]! / actual[i]!, 0) / found.length;
    const chance = 1 / found.length;
    return asFloat(adjusted ? (mean - chance) / (1 - chance) : mean);
  },
);
