import { RuntimeError, ValueError } from "@cognate/py";
import { keywordMethods } from "../../nn/module/keywords.js";
import type { OptimizerImpl } from "../optimizer.js";
import { numberOf } from "../options.js";
import {
  LRSchedulerImpl,
  type PerGroup,
  ratesOf,
  requireOptimizer,
  schedulerClass,
  setOption,
  warnOfEpoch,
} from "./scheduler.js";

class ReduceLROnPlateauImpl extends LRSchedulerImpl {
  declare factor: number;
  declare default_min_lr: number | null;
  declare min_lrs: number[];
  declare patience: number;
  declare cooldown: number;
  declare eps: number;
  declare mode_worse: number;
  declare mode: string;
  declare threshold: number;
  declare threshold_mode: string;
  declare best: number;
  declare cooldown_counter: number;
  declare num_bad_epochs: number;

  constructor(
    optimizer: OptimizerImpl,
    mode = "min",
    factor = 0.1,
    patience = 10,
    threshold = 1e-4,
    threshold_mode = "rel",
    cooldown = 0,
    min_lr: PerGroup<number> = 0,
    eps = 1e-8,
  ) {
    super(optimizer, -1, null);
    if (factor >= 1) throw new ValueError("Factor should be < 1.0.");
    this.factor = factor;
    requireOptimizer(optimizer);
    this.optimizer = optimizer;
    const n = optimizer.param_groups.length;
    if (Array.isArray(min_lr) && min_lr.length !== n)
      throw new ValueError(`expected ${n} min_lrs, got ${min_lr.length}`);
    this.default_min_lr = Array.isArray(min_lr) ? null : (min_lr as number);
    this.min_lrs = Array.isArray(min_lr) ? [...(min_lr as number[])] : new Array(n).fill(min_lr as number);
    this.patience = patience;
    this.cooldown = cooldown;
    this.eps = eps;
    this.last_epoch = 0;
    this._last_lr = ratesOf(optimizer);
    this._init_is_better(mode, threshold, threshold_mode);
    this._reset();
  }

  _init_is_better(mode: string, threshold: number, threshold_mode: string): void {
    if (mode !== "min" && mode !== "max") throw new ValueError(`mode ${mode} is unknown!`);
    if (threshold_mode !== "rel" && threshold_mode !== "abs")
      throw new ValueError(`threshold mode ${threshold_mode} is unknown!`);
    this.mode_worse = mode === "min" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    this.mode = mode;
    this.threshold = threshold;
    this.threshold_mode = threshold_mode;
  }
  /** Forgets what was seen so far. */
  _reset(): void {
    this.best = this.mode_worse;
    this.cooldown_counter = 0;
    this.num_bad_epochs = 0;
  }
  get in_cooldown(): boolean {
    return this.cooldown_counter > 0;
  }
  /** Whether `a` beats the best so far by the threshold. */
  is_better(a: number, best: number): boolean {
    const { threshold } = this;
    if (this.threshold_mode === "rel")
      return this.mode === "min" ? a < best * (1 - threshold) : a > best * (threshold + 1);
    return this.mode === "min" ? a < best - threshold : a > best + threshold;
  }

  /** Notes the metric of an epoch, and lowers the rates if it has not been better for long enough. */
  override step(metrics: unknown, epoch: number | null = null): void {
    const current = numberOf(metrics);
    if (epoch !== null) warnOfEpoch();
    this.last_epoch = epoch ?? this.last_epoch + 1;
    if (this.is_better(current, this.best)) {
      this.best = current;
      this.num_bad_epochs = 0;
    } else this.num_bad_epochs++;
    if (this.in_cooldown) {
      this.cooldown_counter--;
      this.num_bad_epochs = 0;
    }
    if (this.num_bad_epochs > this.patience) {
      this._reduce();
      this.cooldown_counter = this.cooldown;
      this.num_bad_epochs = 0;
    }
    this._last_lr = ratesOf(this.optimizer);
  }
  _reduce(): void {
    const groups = this.optimizer.param_groups;
    if (groups.length !== this.min_lrs.length) {
      if (this.default_min_lr === null)
        throw new RuntimeError(
          `The number of param groups in the \`optimizer\` (${groups.length}) differs from when \`ReduceLROnPlateau\` was initialized (${this.min_lrs.length}), usually due to a new param group being added to the optimizer. Please modify the \`min_lrs\` field to match the length of the \`optimizer\` param groups.`,
        );
      this.min_lrs = new Array<number>(groups.length).fill(this.default_min_lr);
    }
    groups.forEach((group, i) => {
      const before = numberOf(group.lr);
      const after = Math.max(before * this.factor, this.min_lrs[i]!);
      if (before - after > this.eps) setOption(group, "lr", after);
    });
  }
  override load_state_dict(state_dict: Readonly<Record<string, unknown>>): void {
    super.load_state_dict(state_dict);
    this._init_is_better(this.mode, this.threshold, this.threshold_mode);
  }
}
keywordMethods("ReduceLROnPlateau", ReduceLROnPlateauImpl, { step: "metrics epoch" });

/**
 * `ReduceLROnPlateau`: times `factor` when a metric has not been better by `threshold` for more than `patience` epochs.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const opt = torch.optim.SGD([torch.zeros(1, { requires_grad: true })], { lr: 0.5 });
 * const scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(opt, { factor: 0.5, patience: 1 });
 * for (const loss of [3, 2, 2, 2, 2]) scheduler.step(loss);
 * print(opt.param_groups[0].lr); // prints 0.25
 * ```
 */
export const ReduceLROnPlateau = schedulerClass(
  "ReduceLROnPlateau",
  "optimizer mode factor patience threshold threshold_mode cooldown min_lr eps",
  ReduceLROnPlateauImpl,
);
export type ReduceLROnPlateau = ReduceLROnPlateauImpl;
