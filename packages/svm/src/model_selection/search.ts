import type { ndarray } from "@cognate/ndarray/core";
import {
  AttributeError,
  className,
  isPlainObject,
  nameClass,
  pyClass,
  repr,
  TypeError,
  ValueError,
} from "@cognate/py";
import { f64, i32, type MatrixLike, type TargetLike } from "../base/arrays.js";
import { reader } from "../base/call.js";
import * as must from "../base/constraints.js";
import { check_is_fitted, clone, Estimator, type EstimatorKind } from "../base/estimator.js";
import { checkLengths } from "../base/validation.js";
import { type Scorer, scorerOf } from "../metrics/scorers.js";
import { type CrossValidator, type FoldResult, fitAndScore, splitsOf, tellFailures } from "./validation.js";

/** Values to try by parameter; several grids one after the other. */
export type Grid =
  | Readonly<Record<string, Iterable<unknown>>>
  | readonly Readonly<Record<string, Iterable<unknown>>>[];
export type Candidate = Record<string, unknown>;

/** All combinations of values, the last name varying fastest. */
export class ParameterGrid {
  private readonly all: Candidate[];

  /** @throws TypeError, ValueError for what is no grid */
  constructor(param_grid: Grid) {
    const grids = Array.isArray(param_grid) ? param_grid : [param_grid];
    for (const grid of grids) {
      if (!isPlainObject(grid)) throw new TypeError(`Parameter grid is not a dict (${repr(grid)})`);
      for (const [key, value] of Object.entries(grid)) {
        const listed = typeof value === "object" && value !== null && Symbol.iterator in value;
        if (!listed)
          throw new TypeError(
            `Parameter grid for parameter ${repr(key)} needs to be a list or a numpy array, but got ${repr(value)} (of type ${typeName(value)}) instead. Single values need to be wrapped in a list with one element.`,
          );
        if ([...(value as Iterable<unknown>)].length === 0)
          throw new ValueError(
            `Parameter grid for parameter ${repr(key)} need to be a non-empty sequence, got: ${repr(value)}`,
          );
      }
    }
    this.all = grids.flatMap((grid: Readonly<Record<string, Iterable<unknown>>>) =>
      Object.keys(grid)
        .sort()
        .reduce<Candidate[]>(
          (list, key) => list.flatMap((c) => Array.from(grid[key]!, (v) => ({ ...c, [key]: v }))),
          [{}],
        ),
    );
  }
  get length(): number {
    return this.all.length;
  }
  __len__(): number {
    return this.all.length;
  }
  [Symbol.iterator](): Iterator<Candidate> {
    return this.all[Symbol.iterator]();
  }
}
nameClass("sklearn.model_selection._search.ParameterGrid", ParameterGrid);

const typeName = (x: unknown): string =>
  typeof x === "string"
    ? "str"
    : typeof x === "number"
      ? Number.isInteger(x)
        ? "int"
        : "float"
      : typeof x === "boolean"
        ? "bool"
        : "NoneType";

type Capable = Estimator & Record<string, (...args: unknown[]) => unknown>;

const readFit = reader("BaseSearchCV.fit", "X:dict y **params", 1);
const readX = reader("BaseSearchCV.predict", "X:dict", 1);
const readScore = reader("BaseSearchCV.score", "X:dict y", 1);

class GridSearchCVImpl extends Estimator {
  declare estimator: Estimator;
  declare param_grid: Grid;
  declare scoring: string | Scorer | null;
  declare n_jobs: number | null;
  declare refit: boolean;
  declare cv: CrossValidator;
  declare verbose: number;
  declare pre_dispatch: string | number;
  declare error_score: number | "raise";
  declare return_train_score: boolean;

  /** The best candidate, fitted to all samples. */
  declare best_estimator_: Estimator;
  declare best_params_: Candidate;
  declare best_score_: number;
  declare best_index_: number;
  declare n_splits_: number;
  declare refit_time_: number;
  declare multimetric_: boolean;
  declare scorer_: Scorer;
  /** Scores, times and ranks of all candidates. */
  declare cv_results_: Record<string, unknown>;

  constructor(
    estimator: Estimator,
    param_grid: Grid,
    scoring: string | Scorer | null = null,
    n_jobs: number | null = null,
    refit = true,
    cv: CrossValidator = null,
    verbose = 0,
    pre_dispatch: string | number = "2*n_jobs",
    error_score: number | "raise" = Number.NaN,
    return_train_score = false,
  ) {
    super();
    this._assign({
      estimator,
      param_grid,
      scoring,
      n_jobs,
      refit,
      cv,
      verbose,
      pre_dispatch,
      error_score,
      return_train_score,
    });
  }
  override get _constraints() {
    return {
      refit: [must.boolean, must.string, must.callable],
      verbose: [must.verbose],
      return_train_score: [must.boolean],
    };
  }
  override get _required() {
    return { estimator: null, param_grid: {} };
  }
  override get _estimator_type(): EstimatorKind {
    return this.estimator._estimator_type;
  }
  override get _pairwise(): boolean {
    return this.estimator._pairwise;
  }

  /** Tries every candidate by cross-validation, then fits the best one. */
  fit(X: MatrixLike, ...args: readonly unknown[]): this {
    const [x, y = null, params = {}] = readFit([X, ...args]) as [
      MatrixLike,
      TargetLike | null,
      Record<string, unknown>?,
    ];
    this._validate_params();
    checkLengths(x, y);
    const scorer = scorerOf(this.estimator, this.scoring);
    const candidates = [...new ParameterGrid(this.param_grid)];
    const splits = splitsOf(this.cv, this.estimator, x, y);
    this.n_splits_ = splits.length;
    const results = candidates.map((candidate) =>
      splits.map((split) =>
        fitAndScore(
          clone(this.estimator).set_params(clonedValues(candidate)),
          x,
          y,
          split,
          scorer,
          params,
          this.error_score,
          this.return_train_score,
        ),
      ),
    );
    tellFailures(results.flat(), this.error_score);
    this.multimetric_ = false;
    this.cv_results_ = this.table(candidates, results);
    const ranks = (this.cv_results_.rank_test_score as ndarray).tolist() as number[];
    this.best_index_ = ranks.indexOf(Math.min(...ranks));
    this.best_score_ = ((this.cv_results_.mean_test_score as ndarray).tolist() as number[])[
      this.best_index_
    ]!;
    this.best_params_ = candidates[this.best_index_]!;
    this.scorer_ = scorer;
    if (this.refit) {
      const best = clone(this.estimator).set_params(clonedValues(this.best_params_)) as Capable;
      const start = performance.now();
      if (y === null) best.fit!(x);
      else best.fit!(x, y, params);
      this.refit_time_ = (performance.now() - start) / 1000;
      this.best_estimator_ = best;
    }
    return this;
  }

  private table(
    candidates: readonly Candidate[],
    results: readonly (readonly FoldResult[])[],
  ): Record<string, unknown> {
    const out: Record<string, unknown> = {};
    const store = (name: string, key: "test" | "train" | "fitTime" | "scoreTime"): Float64Array => {
      const mean = Float64Array.from(results, (r) => r.reduce((s, f) => s + f[key], 0) / r.length);
      out[`mean_${name}`] = f64(mean);
      out[`std_${name}`] = f64(
        Float64Array.from(results, (r, i) =>
          Math.sqrt(r.reduce((s, f) => s + (f[key] - mean[i]!) ** 2, 0) / r.length),
        ),
      );
      return mean;
    };
    store("fit_time", "fitTime");
    store("score_time", "scoreTime");
    for (const key of [...new Set(candidates.flatMap(Object.keys))].sort())
      out[`param_${key}`] = candidates.map((c) => (key in c ? c[key] : null));
    out.params = candidates;
    const splits = (name: string, key: "test" | "train"): Float64Array => {
      for (let s = 0; s < this.n_splits_; s++)
        out[`split${s}_${name}`] = f64(Float64Array.from(results, (r) => r[s]![key]));
      return store(name, key);
    };
    const mean = splits("test_score", "test");
    const least = Math.min(...mean.filter((v) => !Number.isNaN(v))) - 1;
    const known = mean.map((v) => (Number.isNaN(v) ? least : v));
    out.rank_test_score = i32(Int32Array.from(known, (v) => 1 + known.filter((o) => o > v).length));
    if (this.return_train_score) splits("train_score", "train");
    return out;
  }

  private best(name: string): Capable {
    if (!this.refit)
      throw new AttributeError(
        `This GridSearchCV instance was initialized with \`refit=False\`. ${name} is available only after refitting on the best parameters. You can refit an estimator manually using the \`best_params_\` attribute`,
      );
    check_is_fitted(this);
    if (typeof (this.best_estimator_ as Capable)[name] !== "function")
      throw new AttributeError(
        `'${className(this.best_estimator_.constructor)}' object has no attribute '${name}'`,
      );
    return this.best_estimator_ as Capable;
  }
  private call(name: string, args: readonly unknown[]): ndarray {
    const [X] = readX(args);
    return this.best(name)[name]!(X) as ndarray;
  }
  /** The best estimator's predictions. */
  predict(...args: readonly unknown[]): ndarray {
    return this.call("predict", args);
  }
  predict_proba(...args: readonly unknown[]): ndarray {
    return this.call("predict_proba", args);
  }
  decision_function(...args: readonly unknown[]): ndarray {
    return this.call("decision_function", args);
  }
  transform(...args: readonly unknown[]): ndarray {
    return this.call("transform", args);
  }
  get classes_(): ndarray {
    return (this.best_estimator_ as unknown as { classes_: ndarray }).classes_;
  }
  /** The best estimator's score, by the same scoring. */
  score(...args: readonly unknown[]): number {
    const [X, y = null] = readScore(args) as [MatrixLike, TargetLike | null];
    return this.scorer_(this.best("predict"), X, y);
  }
}

const clonedValues = (c: Candidate): Candidate =>
  Object.fromEntries(Object.entries(c).map(([k, v]) => [k, v instanceof Estimator ? clone(v) : v]));

/**
 * Tries all combinations of parameters by cross-validation and keeps the best.
 *
 * @example
 * ```ts
 * import { datasets, model_selection, SVC } from "@cognate/svm";
 * import { print } from "@cognate/py";
 * const { data, target } = datasets.load_iris();
 * const search = model_selection.GridSearchCV(SVC(), { C: [1, 10], kernel: ["linear", "rbf"] }).fit(data, target);
 * print(search.best_params_, search.best_score_.toFixed(3)); // prints {'C': 1, 'kernel': 'linear'} 0.980
 * ```
 */
export const GridSearchCV = pyClass(
  "sklearn.model_selection._search.GridSearchCV",
  "estimator param_grid:dict * scoring n_jobs refit cv verbose pre_dispatch error_score return_train_score",
  GridSearchCVImpl,
);
export type GridSearchCV = GridSearchCVImpl;
