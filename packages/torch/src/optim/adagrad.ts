import { Complex } from "@cognate/py";
import { full_like } from "../ops/creation.js";
import type { Tensor } from "../tensor/tensor.js";
import { realViews } from "./complex.js";
import { optimizerClass, ParameterwiseOptimizer, type ParamGroup, type Params } from "./optimizer.js";
import { type FloatOption, notNegative, numberOf, requireLr, requireOption } from "./options.js";
import { requireOneKind } from "./sgd.js";
import { countStep, scalarState } from "./state.js";

class AdagradImpl extends ParameterwiseOptimizer {
  static override readonly _floats = ["lr", "initial_lr", "eps"];

  constructor(
    params: Params,
    lr: FloatOption = 1e-2,
    lr_decay = 0,
    weight_decay = 0,
    initial_accumulator_value = 0,
    eps = 1e-10,
    foreach: boolean | null = null,
    maximize = false,
    differentiable = false,
    fused: boolean | null = null,
  ) {
    requireLr(lr);
    requireOption(lr_decay, notNegative, "Invalid lr_decay value", false);
    requireOption(weight_decay, notNegative, "Invalid weight_decay value", false);
    requireOption(initial_accumulator_value, notNegative, "Invalid initial_accumulator_value value", false);
    requireOption(eps, notNegative, "Invalid epsilon value");
    super(params, {
      lr,
      lr_decay,
      eps,
      weight_decay,
      initial_accumulator_value,
      foreach,
      maximize,
      differentiable,
      fused,
    });
    requireOneKind(fused, foreach, differentiable);
    for (const group of this.param_groups) for (const p of group.params) this._start(p);
  }

  /** Unlike the others this optimizer has its state from the start. */
  _start(p: Tensor): void {
    const state = this.state.of(p);
    if ("step" in state) return;
    const first = numberOf(this.defaults.initial_accumulator_value);
    state.step = scalarState(0);
    state.sum = full_like(p.detach(), p._value.dtype.kind === "complex" ? new Complex(first, first) : first);
  }

  override _stepOne(param: Tensor, gradient: Tensor, group: ParamGroup): void {
    this._start(param);
    const state = this.state.of(param);
    const step = countStep(state);
    const decay = numberOf(group.weight_decay);
    let grad = group.maximize ? gradient.neg() : gradient;
    if (decay !== 0) grad = grad.add(param, { alpha: decay });
    const [p, g, sum] = realViews(param, grad, state.sum);
    sum.addcmul_(g, g, { value: 1 });
    const lr = numberOf(group.lr) / (1 + (step - 1) * numberOf(group.lr_decay));
    p.addcdiv_(g, sum.sqrt().add_(numberOf(group.eps)), { value: -lr });
  }
}

/** `torch.optim.Adagrad`: steps by the gradient over the root of the sum of all squared gradients so far. */
export const Adagrad = optimizerClass(
  "adagrad.Adagrad",
  "params lr lr_decay weight_decay initial_accumulator_value eps foreach * maximize differentiable fused",
  AdagradImpl,
);
export type Adagrad = AdagradImpl;
