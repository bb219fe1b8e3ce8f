/**
 * `xgboost.plotting`: pictures as SVG.
 *
 * @packageDocumentation
 */
export { plot_importance } from "./plot/importance.js";
export { plot_tree, to_graphviz } from "./plot/tree.js";
