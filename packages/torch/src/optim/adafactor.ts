import { RuntimeError, Tuple } from "@cognate/py";
import { zeros, zeros_like } from "../ops/creation.js";
import type { Tensor } from "../tensor/tensor.js";
import {
  optimizerClass,
  ParameterwiseOptimizer,
  type ParamGroup,
  type ParamState,
  type Params,
} from "./optimizer.js";
import { type FloatOption, notNegative, numberOf, requireLr, requireOption } from "./options.js";
import { countStep, scalarState } from "./state.js";

/** The distance from 1 to the next number of each type. */
const EPSILON: Readonly<Record<string, number>> = {
  float16: 2 ** -10,
  bfloat16: 2 ** -7,
  float32: 2 ** -23,
  float64: 2 ** -52,
};

class AdafactorImpl extends ParameterwiseOptimizer {
  static override readonly _floats = ["lr", "initial_lr", "beta2_decay", "eps", "d", "weight_decay"];

  constructor(
    params: Params,
    lr: FloatOption = 1e-2,
    beta2_decay = -0.8,
    eps: readonly [number | null, number] = [null, 1e-3],
    d = 1,
    weight_decay = 0,
    foreach: boolean | null = null,
    maximize = false,
  ) {
    requireLr(lr, "Learning rate should be >= 0 but is");
    requireOption(beta2_decay, (x) => x <= 0, "beta2_decay should be <= 0 but is");
    if (eps[0] !== null) requireOption(eps[0], notNegative, "epsilon1 should be >= 0 but is");
    requireOption(eps[1], notNegative, "epsilon2 should be >= 0 but is");
    requireOption(d, (x) => x >= 1, "Clipping threshold d should be >= 1 but is");
    requireOption(weight_decay, notNegative, "weight_decay should be >= 0 but is");
    super(params, { lr, beta2_decay, eps: Tuple.of_(eps), d, weight_decay, foreach, maximize });
  }

  override _stepOne(param: Tensor, gradient: Tensor, group: ParamGroup): void {
    if (param._value.dtype.kind === "complex")
      throw new RuntimeError("Adafactor does not support complex parameters");
    const state = this.state.of(param);
    if (!("step" in state)) start(state, gradient);
    const grad = group.maximize ? gradient.neg() : gradient;
    const [first, second] = group.eps as unknown as [number | null, number];
    const least = first ?? EPSILON[param._value.dtype.name]!;
    const lr = numberOf(group.lr);
    const decay = numberOf(group.weight_decay);
    const step = countStep(state);
    const rms = (x: Tensor): number => numberOf(x.norm(2)) / x._value.size ** 0.5;
    const rate = Math.max(second, rms(param)) * Math.min(lr, 1 / step ** 0.5);
    if (decay !== 0) param.mul_(1 - lr * decay);
    const update = estimate(state, grad, step ** numberOf(group.beta2_decay), least)
      .clamp_({ min: least * least })
      .rsqrt_()
      .mul_(grad);
    param.add_(update, { alpha: -rate / Math.max(1, rms(update) / numberOf(group.d)) });
  }
}

/** A matrix's squares are remembered by their row and column means only. */
function start(state: ParamState, grad: Tensor): void {
  state.step = scalarState(0);
  if (grad.ndim < 2) {
    state.variance = zeros_like(grad);
    return;
  }
  const { shape, dtype } = grad;
  state.row_var = zeros([...shape.slice(0, -1), 1], { dtype });
  state.col_var = zeros([...shape.slice(0, -2), 1, shape[shape.length - 1]!], { dtype });
}

/** The running estimate of the squared gradient. */
function estimate(state: ParamState, grad: Tensor, weight: number, least: number): Tensor {
  if (grad.ndim < 2) return (state.variance as Tensor).lerp_(grad.mul(grad), weight).clone();
  const [rows, columns] = [state.row_var, state.col_var] as [Tensor, Tensor];
  const meanSquare = (dim: number): Tensor =>
    grad
      .norm({ dim, keepdim: true })
      .square_()
      .div_(grad.shape[grad.ndim + dim]!);
  rows.lerp_(meanSquare(-1), weight);
  columns.lerp_(meanSquare(-2), weight);
  return rows.matmul(columns).div_(rows.mean({ dim: -2, keepdim: true }).clamp_({ min: least }));
}

/**
 * `torch.optim.Adafactor`: steps by the gradient over the root of its mean square, which for matrices is kept as the
 * product of row and column means; the rate follows the size of the parameter.
 *
 * Source: Shazeer and Stern, "Adafactor: Adaptive Learning Rates with Sublinear Memory Cost".
 */
export const Adafactor = optimizerClass(
  "_adafactor.Adafactor",
  "params lr beta2_decay eps d weight_decay * foreach maximize",
  AdafactorImpl,
);
export type Adafactor = AdafactorImpl;
