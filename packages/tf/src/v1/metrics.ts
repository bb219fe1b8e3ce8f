/* `tf.metrics`: pairs of a value and an operation that updates what it is made of, in local variables. */
export * from "./metrics/at-k.js";
export { mean_iou, mean_per_class_accuracy } from "./metrics/classes.js";
export {
  false_negatives,
  false_positives,
  precision,
  recall,
  true_negatives,
  true_positives,
} from "./metrics/counts.js";
export * from "./metrics/means.js";
export * from "./metrics/thresholds.js";
