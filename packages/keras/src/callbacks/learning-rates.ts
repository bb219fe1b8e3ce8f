import { asFloat, Float, pyClass, repr, TypeError, ValueError, warn } from "@cognate/py";
import type { Optimizer } from "../optimizers/index.js";
import { printMessage } from "../utils/io.js";
import { CallbackImpl, type Logs } from "./callback.js";
import { MonitorCallbackImpl } from "./monitor.js";

/** The optimizers of a model: those inside, where there are several. */
const optimizersOf = (o: Optimizer): { readonly several: boolean; readonly all: readonly Optimizer[] } => {
  const inner = (o as { optimizers?: readonly Optimizer[] }).optimizers;
  return inner ? { several: true, all: inner } : { several: false, all: [o] };
};
const rateOf = (o: Optimizer): number => Number(o.learning_rate);

/** Notes the learning rates beside the other values. */
function noteRates(optimizer: Optimizer, logs: Record<string, number>): void {
  const { several, all } = optimizersOf(optimizer);
  for (const o of all) logs[several ? `learning_rate_${o.name}` : "learning_rate"] = asFloat(rateOf(o));
}

class ReduceLROnPlateauImpl extends MonitorCallbackImpl {
  readonly factor: number;
  readonly min_lr: number;
  readonly patience: number;
  readonly verbose: number;
  readonly cooldown: number;
  cooldown_counter = 0;
  wait = 0;

  constructor(
    monitor = "val_loss",
    factor = 0.1,
    patience = 10,
    verbose = 0,
    mode = "auto",
    min_delta = 1e-4,
    cooldown = 0,
    min_lr = 0,
    _others: Readonly<Record<string, unknown>> = {},
  ) {
    super(monitor, mode, null, min_delta);
    if (factor >= 1)
      throw new ValueError(
        `ReduceLROnPlateau does not support a factor >= 1.0. Received factor=${repr(factor)}`,
      );
    this.factor = factor;
    this.min_lr = min_lr;
    this.patience = patience;
    this.verbose = Number(verbose);
    this.cooldown = cooldown;
  }
  override on_train_begin(): void {
    this.best = null;
    this.cooldown_counter = 0;
    this.wait = 0;
  }
  in_cooldown(): boolean {
    return this.cooldown_counter > 0;
  }
  private _reduce(o: Optimizer, epoch: number, name: string): boolean {
    const before = rateOf(o);
    if (!(before > Math.fround(this.min_lr))) return false;
    const rate = Math.max(before * this.factor, this.min_lr);
    o.learning_rate = rate;
    if (this.verbose > 0)
      printMessage(
        `\nEpoch ${epoch + 1}: ReduceLROnPlateau reducing${name} learning rate to ${repr(asFloat(rate))}.`,
      );
    return true;
  }
  override on_epoch_end(epoch: number, logs: Logs | null = null): void {
    if (this.monitor_op === null) this._set_monitor_op();
    const own = logs ?? {};
    noteRates(this.model.optimizer, own);
    const current = own[this.monitor];
    if (current === undefined) {
      warn(
        `Learning rate reduction is conditioned on metric \`${this.monitor}\` which is not available. Available metrics are: ${Object.keys(own).join(",")}.`,
      );
      return;
    }
    if (this.in_cooldown()) {
      this.cooldown_counter--;
      this.wait = 0;
    }
    if (this._is_improvement(current, this.best)) {
      this.best = current;
      this.wait = 0;
    } else if (!this.in_cooldown() && ++this.wait >= this.patience) {
      const { several, all } = optimizersOf(this.model.optimizer);
      const reduced = all.map((o) => this._reduce(o, epoch, several ? ` ${o.name}` : ""));
      if (!reduced.includes(true)) return;
      this.cooldown_counter = this.cooldown;
      this.wait = 0;
    }
  }
}
/** `keras.callbacks.ReduceLROnPlateau`: lowers the learning rate when a value has not become better for `patience` epochs. */
export const ReduceLROnPlateau = pyClass(
  "keras.src.callbacks.reduce_lr_on_plateau.ReduceLROnPlateau",
  "monitor factor patience verbose mode min_delta cooldown min_lr **kwargs",
  ReduceLROnPlateauImpl,
);
export type ReduceLROnPlateau = ReduceLROnPlateauImpl;

type Schedule = (epoch: number, learning_rate: number) => number;

class LearningRateSchedulerImpl extends CallbackImpl {
  readonly schedule: Schedule;
  readonly verbose: number;
  constructor(schedule: Schedule, verbose = 0) {
    super();
    this.schedule = schedule;
    this.verbose = Number(verbose);
  }
  private _update(o: Optimizer, epoch: number): number {
    const rate: unknown = this._scheduled(epoch, rateOf(o));
    if (typeof rate !== "number" && !(rate instanceof Float) && !isScalar(rate))
      throw new ValueError(
        `The output of the \`schedule\` function should be a float. Got: ${repr(rate ?? null)}`,
      );
    o.learning_rate = Number(rate);
    return Number(rate);
  }
  private _scheduled(epoch: number, rate: number): unknown {
    try {
      return this.schedule(epoch, rate);
    } catch (e) {
      if (!(e instanceof TypeError)) throw e;
      return (this.schedule as (epoch: number) => number)(epoch);
    }
  }
  override on_epoch_begin(epoch: number): void {
    const { several, all } = optimizersOf(this.model.optimizer);
    for (const o of all) {
      const rate = this._update(o, epoch);
      if (this.verbose > 0)
        printMessage(
          `\nEpoch ${epoch + 1}: LearningRateScheduler setting ${several ? `${o.name} ` : ""}learning rate to ${repr(asFloat(rate))}.`,
        );
    }
  }
  override on_epoch_end(_epoch: number, logs: Logs | null = null): void {
    noteRates(this.model.optimizer, logs ?? {});
  }
}
const isScalar = (x: unknown): boolean =>
  typeof x === "object" &&
  x !== null &&
  "dtype" in x &&
  typeof (x as { valueOf(): unknown }).valueOf() === "number";

/** `keras.callbacks.LearningRateScheduler`: sets the learning rate of each epoch by a function of its number and the rate. */
export const LearningRateScheduler = pyClass(
  "keras.src.callbacks.learning_rate_scheduler.LearningRateScheduler",
  "schedule verbose",
  LearningRateSchedulerImpl,
);
export type LearningRateScheduler = LearningRateSchedulerImpl;
