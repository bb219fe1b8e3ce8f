/**
 * XGBoost: its trees, bit by bit, its files, texts and errors, and its Python interface.
 *
 * @packageDocumentation
 */

export * as callback from "./callback.js";
export { XGBoostError } from "./errors.js";
export * as pickle from "./io/pickle.js";
export * as joblib from "./io/pickle.js";
export { plot_importance } from "./plot/importance.js";
export { plot_tree, to_graphviz } from "./plot/tree.js";
export { Booster, type CustomMetric, type CustomObjective, type Eval } from "./python/booster.js";
export { config_context, get_config, set_config } from "./python/config.js";
export { DMatrix, QuantileDMatrix } from "./python/dmatrix.js";
export { type CvResults, cv, train } from "./python/training.js";
export { XGBClassifier, XGBRFClassifier } from "./sklearn/classifier.js";
export { NotFittedError, XGBModel } from "./sklearn/model.js";
export type { EstimatorParams } from "./sklearn/params.js";
export { XGBRanker } from "./sklearn/ranker.js";
export { XGBRegressor, XGBRFRegressor } from "./sklearn/regressor.js";
