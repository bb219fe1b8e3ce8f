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
} from "../../io/example.js";
export { CheckpointOptions } from "../../train/averages.js";
export { Checkpoint, CheckpointManager } from "../../train/checkpoint.js";
export { Coordinator } from "../../train/coordinator.js";
export * from "../queues/batch.js";
export {
  input_producer,
  limit_epochs,
  match_filenames_once,
  range_input_producer,
  slice_input_producer,
  string_input_producer,
} from "../queues/producers.js";
export * as queue_runner from "../queues/runner.js";
export { add_queue_runner, QueueRunner, start_queue_runners } from "../queues/runner.js";
export { summary_iterator } from "../summary.js";
export {
  get_checkpoint_mtimes,
  remove_checkpoint,
  update_checkpoint_state,
  warm_start,
} from "../train/checkpoint-state.js";
export * from "../train/decay.js";
export { init_from_checkpoint } from "../train/from-checkpoint.js";
export * from "../train/global-step.js";
export {
  CheckpointSaverHook,
  FeedFnHook,
  FinalOpsHook,
  LoggingTensorHook,
  NanLossDuringTrainingError,
  NanTensorHook,
  SessionRunArgs,
  SessionRunContext,
  SessionRunHook,
  SessionRunValues,
  StepCounterHook,
  StopAtStepHook,
} from "../train/hooks.js";
export {
  ChiefSessionCreator,
  MonitoredSession,
  MonitoredTrainingSession,
  Scaffold,
  SingularMonitoredSession,
} from "../train/monitored-session.js";
export {
  assert_global_step,
  CheckpointSaverListener,
  GlobalStepWaiterHook,
  SecondOrStepTimer,
  SummarySaverHook,
} from "../train/more-hooks.js";
export * from "../train/moving-average.js";
export * from "../train/optimizers.js";
export * from "../train/saver.js";
export { Supervisor } from "../train/supervisor.js";
export { write_graph } from "../write-graph.js";
