/**
 * `sklearn.datasets`: toy data sets, and samples made to order.
 *
 * @packageDocumentation
 */
export { Bunch } from "./bunch.js";
export { load_breast_cancer, load_diabetes, load_digits, load_iris, load_wine } from "./load.js";
export { make_blobs, make_circles, make_moons } from "./make.js";
export { make_classification, make_regression } from "./make-linear.js";
export { dump_svmlight_file, load_svmlight_file } from "./svmlight.js";
