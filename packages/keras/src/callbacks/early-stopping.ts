import type { ndarray } from "@cognate/ndarray";
import { pyClass, warn } from "@cognate/py";
import { hide } from "../hide.js";
import { printMessage } from "../utils/io.js";
import type { Logs } from "./callback.js";
import { MonitorCallbackImpl } from "./monitor.js";

class EarlyStoppingImpl extends MonitorCallbackImpl {
  readonly patience: number;
  readonly verbose: number;
  readonly baseline: number | null;
  readonly restore_best_weights: boolean;
  readonly start_from_epoch: number;
  wait = 0;
  stopped_epoch = 0;
  best_epoch = 0;
  declare best_weights: ndarray[] | null;

  constructor(
    monitor = "val_loss",
    min_delta = 0,
    patience = 0,
    verbose = 0,
    mode = "auto",
    baseline: number | null = null,
    restore_best_weights = false,
    start_from_epoch = 0,
  ) {
    super(monitor, mode, null, min_delta);
    this.patience = patience;
    this.verbose = Number(verbose);
    this.baseline = baseline;
    this.restore_best_weights = restore_best_weights;
    this.start_from_epoch = start_from_epoch;
    hide(this, "best_weights", null);
  }
  override on_train_begin(): void {
    this.wait = 0;
    this.stopped_epoch = 0;
    this.best = null;
    this.best_weights = null;
    this.best_epoch = 0;
  }
  override on_epoch_end(epoch: number, logs: Logs | null = null): void {
    if (this.monitor_op === null) this._set_monitor_op();
    const current = this.get_monitor_value(logs);
    if (current === null || epoch < this.start_from_epoch) return;
    if (this.restore_best_weights && this.best_weights === null) {
      this.best_weights = this.model.get_weights();
      this.best_epoch = epoch;
    }
    this.wait++;
    if (this._is_improvement(current, this.best)) {
      this.best = current;
      this.best_epoch = epoch;
      if (this.restore_best_weights) this.best_weights = this.model.get_weights();
      if (this.baseline === null || this._is_improvement(current, this.baseline)) this.wait = 0;
      return;
    }
    if (this.wait >= this.patience && epoch > 0) {
      this.stopped_epoch = epoch;
      this.model.stop_training = true;
    }
  }
  override on_train_end(): void {
    if (this.stopped_epoch > 0 && this.verbose > 0)
      printMessage(`Epoch ${this.stopped_epoch + 1}: early stopping`);
    if (!this.restore_best_weights || this.best_weights === null) return;
    if (this.verbose > 0)
      printMessage(`Restoring model weights from the end of the best epoch: ${this.best_epoch + 1}.`);
    this.model.set_weights(this.best_weights);
  }
  get_monitor_value(logs: Logs | null): number | null {
    const value = logs?.[this.monitor];
    if (value !== undefined) return value;
    warn(
      `Early stopping conditioned on metric \`${this.monitor}\` which is not available. Available metrics are: ${Object.keys(logs ?? {}).join(",")}`,
    );
    return null;
  }
}
/**
 * `keras.callbacks.EarlyStopping`: ends training when a value has not become better for `patience` epochs.
 *
 * @param restore_best_weights - go back to the weights of the best epoch
 */
export const EarlyStopping = pyClass(
  "keras.src.callbacks.early_stopping.EarlyStopping",
  "monitor min_delta patience verbose mode baseline restore_best_weights start_from_epoch",
  EarlyStoppingImpl,
);
export type EarlyStopping = EarlyStoppingImpl;
