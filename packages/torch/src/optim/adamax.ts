import { Tuple } from "@cognate/py";
import { maximum } from "../ops/pointwise.js";
import type { Tensor } from "../tensor/tensor.js";
import { realViews } from "./complex.js";
import { optimizerClass, ParameterwiseOptimizer, type ParamGroup, type Params } from "./optimizer.js";
import {
  type FloatOption,
  notNegative,
  numberOf,
  requireBetas,
  requireLr,
  requireOption,
} from "./options.js";
import { countStep, requireNotCapturable, startState } from "./state.js";

class AdamaxImpl extends ParameterwiseOptimizer {
  static override readonly _floats = ["lr", "initial_lr", "betas", "eps"];

  constructor(
    params: Params,
    lr: FloatOption = 2e-3,
    betas: readonly [number, number] = [0.9, 0.999],
    eps = 1e-8,
    weight_decay = 0,
    foreach: boolean | null = null,
    maximize = false,
    differentiable = false,
    capturable = false,
  ) {
    requireLr(lr);
    requireOption(eps, notNegative, "Invalid epsilon value");
    requireBetas(betas);
    requireOption(weight_decay, notNegative, "Invalid weight_decay value", false);
    super(params, {
      lr,
      betas: Tuple.of_(betas),
      eps,
      weight_decay,
      foreach,
      maximize,
      differentiable,
      capturable,
    });
  }

  override _stepOne(param: Tensor, gradient: Tensor, group: ParamGroup): void {
    requireNotCapturable(group);
    const state = startState(this.state.of(param), param, "exp_avg", "exp_inf");
    const [beta1, beta2] = (group.betas as number[]).map(numberOf) as [number, number];
    const decay = numberOf(group.weight_decay);
    const step = countStep(state);
    let grad = group.maximize ? gradient.neg() : gradient;
    if (decay !== 0) grad = grad.add(param, { alpha: decay });
    const [p, g, mean, norm] = realViews(param, grad, state.exp_avg, state.exp_inf);
    mean.lerp_(g, 1 - beta1);
    maximum(norm.mul_(beta2), g.abs().add_(numberOf(group.eps)), { out: norm });
    p.addcdiv_(mean, norm, { value: -numberOf(group.lr) / (1 - beta1 ** step) });
  }
}

/**
 * `torch.optim.Adamax`: Adam with the infinity norm: u ← max(β₂u, |g| + ε), p ← p − lr·m / ((1 − β₁ᵗ)·u).
 */
export const Adamax = optimizerClass(
  "adamax.Adamax",
  "params lr betas eps weight_decay foreach * maximize differentiable capturable",
  AdamaxImpl,
);
export type Adamax = AdamaxImpl;
