/**
 * `xgboost.sklearn`: estimators with scikit-learn's interface.
 *
 * @packageDocumentation
 */
export { XGBClassifier, XGBRFClassifier } from "./classifier.js";
export { NotFittedError, XGBModel } from "./model.js";
export type { EstimatorParams } from "./params.js";
export { XGBRanker } from "./ranker.js";
export { XGBRegressor, XGBRFRegressor } from "./regressor.js";
