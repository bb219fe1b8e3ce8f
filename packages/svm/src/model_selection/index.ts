/**
 * `sklearn.model_selection`: splitting samples, cross-validation, search for parameters.
 *
 * @packageDocumentation
 */

export { KFold, LeaveOneOut, StratifiedKFold } from "./folds.js";
export { GridSearchCV, ParameterGrid } from "./search.js";
export { ShuffleSplit, StratifiedShuffleSplit } from "./shuffles.js";
export { train_test_split } from "./train-test-split.js";
export { cross_val_predict, cross_val_score, cross_validate } from "./validation.js";
