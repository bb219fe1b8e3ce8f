import type { ArrayLike, ndarray } from "@cognate/ndarray/core";
import { className, def, repr, str, ValueError, warn } from "@cognate/py";
import { f64, floats, i64, type MatrixLike, type TargetLike } from "../base/arrays.js";
import { FitFailedWarning } from "../base/errors.js";
import { clone, type Estimator } from "../base/estimator.js";
import { decode, encode, targetType } from "../base/labels.js";
import { take, takeBlock } from "../base/subset.js";
import { checkLengths, columnOr1d, sampleCount } from "../base/validation.js";
import { type Scorer, scorerOf } from "../metrics/scorers.js";
import { KFold, StratifiedKFold } from "./folds.js";
import { type Split, Splitter } from "./splitter.js";

/** A splitter, a number of folds, or the splits themselves. */
export type CrossValidator = Splitter | number | Iterable<readonly [ArrayLike, ArrayLike]> | null;

type Fittable = Estimator & {
  fit(X: unknown, y?: unknown, more?: unknown): unknown;
  predict(X: unknown): ndarray;
} & Record<string, (X: unknown) => ndarray>;

/** The splits that `cv` asks for; a number means folds, in which a classifier's classes have their shares. @throws ValueError */
export function splitsOf(
  cv: CrossValidator,
  estimator: Estimator,
  X: unknown,
  y: TargetLike | null,
): Split[] {
  const folds = cv ?? 5;
  if (typeof folds === "number") {
    const stratified =
      estimator._estimator_type === "classifier" &&
      y !== null &&
      ["binary", "multiclass"].includes(targetType(columnOr1d(y, false)));
    return [...(stratified ? StratifiedKFold(folds) : KFold(folds))._splits(X, y)];
  }
  if (folds instanceof Splitter) return [...folds._splits(X, y)];
  if (typeof folds !== "object" || !(Symbol.iterator in folds))
    throw new ValueError(
      `Expected \`cv\` as an integer, a cross-validation object (from sklearn.model_selection), or an iterable yielding (train, test) splits as arrays of indices. Got ${str(folds)}.`,
    );
  return Array.from(
    folds,
    ([train, test]) => [Int32Array.from(floats(train)), Int32Array.from(floats(test))] as const,
  );
}

/** The samples that train and test, of kernel matrices rows and columns. */
export function partsOf(
  e: Estimator,
  X: unknown,
  [train, test]: Split,
): readonly [train: MatrixLike, test: MatrixLike] {
  if (e._pairwise) return [takeBlock(X, train, train), takeBlock(X, test, train)];
  return [take(X, train) as MatrixLike, take(X, test) as MatrixLike];
}

/** What one fit and its scores gave. */
export interface FoldResult {
  readonly test: number;
  readonly train: number;
  readonly fitTime: number;
  readonly scoreTime: number;
  readonly estimator: Estimator;
  readonly error: Error | null;
}

const now = (): number => performance.now() / 1000;

/** Fits to one split and scores it; an error is kept where `errorScore` is a number. */
export function fitAndScore(
  e: Estimator,
  X: unknown,
  y: TargetLike | null,
  split: Split,
  scorer: Scorer,
  fitParams: Readonly<Record<string, unknown>>,
  errorScore: number | "raise",
  trainScore: boolean,
): FoldResult {
  const [left, right] = partsOf(e, X, split);
  const [yLeft, yRight] = [take(y, split[0]), take(y, split[1])] as [TargetLike | null, TargetLike | null];
  const n = sampleCount(X);
  const own = Object.fromEntries(
    Object.entries(fitParams).map(([k, v]) => [k, isPerSample(v, n) ? take(v, split[0]) : v]),
  );
  const start = now();
  let fitTime = 0;
  try {
    if (yLeft === null) (e as Fittable).fit(left);
    else (e as Fittable).fit(left, yLeft, own);
    fitTime = now() - start;
    const test = Number(scorer(e, right, yRight));
    const scoreTime = now() - start - fitTime;
    const train = trainScore ? Number(scorer(e, left, yLeft)) : Number.NaN;
    return { test, train, fitTime, scoreTime, estimator: e, error: null };
  } catch (error) {
    if (errorScore === "raise" || !(error instanceof Error)) throw error;
    return { test: errorScore, train: errorScore, fitTime: now() - start, scoreTime: 0, estimator: e, error };
  }
}

const isPerSample = (v: unknown, n: number): boolean =>
  typeof v === "object" && v !== null && ("length" in v || Symbol.iterator in v) && sampleCount(v) === n;

/** @throws ValueError where all fits failed; warns where some did */
export function tellFailures(results: readonly FoldResult[], errorScore: number | "raise"): void {
  const failed = results.flatMap((r) =>
    r.error ? [`${className(r.error.constructor)}: ${r.error.message}`] : [],
  );
  if (failed.length === 0) return;
  const line = `${"-".repeat(80)}\n`;
  const summary = [...new Set(failed)]
    .map(
      (text) =>
        `${line}${failed.filter((t) => t === text).length} fits failed with the following error:\n${text}\n`,
    )
    .join("\n");
  if (failed.length === results.length)
    throw new ValueError(
      `\nAll the ${results.length} fits failed.\nIt is very likely that your model is misconfigured.\nYou can try to debug the error by setting error_score='raise'.\n\nBelow are more details about the failures:\n${summary}`,
    );
  warn(
    `\n${failed.length} fits failed out of a total of ${results.length}.\nThe score on these train-test partitions for these parameters will be set to ${repr(errorScore)}.\nIf these failures are not expected, you can try to debug them by setting error_score='raise'.\n\nBelow are more details about the failures:\n${summary}`,
    FitFailedWarning,
  );
}

type Keywords = Readonly<Record<string, unknown>>;
type Scoring = string | Scorer | null;

function crossValidated(
  estimator: Estimator,
  X: MatrixLike,
  y: TargetLike | null,
  scoring: Scoring,
  cv: CrossValidator,
  params: Keywords | null,
  errorScore: number | "raise",
  trainScore = false,
): FoldResult[] {
  checkLengths(X, y);
  const scorer = scorerOf(estimator, scoring);
  const results = splitsOf(cv, estimator, X, y).map((split) =>
    fitAndScore(clone(estimator), X, y, split, scorer, params ?? {}, errorScore, trainScore),
  );
  tellFailures(results, errorScore);
  return results;
}

const numbers = (results: readonly FoldResult[], key: "test" | "train" | "fitTime" | "scoreTime"): ndarray =>
  f64(Float64Array.from(results, (r) => r[key]));

/**
 * Scores of an estimator by cross-validation, one a split.
 *
 * @example
 * ```ts
 * import { datasets, model_selection, SVC } from "@cognate/svm";
 * import { print } from "@cognate/py";
 * const iris = datasets.load_iris();
 * print(model_selection.cross_val_score(SVC(), iris.data, iris.target)); // prints [0.96666667 0.96666667 0.96666667 0.93333333 1.        ]
 * ```
 */
export const cross_val_score = def(
  "sklearn.model_selection.cross_val_score",
  "estimator X:dict y * groups scoring cv n_jobs verbose params pre_dispatch error_score",
  (
    estimator: Estimator,
    X: MatrixLike,
    y: TargetLike | null = null,
    _groups: null = null,
    scoring: Scoring = null,
    cv: CrossValidator = null,
    _n_jobs: number | null = null,
    _verbose = 0,
    params: Keywords | null = null,
    _pre_dispatch = "2*n_jobs",
    error_score: number | "raise" = Number.NaN,
  ): ndarray => numbers(crossValidated(estimator, X, y, scoring, cv, params, error_score), "test"),
);

/** Scores and times by cross-validation, as a dict. */
export const cross_validate = def(
  "sklearn.model_selection.cross_validate",
  "estimator X:dict y * groups scoring cv n_jobs verbose params pre_dispatch return_train_score return_estimator return_indices error_score",
  (
    estimator: Estimator,
    X: MatrixLike,
    y: TargetLike | null = null,
    _groups: null = null,
    scoring: Scoring = null,
    cv: CrossValidator = null,
    _n_jobs: number | null = null,
    _verbose = 0,
    params: Keywords | null = null,
    _pre_dispatch = "2*n_jobs",
    return_train_score = false,
    return_estimator = false,
    _return_indices = false,
    error_score: number | "raise" = Number.NaN,
  ): Readonly<Record<string, ndarray | undefined>> => {
    const results = crossValidated(estimator, X, y, scoring, cv, params, error_score, return_train_score);
    return {
      fit_time: numbers(results, "fitTime"),
      score_time: numbers(results, "scoreTime"),
      ...(return_estimator ? { estimator: results.map((r) => r.estimator) as never } : {}),
      test_score: numbers(results, "test"),
      ...(return_train_score ? { train_score: numbers(results, "train") } : {}),
    };
  },
);

/** Predictions of every sample by an estimator that was not trained on it. @throws ValueError where splits are no partition */
export const cross_val_predict = def(
  "sklearn.model_selection.cross_val_predict",
  "estimator X:dict y * groups cv n_jobs verbose params pre_dispatch method",
  (
    estimator: Estimator,
    X: MatrixLike,
    y: TargetLike | null = null,
    _groups: null = null,
    cv: CrossValidator = null,
    _n_jobs: number | null = null,
    _verbose = 0,
    _params: Keywords | null = null,
    _pre_dispatch = "2*n_jobs",
    method: "predict" | "decision_function" | "predict_proba" = "predict",
  ): ndarray => {
    checkLengths(X, y);
    const n = sampleCount(X);
    const splits = splitsOf(cv, estimator, X, y);
    const tested = splits.flatMap(([, test]) => [...test]);
    if (tested.length !== n || new Set(tested).size !== n)
      throw new ValueError("cross_val_predict only works for partitions");
    const labels =
      y !== null && estimator._estimator_type === "classifier" ? encode(columnOr1d(y, false)) : null;
    const target = labels ? i64(labels.codes) : y;
    let out: Float64Array | null = null;
    let width = 1;
    let shape: number[] = [n];
    for (const split of splits) {
      const e = clone(estimator) as Fittable;
      const [left, right] = partsOf(e, X, split);
      e.fit(left, take(target, split[0]));
      const p = e[method]!(right);
      width = p.ndim === 2 ? p.shape[1]! : 1;
      shape = p.ndim === 2 ? [n, width] : [n];
      out ??= new Float64Array(n * width);
      const values = floats(p);
      split[1].forEach((i, r) => {
        out!.set(values.subarray(r * width, (r + 1) * width), i * width);
      });
    }
    if (labels && method === "predict") return decode(labels.classes, Int32Array.from(out!));
    return f64(out!, shape);
  },
);
