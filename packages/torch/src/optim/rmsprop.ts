import type { Tensor } from "../tensor/tensor.js";
import { realViews } from "./complex.js";
import { optimizerClass, ParameterwiseOptimizer, type ParamGroup, type Params } from "./optimizer.js";
import { type FloatOption, notNegative, numberOf, requireLr, requireOption } from "./options.js";
import { countStep, requireNotCapturable, startState } from "./state.js";

class RMSpropImpl extends ParameterwiseOptimizer {
  static override readonly _floats = ["lr", "initial_lr", "alpha", "eps"];

  constructor(
    params: Params,
    lr: FloatOption = 1e-2,
    alpha = 0.99,
    eps = 1e-8,
    weight_decay = 0,
    momentum = 0,
    centered = false,
    capturable = false,
    foreach: boolean | null = null,
    maximize = false,
    differentiable = false,
  ) {
    requireLr(lr);
    requireOption(eps, notNegative, "Invalid epsilon value");
    requireOption(momentum, notNegative, "Invalid momentum value", false);
    requireOption(weight_decay, notNegative, "Invalid weight_decay value", false);
    requireOption(alpha, notNegative, "Invalid alpha value");
    super(params, {
      lr,
      momentum,
      alpha,
      eps,
      centered,
      weight_decay,
      capturable,
      foreach,
      maximize,
      differentiable,
    });
  }

  override _stepOne(param: Tensor, gradient: Tensor, group: ParamGroup): void {
    requireNotCapturable(group);
    const momentum = numberOf(group.momentum);
    const state = startState(
      this.state.of(param),
      param,
      "square_avg",
      ...(momentum > 0 ? ["momentum_buffer"] : []),
      ...(group.centered ? ["grad_avg"] : []),
    );
    const [lr, alpha, decay] = [group.lr, group.alpha, group.weight_decay].map(numberOf) as [
      number,
      number,
      number,
    ];
    countStep(state);
    let grad = group.maximize ? gradient.neg() : gradient;
    if (decay !== 0) grad = grad.add(param, { alpha: decay });
    const [p, g, square, buf, mean] = realViews(
      param,
      grad,
      state.square_avg,
      state.momentum_buffer,
      state.grad_avg,
    );
    square.mul_(alpha).addcmul_(g, g, { value: 1 - alpha });
    const variance = group.centered
      ? square.addcmul(mean.lerp_(g, 1 - alpha), mean, { value: -1 }).sqrt_()
      : square.sqrt();
    const root = variance.add_(numberOf(group.eps));
    if (momentum > 0) p.add_(buf.mul_(momentum).addcdiv_(g, root), { alpha: -lr });
    else p.addcdiv_(g, root, { value: -lr });
  }
}

/** `torch.optim.RMSprop`: steps by the gradient over the root of the mean of its square, centred or with momentum. */
export const RMSprop = optimizerClass(
  "rmsprop.RMSprop",
  "params lr alpha eps weight_decay momentum centered capturable foreach maximize differentiable",
  RMSpropImpl,
);
export type RMSprop = RMSpropImpl;
