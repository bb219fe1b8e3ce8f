import { pyClass, RuntimeError, str, ValueError, warn } from "@cognate/py";
import { get_default_graph } from "../../graph/current.js";
import type { SessionImpl } from "../../graph/session.js";
import type { Coordinator } from "../../train/coordinator.js";
import { get_global_step } from "./global-step.js";
import { Saver } from "./saver.js";

/* What looks on while a monitored session runs. */

class RunArgs {
  constructor(
    readonly fetches: unknown,
    readonly feed_dict: unknown = null,
    readonly options: unknown = null,
  ) {}
}
/** What a hook wants to be computed beside the program's own. */
export const SessionRunArgs = pyClass(
  "tensorflow.python.training.session_run_hook.SessionRunArgs",
  "fetches feed_dict options",
  RunArgs,
);
export type SessionRunArgs = RunArgs;

/** What a hook is told of a run. */
export class SessionRunContext {
  private _stop = false;
  constructor(
    readonly original_args: RunArgs,
    readonly session: SessionImpl,
  ) {}
  get stop_requested(): boolean {
    return this._stop;
  }
  request_stop(): void {
    this._stop = true;
  }
}
/** What a run gave for a hook's fetches. */
export class SessionRunValues {
  constructor(
    readonly results: unknown,
    readonly options: unknown = null,
    readonly run_metadata: unknown = null,
  ) {}
}

class HookImpl {
  begin(): void {}
  after_create_session(_session: SessionImpl, _coord: Coordinator): void {}
  before_run(_context: SessionRunContext): RunArgs | null {
    return null;
  }
  after_run(_context: SessionRunContext, _values: SessionRunValues): void {}
  end(_session: SessionImpl): void {}
}
/** The base of hooks: its methods are called around the making, the runs and the end of a session. */
export const SessionRunHook = pyClass(
  "tensorflow.python.training.session_run_hook.SessionRunHook",
  "",
  HookImpl,
);
export type SessionRunHook = HookImpl;

const stepTensor = (what: string): unknown => {
  const step = get_global_step();
  if (step === null) throw new RuntimeError(`Global step should be created to use ${what}.`);
  return step;
};

class StopAtStep extends HookImpl {
  private step: unknown;
  constructor(
    private readonly num_steps: number | null = null,
    private last_step: number | null = null,
  ) {
    super();
    if (num_steps === null && last_step === null)
      throw new ValueError("One of num_steps or last_step must be specified.");
    if (num_steps !== null && last_step !== null)
      throw new ValueError("Only one of num_steps or last_step can be specified.");
  }
  override begin(): void {
    this.step = stepTensor("StopAtStepHook");
  }
  override after_create_session(session: SessionImpl): void {
    this.last_step ??= Number(session.run(this.step)) + this.num_steps!;
  }
  override before_run(): RunArgs {
    return new RunArgs(this.step);
  }
  override after_run(context: SessionRunContext, values: SessionRunValues): void {
    if (Number(values.results) + 1 < this.last_step!) return;
    // The step was read before, or after, the one that counts up: read it again.
    if (Number(context.session.run(this.step)) >= this.last_step!) context.request_stop();
  }
}
export const StopAtStepHook = pyClass(
  "tensorflow.python.training.basic_session_run_hooks.StopAtStepHook",
  "num_steps last_step",
  StopAtStep,
);

/** When something is due again, by steps or by seconds. */
class Timer {
  last: number | null = null;
  private since = 0;
  constructor(
    readonly every_steps: number | null,
    readonly every_secs: number | null,
  ) {}
  due(step: number): boolean {
    if (this.last === null) return true;
    if (this.last === step) return false;
    if (this.every_steps !== null) return step >= this.last + this.every_steps;
    return (Date.now() - this.since) / 1000 >= this.every_secs!;
  }
  passed(step: number): void {
    this.last = step;
    this.since = Date.now();
  }
}

class LoggingTensors extends HookImpl {
  private readonly timer: Timer | null;
  private readonly names: readonly string[];
  private current: Record<string, unknown> = {};
  private iteration = 0;
  private logging = false;
  constructor(
    private readonly tensors: unknown,
    every_n_iter: number | null = null,
    every_n_secs: number | null = null,
    private readonly at_end = false,
    private readonly formatter: ((values: Record<string, unknown>) => string) | null = null,
  ) {
    super();
    if (!at_end && every_n_iter === null && every_n_secs === null)
      throw new ValueError(
        "either at_end and/or exactly one of every_n_iter and every_n_secs must be provided.",
      );
    if (every_n_iter !== null && every_n_iter <= 0)
      throw new ValueError(`invalid every_n_iter=${every_n_iter}.`);
    this.timer =
      every_n_iter === null && every_n_secs === null ? null : new Timer(every_n_iter, every_n_secs);
    this.names = Array.isArray(tensors)
      ? tensors.map((t) => (typeof t === "string" ? t : (t as { name: string }).name))
      : Object.keys(tensors as object);
  }
  override begin(): void {
    const list = Array.isArray(this.tensors) ? this.tensors : Object.values(this.tensors as object);
    this.current = Object.fromEntries(
      this.names.map((n, i) => [
        n,
        typeof list[i] === "string" ? get_default_graph().as_graph_element(list[i]) : list[i],
      ]),
    );
  }
  override before_run(): RunArgs | null {
    this.logging = this.timer?.due(this.iteration) ?? false;
    return this.logging ? new RunArgs(this.current) : null;
  }
  private log(values: Record<string, unknown>): void {
    const parts = this.names.map((n) => `${n} = ${str(values[n])}`);
    warn(`INFO:tensorflow:${this.formatter ? this.formatter(values) : parts.join(", ")}`);
  }
  override after_run(_context: SessionRunContext, values: SessionRunValues): void {
    if (this.logging) {
      this.log(values.results as Record<string, unknown>);
      this.timer!.passed(this.iteration);
    }
    this.iteration++;
  }
  override end(session: SessionImpl): void {
    if (this.at_end) this.log(session.run(this.current) as Record<string, unknown>);
  }
}
/** Writes values to the log every so many runs, or seconds. */
export const LoggingTensorHook = pyClass(
  "tensorflow.python.training.basic_session_run_hooks.LoggingTensorHook",
  "tensors:dict every_n_iter every_n_secs at_end formatter",
  LoggingTensors,
);

/** What is told of checkpoints. */
interface Listener {
  begin(): void;
  before_save(session: SessionImpl, step: number): void;
  after_save(session: SessionImpl, step: number): unknown;
  end(session: SessionImpl, step: number): void;
}
class CheckpointSaver extends HookImpl {
  private readonly timer: Timer;
  private readonly path: string;
  private step: unknown;
  constructor(
    checkpoint_dir: string,
    save_secs: number | null = null,
    save_steps: number | null = null,
    private saver: { save(s: SessionImpl, path: string, step: unknown): string } | null = null,
    checkpoint_basename = "model.ckpt",
    private readonly scaffold: { saver: unknown } | null = null,
    private readonly listeners: readonly Listener[] | null = null,
  ) {
    super();
    if (save_secs === null && save_steps === null)
      throw new ValueError("either every_secs or every_steps should be provided.");
    if (saver !== null && scaffold !== null)
      throw new ValueError("You cannot provide both saver and scaffold.");
    this.timer = new Timer(save_steps, save_secs);
    this.path = `${checkpoint_dir}/${checkpoint_basename}`;
  }
  override begin(): void {
    this.step = stepTensor("CheckpointSaverHook");
    if (this.scaffold === null)
      this.saver ??= (get_default_graph().get_collection("savers") as (typeof this.saver)[])[0] ?? Saver();
    for (const l of this.listeners ?? []) l.begin();
  }
  private save(session: SessionImpl, step: number): boolean {
    for (const l of this.listeners ?? []) l.before_save(session, step);
    this.saver ??= this.scaffold!.saver as typeof this.saver;
    this.saver!.save(session, this.path, step);
    this.timer.passed(step);
    let stop = false;
    for (const l of this.listeners ?? []) if (l.after_save(session, step)) stop = true;
    return stop;
  }
  override after_create_session(session: SessionImpl): void {
    this.save(session, Number(session.run(this.step)));
  }
  override before_run(): RunArgs {
    return new RunArgs(this.step);
  }
  override after_run(context: SessionRunContext, values: SessionRunValues): void {
    if (!this.timer.due(Number(values.results) + 1)) return;
    const step = Number(context.session.run(this.step));
    if (this.timer.due(step) && this.save(context.session, step)) context.request_stop();
  }
  override end(session: SessionImpl): void {
    const step = Number(session.run(this.step));
    if (step !== this.timer.last) this.save(session, step);
    for (const l of this.listeners ?? []) l.end(session, step);
  }
}
/** Saves checkpoints every so many steps, or seconds. */
export const CheckpointSaverHook = pyClass(
  "tensorflow.python.training.basic_session_run_hooks.CheckpointSaverHook",
  "checkpoint_dir save_secs save_steps saver checkpoint_basename scaffold listeners save_graph_def",
  CheckpointSaver,
);

/** A loss that became NaN. */
export class NanLossDuringTrainingError extends RuntimeError {
  constructor() {
    super("NaN loss during training.");
  }
}
class NanTensor extends HookImpl {
  constructor(
    private readonly loss_tensor: unknown,
    private readonly fail_on_nan_loss = true,
  ) {
    super();
  }
  override before_run(): RunArgs {
    return new RunArgs(this.loss_tensor);
  }
  override after_run(context: SessionRunContext, values: SessionRunValues): void {
    if (!Number.isNaN(Number(values.results))) return;
    if (this.fail_on_nan_loss) throw new NanLossDuringTrainingError();
    context.request_stop();
  }
}
/** Stops, or fails, when a loss is NaN. */
export const NanTensorHook = pyClass(
  "tensorflow.python.training.basic_session_run_hooks.NanTensorHook",
  "loss_tensor fail_on_nan_loss",
  NanTensor,
);
class StepCounter extends HookImpl {}
/** Would write steps a second; nothing is measured here. */
export const StepCounterHook = pyClass(
  "tensorflow.python.training.basic_session_run_hooks.StepCounterHook",
  "every_n_steps every_n_secs output_dir summary_writer",
  StepCounter,
);
class FinalOps extends HookImpl {
  final_ops_values: unknown = null;
  constructor(
    private readonly final_ops: unknown,
    private readonly final_ops_feed_dict: unknown = null,
  ) {
    super();
  }
  override end(session: SessionImpl): void {
    if (this.final_ops !== null)
      this.final_ops_values = session.run(this.final_ops, this.final_ops_feed_dict);
  }
}
/** Computes fetches at the end. */
export const FinalOpsHook = pyClass(
  "tensorflow.python.training.basic_session_run_hooks.FinalOpsHook",
  "final_ops final_ops_feed_dict",
  FinalOps,
);
class FeedFn extends HookImpl {
  constructor(private readonly feed_fn: () => unknown) {
    super();
  }
  override before_run(): RunArgs {
    return new RunArgs(null, this.feed_fn());
  }
}
/** Feeds what a function gives to every run. */
export const FeedFnHook = pyClass(
  "tensorflow.python.training.basic_session_run_hooks.FeedFnHook",
  "feed_fn",
  FeedFn,
);
export { HookImpl, RunArgs };
