/**
 * `sklearn.metrics`: how good predictions are.
 *
 * @packageDocumentation
 */
export {
  accuracy_score,
  balanced_accuracy_score,
  confusion_matrix,
  f1_score,
  precision_recall_fscore_support,
  precision_score,
  recall_score,
} from "./classification.js";
export { roc_auc_score } from "./ranking.js";
export { mean_absolute_error, mean_squared_error, r2_score, root_mean_squared_error } from "./regression.js";
export { classification_report } from "./report.js";
export { get_scorer, get_scorer_names, make_scorer, type Scorer } from "./scorers.js";
