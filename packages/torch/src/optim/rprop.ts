import { Complex, Tuple, ValueError } from "@cognate/py";
import { full_like, zeros_like } from "../ops/creation.js";
import type { Tensor } from "../tensor/tensor.js";
import { realViews } from "./complex.js";
import { optimizerClass, ParameterwiseOptimizer, type ParamGroup, type Params } from "./optimizer.js";
import { type FloatOption, numberOf, requireLr, showOption } from "./options.js";
import { countStep, requireNotCapturable, scalarState } from "./state.js";

class RpropImpl extends ParameterwiseOptimizer {
  static override readonly _floats = ["lr", "initial_lr", "etas"];

  constructor(
    params: Params,
    lr: FloatOption = 1e-2,
    etas: readonly [number, number] = [0.5, 1.2],
    step_sizes: readonly [number, number] = [1e-6, 50],
    capturable = false,
    foreach: boolean | null = null,
    maximize = false,
    differentiable = false,
  ) {
    requireLr(lr);
    const [minus, plus] = etas;
    if (!(minus > 0 && minus < 1 && plus > 1))
      throw new ValueError(`Invalid eta values: ${etas.map((eta) => showOption(eta, true)).join(", ")}`);
    super(params, {
      lr,
      etas: Tuple.of_(etas),
      step_sizes: Tuple.of_(step_sizes),
      foreach,
      maximize,
      differentiable,
      capturable,
    });
  }

  override _stepOne(param: Tensor, gradient: Tensor, group: ParamGroup): void {
    requireNotCapturable(group);
    const state = this.state.of(param);
    if (!("step" in state)) {
      const lr = numberOf(group.lr);
      const first = param._value.dtype.kind === "complex" ? new Complex(lr, lr) : lr;
      Object.assign(state, {
        step: scalarState(0),
        prev: zeros_like(param.detach()),
        step_size: full_like(gradient, first),
      });
    }
    const [minus, plus] = (group.etas as number[]).map(numberOf) as [number, number];
    const [least, most] = (group.step_sizes as number[]).map(numberOf) as [number, number];
    countStep(state);
    const [p, g, prev, size] = realViews(
      param,
      group.maximize ? gradient.neg() : gradient,
      state.prev,
      state.step_size,
    );
    const sign = g.mul(prev).sign();
    const turned = sign.lt(0);
    size.mul_(sign.masked_fill(sign.gt(0), plus).masked_fill(turned, minus).masked_fill(sign.eq(0), 1));
    size.clamp_(least, most);
    // After a change of sign the parameter rests for one step.
    const kept = g.masked_fill(turned, 0);
    p.addcmul_(kept.sign(), size, { value: -1 });
    prev.copy_(kept);
  }
}

/**
 * `torch.optim.Rprop`: steps by the sign of the gradient, in sizes that grow by `etas[1]` while the sign stays and shrink by
 * `etas[0]` when it turns.
 */
export const Rprop = optimizerClass(
  "rprop.Rprop",
  "params lr etas step_sizes * capturable foreach maximize differentiable",
  RpropImpl,
);
export type Rprop = RpropImpl;
