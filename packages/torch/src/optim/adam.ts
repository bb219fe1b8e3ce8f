import { adamInPlace } from "@cognate/kernel";
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
import { requireOneKind } from "./sgd.js";
import { countStep, requireNotCapturable, startState } from "./state.js";

class AdamImpl extends ParameterwiseOptimizer {
  static override readonly _floats: readonly string[] = ["lr", "initial_lr", "betas", "eps"];

  constructor(
    params: Params,
    lr: FloatOption = 1e-3,
    betas: readonly [FloatOption, FloatOption] = [0.9, 0.999],
    eps = 1e-8,
    weight_decay = 0,
    amsgrad = false,
    foreach: boolean | null = null,
    maximize = false,
    capturable = false,
    differentiable = false,
    fused: boolean | null = null,
    decoupled_weight_decay = false,
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
      amsgrad,
      maximize,
      foreach,
      capturable,
      differentiable,
      fused,
      decoupled_weight_decay,
    });
    requireOneKind(fused, foreach, differentiable);
  }

  override _stepOne(param: Tensor, gradient: Tensor, group: ParamGroup): void {
    requireNotCapturable(group);
    const state = startState(
      this.state.of(param),
      param,
      "exp_avg",
      "exp_avg_sq",
      ...(group.amsgrad ? ["max_exp_avg_sq"] : []),
    );
    const [beta1, beta2] = (group.betas as FloatOption[]).map(numberOf) as [number, number];
    const [lr, decay] = [numberOf(group.lr), numberOf(group.weight_decay)];
    const step = countStep(state);
    const [size, correction] = [lr / (1 - beta1 ** step), (1 - beta2 ** step) ** 0.5];
    const decoupled = Boolean(group.decoupled_weight_decay);
    if (
      !group.differentiable &&
      adamInPlace(
        param._value.array,
        gradient._value.array,
        (state.exp_avg as Tensor)._value.array,
        (state.exp_avg_sq as Tensor)._value.array,
        group.amsgrad ? (state.max_exp_avg_sq as Tensor)._value.array : null,
        {
          beta1,
          beta2,
          size,
          correction,
          eps: numberOf(group.eps),
          decay: decoupled ? 0 : decay,
          shrink: decoupled ? 1 - lr * decay : 1,
          maximize: Boolean(group.maximize),
        },
      )
    )
      return;
    let grad = group.maximize ? gradient.neg() : gradient;
    if (decay !== 0) {
      if (group.decoupled_weight_decay) param.mul_(1 - lr * decay);
      else grad = grad.add(param, { alpha: decay });
    }
    const [p, g, mean, square, most] = realViews(
      param,
      grad,
      state.exp_avg,
      state.exp_avg_sq,
      state.max_exp_avg_sq,
    );
    mean.lerp_(g, 1 - beta1);
    square.mul_(beta2).addcmul_(g, g, { value: 1 - beta2 });
    if (group.amsgrad) maximum(most, square, { out: most });
    const root = (group.amsgrad ? most : square).sqrt();
    p.addcdiv_(mean, root.div(correction).add_(numberOf(group.eps)), { value: -size });
  }
}

const NAMES = "params lr betas eps weight_decay amsgrad *";

/**
 * `torch.optim.Adam`: steps by the mean of the gradient over the root of the mean of its square, both corrected for
 * their start at zero.
 *
 * m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², p ← p − lr·m̂ / (√v̂ + ε)
 *
 * @throws ValueError for options out of their range
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const w = torch.tensor([1.5, -2], { requires_grad: true });
 * const opt = torch.optim.Adam([w], { lr: 0.1 });
 * w.pow(2).sum().backward();
 * opt.step();
 * print(w.detach()); // prints tensor([ 1.4000, -1.9000])
 * ```
 */
export const Adam = optimizerClass(
  "adam.Adam",
  `${NAMES} foreach maximize capturable differentiable fused decoupled_weight_decay`,
  AdamImpl,
);
export type Adam = AdamImpl;

class AdamWImpl extends AdamImpl {
  static override readonly _floats = [...AdamImpl._floats, "weight_decay"];

  constructor(
    params: Params,
    lr: FloatOption = 1e-3,
    betas: readonly [FloatOption, FloatOption] = [0.9, 0.999],
    eps = 1e-8,
    weight_decay = 1e-2,
    amsgrad = false,
    maximize = false,
    foreach: boolean | null = null,
    capturable = false,
    differentiable = false,
    fused: boolean | null = null,
  ) {
    super(
      params,
      lr,
      betas,
      eps,
      weight_decay,
      amsgrad,
      foreach,
      maximize,
      capturable,
      differentiable,
      fused,
      true,
    );
  }
}

/** `torch.optim.AdamW`: {@link Adam} whose weight decay shrinks the weights themselves, not through the gradient. */
export const AdamW = optimizerClass(
  "adamw.AdamW",
  `${NAMES} maximize foreach capturable differentiable fused`,
  AdamWImpl,
);
export type AdamW = AdamWImpl;
