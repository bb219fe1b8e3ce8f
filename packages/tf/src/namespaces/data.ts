/** `tf.data`. */
import { makers } from "../data/index.js";

export { Dataset } from "../data/index.js";
export const AUTOTUNE = -1;
export const INFINITE_CARDINALITY = -1;
export const UNKNOWN_CARDINALITY = -2;
export class Options {}
/** Names from before they were settled. */
export const experimental = {
  AUTOTUNE,
  INFINITE_CARDINALITY,
  UNKNOWN_CARDINALITY,
  choose_from_datasets: makers.choose_from_datasets,
} as const;
export { FixedLengthRecordDataset, TextLineDataset, TFRecordDataset } from "../data/files.js";
