import { fmt, pyClass, Tuple, warn } from "@cognate/py";

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

let verbosity = 30;
const seen = new Map<string, number>();
const logged =
  (level: number, name: string) =>
  (msg: unknown, ...args: unknown[]): void => {
    if (level >= verbosity)
      warn(`${name}:tensorflow:${args.length > 0 ? fmt(String(msg), Tuple.of_(args)) : String(msg)}`);
  };
const levels: Readonly<Record<number, string>> = {
  10: "DEBUG",
  20: "INFO",
  30: "WARNING",
  40: "ERROR",
  50: "FATAL",
};
const log = (level: number, msg: unknown, ...args: unknown[]): void =>
  logged(level, levels[level] ?? "INFO")(msg, ...args);
const times = (msg: unknown): number => {
  const n = seen.get(String(msg)) ?? 0;
  seen.set(String(msg), n + 1);
  return n;
};
/** `tf.logging`: what is at the set level or above goes to stderr. */
export const logging = {
  DEBUG: 10,
  INFO: 20,
  WARN: 30,
  WARNING: 30,
  ERROR: 40,
  FATAL: 50,
  set_verbosity: (level: number): void => {
    verbosity = level;
  },
  get_verbosity: (): number => verbosity,
  debug: logged(10, "DEBUG"),
  info: logged(20, "INFO"),
  warn: logged(30, "WARNING"),
  warning: logged(30, "WARNING"),
  error: logged(40, "ERROR"),
  fatal: logged(50, "FATAL"),
  log,
  vlog: log,
  log_if: (level: number, msg: unknown, condition: unknown, ...args: unknown[]): void => {
    if (condition) log(level, msg, ...args);
  },
  log_first_n: (level: number, msg: unknown, n: number, ...args: unknown[]): void => {
    if (times(msg) < n) log(level, msg, ...args);
  },
  log_every_n: (level: number, msg: unknown, n: number, ...args: unknown[]): void => {
    if (times(msg) % n === 0) log(level, msg, ...args);
  },
  flush: (): void => {},
} as const;
