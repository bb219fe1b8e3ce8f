/**
 * scikit-learn's support vector machines, with its numbers, errors and texts, and what people use beside them.
 *
 * @packageDocumentation
 */

export {
  type Columns,
  type CsrLike,
  CsrMatrix,
  type DenseOrSparse,
  type MatrixLike,
  type TargetLike,
} from "./base/arrays.js";
export {
  ConvergenceWarning,
  DataConversionWarning,
  FitFailedWarning,
  InvalidParameterError,
  NotFittedError,
  UndefinedMetricWarning,
} from "./base/errors.js";
export { check_is_fitted, clone, Estimator as BaseEstimator } from "./base/estimator.js";
export * as datasets from "./datasets/index.js";
export * as joblib from "./files/joblib.js";
export * as pickle from "./files/pickle.js";
export {
  evaluations,
  svm_load_model,
  svm_predict,
  svm_problem,
  svm_read_problem,
  svm_save_model,
  svm_train,
} from "./libsvm/face.js";
export { svm_model } from "./libsvm/model.js";
export * as metrics from "./metrics/index.js";
export * as model_selection from "./model_selection/index.js";
export * as pipeline from "./pipeline/index.js";
export { make_pipeline, Pipeline } from "./pipeline/index.js";
export { decision_boundary } from "./plot/decision-boundary.js";
export * as preprocessing from "./preprocessing/index.js";
export { LinearSVC, LinearSVR } from "./svm/linear.js";
export { NuSVR, OneClassSVM, SVR } from "./svm/regressor.js";
export { NuSVC, SVC } from "./svm/svc.js";
