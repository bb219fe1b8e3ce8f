import { DataFrame } from "@cognate/pandas";
import { callable, def, TypeError, ValueError } from "@cognate/py";
import { Booster, type CustomMetric, type CustomObjective, type Eval, type ModelFile } from "./booster.js";
import {
  CallbackContainer,
  EarlyStopping,
  type EvalsLog,
  EvaluationMonitor,
  type Trained,
  type TrainingCallback,
} from "./callback.js";
import { type DMatrix, isDMatrix, QuantileDMatrix } from "./dmatrix.js";
import { type Fold, type FoldMaker, type FoldsLike, makeFolds } from "./folds.js";
import { type Params, pairsOf } from "./params.js";

/** A booster as callbacks use it. */
const trained = (b: Booster): Booster & Trained =>
  Object.assign(b, {
    _evaluate: (evals: readonly Eval[], epoch: number, metric: CustomMetric | null, margin: boolean) =>
      b._eval(evals, epoch, metric, margin),
  });

type Callbacks = readonly TrainingCallback[] | null;

function withDefaults(
  given: Callbacks,
  verbose: boolean | number | null,
  stopping: number | null,
  maximize: boolean | null,
  showStdv = false,
): TrainingCallback[] {
  const out = given === null ? [] : [...given];
  if (verbose)
    out.push(EvaluationMonitor({ period: verbose === true ? 1 : Number(verbose), show_stdv: showStdv }));
  if (stopping) out.push(EarlyStopping({ rounds: stopping, maximize }));
  return out;
}

/**
 * Trains a model for `num_boost_round` rounds.
 *
 * `evals` are data with names whose metrics are printed (`verbose_eval`) and noted in `evals_result`; `obj` gives gradients and
 * hessians of the margins; `xgb_model` is a model to go on from.
 *
 * @throws TypeError, ValueError, XGBoostError
 *
 * Source: XGBoost 3.2, `xgboost.train`.
 *
 * @example
 * ```ts
 * import * as xgb from "@cognate/xgboost";
 * const d = xgb.DMatrix([[1], [2], [3], [4]], { label: [1, 2, 3, 4] });
 * xgb.train({ max_depth: 2, tree_method: "exact" }, d, 2, { evals: [[d, "train"]] });
 * // prints
 * // [0]	train-rmse:0.94340
 * // [1]	train-rmse:0.80189
 * ```
 */
export const train = def(
  "train",
  "params:dict dtrain num_boost_round evals obj maximize early_stopping_rounds evals_result verbose_eval xgb_model callbacks custom_metric",
  (
    params: Params,
    dtrain: DMatrix,
    num_boost_round = 10,
    evals: readonly Eval[] | null = null,
    obj: CustomObjective | null = null,
    maximize: boolean | null = null,
    early_stopping_rounds: number | null = null,
    evals_result: EvalsLog | null = null,
    verbose_eval: boolean | number | null = true,
    xgb_model: ModelFile | null = null,
    callbacks: Callbacks = null,
    custom_metric: CustomMetric | null = null,
  ): Booster => {
    const watched = evals === null ? [] : [...evals];
    for (const [data] of watched) {
      if (!isDMatrix(data)) throw new TypeError("Invalid type for the `evals`.");
      if (data instanceof QuantileDMatrix && data.ref !== dtrain && data !== dtrain)
        throw new ValueError(
          "('Training dataset should be used as a reference when constructing the `QuantileDMatrix` for evaluation.',)",
        );
    }
    let model: Booster & Trained = trained(
      new Booster(params, [dtrain, ...watched.map(([d]) => d)], xgb_model),
    );
    const container = new CallbackContainer(
      withDefaults(callbacks, verbose_eval, early_stopping_rounds, maximize),
      custom_metric,
      callable(obj),
    );
    model = container.before_training(model);
    for (let i = 0; i < num_boost_round; i++) {
      if (container.before_iteration(model, i)) break;
      model.update(dtrain, i, obj);
      if (container.after_iteration(model, i, watched)) break;
    }
    const out: Booster = container.after_training(model);
    if (evals_result !== null) Object.assign(evals_result, container.history);
    return out.reset();
  },
);

/** The boosters of the folds, as callbacks see them. */
class PackedBooster implements Trained {
  constructor(readonly cvfolds: readonly (Fold & { readonly bst: Booster })[]) {}
  update(iteration: number, obj: CustomObjective | null): void {
    for (const f of this.cvfolds) f.bst.update(f.dtrain, iteration, obj);
  }
  _evaluate(_evals: readonly Eval[], epoch: number, metric: CustomMetric | null, margin: boolean): string[] {
    return this.cvfolds.map((f) =>
      f.bst._eval(
        [
          [f.dtrain, "train"],
          [f.dtest, "test"],
        ],
        epoch,
        metric,
        margin,
      ),
    );
  }
  _setAttr(values: Readonly<Record<string, unknown>>): void {
    for (const f of this.cvfolds) f.bst._setAttr(values);
  }
  attr(key: string): string | null {
    return this.cvfolds[0]!.bst.attr(key);
  }
  set_param(params: string, value: unknown): void {
    for (const f of this.cvfolds) f.bst.set_param(params, value);
  }
  num_boosted_rounds(): number {
    return this.cvfolds[0]!.bst.num_boosted_rounds();
  }
  get best_iteration(): number {
    return this.cvfolds[0]!.bst.best_iteration;
  }
  set best_iteration(v: number) {
    this._setAttr({ best_iteration: v });
  }
  get best_score(): number {
    return this.cvfolds[0]!.bst.best_score;
  }
  set best_score(v: number) {
    this._setAttr({ best_score: v });
  }
}

/** What `cv` gives: means and deviations by round. */
export type CvResults = Record<string, number[]>;

/**
 * Cross validation: trains on all folds but one, in turn, and gives each metric's mean and deviation by round.
 *
 * The folds are drawn as XGBoost draws them with NumPy under `seed`, or come from `folds` (pairs of row numbers, or a splitter).
 *
 * Source: XGBoost 3.2, `xgboost.cv`.
 *
 * @example
 * ```ts
 * import * as xgb from "@cognate/xgboost";
 * import { print } from "@cognate/py";
 * const d = xgb.DMatrix([[1], [2], [3], [4], [5], [6]], { label: [1, 2, 3, 4, 5, 6] });
 * const r = xgb.cv({ max_depth: 1, tree_method: "exact" }, d, 2, { nfold: 3, as_pandas: false });
 * print(Object.keys(r), r["train-rmse-mean"].length);
 * // prints ['train-rmse-mean', 'train-rmse-std', 'test-rmse-mean', 'test-rmse-std'] 2
 * ```
 */
export const cv = def(
  "cv",
  "params:dict dtrain num_boost_round nfold stratified folds metrics obj maximize early_stopping_rounds fpreproc as_pandas verbose_eval show_stdv seed callbacks shuffle custom_metric",
  (
    params: Params,
    dtrain: DMatrix,
    num_boost_round = 10,
    nfold = 3,
    stratified = false,
    folds: FoldsLike | null = null,
    metrics: string | readonly string[] = [],
    obj: CustomObjective | null = null,
    maximize: boolean | null = null,
    early_stopping_rounds: number | null = null,
    fpreproc: FoldMaker | null = null,
    as_pandas = true,
    verbose_eval: boolean | number | null = null,
    show_stdv = true,
    seed = 0,
    callbacks: Callbacks = null,
    shuffle = true,
    custom_metric: CustomMetric | null = null,
  ): CvResults & DataFrame => {
    if (dtrain instanceof QuantileDMatrix) throw new ValueError("`QuantileDMatrix` is not yet supported.");
    const all = pairsOf(params);
    let names = typeof metrics === "string" ? [metrics] : [...metrics];
    const own = all
      .filter(([k]) => k === "eval_metric")
      .flatMap(([, v]) => (Array.isArray(v) ? v : [v]) as string[]);
    if (names.length === 0) names = own;
    const rest: Params = Object.fromEntries(all.filter(([k]) => k !== "eval_metric"));
    const made = makeFolds(dtrain, { nfold, seed, stratified, folds, shuffle }).map((f) => {
      const [dtrain_, dtest, tparam] = fpreproc
        ? fpreproc(f.dtrain, f.dtest, { ...(rest as object) })
        : [f.dtrain, f.dtest, rest];
      const pairs = [...pairsOf(tparam), ...names.map((m) => ["eval_metric", m] as const)];
      return { dtrain: dtrain_, dtest, bst: new Booster(pairs, [dtrain_, dtest]) };
    });
    const container = new CallbackContainer(
      withDefaults(callbacks, verbose_eval, early_stopping_rounds, maximize, show_stdv),
      custom_metric,
      callable(obj),
      true,
    );
    const booster = new PackedBooster(made);
    container.before_training(booster);
    const results: CvResults = {};
    for (let i = 0; i < num_boost_round; i++) {
      if (container.before_iteration(booster, i)) break;
      booster.update(i, obj);
      const stop = container.after_iteration(booster, i, []);
      for (const [key, mean, std] of container.aggregated) {
        results[`${key}-mean`] ??= [];
        results[`${key}-std`] ??= [];
        results[`${key}-mean`]!.push(mean);
        results[`${key}-std`]!.push(std);
      }
      if (stop) {
        for (const k of Object.keys(results)) results[k] = results[k]!.slice(0, booster.best_iteration + 1);
        break;
      }
    }
    container.after_training(booster);
    return (as_pandas ? DataFrame(results) : results) as CvResults & DataFrame;
  },
);
