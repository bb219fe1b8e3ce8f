import type { Tensor } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import { optionLayer } from "../module/option-layer.js";
import { onlyReduction, REDUCTION, type Reduction, reductionOf } from "./loss.js";

type Flag = boolean | null;
const INPUTS = "input target";

/** `torch.nn.L1Loss`: |x − y|. */
export const L1Loss = optionLayer("loss.L1Loss", REDUCTION, onlyReduction, {
  inputs: INPUTS,
  forward: (self, input: Tensor, target: Tensor): Tensor =>
    F.l1_loss(input, target, { reduction: self.reduction as never }),
});
export type L1Loss = InstanceType<typeof L1Loss>;

/**
 * `torch.nn.MSELoss`: (x − y)².
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const x = torch.tensor([0.5, 2]);
 * print(torch.nn.MSELoss()(x, torch.zeros(2)), torch.nn.MSELoss({ reduction: "sum" })(x, torch.zeros(2)));
 * // prints tensor(2.1250) tensor(4.2500)
 * ```
 */
export const MSELoss = optionLayer("loss.MSELoss", REDUCTION, onlyReduction, {
  inputs: INPUTS,
  forward: (self, input: Tensor, target: Tensor): Tensor =>
    F.mse_loss(input, target, { reduction: self.reduction as never }),
});
export type MSELoss = InstanceType<typeof MSELoss>;

/** `torch.nn.SmoothL1Loss`: ½(x − y)²/β near 0, |x − y| − ½β past β. */
export const SmoothL1Loss = optionLayer(
  "loss.SmoothL1Loss",
  `${REDUCTION} beta`,
  (size_average: Flag = null, reduce: Flag = null, reduction: Reduction = "mean", beta = 1) => ({
    reduction: reductionOf(size_average, reduce, reduction),
    beta,
  }),
  {
    inputs: INPUTS,
    forward: (self, input: Tensor, target: Tensor): Tensor =>
      F.smooth_l1_loss(input, target, { reduction: self.reduction as never, beta: self.beta }),
  },
);
export type SmoothL1Loss = InstanceType<typeof SmoothL1Loss>;

/** `torch.nn.HuberLoss`: ½(x − y)² near 0, δ(|x − y| − ½δ) past δ. */
export const HuberLoss = optionLayer(
  "loss.HuberLoss",
  "reduction delta",
  (reduction: Reduction = "mean", delta = 1) => ({ reduction, delta }),
  {
    inputs: INPUTS,
    forward: (self, input: Tensor, target: Tensor): Tensor =>
      F.huber_loss(input, target, { reduction: self.reduction as never, delta: self.delta }),
  },
);
export type HuberLoss = InstanceType<typeof HuberLoss>;

/** `torch.nn.PoissonNLLLoss`: e^x − y·x, or x − y·log(x + ε) where the input is not a logarithm. */
export const PoissonNLLLoss = optionLayer(
  "loss.PoissonNLLLoss",
  "log_input full size_average eps reduce reduction",
  (
    log_input = true,
    full = false,
    size_average: Flag = null,
    eps = 1e-8,
    reduce: Flag = null,
    reduction: Reduction = "mean",
  ) => ({ reduction: reductionOf(size_average, reduce, reduction), log_input, full, eps }),
  {
    inputs: "log_input target",
    forward: (self, log_input: Tensor, target: Tensor): Tensor =>
      F.poisson_nll_loss(log_input, target, {
        log_input: self.log_input,
        full: self.full,
        eps: self.eps,
        reduction: self.reduction as never,
      }),
  },
);
export type PoissonNLLLoss = InstanceType<typeof PoissonNLLLoss>;

/** `torch.nn.GaussianNLLLoss`: ½(log var + (x − y)² / var). */
export const GaussianNLLLoss = optionLayer(
  "loss.GaussianNLLLoss",
  "* full eps reduction",
  (full = false, eps = 1e-6, reduction: Reduction = "mean") => ({ reduction, full, eps }),
  {
    inputs: "input target var",
    forward: (self, input: Tensor, target: Tensor, variance: Tensor | number): Tensor =>
      F.gaussian_nll_loss(input, target, variance, {
        full: self.full,
        eps: self.eps,
        reduction: self.reduction as never,
      }),
  },
);
export type GaussianNLLLoss = InstanceType<typeof GaussianNLLLoss>;

/** `torch.nn.KLDivLoss`: y·(log y − x) for a logarithmic x. */
export const KLDivLoss = optionLayer(
  "loss.KLDivLoss",
  `${REDUCTION} log_target`,
  (size_average: Flag = null, reduce: Flag = null, reduction: Reduction = "mean", log_target = false) => ({
    reduction: reductionOf(size_average, reduce, reduction),
    log_target,
  }),
  {
    inputs: INPUTS,
    forward: (self, input: Tensor, target: Tensor): Tensor =>
      F.kl_div(input, target, { reduction: self.reduction as never, log_target: self.log_target }),
  },
);
export type KLDivLoss = InstanceType<typeof KLDivLoss>;
