import { pyClass } from "@cognate/py";
import { OutOfRangeError } from "../core/errors.js";

/** What asks several workers to stop together, and tells why: there is one worker here, the program. */
class CoordinatorImpl {
  private _stop = false;
  private _reason: Error | null = null;
  private readonly _harmless: readonly unknown[];
  constructor(clean_stop_exception_types: readonly unknown[] | null = null) {
    this._harmless = clean_stop_exception_types ?? [OutOfRangeError];
  }
  request_stop(ex: unknown = null): void {
    if (ex instanceof Error && !this._harmless.some((c) => ex instanceof (c as never)) && !this._stop)
      this._reason = ex;
    this._stop = true;
  }
  clear_stop(): void {
    this._stop = false;
    this._reason = null;
  }
  should_stop(): boolean {
    return this._stop;
  }
  wait_for_stop(_timeout: number | null = null): boolean {
    return this._stop;
  }
  private readonly _threads: unknown[] = [];
  register_thread(thread: unknown): void {
    this._threads.push(thread);
  }
  get joined(): boolean {
    return this._stop;
  }
  /** Waits for threads: those of queue runners go on as long as they have something to do and nobody asked for the stop. */
  join(
    threads: Iterable<unknown> | null = null,
    _stop_grace_period_secs = 120,
    _ignore_live_threads = false,
  ): void {
    const all = new Set([...this._threads, ...(threads ?? [])]);
    for (const t of all) {
      const turns = t as { step?(): boolean; stop?(): void };
      if (typeof turns.step !== "function") continue;
      while (!this._stop && turns.step());
      if (this._stop) turns.step();
      turns.stop?.();
    }
    this._stop = true;
    this.raise_requested_exception();
  }
  raise_requested_exception(): void {
    if (this._reason) throw this._reason;
  }
  /** `with coord.stop_on_exception()`: an error in the body asks for the stop instead of going on. */
  stop_on_exception(body: () => unknown): unknown {
    try {
      return body();
    } catch (e) {
      this.request_stop(e);
      return null;
    }
  }
}
export const Coordinator = pyClass(
  "tensorflow.python.training.coordinator.Coordinator",
  "clean_stop_exception_types",
  CoordinatorImpl,
);
export type Coordinator = CoordinatorImpl;
