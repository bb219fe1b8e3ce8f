import { type ArrayLike, asStrided } from "@cognate/ndarray/core";
import { asFloat, def, ValueError, warn } from "@cognate/py";
import { floats, type TargetLike } from "../base/arrays.js";
import { UndefinedMetricWarning } from "../base/errors.js";
import { encode } from "../base/labels.js";
import { checkLengths, checkSampleWeight, columnOr1d } from "../base/validation.js";

/**
 * The area under the ROC curve of two classes: the chance that a positive sample scores above a negative one, ties
 * counting half.
 *
 * @throws ValueError for more than two classes
 */
export const roc_auc_score = def(
  "sklearn.metrics.roc_auc_score",
  "y_true y_score * average sample_weight",
  (
    y_true: TargetLike,
    y_score: ArrayLike,
    _average: string | null = "macro",
    sample_weight: ArrayLike | null = null,
  ): number => {
    checkLengths(y_true, y_score, sample_weight);
    const { classes, codes } = encode(columnOr1d(y_true, false));
    if (classes.size > 2) throw new ValueError("multi_class must be in ('ovo', 'ovr')");
    if (classes.size < 2) {
      warn(
        "Only one class is present in y_true. ROC AUC score is not defined in that case.",
        UndefinedMetricWarning,
      );
      return Number.NaN;
    }
    const score = floats(asStrided(y_score));
    const weight = checkSampleWeight(sample_weight, score.length);
    const order = [...score.keys()].sort((a, b) => score[a]! - score[b]!);
    let [below, won, positives, negatives] = [0, 0, 0, 0];
    for (let i = 0; i < order.length; ) {
      let [p, n] = [0, 0];
      const value = score[order[i]!]!;
      for (; i < order.length && score[order[i]!] === value; i++) {
        if (codes[order[i]!] === 1) p += weight[order[i]!]!;
        else n += weight[order[i]!]!;
      }
      won += p * (below + n / 2);
      below += n;
      positives += p;
      negatives += n;
    }
    return asFloat(won / (positives * negatives));
  },
);
