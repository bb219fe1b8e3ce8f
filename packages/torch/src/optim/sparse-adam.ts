import { Tuple, ValueError } from "@cognate/py";
import { zeros_like } from "../ops/creation.js";
import type { Tensor } from "../tensor/tensor.js";
import { optimizerClass, ParameterwiseOptimizer, type ParamGroup, type Params } from "./optimizer.js";
import { type FloatOption, numberOf, requireBetas, requireLr, requireOption } from "./options.js";

const positive = (x: number): boolean => x > 0;

class SparseAdamImpl extends ParameterwiseOptimizer {
  static override readonly _floats: readonly string[] = ["lr", "initial_lr", "betas", "eps"];

  constructor(
    params: Params,
    lr: FloatOption = 1e-3,
    betas: readonly [FloatOption, FloatOption] = [0.9, 0.999],
    eps = 1e-8,
    maximize = false,
  ) {
    requireLr(lr);
    requireOption(lr, positive, "Invalid learning rate");
    requireOption(eps, positive, "Invalid epsilon value");
    requireBetas(betas);
    super(params, { lr, betas: Tuple.of_(betas), eps, maximize });
    const complex = this.param_groups.flatMap((group, i) =>
      group.params.flatMap((p, j) => (p.dtype.is_complex ? [`[${i}, ${j}]`] : [])),
    );
    if (complex.length > 0)
      throw new ValueError(
        `Complex params at indices [${complex.join(", ")}]: SparseAdam does not support complex parameters`,
      );
  }

  override _stepOne(param: Tensor, gradient: Tensor, group: ParamGroup): void {
    const state = this.state.of(param);
    if (!("step" in state)) {
      state.step = 0;
      state.exp_avg = zeros_like(param.detach());
      state.exp_avg_sq = zeros_like(param.detach());
    }
    const step = Number(state.step) + 1;
    state.step = step;
    const [mean, square] = [state.exp_avg as Tensor, state.exp_avg_sq as Tensor];
    const [beta1, beta2] = (group.betas as FloatOption[]).map(numberOf) as [number, number];
    const grad = group.maximize ? gradient.neg() : gradient;
    const named = namedRows(grad);
    mean.add_(
      grad
        .sub(mean)
        .mul_(1 - beta1)
        .mul_(named),
    );
    square.add_(
      grad
        .pow(2)
        .sub_(square)
        .mul_(1 - beta2)
        .mul_(named),
    );
    const size = (numberOf(group.lr) * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
    param.sub_(
      mean
        .div(square.sqrt().add_(numberOf(group.eps)))
        .mul_(named)
        .mul_(size),
    );
  }
}

/** 1 for each row that a sparse gradient holds, 0 for the others: those that are not zero throughout. */
function namedRows(grad: Tensor): Tensor {
  const rows = grad.ndim < 2 ? grad.ne(0) : grad.ne(0).flatten(1).any(1);
  return rows.to(grad.dtype).view([...rows.shape, ...grad.shape.slice(rows.ndim).map(() => 1)]);
}

/**
 * `torch.optim.SparseAdam`: {@link Adam} that leaves rows alone, with their means, as long as no gradient reaches them.
 *
 * **Differs from torch**: sparse gradients are kept as dense tensors here, so that a row of nothing but zeros counts as
 * one that is not there, and dense gradients are taken, too.
 *
 * @throws ValueError for options out of their range
 */
export const SparseAdam = optimizerClass(
  "sparse_adam.SparseAdam",
  "params lr betas eps maximize",
  SparseAdamImpl,
);
export type SparseAdam = SparseAdamImpl;
