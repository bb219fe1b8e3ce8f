import { Tuple } from "@cognate/py";
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

class RAdamImpl extends ParameterwiseOptimizer {
  static override readonly _floats = ["lr", "initial_lr", "betas", "eps"];

  constructor(
    params: Params,
    lr: FloatOption = 1e-3,
    betas: readonly [number, number] = [0.9, 0.999],
    eps = 1e-8,
    weight_decay = 0,
    decoupled_weight_decay = false,
    foreach: boolean | null = null,
    maximize = false,
    capturable = false,
    differentiable = false,
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
      maximize,
      foreach,
      capturable,
      decoupled_weight_decay,
      differentiable,
    });
  }

  override _stepOne(param: Tensor, gradient: Tensor, group: ParamGroup): void {
    requireNotCapturable(group);
    const state = startState(this.state.of(param), param, "exp_avg", "exp_avg_sq");
    const [beta1, beta2] = (group.betas as number[]).map(numberOf) as [number, number];
    const [lr, decay] = [numberOf(group.lr), numberOf(group.weight_decay)];
    const step = countStep(state);
    let grad = group.maximize ? gradient.neg() : gradient;
    if (decay !== 0) {
      if (group.decoupled_weight_decay) param.mul_(1 - lr * decay);
      else grad = grad.add(param, { alpha: decay });
    }
    const [p, g, mean, square] = realViews(param, grad, state.exp_avg, state.exp_avg_sq);
    mean.lerp_(g, 1 - beta1);
    square.mul_(beta2).addcmul_(g, g, { value: 1 - beta2 });
    const correction = 1 - beta2 ** step;
    const longest = 2 / (1 - beta2) - 1;
    const length = longest - (2 * step * beta2 ** step) / correction;
    let update = mean.div(1 - beta1 ** step).mul(lr);
    if (length > 5) {
      const rectified =
        (((length - 4) * (length - 2) * longest) / ((longest - 4) * (longest - 2) * length)) ** 0.5;
      const root = square.sqrt().add_(numberOf(group.eps));
      update = update.mul(root.rdiv(correction ** 0.5)).mul(rectified);
    }
    p.add_(update, { alpha: -1 });
  }
}

/**
 * `torch.optim.RAdam`: Adam that steps by the plain momentum until the variance of its adaptive rate is tractable (ρₜ > 5),
 * and rectifies that rate from then on.
 */
export const RAdam = optimizerClass(
  "radam.RAdam",
  "params lr betas eps weight_decay decoupled_weight_decay * foreach maximize capturable differentiable",
  RAdamImpl,
);
export type RAdam = RAdamImpl;
