import { pyClass } from "@cognate/py";

/** What a session is told of devices; there is one here, so it is kept and not looked at. */
class ConfigProtoImpl {
  readonly gpu_options = { allow_growth: false, per_process_gpu_memory_fraction: 1 };
  constructor(
    readonly device_count: unknown = null,
    readonly intra_op_parallelism_threads = 0,
    readonly inter_op_parallelism_threads = 0,
    readonly allow_soft_placement = false,
    readonly log_device_placement = false,
    gpu_options: unknown = null,
    readonly graph_options: unknown = null,
  ) {
    if (gpu_options !== null) Object.assign(this.gpu_options, gpu_options);
  }
}
export const ConfigProto = pyClass(
  "tensorflow.core.protobuf.config_pb2.ConfigProto",
  "device_count:dict intra_op_parallelism_threads inter_op_parallelism_threads allow_soft_placement log_device_placement gpu_options graph_options",
  ConfigProtoImpl,
);
class GPUOptionsImpl {
  constructor(
    readonly per_process_gpu_memory_fraction = 1,
    readonly allow_growth = false,
  ) {}
}
export const GPUOptions = pyClass(
  "tensorflow.core.protobuf.config_pb2.GPUOptions",
  "per_process_gpu_memory_fraction allow_growth",
  GPUOptionsImpl,
);

/** `tf.logging`: its levels; nothing here logs but warnings. */
export const logging = {
  DEBUG: 10,
  INFO: 20,
  WARN: 30,
  WARNING: 30,
  ERROR: 40,
  FATAL: 50,
  set_verbosity: (_level: number): void => {},
  get_verbosity: (): number => 30,
  info: (..._args: unknown[]): void => {},
  debug: (..._args: unknown[]): void => {},
} as const;
