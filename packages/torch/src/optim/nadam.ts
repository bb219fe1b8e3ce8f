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
import { countStep, requireNotCapturable, scalarState, startState } from "./state.js";

class NAdamImpl extends ParameterwiseOptimizer {
  static override readonly _floats = ["lr", "initial_lr", "betas", "eps", "momentum_decay"];

  constructor(
    params: Params,
    lr: FloatOption = 2e-3,
    betas: readonly [number, number] = [0.9, 0.999],
    eps = 1e-8,
    weight_decay = 0,
    momentum_decay = 4e-3,
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
    requireOption(momentum_decay, notNegative, "Invalid momentum_decay value");
    super(params, {
      lr,
      betas: Tuple.of_(betas),
      eps,
      weight_decay,
      momentum_decay,
      decoupled_weight_decay,
      maximize,
      foreach,
      capturable,
      differentiable,
    });
  }

  override _stepOne(param: Tensor, gradient: Tensor, group: ParamGroup): void {
    requireNotCapturable(group, "params, mu_products and state_steps");
    const state = this.state.of(param);
    state.mu_product ??= scalarState(1);
    startState(state, param, "exp_avg", "exp_avg_sq");
    const [beta1, beta2] = (group.betas as number[]).map(numberOf) as [number, number];
    const [lr, decay] = [numberOf(group.lr), numberOf(group.weight_decay)];
    const step = countStep(state);
    let grad = group.maximize ? gradient.neg() : gradient;
    if (decay !== 0) {
      if (group.decoupled_weight_decay) param.mul_(1 - lr * decay);
      else grad = grad.add(param, { alpha: decay });
    }
    const [p, g, mean, square] = realViews(param, grad, state.exp_avg, state.exp_avg_sq);
    const momentum = (t: number): number => beta1 * (1 - 0.5 * 0.96 ** (t * numberOf(group.momentum_decay)));
    const [mu, next] = [momentum(step), momentum(step + 1)];
    // Kept as a tensor, so in its precision.
    const product = numberOf((state.mu_product as Tensor).mul_(mu));
    mean.lerp_(g, 1 - beta1);
    square.mul_(beta2).addcmul_(g, g, { value: 1 - beta2 });
    const root = square
      .div(1 - beta2 ** step)
      .sqrt()
      .add_(numberOf(group.eps));
    p.addcdiv_(g, root, { value: (-lr * (1 - mu)) / (1 - product) });
    p.addcdiv_(mean, root, { value: (-lr * next) / (1 - product * next) });
  }
}

/** `torch.optim.NAdam`: Adam with Nesterov's momentum, whose size μₜ = β₁(1 − ½·0.96^(t·momentum_decay)) grows. */
export const NAdam = optimizerClass(
  "nadam.NAdam",
  "params lr betas eps weight_decay momentum_decay decoupled_weight_decay * foreach maximize capturable differentiable",
  NAdamImpl,
);
export type NAdam = NAdamImpl;
