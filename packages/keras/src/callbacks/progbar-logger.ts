import { pyClass } from "@cognate/py";
import { printMessage } from "../utils/io.js";
import { Progbar } from "../utils/progbar.js";
import { CallbackImpl, type CallbackParams, type Logs, type Stage } from "./callback.js";

export class ProgbarLoggerImpl extends CallbackImpl {
  seen = 0;
  progbar: Progbar | null = null;
  target: number | null = null;
  verbose = 1;
  epochs = 1;
  private _inFit = false;

  override set_params(params: CallbackParams): void {
    this.verbose = params.verbose === "auto" ? 1 : Number(params.verbose);
    this.epochs = params.epochs;
    this.target = params.steps;
  }
  /** Whether a stage is worth its logs: batches are shown now and then only. */
  wants(stage: Stage, batch: number | undefined): boolean {
    const isBatch = stage === "on_train_batch_end" || stage === "on_test_batch_end";
    if (!isBatch && stage !== "on_predict_batch_end") return true;
    if (stage === "on_test_batch_end" && this._inFit) return false;
    this._start();
    this.seen = batch! + 1;
    // A bar that is due later needs the time of the first step.
    return this.seen === 1 || this.progbar!.isDue();
  }

  override on_train_begin(): void {
    this._inFit = true;
  }
  override on_test_begin(): void {
    if (!this._inFit) this._restart();
  }
  override on_predict_begin(): void {
    this._restart();
  }
  override on_epoch_begin(epoch: number): void {
    this._restart();
    if (this.verbose && this.epochs > 1) printMessage(`Epoch ${epoch + 1}/${this.epochs}`);
  }
  override on_train_batch_end(batch: number, logs: Logs | null = null): void {
    this._update(batch, logs);
  }
  override on_test_batch_end(batch: number, logs: Logs | null = null): void {
    if (!this._inFit) this._update(batch, logs);
  }
  override on_predict_batch_end(batch: number): void {
    this._update(batch, null);
  }
  override on_epoch_end(_epoch: number, logs: Logs | null = null): void {
    this._finish(logs);
  }
  override on_test_end(logs: Logs | null = null): void {
    if (!this._inFit) this._finish(logs);
  }
  override on_predict_end(logs: Logs | null = null): void {
    this._finish(logs);
  }

  private _restart(): void {
    this.seen = 0;
    this.progbar = null;
    this._start();
  }
  private _start(): void {
    this.progbar ??= new Progbar(this.target, {
      verbose: this.verbose,
      unit_name: "step",
      stateless_metrics: [],
    });
  }
  private _update(batch: number, logs: Logs | null): void {
    this._start();
    this.seen = batch + 1;
    if (this.verbose === 1) this.progbar!.update(this.seen, Object.entries(logs ?? {}), false);
  }
  private _finish(logs: Logs | null): void {
    if (this.target === null) {
      this.target = this.seen;
      this.progbar!.target = this.target;
    }
    this.progbar!.update(this.target, Object.entries(logs ?? {}), true);
  }
}
/** `keras.callbacks.ProgbarLogger`: prints the progress of training; `fit` adds it unless `verbose` is 0. */
export const ProgbarLogger = pyClass(
  "keras.src.callbacks.progbar_logger.ProgbarLogger",
  "",
  ProgbarLoggerImpl,
);
export type ProgbarLogger = ProgbarLoggerImpl;
