import { pyClass } from "@cognate/py";
import * as tree from "../tree.js";
import {
  CallbackImpl,
  type CallbackParams,
  isIdle,
  type Logs,
  type Stage,
  type TrainedModel,
} from "./callback.js";
import { History, HistoryImpl } from "./history.js";
import { plainLogs } from "./logs.js";
import { ProgbarLogger, ProgbarLoggerImpl } from "./progbar-logger.js";

/** Logs, or how to get them where somebody wants them. */
type LazyLogs = Readonly<Record<string, unknown>> | null | (() => Readonly<Record<string, unknown>>);

export class CallbackListImpl extends CallbackImpl {
  readonly callbacks: CallbackImpl[];
  private _progbar: ProgbarLoggerImpl | null = null;
  private _history: HistoryImpl | null = null;

  constructor(
    callbacks: unknown = null,
    add_history = false,
    add_progbar = false,
    model: TrainedModel | null = null,
    params: Partial<CallbackParams> = {},
  ) {
    super();
    this.callbacks = callbacks ? (tree.flatten(callbacks) as CallbackImpl[]) : [];
    for (const c of this.callbacks) {
      if (c instanceof ProgbarLoggerImpl) this._progbar = c;
      else if (c instanceof HistoryImpl) this._history = c;
    }
    if (this._history === null && add_history) {
      this._history = History();
      this.callbacks.push(this._history);
    }
    if (this._progbar === null && add_progbar) {
      this._progbar = ProgbarLogger();
      this.callbacks.push(this._progbar);
    }
    if (model) this.set_model(model);
    if (Object.keys(params).length > 0) this.set_params(params as CallbackParams);
  }

  override set_params(params: CallbackParams): void {
    this.params = params;
    for (const c of this.callbacks) c.set_params(params);
  }
  override set_model(model: TrainedModel): void {
    super.set_model(model);
    if (this._history) model.history = this._history;
    for (const c of this.callbacks) c.set_model(model);
  }

  /** Calls a stage of every callback that does something there; logs are made once, if any is called. */
  private _call(stage: Stage, logs: LazyLogs, ...place: readonly number[]): void {
    let plain: Logs | null = null;
    for (const c of this.callbacks) {
      if (isIdle(c, stage)) continue;
      if (c instanceof ProgbarLoggerImpl && !c.wants(stage, place[0])) continue;
      plain ??= plainLogs(typeof logs === "function" ? logs() : logs);
      (c[stage] as (...args: unknown[]) => void)(...place, plain);
    }
  }
  override on_batch_begin(batch: number, logs: LazyLogs = null): void {
    this._call("on_batch_begin", logs, batch);
  }
  override on_batch_end(batch: number, logs: LazyLogs = null): void {
    this._call("on_batch_end", logs, batch);
  }
  override on_epoch_begin(epoch: number, logs: LazyLogs = null): void {
    this._call("on_epoch_begin", logs, epoch);
  }
  override on_epoch_end(epoch: number, logs: LazyLogs = null): void {
    this._call("on_epoch_end", logs, epoch);
  }
  override on_train_batch_begin(batch: number, logs: LazyLogs = null): void {
    this._call("on_train_batch_begin", logs, batch);
  }
  override on_train_batch_end(batch: number, logs: LazyLogs = null): void {
    this._call("on_train_batch_end", logs, batch);
  }
  override on_test_batch_begin(batch: number, logs: LazyLogs = null): void {
    this._call("on_test_batch_begin", logs, batch);
  }
  override on_test_batch_end(batch: number, logs: LazyLogs = null): void {
    this._call("on_test_batch_end", logs, batch);
  }
  override on_predict_batch_begin(batch: number, logs: LazyLogs = null): void {
    this._call("on_predict_batch_begin", logs, batch);
  }
  override on_predict_batch_end(batch: number, logs: LazyLogs = null): void {
    this._call("on_predict_batch_end", logs, batch);
  }
  override on_train_begin(logs: LazyLogs = null): void {
    this._call("on_train_begin", logs);
  }
  override on_train_end(logs: LazyLogs = null): void {
    this._call("on_train_end", logs);
  }
  override on_test_begin(logs: LazyLogs = null): void {
    this._call("on_test_begin", logs);
  }
  override on_test_end(logs: LazyLogs = null): void {
    this._call("on_test_end", logs);
  }
  override on_predict_begin(logs: LazyLogs = null): void {
    this._call("on_predict_begin", logs);
  }
  override on_predict_end(logs: LazyLogs = null): void {
    this._call("on_predict_end", logs);
  }
}

/** `keras.callbacks.CallbackList`: several callbacks as one; `fit` makes it. */
export const CallbackList = pyClass(
  "keras.src.callbacks.callback_list.CallbackList",
  "callbacks add_history add_progbar model **params",
  CallbackListImpl,
);
export type CallbackList = CallbackListImpl;
