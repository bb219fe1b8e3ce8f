import { ValueError } from "@cognate/py";
import type { OptimizerImpl } from "../optimizer.js";
import { cos, pow } from "./elementary.js";
import { LRSchedulerImpl, ratesOf, schedulerClass } from "./scheduler.js";

class CosineAnnealingLRImpl extends LRSchedulerImpl {
  declare T_max: number;
  declare eta_min: number;

  constructor(optimizer: OptimizerImpl, T_max: number, eta_min = 0, last_epoch = -1) {
    super(optimizer, last_epoch, { T_max, eta_min });
  }
  override get_lr(): number[] {
    const { last_epoch, T_max, eta_min, base_lrs } = this;
    const rates = ratesOf(this.optimizer);
    if (this._is_initial) return rates;
    if (this._step_count === 1 && last_epoch > 0)
      return base_lrs.map((lr) => eta_min + ((lr - eta_min) * (1 + cos((last_epoch * Math.PI) / T_max))) / 2);
    if ((last_epoch - 1 - T_max) % (2 * T_max) === 0)
      return rates.map((lr, i) => lr + ((base_lrs[i]! - eta_min) * (1 - cos(Math.PI / T_max))) / 2);
    const now = 1 + cos((Math.PI * last_epoch) / T_max);
    const before = 1 + cos((Math.PI * (last_epoch - 1)) / T_max);
    return rates.map((lr) => (now / before) * (lr - eta_min) + eta_min);
  }
  override _get_closed_form_lr(): number[] {
    const { last_epoch, T_max, eta_min } = this;
    return this.base_lrs.map(
      (lr) => eta_min + ((lr - eta_min) * (1 + cos((Math.PI * last_epoch) / T_max))) / 2,
    );
  }
}

/** `CosineAnnealingLR`: from the rate down to `eta_min` along half a cosine of `T_max` epochs, and up again. */
export const CosineAnnealingLR = schedulerClass(
  "CosineAnnealingLR",
  "optimizer T_max eta_min last_epoch",
  CosineAnnealingLRImpl,
);
export type CosineAnnealingLR = CosineAnnealingLRImpl;

class CosineAnnealingWarmRestartsImpl extends LRSchedulerImpl {
  declare T_0: number;
  declare T_i: number;
  declare T_mult: number;
  declare eta_min: number;
  declare T_cur: number;

  constructor(optimizer: OptimizerImpl, T_0: number, T_mult = 1, eta_min = 0, last_epoch = -1) {
    if (T_0 <= 0 || !Number.isInteger(T_0))
      throw new ValueError(`Expected positive integer T_0, but got ${T_0}`);
    if (T_mult < 1 || !Number.isInteger(T_mult))
      throw new ValueError(`Expected integer T_mult >= 1, but got ${T_mult}`);
    super(optimizer, last_epoch, { T_0, T_i: T_0, T_mult, eta_min, T_cur: last_epoch });
  }
  override get_lr(): number[] {
    const { T_cur, T_i, eta_min } = this;
    return this.base_lrs.map((lr) => eta_min + ((lr - eta_min) * (1 + cos((Math.PI * T_cur) / T_i))) / 2);
  }
  /** Goes to the next epoch or to the one given, which may lie between two. */
  override step(epoch: number | null = null): void {
    this._start();
    const given = epoch ?? (this.last_epoch < 0 ? 0 : null);
    if (given === null) {
      this.T_cur++;
      if (this.T_cur >= this.T_i) {
        this.T_cur %= this.T_i;
        this.T_i *= this.T_mult;
      }
    } else seek(this, given);
    this.last_epoch = Math.floor(given ?? this.last_epoch + 1);
    this._get_lr_called_within_step = true;
    const rates = this.get_lr();
    this._get_lr_called_within_step = false;
    this._setRates(rates);
  }
}

/** The place of an epoch within its period, and the period's length. */
function seek(s: CosineAnnealingWarmRestartsImpl, epoch: number): void {
  if (epoch < 0) throw new ValueError(`Expected non-negative epoch, but got ${epoch}`);
  const { T_0, T_mult } = s;
  if (epoch < T_0) {
    s.T_i = T_0;
    s.T_cur = epoch;
  } else if (T_mult === 1) s.T_cur = epoch % T_0;
  else {
    const n = Math.trunc(Math.log((epoch / T_0) * (T_mult - 1) + 1) / Math.log(T_mult));
    s.T_cur = epoch - (T_0 * (pow(T_mult, n) - 1)) / (T_mult - 1);
    s.T_i = T_0 * pow(T_mult, n);
  }
}

/** `CosineAnnealingWarmRestarts`: half a cosine from the rate to `eta_min`, again and again, each `T_mult` times as long. */
export const CosineAnnealingWarmRestarts = schedulerClass(
  "CosineAnnealingWarmRestarts",
  "optimizer T_0 T_mult eta_min last_epoch",
  CosineAnnealingWarmRestartsImpl,
);
export type CosineAnnealingWarmRestarts = CosineAnnealingWarmRestartsImpl;
