import type { ArrayLike } from "@cognate/ndarray/core";
import { asFloat, def, type Method, NotImplementedError, pyClass } from "@cognate/py";
import type { DataLike } from "../python/arrays.js";
import { fitDef, install, XGBModel } from "./model.js";
import type { EstimatorParams } from "./params.js";
import { r2 } from "./scores.js";

class XGBRegressorImpl extends XGBModel {
  constructor(params: EstimatorParams = {}) {
    super(params);
  }
  override get _own(): readonly Readonly<Record<string, unknown>>[] {
    return [{ objective: "reg:squarederror" }];
  }
  override get _estimator_type(): string {
    return "regressor";
  }
}
const scoreDef = def(
  "RegressorMixin.score",
  "self X:dict y sample_weight",
  (self: XGBRegressorImpl, X: DataLike, y: ArrayLike, sample_weight: ArrayLike | null = null): number =>
    r2(y, self._predict(X, false, true, null, null), sample_weight),
);
interface XGBRegressorImpl {
  /** R² of the predictions. */
  score: Method<typeof scoreDef>;
}
install(XGBRegressorImpl, "RegressorMixin", { score: scoreDef });

/**
 * XGBoost for regression, with scikit-learn's interface.
 *
 * `fit(X, y)` takes nested lists, arrays, data frames, objects of columns or sparse matrices.
 *
 * Source: XGBoost 3.2, `xgboost.XGBRegressor`.
 *
 * @example
 * ```ts
 * import { XGBRegressor } from "@cognate/xgboost";
 * import { print } from "@cognate/py";
 * const X = [[1], [2], [3], [4]];
 * const model = XGBRegressor({ n_estimators: 20, max_depth: 1, tree_method: "exact" }).fit(X, [1, 2, 3, 4]);
 * print(model.predict([[1.2], [3.9]]), model.n_features_in_); // prints [1.1246923 3.8753297] 1
 * ```
 */
export const XGBRegressor = pyClass("xgboost.sklearn.XGBRegressor", "**params" as const, XGBRegressorImpl);
export type XGBRegressor = XGBRegressorImpl;

/** The defaults of random forests. */
export const FOREST = {
  colsample_bynode: 0.8,
  learning_rate: asFloat(1),
  reg_lambda: 1e-5,
  subsample: 0.8,
};

/** @throws NotImplementedError: a forest has one round only */
export function noRounds(e: { early_stopping_rounds: unknown; callbacks?: unknown }): void {
  if ((e.early_stopping_rounds ?? null) !== null || (e.callbacks ?? null) !== null)
    throw new NotImplementedError(
      "`early_stopping_rounds` and `callbacks` are not implemented for the sklearn random forest estimator interface.",
    );
}

class XGBRFRegressorImpl extends XGBRegressor {
  constructor(params: EstimatorParams = {}) {
    super(params);
    noRounds(this);
  }
  override get _own(): readonly Readonly<Record<string, unknown>>[] {
    return [FOREST, ...super._own];
  }
  override get_xgb_params(): Record<string, unknown> {
    return { ...super.get_xgb_params(), num_parallel_tree: super.get_num_boosting_rounds() };
  }
  override get_num_boosting_rounds(): number {
    return 1;
  }
}
install(XGBRFRegressorImpl, "XGBRFRegressor", { fit: fitDef<XGBRFRegressorImpl>("XGBRFRegressor") });

/** A random forest for regression: one round of `n_estimators` trees. Source: XGBoost 3.2, `xgboost.XGBRFRegressor`. */
export const XGBRFRegressor = pyClass(
  "xgboost.sklearn.XGBRFRegressor",
  "**params" as const,
  XGBRFRegressorImpl,
);
export type XGBRFRegressor = XGBRFRegressorImpl;
