import { zeros_like } from "../ops/creation.js";
import type { Tensor } from "../tensor/tensor.js";
import { realViews } from "./complex.js";
import { optimizerClass, ParameterwiseOptimizer, type ParamGroup, type Params } from "./optimizer.js";
import { type FloatOption, notNegative, numberOf, requireLr, requireOption } from "./options.js";
import { countStep, requireNotCapturable, scalarState } from "./state.js";

class ASGDImpl extends ParameterwiseOptimizer {
  static override readonly _floats = ["lr", "initial_lr", "lambd", "alpha", "t0"];

  constructor(
    params: Params,
    lr: FloatOption = 1e-2,
    lambd = 1e-4,
    alpha = 0.75,
    t0 = 1e6,
    weight_decay = 0,
    foreach: boolean | null = null,
    maximize = false,
    differentiable = false,
    capturable = false,
  ) {
    requireLr(lr);
    requireOption(weight_decay, notNegative, "Invalid weight_decay value", false);
    super(params, { lr, lambd, alpha, t0, weight_decay, foreach, maximize, differentiable, capturable });
  }

  override _stepOne(param: Tensor, gradient: Tensor, group: ParamGroup): void {
    requireNotCapturable(group, "params, mus, etas, and state_steps");
    const state = this.state.of(param);
    const [lr, lambd, decay] = [group.lr, group.lambd, group.weight_decay].map(numberOf) as [
      number,
      number,
      number,
    ];
    if (!("step" in state))
      Object.assign(state, {
        step: scalarState(0),
        eta: scalarState(lr),
        mu: scalarState(1),
        ax: zeros_like(param.detach()),
      });
    const step = countStep(state);
    let grad = group.maximize ? gradient.neg() : gradient;
    if (decay !== 0) grad = grad.add(param, { alpha: decay });
    const [p, g, mean] = realViews(param, grad, state.ax);
    const [eta, mu] = [state.eta, state.mu] as [Tensor, Tensor];
    const rate = numberOf(eta);
    p.mul_(1 - lambd * rate).add_(g, { alpha: -rate });
    if (numberOf(mu) === 1) mean.copy_(p);
    else mean.add_(p.sub(mean).mul_(mu));
    eta.fill_(lr / (1 + lambd * lr * step) ** numberOf(group.alpha));
    mu.fill_(1 / Math.max(1, step - numberOf(group.t0)));
  }
}

/** `torch.optim.ASGD`: gradient descent whose rate falls, and the mean `ax` of the parameters from step `t0` on. */
export const ASGD = optimizerClass(
  "asgd.ASGD",
  "params lr lambd alpha t0 weight_decay foreach maximize differentiable capturable",
  ASGDImpl,
);
export type ASGD = ASGDImpl;
