import type { ArrayLike, ndarray } from "@cognate/ndarray/core";
import { callable, def, isPlainObject, type Method, pyClass, ValueError } from "@cognate/py";
import { type DataLike, isFrame } from "../python/arrays.js";
import type { IterationRange } from "../python/booster.js";
import { parseEval } from "../python/callback.js";
import { DMatrix } from "../python/dmatrix.js";
import { type FitData, rankingMetric } from "./evaluation.js";
import { type FitOptions, install, XGBModel } from "./model.js";
import type { EstimatorParams, SklearnMetric } from "./params.js";

/** Takes the column `qid` out of a table. @throws ValueError where it is given twice */
function takeQid(X: DataLike, qid: ArrayLike | null): readonly [DataLike, ArrayLike | null] {
  const columns = isFrame(X) ? X.items() : isPlainObject(X) && !("indptr" in X) ? Object.entries(X) : null;
  const own = columns?.find(([name]) => name === "qid");
  if (!columns || !own) return [X, qid];
  if (qid !== null)
    throw new ValueError(
      "Found both the special column `qid` in `X` and the `qid` from the`fit` method. Please remove one of them.",
    );
  const rest = Object.fromEntries(columns.filter(([name]) => name !== "qid"));
  return [rest as DataLike, own[1] as ArrayLike];
}

class XGBRankerImpl extends XGBModel {
  constructor(params: EstimatorParams = {}) {
    super(params);
    if (callable(this.objective))
      throw new ValueError("custom objective function not supported by XGBRanker");
    if (!String(this.objective).includes("rank:"))
      throw new ValueError("please use XGBRanker for ranking task");
  }
  override get _own(): readonly Readonly<Record<string, unknown>>[] {
    return [{ objective: "rank:ndcg" }];
  }
  override get _estimator_type(): string {
    return "ranker";
  }
  override _createDMatrix(ref: DMatrix | null, fields: Readonly<Record<string, unknown>>): DMatrix {
    const [data, qid] = takeQid(fields.data as DataLike, (fields.qid ?? null) as ArrayLike | null);
    if ((fields.group ?? null) === null && qid === null)
      throw new ValueError("Either `group` or `qid` is required for ranking task");
    return super._createDMatrix(ref, { ...fields, data, qid });
  }
}

const fit = def(
  "XGBRanker.fit",
  "self X:dict y group qid sample_weight base_margin eval_set eval_group eval_qid verbose xgb_model sample_weight_eval_set base_margin_eval_set feature_weights",
  (
    self: XGBRankerImpl,
    X: DataLike,
    y: ArrayLike,
    group: ArrayLike | null = null,
    qid: ArrayLike | null = null,
    sample_weight: ArrayLike | null = null,
    base_margin: ArrayLike | null = null,
    eval_set: FitData["eval_set"] = null,
    eval_group: FitData["eval_group"] = null,
    eval_qid: FitData["eval_qid"] = null,
    verbose: boolean | number | null = false,
    xgb_model: FitOptions["xgb_model"] = null,
    sample_weight_eval_set: FitData["sample_weight_eval_set"] = null,
    base_margin_eval_set: FitData["base_margin_eval_set"] = null,
    feature_weights: ArrayLike | null = null,
  ): XGBRankerImpl => {
    self._train(
      {
        X,
        y,
        group,
        qid,
        sample_weight,
        base_margin,
        eval_set,
        eval_group,
        eval_qid,
        xgb_model,
        sample_weight_eval_set,
        base_margin_eval_set,
        feature_weights,
      },
      self.get_xgb_params(),
      null,
      verbose,
    );
    return self;
  },
);
const predict = def(
  "XGBRanker.predict",
  "self X:dict output_margin validate_features base_margin iteration_range",
  (
    self: XGBRankerImpl,
    X: DataLike,
    output_margin = false,
    validate_features = true,
    base_margin: ArrayLike | null = null,
    iteration_range: IterationRange | null = null,
  ): ndarray =>
    self._predict(takeQid(X, null)[0], output_margin, validate_features, base_margin, iteration_range),
);
const score = def(
  "XGBRanker.score",
  "self X:dict y",
  (self: XGBRankerImpl, X: DataLike, y: ArrayLike): number => {
    const [data, qid] = takeQid(X, null);
    const d = DMatrix({
      data,
      label: y,
      qid,
      missing: self.missing,
      enable_categorical: self.enable_categorical,
      nthread: self.n_jobs,
      feature_types: self.feature_types,
    } as never);
    const custom = callable(self.eval_metric) ? rankingMetric(self.eval_metric as SklearnMetric) : null;
    return parseEval(self.get_booster().eval_set([[d, "eval"]], 0, custom)).at(-1)![1];
  },
);
interface XGBRankerImpl {
  /** The ranking metric of X with labels y and groups in column `qid`. */
  score: Method<typeof score>;
}
install(XGBRankerImpl, "XGBRanker", { fit, predict, score });

/**
 * XGBoost for ranking: rows of one query stand together, told by `group` (sizes) or `qid`.
 *
 * Source: XGBoost 3.2, `xgboost.XGBRanker`.
 */
const Ranker = pyClass("xgboost.sklearn.XGBRanker", "**params" as const, XGBRankerImpl);
/** A ranker, whose `fit` takes the groups, too. */
export type XGBRanker = Omit<XGBRankerImpl, "fit"> & { fit: Method<typeof fit> };
export const XGBRanker = Ranker as unknown as {
  (params?: EstimatorParams): XGBRanker;
  new (params?: EstimatorParams): XGBRanker;
};
