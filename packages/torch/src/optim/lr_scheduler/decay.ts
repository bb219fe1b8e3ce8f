import { ValueError } from "@cognate/py";
import type { OptimizerImpl } from "../optimizer.js";
import { pow } from "./elementary.js";
import { LRSchedulerImpl, ratesOf, schedulerClass } from "./scheduler.js";

class StepLRImpl extends LRSchedulerImpl {
  declare step_size: number;
  declare gamma: number;

  constructor(optimizer: OptimizerImpl, step_size: number, gamma = 0.1, last_epoch = -1) {
    super(optimizer, last_epoch, { step_size, gamma });
  }
  override get_lr(): number[] {
    const due = this.last_epoch !== 0 && this.last_epoch % this.step_size === 0;
    return this._scaled(due ? this.gamma : 1);
  }
  override _get_closed_form_lr(): number[] {
    const times = Math.floor(this.last_epoch / this.step_size);
    return this.base_lrs.map((lr) => lr * pow(this.gamma, times));
  }
}

/**
 * `StepLR`: times gamma every `step_size` epochs.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const opt = torch.optim.SGD([torch.zeros(1, { requires_grad: true })], { lr: 1 });
 * const scheduler = torch.optim.lr_scheduler.StepLR(opt, { step_size: 2, gamma: 0.5 });
 * for (let epoch = 0; epoch < 4; epoch++) {
 *   print(scheduler.get_last_lr());
 *   opt.step();
 *   scheduler.step();
 * }
 * // prints
 * // [1.0]
 * // [1.0]
 * // [0.5]
 * // [0.5]
 * ```
 */
export const StepLR = schedulerClass("StepLR", "optimizer step_size gamma last_epoch", StepLRImpl);
export type StepLR = StepLRImpl;

class MultiStepLRImpl extends LRSchedulerImpl {
  /** How often each epoch was given. */
  declare milestones: Map<number, number>;
  declare gamma: number;

  constructor(optimizer: OptimizerImpl, milestones: Iterable<number>, gamma = 0.1, last_epoch = -1) {
    const counts = new Map<number, number>();
    for (const m of milestones) counts.set(m, (counts.get(m) ?? 0) + 1);
    super(optimizer, last_epoch, { milestones: counts, gamma });
  }
  override get_lr(): number[] {
    const times = this.milestones.get(this.last_epoch) ?? 0;
    return this._scaled(times === 0 ? 1 : pow(this.gamma, times));
  }
  override _get_closed_form_lr(): number[] {
    let times = 0;
    for (const [epoch, count] of this.milestones) if (epoch <= this.last_epoch) times += count;
    return this.base_lrs.map((lr) => lr * pow(this.gamma, times));
  }
}

/** `MultiStepLR`: times gamma at each of the epochs `milestones`. */
export const MultiStepLR = schedulerClass(
  "MultiStepLR",
  "optimizer milestones gamma last_epoch",
  MultiStepLRImpl,
);
export type MultiStepLR = MultiStepLRImpl;

class ConstantLRImpl extends LRSchedulerImpl {
  declare factor: number;
  declare total_iters: number;

  constructor(optimizer: OptimizerImpl, factor = 1 / 3, total_iters = 5, last_epoch = -1) {
    if (factor > 1 || factor < 0)
      throw new ValueError("Constant multiplicative factor expected to be between 0 and 1.");
    super(optimizer, last_epoch, { factor, total_iters });
  }
  override get_lr(): number[] {
    if (this.last_epoch === 0) return this._scaled(this.factor);
    return this._scaled(this.last_epoch === this.total_iters ? 1 / this.factor : 1);
  }
  override _get_closed_form_lr(): number[] {
    const over = Number(this.last_epoch >= this.total_iters);
    return this.base_lrs.map((lr) => lr * (this.factor + over * (1 - this.factor)));
  }
}

/** `ConstantLR`: `factor` times the rate for `total_iters` epochs, the rate itself from then on. */
export const ConstantLR = schedulerClass(
  "ConstantLR",
  "optimizer factor total_iters last_epoch",
  ConstantLRImpl,
);
export type ConstantLR = ConstantLRImpl;

class LinearLRImpl extends LRSchedulerImpl {
  declare start_factor: number;
  declare end_factor: number;
  declare total_iters: number;

  constructor(
    optimizer: OptimizerImpl,
    start_factor = 1 / 3,
    end_factor = 1,
    total_iters = 5,
    last_epoch = -1,
  ) {
    if (start_factor > 1 || start_factor <= 0)
      throw new ValueError(
        "Starting multiplicative factor expected to be greater than 0 and less or equal to 1.",
      );
    if (end_factor > 1 || end_factor < 0)
      throw new ValueError("Ending multiplicative factor expected to be between 0 and 1.");
    super(optimizer, last_epoch, { start_factor, end_factor, total_iters });
  }
  override get_lr(): number[] {
    const { last_epoch, start_factor, end_factor, total_iters } = this;
    if (last_epoch === 0) return this._scaled(start_factor);
    if (this._is_initial || last_epoch > total_iters) return ratesOf(this.optimizer);
    const change = end_factor - start_factor;
    return this._scaled(1 + change / (total_iters * start_factor + (last_epoch - 1) * change));
  }
  override _get_closed_form_lr(): number[] {
    const { last_epoch, start_factor, end_factor, total_iters } = this;
    return this.base_lrs.map(
      (lr) =>
        lr * (start_factor + ((end_factor - start_factor) * Math.min(total_iters, last_epoch)) / total_iters),
    );
  }
}

/** `LinearLR`: from `start_factor` to `end_factor` times the rate, in equal steps over `total_iters` epochs. */
export const LinearLR = schedulerClass(
  "LinearLR",
  "optimizer start_factor end_factor total_iters last_epoch",
  LinearLRImpl,
);
export type LinearLR = LinearLRImpl;

class ExponentialLRImpl extends LRSchedulerImpl {
  declare gamma: number;

  constructor(optimizer: OptimizerImpl, gamma: number, last_epoch = -1) {
    super(optimizer, last_epoch, { gamma });
  }
  override get_lr(): number[] {
    return this._is_initial ? ratesOf(this.optimizer) : this._scaled(this.gamma);
  }
  override _get_closed_form_lr(): number[] {
    return this.base_lrs.map((lr) => lr * pow(this.gamma, this.last_epoch));
  }
}

/** `ExponentialLR`: times gamma every epoch. */
export const ExponentialLR = schedulerClass("ExponentialLR", "optimizer gamma last_epoch", ExponentialLRImpl);
export type ExponentialLR = ExponentialLRImpl;

class PolynomialLRImpl extends LRSchedulerImpl {
  declare total_iters: number;
  declare power: number;

  constructor(optimizer: OptimizerImpl, total_iters = 5, power = 1, last_epoch = -1) {
    super(optimizer, last_epoch, { total_iters, power });
  }
  override get_lr(): number[] {
    const { last_epoch, total_iters } = this;
    if (this._is_initial || last_epoch > total_iters) return ratesOf(this.optimizer);
    return this._scaled(
      pow((1 - last_epoch / total_iters) / (1 - (last_epoch - 1) / total_iters), this.power),
    );
  }
  override _get_closed_form_lr(): number[] {
    const done = Math.min(this.total_iters, this.last_epoch) / this.total_iters;
    return this.base_lrs.map((lr) => lr * pow(1 - done, this.power));
  }
}

/** `PolynomialLR`: the rate times (1 − epoch / total_iters) to the power `power`. */
export const PolynomialLR = schedulerClass(
  "PolynomialLR",
  "optimizer total_iters power last_epoch",
  PolynomialLRImpl,
);
export type PolynomialLR = PolynomialLRImpl;
