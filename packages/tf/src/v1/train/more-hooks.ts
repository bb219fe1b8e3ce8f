import { pyClass, RuntimeError, TypeError, ValueError } from "@cognate/py";
import type { SessionImpl } from "../../graph/session.js";
import { FileWriter, merge_all } from "../summary.js";
import { get_global_step } from "./global-step.js";
import { HookImpl, RunArgs, type SessionRunContext, type SessionRunValues } from "./hooks.js";

/* Hooks that write summaries, wait for steps, and what listens to checkpoints. */

/** When something is due again, by steps or by seconds. */
class SecondOrStepTimerImpl {
  private _step: number | null = null;
  private _since: number | null = null;
  constructor(
    private readonly every_secs: number | null = null,
    private readonly every_steps: number | null = null,
  ) {
    if (every_secs === null && every_steps === null)
      throw new ValueError("Either every_secs or every_steps should be provided.");
    if (every_secs !== null && every_steps !== null)
      throw new ValueError("Can not provide both every_secs and every_steps.");
  }
  reset(): void {
    this._step = null;
    this._since = null;
  }
  should_trigger_for_step(step: number): boolean {
    if (this._step === null) return true;
    if (this._step === step) return false;
    if (this.every_secs !== null) return Date.now() / 1000 >= this._since! + this.every_secs;
    return step >= this._step + this.every_steps!;
  }
  /** Seconds and steps since the last time, `null` for the first. */
  update_last_triggered_step(step: number): [number | null, number | null] {
    const now = Date.now() / 1000;
    const passed: [number | null, number | null] =
      this._step === null ? [null, null] : [now - this._since!, step - this._step];
    this._since = now;
    this._step = step;
    return passed;
  }
  last_triggered_step(): number | null {
    return this._step;
  }
}
export const SecondOrStepTimer = pyClass(
  "tensorflow.python.training.basic_session_run_hooks.SecondOrStepTimer",
  "every_secs every_steps",
  SecondOrStepTimerImpl,
);

type Writer = ReturnType<typeof FileWriter>;
class SummarySaver extends HookImpl {
  private readonly timer: SecondOrStepTimerImpl;
  private writer: Writer | null;
  private step: unknown = null;
  private asked = false;
  private next: number | null = null;
  private found: unknown = null;
  constructor(
    save_steps: number | null = null,
    save_secs: number | null = null,
    private readonly output_dir: string | null = null,
    summary_writer: Writer | null = null,
    private readonly scaffold: { summary_op?: unknown } | null = null,
    private readonly summary_op: unknown = null,
  ) {
    super();
    if ((scaffold === null) === (summary_op === null))
      throw new ValueError("Exactly one of scaffold or summary_op must be provided.");
    this.timer = new SecondOrStepTimerImpl(save_secs, save_steps);
    this.writer = summary_writer;
  }
  override begin(): void {
    if (this.writer === null && this.output_dir !== null) this.writer = FileWriter(this.output_dir) as Writer;
    this.next = null;
    this.step = get_global_step();
    if (this.step === null) throw new RuntimeError("Global step should be created to use SummarySaverHook.");
  }
  /** The summaries to run; those of the whole graph where the scaffold has none of its own. */
  private summaries(): unknown[] {
    this.found ??= this.summary_op ?? this.scaffold?.summary_op ?? merge_all();
    const op = this.found;
    return op === null || op === undefined ? [] : Array.isArray(op) ? op : [op];
  }
  override before_run(): RunArgs {
    this.asked = this.next === null || this.timer.should_trigger_for_step(this.next);
    return new RunArgs(this.asked ? [this.step, this.summaries()] : [this.step]);
  }
  override after_run(context: SessionRunContext, values: SessionRunValues): void {
    if (this.writer === null) return;
    const [seen, summaries] = values.results as [unknown, Uint8Array[] | undefined];
    const step = this.next === null || this.asked ? Number(context.session.run(this.step)) : Number(seen) + 1;
    if (this.asked) {
      this.timer.update_last_triggered_step(step);
      for (const s of summaries ?? []) this.writer.add_summary(s, step);
    }
    this.next = step + 1;
  }
  override end(): void {
    this.writer?.flush();
  }
}
/** Writes summaries every so many steps, or seconds. */
export const SummarySaverHook = pyClass(
  "tensorflow.python.training.basic_session_run_hooks.SummarySaverHook",
  "save_steps save_secs output_dir summary_writer scaffold summary_op",
  SummarySaver,
);

class StepWaiter extends HookImpl {
  constructor(readonly wait_until_step: number) {
    super();
  }
  override begin(): void {
    if (get_global_step() === null)
      throw new RuntimeError("Global step should be created to use _GlobalStepWaiterHook.");
  }
}
/** Would wait until other workers come to a step; there is one worker here, which is never behind itself. */
export const GlobalStepWaiterHook = pyClass(
  "tensorflow.python.training.basic_session_run_hooks.GlobalStepWaiterHook",
  "wait_until_step",
  StepWaiter,
);

/** What a saver of checkpoints tells when it saves. */
class ListenerImpl {
  begin(): void {}
  before_save(_session: SessionImpl, _global_step_value: number): void {}
  after_save(_session: SessionImpl, _global_step_value: number): unknown {
    return null;
  }
  end(_session: SessionImpl, _global_step_value: number): void {}
}
export const CheckpointSaverListener = pyClass(
  "tensorflow.python.training.basic_session_run_hooks.CheckpointSaverListener",
  "",
  ListenerImpl,
);
export type CheckpointSaverListener = ListenerImpl;

/** @throws TypeError for what cannot count steps */
export function assert_global_step(global_step_tensor: unknown): void {
  const t = global_step_tensor as {
    dtype?: { is_integer: boolean };
    shape?: { _dims: readonly (number | null)[] | null };
  } | null;
  if (t === null || typeof t !== "object" || !t.dtype || !t.shape)
    throw new TypeError(
      `Existing "global_step" must be a Variable or Tensor: ${String(global_step_tensor)}.`,
    );
  if (!t.dtype.is_integer)
    throw new TypeError(`Existing "global_step" does not have integer type: ${String(t.dtype)}`);
  const dims = t.shape._dims;
  if (dims !== null && dims.length !== 0 && dims.every((d) => d !== null))
    throw new TypeError(`Existing "global_step" is not scalar: ${String(t.shape)}`);
}
