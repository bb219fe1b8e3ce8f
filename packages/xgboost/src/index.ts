/**
 * XGBoost: its trees, bit by bit, its files, texts and errors, and its Python interface.
 *
 * @packageDocumentation
 */

export { build_info } from "./build-info.js";
export * as callback from "./callback.js";
export * as core from "./core.js";
export { XGBoostError } from "./errors.js";
export * as pickle from "./io/pickle.js";
export * as joblib from "./io/pickle.js";
export { plot_importance } from "./plot/importance.js";
export { plot_tree, to_graphviz } from "./plot/tree.js";
export * as plotting from "./plotting.js";
export { Booster, type CustomMetric, type CustomObjective, type Eval } from "./python/booster.js";
export { config_context, get_config, set_config } from "./python/config.js";
export { DMatrix, QuantileDMatrix } from "./python/dmatrix.js";
export { type CvResults, cv, train } from "./python/training.js";
export * as sklearn from "./sklearn/index.js";
export * from "./sklearn/index.js";
export * as training from "./training.js";
