/**
 * `sklearn.pipeline`: estimators one after the other.
 *
 * @packageDocumentation
 */
export { make_pipeline, Pipeline, type Step } from "./pipeline.js";
