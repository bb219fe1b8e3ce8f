import { AssertionError, deepcopy, def, ValueError } from "@cognate/py";
import { noGrad } from "@cognate/tensor";
import { int64 } from "../dtype.js";
import { keywordMethods, moduleClass } from "../nn/module/keywords.js";
import { ModuleImpl } from "../nn/module.js";
import { BatchNormBase } from "../nn/norm/batch-norm.js";
import { tensor } from "../tensor/factories.js";
import type { Tensor } from "../tensor/tensor.js";
import { cos } from "./lr_scheduler/elementary.js";
import {
  LRSchedulerImpl,
  type PerGroup,
  perGroup,
  ratesOf,
  schedulerClass,
} from "./lr_scheduler/scheduler.js";
import type { OptimizerImpl } from "./optimizer.js";
import { numberOf } from "./options.js";

/** The next average of one parameter. */
type Average = (averaged: Tensor, current: Tensor, num_averaged: Tensor | number) => Tensor;
/** Averages all parameters at once, in place. */
type MultiAverage = (
  averaged: readonly Tensor[],
  current: readonly Tensor[],
  num_averaged: Tensor | number,
) => void;

function requireDecay(decay: number): void {
  if (decay < 0 || decay > 1)
    throw new ValueError(`Invalid decay value ${decay} provided. Please provide a value in [0,1] range.`);
}

/** The plain mean: averaged + (current − averaged) / (n + 1). */
export const get_swa_avg_fn = def(
  "torch.optim.swa_utils.get_swa_avg_fn",
  "",
  (): Average => (averaged, current, n) =>
    noGrad(() => averaged.add(current.sub(averaged).div(numberOf(n) + 1))),
);

/** The exponential moving average: decay·averaged + (1 − decay)·current. */
export const get_ema_avg_fn = def(
  "torch.optim.swa_utils.get_ema_avg_fn",
  "decay",
  (decay = 0.999): Average => {
    requireDecay(decay);
    return (averaged, current) => noGrad(() => averaged.mul(decay).add(current.mul(1 - decay)));
  },
);

/** An in-place lerp of every parameter; integers by the plain formula. */
const lerpAll =
  (weight: (n: number) => number): MultiAverage =>
  (averaged, current, n) =>
    noGrad(() =>
      averaged.forEach((a, i) => {
        const w = weight(numberOf(n));
        if (a.dtype.is_floating_point || a.dtype.is_complex) a.lerp_(current[i]!, w);
        else a.copy_(a.mul(1 - w).add(current[i]!.mul(w)));
      }),
    );

/** {@link get_swa_avg_fn} for all parameters at once. */
export const get_swa_multi_avg_fn = def(
  "torch.optim.swa_utils.get_swa_multi_avg_fn",
  "",
  (): MultiAverage => lerpAll((n) => 1 / (n + 1)),
);

/** {@link get_ema_avg_fn} for all parameters at once. */
export const get_ema_multi_avg_fn = def(
  "torch.optim.swa_utils.get_ema_multi_avg_fn",
  "decay",
  (decay = 0.999): MultiAverage => {
    requireDecay(decay);
    return lerpAll(() => 1 - decay);
  },
);

class AveragedModelImpl extends ModuleImpl {
  declare module: ModuleImpl;
  declare n_averaged: Tensor;
  declare avg_fn: Average | null;
  declare multi_avg_fn: MultiAverage | null;
  declare use_buffers: boolean;

  constructor(
    model: ModuleImpl,
    device: unknown = null,
    avg_fn: Average | null = null,
    multi_avg_fn: MultiAverage | null = null,
    use_buffers = false,
  ) {
    super();
    if (avg_fn !== null && multi_avg_fn !== null)
      throw new AssertionError("Only one of avg_fn and multi_avg_fn should be provided");
    this.module = deepcopy(model);
    if (device !== null) this.module.to(device);
    this.register_buffer("n_averaged", tensor(0, { dtype: int64 }));
    this.avg_fn = avg_fn;
    this.multi_avg_fn = multi_avg_fn;
    this.use_buffers = use_buffers;
  }

  override forward(...input: never[]): Tensor {
    return this.module(...input);
  }

  /** Takes the parameters of a model into the average; the first ones as they are. */
  update_parameters(model: ModuleImpl): void {
    const of = (m: ModuleImpl): Tensor[] =>
      this.use_buffers ? [...m.parameters(), ...m.buffers()] : [...m.parameters()];
    const own = of(this.module).map((t) => t.detach());
    const theirs = of(model).map((t) => t.detach());
    if (numberOf(this.n_averaged) === 0) own.forEach((t, i) => void t.copy_(theirs[i]!));
    else if (this.avg_fn !== null)
      own.forEach((t, i) => void t.copy_(this.avg_fn!(t, theirs[i]!, this.n_averaged)));
    else (this.multi_avg_fn ?? get_swa_multi_avg_fn())(own, theirs, this.n_averaged);
    if (!this.use_buffers) {
      const buffers = [...model.buffers()];
      [...this.module.buffers()].forEach((b, i) => void b.detach().copy_(buffers[i]!.detach()));
    }
    this.n_averaged.add_(1);
  }
}
keywordMethods("AveragedModel", AveragedModelImpl, { update_parameters: "model" });

/** `torch.optim.swa_utils.AveragedModel`: a model whose parameters are averages of another's, by default plain means. */
export const AveragedModel = moduleClass(
  "swa_utils.AveragedModel",
  "model device avg_fn multi_avg_fn use_buffers",
  AveragedModelImpl,
);
export type AveragedModel = AveragedModelImpl;

/** Computes the statistics of all batch norms of a model anew, as plain means over the batches of a loader. */
export const update_bn = def(
  "torch.optim.swa_utils.update_bn",
  "loader model device",
  (loader: Iterable<unknown>, model: ModuleImpl, _device: unknown = null): void =>
    noGrad(() => {
      const norms = [...model.modules()].filter((m): m is BatchNormBase => m instanceof BatchNormBase);
      if (norms.length === 0) return;
      const momenta = norms.map((m) => m.momentum);
      const { training } = model;
      model.train();
      for (const m of norms) {
        m.reset_running_stats();
        m.momentum = null;
      }
      for (const batch of loader) model(Array.isArray(batch) ? batch[0] : batch);
      norms.forEach((m, i) => {
        m.momentum = momenta[i]!;
      });
      model.train(training);
    }),
);

class SWALRImpl extends LRSchedulerImpl {
  declare _anneal_strategy: string;
  declare anneal_epochs: number;

  constructor(
    optimizer: OptimizerImpl,
    swa_lr: PerGroup<number>,
    anneal_epochs = 10,
    anneal_strategy = "cos",
    last_epoch = -1,
  ) {
    perGroup("swa_lr", optimizer, swa_lr).forEach((lr, i) => {
      optimizer.param_groups[i]!.swa_lr = lr;
    });
    if (anneal_strategy !== "cos" && anneal_strategy !== "linear")
      throw new ValueError(
        `anneal_strategy must be one of 'cos' or 'linear', instead got ${anneal_strategy}`,
      );
    if (!Number.isInteger(anneal_epochs) || anneal_epochs < 0)
      throw new ValueError(`anneal_epochs must be equal or greater than 0, got ${anneal_epochs}`);
    super(optimizer, last_epoch, { _anneal_strategy: anneal_strategy, anneal_epochs });
  }
  _anneal(step: number): number {
    const t = Math.max(0, Math.min(1, step / Math.max(1, this.anneal_epochs)));
    return this._anneal_strategy === "cos" ? (1 - cos(Math.PI * t)) / 2 : t;
  }
  override get_lr(): number[] {
    const step = Math.max(this._step_count - 1, this.anneal_epochs === 0 ? 1 : 0);
    const [before, now] = [this._anneal(step - 1), this._anneal(step)];
    return ratesOf(this.optimizer).map((lr, i) => {
      const target = numberOf(this.optimizer.param_groups[i]!.swa_lr);
      const initial = before === 1 ? target : (lr - before * target) / (1 - before);
      return target * now + initial * (1 - now);
    });
  }
}

/** `torch.optim.swa_utils.SWALR`: from the rate to `swa_lr` within `anneal_epochs`, which then stays. */
export const SWALR = schedulerClass(
  "SWALR",
  "optimizer swa_lr anneal_epochs anneal_strategy last_epoch",
  SWALRImpl,
);
export type SWALR = SWALRImpl;
