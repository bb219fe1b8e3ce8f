/** `tf.train`. */

export {
  BytesList,
  Example,
  Feature,
  FeatureList,
  FeatureLists,
  Features,
  FloatList,
  Int64List,
  SequenceExample,
} from "../io/example.js";
export { CheckpointOptions, ExponentialMovingAverage } from "../train/averages.js";
export {
  Checkpoint,
  CheckpointManager,
  latest_checkpoint,
  list_variables,
  load_checkpoint,
  load_variable,
} from "../train/checkpoint.js";
export { checkpoints_iterator } from "../train/checkpoints-iterator.js";
export { Coordinator } from "../train/coordinator.js";
export { get_checkpoint_state } from "../v1/train/saver.js";
