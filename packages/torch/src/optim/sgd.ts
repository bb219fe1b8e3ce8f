import { descendInPlace } from "@cognate/kernel";
import { RuntimeError, ValueError } from "@cognate/py";
import type { Tensor } from "../tensor/tensor.js";
import { optimizerClass, ParameterwiseOptimizer, type ParamGroup, type Params } from "./optimizer.js";
import { type FloatOption, notNegative, numberOf, requireLr, requireOption } from "./options.js";

/** @throws RuntimeError for kinds of step that exclude each other */
export function requireOneKind(
  fused: boolean | null,
  foreach: boolean | null,
  differentiable: boolean,
): void {
  if (fused && differentiable) throw new RuntimeError("`fused` does not support `differentiable`");
  if (fused && foreach) throw new RuntimeError("`fused` and `foreach` cannot be `True` together.");
}

class SGDImpl extends ParameterwiseOptimizer {
  static override readonly _floats = ["lr", "initial_lr"];

  constructor(
    params: Params,
    lr: FloatOption = 1e-3,
    momentum = 0,
    dampening = 0,
    weight_decay: FloatOption = 0,
    nesterov = false,
    maximize = false,
    foreach: boolean | null = null,
    differentiable = false,
    fused: boolean | null = null,
  ) {
    requireLr(lr);
    requireOption(momentum, notNegative, "Invalid momentum value", false);
    requireOption(weight_decay, notNegative, "Invalid weight_decay value", false);
    if (nesterov && (momentum <= 0 || dampening !== 0))
      throw new ValueError("Nesterov momentum requires a momentum and zero dampening");
    super(params, {
      lr,
      momentum,
      dampening,
      weight_decay,
      nesterov,
      maximize,
      foreach,
      differentiable,
      fused,
    });
    requireOneKind(fused, foreach, differentiable);
  }

  override _stepOne(p: Tensor, gradient: Tensor, group: ParamGroup): void {
    const [decay, momentum] = [numberOf(group.weight_decay), numberOf(group.momentum)];
    const buffer = momentum === 0 ? null : (this.state.get(p)?.momentum_buffer as Tensor | null | undefined);
    // The first step of a momentum stores the gradient, which the parts below do.
    if (
      (momentum === 0 || buffer) &&
      !group.differentiable &&
      descendInPlace(p._value.array, gradient._value.array, buffer ? buffer._value.array : null, {
        lr: numberOf(group.lr),
        momentum,
        rest: 1 - numberOf(group.dampening),
        decay,
        nesterov: Boolean(group.nesterov),
        maximize: Boolean(group.maximize),
      })
    )
      return;
    let grad = group.maximize ? gradient.neg() : gradient;
    if (decay !== 0) grad = grad.add(p, { alpha: decay });
    if (momentum !== 0) {
      const state = this.state.of(p);
      const before = state.momentum_buffer as Tensor | null | undefined;
      // The first step stores the gradient without dampening.
      const buf = before
        ? before.mul_(momentum).add_(grad, { alpha: 1 - numberOf(group.dampening) })
        : grad.detach().clone();
      state.momentum_buffer = buf;
      grad = group.nesterov ? grad.add(buf, { alpha: momentum }) : buf;
    }
    p.add_(grad, { alpha: -numberOf(group.lr) });
  }
}

/**
 * `torch.optim.SGD`: stochastic gradient descent, with momentum, dampening, weight decay and Nesterov's variant.
 *
 * v ← μ·v + (1−τ)·g, p ← p − lr·v (with Nesterov: p − lr·(g + μ·v)); the first v is g.
 *
 * @throws ValueError for a negative lr, momentum or weight_decay, and for nesterov without momentum
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const w = torch.tensor([1.5], { requires_grad: true });
 * const opt = torch.optim.SGD([w], { lr: 0.1, momentum: 0.9 });
 * for (let i = 0; i < 2; i++) {
 *   opt.zero_grad();
 *   w.mul(2).sum().backward();
 *   opt.step();
 * }
 * print(w.detach(), opt.state.get(w)); // prints tensor([0.9200]) {'momentum_buffer': tensor([3.8000])}
 * ```
 */
export const SGD = optimizerClass(
  "sgd.SGD",
  "params lr momentum dampening weight_decay nesterov * maximize foreach differentiable fused",
  SGDImpl,
);
export type SGD = SGDImpl;
