import { pyClass, RuntimeError } from "@cognate/py";
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
  register_thread(_thread: unknown): void {}
  get joined(): boolean {
    return this._stop;
  }
  join(_threads: unknown = null): void {
    if (!this._stop && Array.isArray(_threads) && _threads.length > 0)
      throw new RuntimeError("Coordinator stopped with threads still running: ");
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
