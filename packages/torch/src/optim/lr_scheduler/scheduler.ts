import {
  asFloat,
  KeyError,
  NotImplementedError,
  type PyClass,
  pyClass,
  TypeError,
  type_name,
  UserWarning,
  ValueError,
  warn,
} from "@cognate/py";
import { hide } from "../../nn/module/hide.js";
import { keywordMethods } from "../../nn/module/keywords.js";
import { Tensor } from "../../tensor/tensor.js";
import { OptimizerImpl, type ParamGroup } from "../optimizer.js";
import { numberOf } from "../options.js";

/** A value for all groups, or one each. */
export type PerGroup<T> = T | readonly T[];

/** One value a group. @throws ValueError for a list of another length */
export function perGroup(name: string, optimizer: OptimizerImpl, value: PerGroup<number>): number[] {
  const n = optimizer.param_groups.length;
  if (!Array.isArray(value)) return new Array<number>(n).fill(value as number);
  if (value.length !== n)
    throw new ValueError(
      `${name} must have the same length as optimizer.param_groups. ${name} has ${value.length} values, param_groups has ${n}.`,
    );
  return [...(value as number[])];
}

/** Sets an option of a group; a tensor keeps being that tensor. */
export function setOption(group: ParamGroup, name: string, value: number): void {
  const option = group[name];
  if (option instanceof Tensor) option.fill_(value);
  else (group as Record<string, unknown>)[name] = value;
}

/** The learning rates of all groups. */
export const ratesOf = (optimizer: OptimizerImpl): number[] =>
  optimizer.param_groups.map((group) => numberOf(group.lr));

const BEFORE =
  "In PyTorch 1.1.0 and later, you should call them in the opposite order: `optimizer.step()` before `lr_scheduler.step()`.";
const MORE = "See more details at https://pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate";

/** What schedulers note on the optimizer: whether it has stepped. */
interface Watched {
  _opt_called?: boolean;
}

const watching = new WeakSet<object>();
type Step = (this: OptimizerImpl & Watched, ...args: unknown[]) => unknown;

/** Notes the optimizer's steps, so that a schedule that runs ahead of them can warn. */
function watchSteps(optimizer: OptimizerImpl, before: () => void): void {
  const step = optimizer.step as Step;
  const watched: Step = function (...args) {
    before();
    this._opt_called ?? hide(this, "_opt_called", true);
    return step.apply(this, args);
  };
  watching.add(watched);
  hide(optimizer, "step", watched);
}

const library = new WeakSet<object>();

class LRSchedulerImpl {
  declare optimizer: OptimizerImpl;
  declare base_lrs: number[];
  declare last_epoch: number;
  declare _step_count: number;
  declare _is_initial: boolean;
  declare _get_lr_called_within_step: boolean;
  declare _last_lr: number[];
  declare _unstarted: boolean;
  /** Rates as a function of the epoch alone, where there is such a formula. */
  _get_closed_form_lr?(): number[];

  /** `fields` are those of a subclass of this package, which has none before its base is there; `null` leaves all to it. */
  constructor(optimizer: OptimizerImpl, last_epoch = -1, fields: object | null = {}) {
    hide(this, "_unstarted", false);
    if (fields === null) return;
    requireOptimizer(optimizer);
    Object.assign(this, fields);
    this.optimizer = optimizer;
    optimizer.param_groups.forEach((group, i) => {
      if (last_epoch === -1) group.initial_lr ??= numberOf(group.lr);
      else if (!("initial_lr" in group))
        throw new KeyError(
          `param 'initial_lr' is not specified in param_groups[${i}] when resuming scheduler with last_epoch >= 0.\nThis typically happens when:\n1. You're trying to resume training from a checkpoint but haven't properly loaded the optimizer state\n2. You're using last_epoch >= 0 for a fresh training run (not recommended)`,
        );
    });
    this.base_lrs = optimizer.param_groups.map((group) => numberOf(group.initial_lr));
    this.last_epoch = last_epoch;
    // A class of the user's own has its fields only after this constructor, so its first rates wait for their first use.
    if (library.has(this.constructor)) this._initial_step();
    else this._unstarted = true;
    watchSteps(optimizer, () => this._start());
  }

  /** Computes the first rates if they are still to come. */
  _start(): void {
    if (!this._unstarted) return;
    this._unstarted = false;
    this._initial_step();
  }
  _initial_step(): void {
    this._step_count = 0;
    this._is_initial = true;
    try {
      this.step();
    } finally {
      this._is_initial = false;
    }
  }

  /** The scheduler's own fields, without the optimizer. */
  state_dict(): Record<string, unknown> {
    this._start();
    const { optimizer: _, ...state } = this as unknown as Record<string, unknown>;
    return state;
  }
  load_state_dict(state_dict: Readonly<Record<string, unknown>>): void {
    this._start();
    Object.assign(this, state_dict);
  }

  /** The rates that the last step set, one a group. */
  get_last_lr(): number[] {
    this._start();
    return this._last_lr.map(asFloat);
  }
  /** The rates of the current epoch. */
  get_lr(): number[] {
    throw new NotImplementedError("");
  }

  /** Goes to the next epoch, or to the one given, and sets its rates. */
  step(epoch: number | null = null): void {
    this._start();
    if (this._step_count === 1) warnIfEarly(this.optimizer);
    this._step_count++;
    if (epoch !== null) warnOfEpoch();
    this._update_lr(epoch);
  }
  _update_lr(epoch: number | null = null): void {
    this._get_lr_called_within_step = true;
    let rates: number[];
    try {
      this.last_epoch = epoch ?? this.last_epoch + 1;
      rates = epoch !== null && this._get_closed_form_lr ? this._get_closed_form_lr() : this.get_lr();
    } finally {
      this._get_lr_called_within_step = false;
    }
    this._setRates(rates.map(Number));
  }
  _setRates(rates: readonly number[]): void {
    this.optimizer.param_groups.forEach((group, i) => void setOption(group, "lr", rates[i]!));
    this._last_lr = ratesOf(this.optimizer);
  }

  /** The rates of the groups, each times a factor. */
  _scaled(factor: number): number[] {
    return ratesOf(this.optimizer).map((lr) => lr * factor);
  }
}

/** @throws TypeError for anything but an optimizer */
export function requireOptimizer(optimizer: unknown): asserts optimizer is OptimizerImpl {
  if (!(optimizer instanceof OptimizerImpl))
    throw new TypeError(`${type_name(optimizer)} is not an Optimizer`);
}

function warnIfEarly(optimizer: OptimizerImpl & Watched): void {
  if (!watching.has(optimizer.step))
    warn(
      `Seems like \`optimizer.step()\` has been overridden after learning rate scheduler initialization. Please, make sure to call \`optimizer.step()\` before \`lr_scheduler.step()\`. ${MORE}`,
      UserWarning,
    );
  else if (!optimizer._opt_called)
    warn(
      `Detected call of \`lr_scheduler.step()\` before \`optimizer.step()\`. ${BEFORE}  Failure to do this will result in PyTorch skipping the first value of the learning rate schedule. ${MORE}`,
      UserWarning,
    );
}

/** Steps to a given epoch are on their way out. */
export const warnOfEpoch = (): void =>
  warn(
    "The epoch parameter in `scheduler.step()` was not necessary and is being deprecated where possible. Please use `scheduler.step()` to step the scheduler. During the deprecation, if epoch is different from None, the closed form is used instead of the new chainable form, where available. Please open an issue if you are unable to replicate your use case: https://github.com/pytorch/pytorch/issues/new/choose.",
    UserWarning,
  );

keywordMethods("LRScheduler", LRSchedulerImpl, { step: "epoch", load_state_dict: "state_dict:dict" });

/** Makes a class of schedulers callable as in Python. */
export function schedulerClass<C extends new (...args: never[]) => object, const S extends string>(
  name: string,
  signature: S,
  C: C,
): PyClass<C, S> {
  const made = pyClass(`torch.optim.lr_scheduler.${name}`, signature, C);
  library.add(made);
  return made;
}

/**
 * `torch.optim.lr_scheduler.LRScheduler`: the base of schedules, also of a user's own, which define `get_lr()`.
 *
 * @param last_epoch - the epoch to go on from; −1 for the start
 */
export const LRScheduler = schedulerClass("LRScheduler", "optimizer last_epoch", LRSchedulerImpl);
export type LRScheduler = LRSchedulerImpl;
export { LRSchedulerImpl };
