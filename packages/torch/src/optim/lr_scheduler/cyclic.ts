import { isPlainObject, Tuple, ValueError } from "@cognate/py";
import type { OptimizerImpl, ParamGroup } from "../optimizer.js";
import { numberOf } from "../options.js";
import { cos, pow } from "./elementary.js";
import {
  LRSchedulerImpl,
  type PerGroup,
  perGroup,
  requireOptimizer,
  schedulerClass,
  setOption,
} from "./scheduler.js";

/** Whether momentum is `betas[0]` here. @throws ValueError for an optimizer that has none */
function usesBeta1(optimizer: OptimizerImpl): boolean {
  if (!("momentum" in optimizer.defaults) && !("betas" in optimizer.defaults))
    throw new ValueError("optimizer must support momentum or beta1 with `cycle_momentum` option enabled");
  return "betas" in optimizer.defaults;
}

function setMomentum(group: ParamGroup, useBeta1: boolean, value: number): void {
  const options = group as Record<string, unknown>;
  if (useBeta1) options.betas = Tuple.of_([value, ...(options.betas as number[]).slice(1)]);
  else options.momentum = value;
}

/** Notes the ends of the momentum's cycle on the groups, which start at its greatest. */
function startMomentum(
  optimizer: OptimizerImpl,
  useBeta1: boolean,
  least: readonly number[],
  greatest: readonly number[],
): void {
  optimizer.param_groups.forEach((group, i) => {
    setMomentum(group, useBeta1, greatest[i]!);
    Object.assign(group, { max_momentum: greatest[i]!, base_momentum: least[i]! });
  });
}

const SCALES: Readonly<Record<string, (x: number, gamma: number) => number>> = {
  triangular: () => 1,
  triangular2: (x) => 1 / 2 ** (x - 1),
  exp_range: (x, gamma) => pow(gamma, x),
};

class CyclicLRImpl extends LRSchedulerImpl {
  declare max_lrs: number[];
  declare total_size: number;
  declare step_ratio: number;
  declare mode: string;
  declare gamma: number;
  declare _scale_fn_custom: ((x: number) => number) | null;
  declare scale_mode: string;
  declare cycle_momentum: boolean;
  declare use_beta1: boolean;
  declare base_momentums: number[];
  declare max_momentums: number[];

  constructor(
    optimizer: OptimizerImpl,
    base_lr: PerGroup<number>,
    max_lr: PerGroup<number>,
    step_size_up = 2000,
    step_size_down: number | null = null,
    mode = "triangular",
    gamma = 1,
    scale_fn: ((x: number) => number) | null = null,
    scale_mode = "cycle",
    cycle_momentum = true,
    base_momentum: PerGroup<number> = 0.8,
    max_momentum: PerGroup<number> = 0.9,
    last_epoch = -1,
  ) {
    requireOptimizer(optimizer);
    const base_lrs = perGroup("base_lr", optimizer, base_lr);
    if (last_epoch === -1)
      optimizer.param_groups.forEach((group, i) => void setOption(group, "lr", base_lrs[i]!));
    const max_lrs = perGroup("max_lr", optimizer, max_lr);
    const total_size = step_size_up + (step_size_down ?? step_size_up);
    if (!(mode in SCALES) && scale_fn === null) throw new ValueError("mode is invalid and scale_fn is None");
    const momentum: Record<string, unknown> = {};
    if (cycle_momentum) {
      const use_beta1 = usesBeta1(optimizer);
      const base_momentums = perGroup("base_momentum", optimizer, base_momentum);
      const max_momentums = perGroup("max_momentum", optimizer, max_momentum);
      if (last_epoch === -1) startMomentum(optimizer, use_beta1, base_momentums, max_momentums);
      Object.assign(momentum, { use_beta1, base_momentums, max_momentums });
    }
    super(optimizer, last_epoch, {
      max_lrs,
      total_size,
      step_ratio: step_size_up / total_size,
      mode,
      gamma,
      _scale_fn_custom: scale_fn,
      scale_mode: scale_fn ? scale_mode : mode === "exp_range" ? "iterations" : "cycle",
      cycle_momentum,
      ...momentum,
    });
    this.base_lrs = base_lrs;
  }

  scale_fn(x: number): number {
    return this._scale_fn_custom ? this._scale_fn_custom(x) : SCALES[this.mode]!(x, this.gamma);
  }
  override get_lr(): number[] {
    const { last_epoch, total_size, step_ratio } = this;
    const cycle = Math.floor(1 + last_epoch / total_size);
    const x = 1 + last_epoch / total_size - cycle;
    const height = x <= step_ratio ? x / step_ratio : (x - 1) / (step_ratio - 1);
    const scale = this.scale_fn(this.scale_mode === "cycle" ? cycle : last_epoch);
    if (this.cycle_momentum)
      this.optimizer.param_groups.forEach((group, i) => {
        const [least, greatest] = [this.base_momentums[i]!, this.max_momentums[i]!];
        setMomentum(group, this.use_beta1, greatest - (greatest - least) * height * scale);
      });
    return this.base_lrs.map((lr, i) => lr + (this.max_lrs[i]! - lr) * height * scale);
  }

  override state_dict(): Record<string, unknown> {
    const { _scale_fn_custom: f, ...state } = super.state_dict();
    const own = typeof f === "function" && Object.getPrototypeOf(f) !== Function.prototype;
    return { ...state, _scale_fn_custom: own ? { ...f } : null };
  }
  override load_state_dict(state_dict: Readonly<Record<string, unknown>>): void {
    const { _scale_fn_custom: fields, ...state } = state_dict;
    super.load_state_dict(state);
    if (isPlainObject(fields) && this._scale_fn_custom) Object.assign(this._scale_fn_custom, fields);
  }
}

/** `CyclicLR`: up from `base_lr` to `max_lr` and down again, cycle after cycle; the momentum the other way round. */
export const CyclicLR = schedulerClass(
  "CyclicLR",
  "optimizer base_lr max_lr step_size_up step_size_down mode gamma scale_fn scale_mode cycle_momentum base_momentum max_momentum last_epoch",
  CyclicLRImpl,
);
export type CyclicLR = CyclicLRImpl;

interface Phase {
  end_step: number;
  start_lr: string;
  end_lr: string;
  start_momentum: string;
  end_momentum: string;
}

function phase(end_step: number, lr: readonly [string, string], momentum: readonly [string, string]): Phase {
  return {
    end_step,
    start_lr: lr[0],
    end_lr: lr[1],
    start_momentum: momentum[0],
    end_momentum: momentum[1],
  };
}

function phases(total: number, pctStart: number, three: boolean): Phase[] {
  const [most, least] = ["max_momentum", "base_momentum"] as const;
  const up = phase(pctStart * total - 1, ["initial_lr", "max_lr"], [most, least]);
  if (!three) return [up, phase(total - 1, ["max_lr", "min_lr"], [least, most])];
  return [
    up,
    phase(2 * pctStart * total - 2, ["max_lr", "initial_lr"], [least, most]),
    phase(total - 1, ["initial_lr", "min_lr"], [most, most]),
  ];
}

const ANNEAL: Readonly<Record<string, (start: number, end: number, pct: number) => number>> = {
  cos: (start, end, pct) => end + ((start - end) / 2) * (cos(Math.PI * pct) + 1),
  linear: (start, end, pct) => (end - start) * pct + start,
};

/** @throws ValueError unless a length is a positive integer */
function requireCount(x: number, name: string): void {
  if (x <= 0 || !Number.isInteger(x)) throw new ValueError(`Expected positive integer ${name}, but got ${x}`);
}

function stepsOf(total: number | null, epochs: number | null, perEpoch: number | null): number {
  if (total !== null) {
    requireCount(total, "total_steps");
    return total;
  }
  if (epochs === null || perEpoch === null)
    throw new ValueError("You must define either total_steps OR (epochs AND steps_per_epoch)");
  requireCount(epochs, "epochs");
  requireCount(perEpoch, "steps_per_epoch");
  return epochs * perEpoch;
}

class OneCycleLRImpl extends LRSchedulerImpl {
  declare total_steps: number;
  declare _schedule_phases: Phase[];
  declare _anneal_func_type: string;
  declare cycle_momentum: boolean;
  declare use_beta1: boolean;

  constructor(
    optimizer: OptimizerImpl,
    max_lr: PerGroup<number>,
    total_steps: number | null = null,
    epochs: number | null = null,
    steps_per_epoch: number | null = null,
    pct_start = 0.3,
    anneal_strategy = "cos",
    cycle_momentum = true,
    base_momentum: PerGroup<number> = 0.85,
    max_momentum: PerGroup<number> = 0.95,
    div_factor = 25,
    final_div_factor = 1e4,
    three_phase = false,
    last_epoch = -1,
  ) {
    requireOptimizer(optimizer);
    const steps = stepsOf(total_steps, epochs, steps_per_epoch);
    if (pct_start < 0 || pct_start > 1)
      throw new ValueError(`Expected float between 0 and 1 pct_start, but got ${pct_start}`);
    if (!(anneal_strategy in ANNEAL))
      throw new ValueError(
        `anneal_strategy must be one of 'cos' or 'linear', instead got ${anneal_strategy}`,
      );
    const max_lrs = perGroup("max_lr", optimizer, max_lr);
    if (last_epoch === -1)
      optimizer.param_groups.forEach((group, i) => {
        const initial_lr = max_lrs[i]! / div_factor;
        Object.assign(group, { initial_lr, max_lr: max_lrs[i]!, min_lr: initial_lr / final_div_factor });
      });
    const momentum: Record<string, unknown> = {};
    if (cycle_momentum) {
      momentum.use_beta1 = usesBeta1(optimizer);
      const most = perGroup("max_momentum", optimizer, max_momentum);
      const least = perGroup("base_momentum", optimizer, base_momentum);
      if (last_epoch === -1) startMomentum(optimizer, momentum.use_beta1 === true, least, most);
    }
    super(optimizer, last_epoch, {
      total_steps: steps,
      _schedule_phases: phases(steps, pct_start, three_phase),
      _anneal_func_type: anneal_strategy,
      cycle_momentum,
      ...momentum,
    });
  }

  override get_lr(): number[] {
    const step = this.last_epoch;
    if (step > this.total_steps)
      throw new ValueError(
        `Tried to step ${step} times. The specified number of total steps is ${this.total_steps}`,
      );
    const anneal = ANNEAL[this._anneal_func_type]!;
    const at = this._schedule_phases.findIndex(({ end_step }) => step <= end_step);
    const last = this._schedule_phases.length - 1;
    const { end_step, ...of } = this._schedule_phases[at < 0 ? last : at]!;
    const start = at === 0 ? 0 : this._schedule_phases[(at < 0 ? last : at) - 1]!.end_step;
    const pct = (step - start) / (end_step - start);
    return this.optimizer.param_groups.map((group) => {
      const between = (from: string, to: string): number =>
        anneal(numberOf(group[from]), numberOf(group[to]), pct);
      if (this.cycle_momentum)
        setMomentum(group, this.use_beta1, between(of.start_momentum, of.end_momentum));
      return between(of.start_lr, of.end_lr);
    });
  }
}

/** `OneCycleLR`: up to `max_lr` and down to far below the start, once, within a given number of steps. */
export const OneCycleLR = schedulerClass(
  "OneCycleLR",
  "optimizer max_lr total_steps epochs steps_per_epoch pct_start anneal_strategy cycle_momentum base_momentum max_momentum div_factor final_div_factor three_phase last_epoch",
  OneCycleLRImpl,
);
export type OneCycleLR = OneCycleLRImpl;
