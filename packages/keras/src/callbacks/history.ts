import { pyClass } from "@cognate/py";
import { hide } from "../hide.js";
import { CallbackImpl, type Logs } from "./callback.js";

export class HistoryImpl extends CallbackImpl {
  /** The values of every epoch by name. */
  readonly history: Record<string, number[]> = {};
  /** The epochs that were run. */
  epoch: number[] = [];

  constructor() {
    super();
    hide(this, "params", null);
  }
  override on_train_begin(): void {
    this.epoch = [];
  }
  override on_epoch_end(epoch: number, logs: Logs | null = null): void {
    this.epoch.push(epoch);
    for (const [key, value] of Object.entries(logs ?? {})) {
      this.history[key] ??= [];
      this.history[key].push(value);
    }
    this.model.history = this;
  }
}
/** `keras.callbacks.History`: what `fit` returns: the values of every epoch. */
export const History = pyClass("keras.src.callbacks.history.History", "", HistoryImpl);
export type History = HistoryImpl;
