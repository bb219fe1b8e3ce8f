import type { Tensor } from "../tensor/tensor.js";
import { realViews } from "./complex.js";
import { optimizerClass, ParameterwiseOptimizer, type ParamGroup, type Params } from "./optimizer.js";
import { type FloatOption, notNegative, numberOf, requireLr, requireOption } from "./options.js";
import { countStep, requireNotCapturable, startState } from "./state.js";

class AdadeltaImpl extends ParameterwiseOptimizer {
  static override readonly _floats = ["lr", "initial_lr", "rho", "eps"];

  constructor(
    params: Params,
    lr: FloatOption = 1,
    rho = 0.9,
    eps = 1e-6,
    weight_decay = 0,
    foreach: boolean | null = null,
    capturable = false,
    maximize = false,
    differentiable = false,
  ) {
    requireLr(lr);
    requireOption(rho, (x) => x >= 0 && x <= 1, "Invalid rho value");
    requireOption(eps, notNegative, "Invalid epsilon value");
    requireOption(weight_decay, notNegative, "Invalid weight_decay value", false);
    super(params, { lr, rho, eps, weight_decay, maximize, capturable, foreach, differentiable });
  }

  override _stepOne(param: Tensor, gradient: Tensor, group: ParamGroup): void {
    requireNotCapturable(group);
    const state = startState(this.state.of(param), param, "square_avg", "acc_delta");
    countStep(state);
    const [rho, eps, decay] = [group.rho, group.eps, group.weight_decay].map(numberOf) as [
      number,
      number,
      number,
    ];
    let grad = group.maximize ? gradient.neg() : gradient;
    if (decay !== 0) grad = grad.add(param, { alpha: decay });
    const [p, g, square, moved] = realViews(param, grad, state.square_avg, state.acc_delta);
    square.mul_(rho).addcmul_(g, g, { value: 1 - rho });
    const root = square.add(eps).sqrt_();
    const delta = moved.add(eps).sqrt_().div_(root).mul_(g);
    moved.mul_(rho).addcmul_(delta, delta, { value: 1 - rho });
    p.add_(delta, { alpha: -numberOf(group.lr) });
  }
}

/** `torch.optim.Adadelta`: steps by √(mean of past steps² + ε) / √(mean of gradients² + ε) times the gradient. */
export const Adadelta = optimizerClass(
  "adadelta.Adadelta",
  "params lr rho eps weight_decay foreach * capturable maximize differentiable",
  AdadeltaImpl,
);
export type Adadelta = AdadeltaImpl;
