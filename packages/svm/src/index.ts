/**
 * scikit-learn's support vector machines, with its numbers, errors and texts, and what people use beside them.
 *
 * @packageDocumentation
 */
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
export * as metrics from "./metrics/index.js";
export { LinearSVC, LinearSVR } from "./svm/linear.js";
export { NuSVR, OneClassSVM, SVR } from "./svm/regressor.js";
export { NuSVC, SVC } from "./svm/svc.js";
