import type { ndarray } from "@cognate/ndarray/core";
import { repr, TypeError } from "@cognate/py";
import type { MatrixLike, TargetLike } from "../base/arrays.js";
import { InvalidParameterError } from "../base/errors.js";
import type { Estimator } from "../base/estimator.js";
import {
  accuracy_score,
  balanced_accuracy_score,
  f1_score,
  precision_score,
  recall_score,
} from "./classification.js";
import { roc_auc_score } from "./ranking.js";
import { mean_absolute_error, mean_squared_error, r2_score, root_mean_squared_error } from "./regression.js";

/** What gives a fitted estimator a number on data, the larger the better. */
export type Scorer = (estimator: Estimator, X: MatrixLike, y: TargetLike | null) => number;

interface Predictor {
  predict(X: MatrixLike): ndarray;
  decision_function?(X: MatrixLike): ndarray;
  predict_proba?(X: MatrixLike): ndarray;
  score?(X: MatrixLike, y: TargetLike | null): number;
}

/** A function of true and predicted values, with keywords. */
type Metric = Function;

const predicted =
  (metric: Metric, sign: 1 | -1, keywords: object): Scorer =>
  (e, X, y) =>
    sign *
    Number((metric as (...args: unknown[]) => number)(y, (e as unknown as Predictor).predict(X), keywords));

const SCORERS: Readonly<Record<string, Scorer>> = {
  accuracy: predicted(accuracy_score, 1, {}),
  balanced_accuracy: predicted(balanced_accuracy_score, 1, {}),
  r2: predicted(r2_score, 1, {}),
  neg_mean_squared_error: predicted(mean_squared_error, -1, {}),
  neg_root_mean_squared_error: predicted(root_mean_squared_error, -1, {}),
  neg_mean_absolute_error: predicted(mean_absolute_error, -1, {}),
  roc_auc: (e, X, y) => {
    const model = e as unknown as Predictor;
    return Number(roc_auc_score(y!, model.decision_function!(X)));
  },
  ...Object.fromEntries(
    (["precision", "recall", "f1"] as const).flatMap((name) => {
      const metric = { precision: precision_score, recall: recall_score, f1: f1_score }[name];
      return [
        [name, predicted(metric, 1, { average: "binary" })],
        ...(["macro", "micro", "weighted"] as const).map((average) => [
          `${name}_${average}`,
          predicted(metric, 1, { average }),
        ]),
      ];
    }),
  ),
};

/** The names that `scoring` knows, in order. */
export const get_scorer_names = (): string[] => Object.keys(SCORERS).sort();

/** The scorer of a name. @throws InvalidParameterError */
export function get_scorer(scoring: string): Scorer {
  const found = SCORERS[scoring];
  if (!found)
    throw new InvalidParameterError(
      `The 'scoring' parameter of check_scoring must be a str among {${get_scorer_names()
        .map((n) => repr(n))
        .join(", ")}}, a callable or None. Got ${repr(scoring)} instead.`,
    );
  return found;
}

/** A metric of true and predicted values as a scorer. */
export function make_scorer(
  metric: Metric,
  options: { greater_is_better?: boolean } & Record<string, unknown> = {},
): Scorer {
  const { greater_is_better = true, ...keywords } = options;
  return predicted(metric, greater_is_better ? 1 : -1, keywords);
}

/** What `scoring` asks for: a name, a callable, or the estimator's own `score`. @throws TypeError */
export function scorerOf(estimator: Estimator, scoring: string | Scorer | null): Scorer {
  if (typeof scoring === "string") return get_scorer(scoring);
  if (typeof scoring === "function") return scoring;
  if (typeof (estimator as unknown as Predictor).score !== "function")
    throw new TypeError(
      `If no scoring is specified, the estimator passed should have a 'score' method. The estimator ${repr(estimator)} does not.`,
    );
  return (e, X, y) => (e as unknown as Predictor).score!(X, y);
}
