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
export { Coordinator } from "../../train/coordinator.js";
export { summary_iterator } from "../summary.js";
export * from "../train/decay.js";
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
export * from "../train/moving-average.js";
export * from "../train/optimizers.js";
export * from "../train/saver.js";
