import { isPlainObject, TypeError, type_name, ValueError } from "@cognate/py";
import type { OptimizerImpl } from "../optimizer.js";
import { LRSchedulerImpl, type PerGroup, ratesOf, schedulerClass } from "./scheduler.js";

/** A factor by epoch. */
type Factor = (epoch: number) => number;

/** One function a group. @throws ValueError for a list of another length */
function functionsOf(optimizer: OptimizerImpl, given: PerGroup<Factor>): Factor[] {
  const n = optimizer.param_groups.length;
  if (!Array.isArray(given)) return new Array<Factor>(n).fill(given as Factor);
  if (given.length !== n) throw new ValueError(`Expected ${n} lr_lambdas, but got ${given.length}`);
  return [...(given as Factor[])];
}

/** Functions are no part of a state; objects that are called like functions lend their fields. */
function stateOf(f: Factor): Record<string, unknown> | null {
  return Object.getPrototypeOf(f) === Function.prototype ? null : { ...(f as unknown as object) };
}

abstract class WithFunctions extends LRSchedulerImpl {
  declare lr_lambdas: Factor[];

  override state_dict(): Record<string, unknown> {
    const { lr_lambdas: _, ...state } = super.state_dict();
    return { ...state, lr_lambdas: this.lr_lambdas.map(stateOf) };
  }
  override load_state_dict(state_dict: Readonly<Record<string, unknown>>): void {
    const { lr_lambdas, ...state } = state_dict;
    super.load_state_dict(state);
    (lr_lambdas as unknown[]).forEach((fields, i) => {
      if (isPlainObject(fields)) Object.assign(this.lr_lambdas[i]!, fields);
    });
  }
}

class LambdaLRImpl extends WithFunctions {
  constructor(optimizer: OptimizerImpl, lr_lambda: PerGroup<Factor>, last_epoch = -1) {
    super(optimizer, last_epoch, { lr_lambdas: functionsOf(optimizer, lr_lambda) });
  }
  override get_lr(): number[] {
    return this.base_lrs.map((lr, i) => lr * this.lr_lambdas[i]!(this.last_epoch));
  }
}

/**
 * `LambdaLR`: the first rate times a function of the epoch.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const opt = torch.optim.SGD([torch.zeros(1, { requires_grad: true })], { lr: 0.5 });
 * const scheduler = torch.optim.lr_scheduler.LambdaLR(opt, (epoch) => 1 / (epoch + 1));
 * opt.step();
 * scheduler.step();
 * print(scheduler.get_last_lr()); // prints [0.25]
 * ```
 */
export const LambdaLR = schedulerClass("LambdaLR", "optimizer lr_lambda last_epoch", LambdaLRImpl);
export type LambdaLR = LambdaLRImpl;

class MultiplicativeLRImpl extends WithFunctions {
  constructor(optimizer: OptimizerImpl, lr_lambda: PerGroup<Factor>, last_epoch = -1) {
    const lr_lambdas = functionsOf(optimizer, lr_lambda);
    for (const f of lr_lambdas)
      if (typeof f !== "function")
        throw new TypeError(`lr_lambda should be a function, but got ${type_name(f)}`);
    super(optimizer, last_epoch, { lr_lambdas });
  }
  override get_lr(): number[] {
    const rates = ratesOf(this.optimizer);
    return this._is_initial ? rates : rates.map((lr, i) => lr * this.lr_lambdas[i]!(this.last_epoch));
  }
}

/** `MultiplicativeLR`: the rate so far times a function of the epoch. */
export const MultiplicativeLR = schedulerClass(
  "MultiplicativeLR",
  "optimizer lr_lambda last_epoch",
  MultiplicativeLRImpl,
);
export type MultiplicativeLR = MultiplicativeLRImpl;
