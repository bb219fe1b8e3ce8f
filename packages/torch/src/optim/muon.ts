import { Tuple, ValueError } from "@cognate/py";
import { addmm } from "../ops/contraction.js";
import { zeros_like } from "../ops/creation.js";
import type { Tensor } from "../tensor/tensor.js";
import { optimizerClass, ParameterwiseOptimizer, type ParamGroup, type Params } from "./optimizer.js";
import { type FloatOption, notNegative, numberOf, requireLr, requireOption } from "./options.js";

class MuonImpl extends ParameterwiseOptimizer {
  static override readonly _floats = [
    "lr",
    "initial_lr",
    "weight_decay",
    "momentum",
    "ns_coefficients",
    "eps",
  ];

  constructor(
    params: Params,
    lr: FloatOption = 1e-3,
    weight_decay = 0.1,
    momentum = 0.95,
    nesterov = true,
    ns_coefficients: readonly [number, number, number] = [3.4445, -4.775, 2.0315],
    eps = 1e-7,
    ns_steps = 5,
    adjust_lr_fn: "original" | "match_rms_adamw" | null = null,
  ) {
    requireLr(lr, "Learning rate should be >= 0 but is");
    requireOption(momentum, notNegative, "momentum should be >= 0 but is");
    requireOption(weight_decay, notNegative, "weight decay should be >= 0 but is");
    if (adjust_lr_fn !== null && adjust_lr_fn !== "original" && adjust_lr_fn !== "match_rms_adamw")
      throw new ValueError(`Adjust learning rate function ${String(adjust_lr_fn)} is not supported`);
    super(params, {
      lr,
      weight_decay,
      momentum,
      nesterov,
      ns_coefficients: Tuple.of_(ns_coefficients),
      eps,
      ns_steps,
      adjust_lr_fn,
    });
    for (const group of this.param_groups)
      for (const p of group.params)
        if (p.ndim !== 2)
          throw new ValueError(
            `Muon only supports 2D parameters whereas we found a parameter with size: ${p.shape}`,
          );
  }

  override _stepOne(param: Tensor, grad: Tensor, group: ParamGroup): void {
    const state = this.state.of(param);
    state.momentum_buffer ??= zeros_like(grad);
    const buf = state.momentum_buffer as Tensor;
    const [lr, momentum] = [numberOf(group.lr), numberOf(group.momentum)];
    buf.lerp_(grad, 1 - momentum);
    const update = orthogonalized(group.nesterov ? grad.lerp(buf, momentum) : buf, group);
    param.mul_(1 - lr * numberOf(group.weight_decay));
    param.add_(update, { alpha: -lr * rateFactor(param.shape, group.adjust_lr_fn) });
  }
}

/** How the rate depends on the shape of the matrix. */
function rateFactor(shape: readonly number[], kind: unknown): number {
  const [rows, columns] = shape as [number, number];
  return kind === "match_rms_adamw"
    ? 0.2 * Math.sqrt(Math.max(rows, columns))
    : Math.sqrt(Math.max(1, rows / columns));
}

/** The nearest orthogonal matrix, roughly: a quintic Newton-Schulz iteration in bfloat16. */
function orthogonalized(matrix: Tensor, group: ParamGroup): Tensor {
  const steps = numberOf(group.ns_steps);
  if (steps >= 100)
    throw new ValueError("Number of steps must be less than 100 for computational efficiency");
  const [a, b, c] = group.ns_coefficients as unknown as [number, number, number];
  const tall = matrix.shape[0]! > matrix.shape[1]!;
  let x = matrix.bfloat16().clone();
  if (tall) x = x.t();
  x.div_(x.norm().clamp({ min: numberOf(group.eps) }));
  for (let i = 0; i < steps; i++) {
    const gram = x.matmul(x.t());
    const update = fused(gram, gram, gram, b, c);
    x = fused(x, update, x, a);
  }
  return tall ? x.t() : x;
}

/** βx + αab, rounded to bfloat16 once. */
const fused = (x: Tensor, a: Tensor, b: Tensor, beta: number, alpha = 1): Tensor =>
  addmm(x.float(), a.float(), b.float(), { beta, alpha }).bfloat16();

/**
 * `torch.optim.Muon`: momentum whose update matrix is orthogonalised by a Newton-Schulz iteration; for matrices only.
 *
 * Source: Jordan et al., "Muon: An optimizer for hidden layers in neural networks".
 */
export const Muon = optimizerClass(
  "_muon.Muon",
  "params lr weight_decay momentum nesterov ns_coefficients eps ns_steps adjust_lr_fn",
  MuonImpl,
);
export type Muon = MuonImpl;
