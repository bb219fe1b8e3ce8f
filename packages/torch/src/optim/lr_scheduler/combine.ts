import { className, repr, TypeError, ValueError } from "@cognate/py";
import type { OptimizerImpl } from "../optimizer.js";
import { numberOf } from "../options.js";
import { ReduceLROnPlateau } from "./plateau.js";
import { LRSchedulerImpl, ratesOf, schedulerClass, setOption } from "./scheduler.js";

/** @throws ValueError, TypeError for schedulers that cannot be combined */
function requireCombinable(
  name: string,
  optimizer: OptimizerImpl,
  schedulers: readonly LRSchedulerImpl[],
): void {
  schedulers.forEach((scheduler, i) => {
    if (!("optimizer" in scheduler))
      throw new TypeError(`${name} at index ${i} should have \`optimizer\` as its attribute.`);
    if (scheduler instanceof ReduceLROnPlateau)
      throw new ValueError(
        `${name} does not support \`ReduceLROnPlateau\` scheduler as it requires additional kwargs to be specified when calling \`step\`, but got one at index ${i} in the given schedulers sequence.`,
      );
    if (scheduler.optimizer !== optimizer)
      throw new ValueError(
        `${name} expects all schedulers to belong to the same optimizer, but got scheduler ${className(scheduler.constructor)} at index ${i} has ${repr(scheduler.optimizer)}, which is different from ${className(optimizer.constructor)}.`,
      );
  });
}

abstract class Combined extends LRSchedulerImpl {
  declare _schedulers: LRSchedulerImpl[];

  override state_dict(): Record<string, unknown> {
    const { _schedulers: _, ...state } = super.state_dict();
    return { ...state, _schedulers: this._schedulers.map((s) => s.state_dict()) };
  }
  override load_state_dict(state_dict: Readonly<Record<string, unknown>>): void {
    const { _schedulers, ...state } = state_dict;
    super.load_state_dict(state);
    (_schedulers as Record<string, unknown>[]).forEach((own, i) => {
      this._schedulers[i]!.load_state_dict(own);
    });
  }
}

class SequentialLRImpl extends Combined {
  declare _milestones: readonly number[];

  constructor(
    optimizer: OptimizerImpl,
    schedulers: readonly LRSchedulerImpl[],
    milestones: readonly number[],
    last_epoch = -1,
  ) {
    super(optimizer, last_epoch, null);
    if (schedulers.length < 1)
      throw new ValueError("SequentialLR expects at least one scheduler, but got no scheduler.");
    requireCombinable("SequentialLR", optimizer, schedulers);
    if (milestones.length !== schedulers.length - 1)
      throw new ValueError(
        `Sequential Schedulers expects number of schedulers provided to be one more than the number of milestone points, but got number of schedulers ${schedulers.length} and the number of milestones to be equal to ${milestones.length}`,
      );
    this._schedulers = [...schedulers];
    this._milestones = milestones;
    this.last_epoch = last_epoch + 1;
    this.optimizer = optimizer;
    for (const group of optimizer.param_groups) setOption(group, "lr", numberOf(group.initial_lr));
    undoFirstStep(this);
    const first = this._at(0);
    first._initial_step();
    this._last_lr = first._last_lr;
  }
  /** The scheduler of an epoch. */
  _at(epoch: number): LRSchedulerImpl {
    return this._schedulers[this._milestones.filter((m) => m <= epoch).length]!;
  }
  override step(): void {
    this.last_epoch++;
    const scheduler = this._at(this.last_epoch);
    if (this._milestones.includes(this.last_epoch)) scheduler._update_lr(0);
    else scheduler.step();
    this._last_lr = scheduler._last_lr;
  }
}

/** Every scheduler has set rates when it was made; only the first of a sequence should have. */
function undoFirstStep(scheduler: LRSchedulerImpl): void {
  if (scheduler instanceof Combined) scheduler._schedulers.forEach(undoFirstStep);
  else scheduler.last_epoch--;
}

/**
 * `SequentialLR`: one schedule after another, the next one from each of the epochs `milestones` on.
 *
 * @throws ValueError unless there is one milestone less than schedulers, all of one optimizer
 */
export const SequentialLR = schedulerClass(
  "SequentialLR",
  "optimizer schedulers milestones last_epoch",
  SequentialLRImpl,
);
export type SequentialLR = SequentialLRImpl;

class ChainedSchedulerImpl extends Combined {
  constructor(schedulers: readonly LRSchedulerImpl[], optimizer: OptimizerImpl | null = null) {
    const of = optimizer ?? schedulers[0]?.optimizer;
    if (!of)
      throw new ValueError(
        "ChainedScheduler expects at least one scheduler to be chained, but got no scheduler.",
      );
    super(of, -1, null);
    requireCombinable("ChainedScheduler", of, schedulers);
    this._schedulers = [...schedulers];
    this.optimizer = of;
    this._last_lr = ratesOf(of);
  }
  override step(): void {
    for (const scheduler of this._schedulers) scheduler.step();
    this._last_lr = ratesOf(this.optimizer);
  }
}

/** `ChainedScheduler`: several schedules at once, each stepping the rates that the one before it left. */
export const ChainedScheduler = schedulerClass(
  "ChainedScheduler",
  "schedulers optimizer",
  ChainedSchedulerImpl,
);
export type ChainedScheduler = ChainedSchedulerImpl;
