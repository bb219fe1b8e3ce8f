import { asFloat, def, RuntimeError, repr, warn } from "@cognate/py";
import { noGrad } from "@cognate/tensor";
import { stack } from "../../ops/joining.js";
import { norm } from "../../ops/reduction.js";
import { tensor } from "../../tensor/factories.js";
import { Tensor } from "../../tensor/tensor.js";

/** A tensor, or any number of them. */
type Tensors = Tensor | Iterable<Tensor>;
type Norm = number | Number;

const listOf = (tensors: Tensors): Tensor[] => (tensors instanceof Tensor ? [tensors] : [...tensors]);
const gradsOf = (parameters: readonly Tensor[]): Tensor[] =>
  parameters.flatMap((p) => (p.grad === null ? [] : [p.grad]));

function totalNorm(tensors: readonly Tensor[], p: number, refuse: boolean): Tensor {
  if (tensors.length === 0) return tensor(asFloat(0));
  const total = norm(stack(tensors.map((t) => norm(t, p))), p);
  if (refuse && !Number.isFinite(Number(total.item())))
    throw new RuntimeError(
      `The total norm of order ${repr(asFloat(p))} for gradients from \`parameters\` is non-finite, so it cannot be clipped. To disable this error and scale the gradients by the non-finite norm anyway, set \`error_if_nonfinite=False\``,
    );
  return total;
}

function scale(grads: readonly Tensor[], most: number, total: Tensor): void {
  const factor = total.add(1e-6).rdiv(most).clamp({ max: 1 });
  for (const g of grads) g.mul_(factor);
}

/** The norm of the norms of tensors. @throws RuntimeError for a norm that is not finite, if asked to */
export const get_total_norm = def(
  "torch.nn.utils.get_total_norm",
  "tensors norm_type error_if_nonfinite foreach",
  (
    tensors: Tensors,
    norm_type: Norm = 2,
    error_if_nonfinite = false,
    _foreach: boolean | null = null,
  ): Tensor => noGrad(() => totalNorm(listOf(tensors), Number(norm_type), error_if_nonfinite)),
);

/** Scales gradients, in place, so that a norm that is `total_norm` becomes `max_norm` at most. */
export const clip_grads_with_norm_ = def(
  "torch.nn.utils.clip_grads_with_norm_",
  "parameters max_norm total_norm foreach",
  (parameters: Tensors, max_norm: Norm, total_norm: Tensor, _foreach: boolean | null = null): void =>
    noGrad(() => scale(gradsOf(listOf(parameters)), Number(max_norm), total_norm)),
);

/**
 * Scales the gradients of parameters, in place, so that their norm together is `max_norm` at most; gives the norm that
 * they had.
 *
 * @throws RuntimeError for a norm that is not finite, if asked to
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const w = torch.tensor([0.5, 1], { requires_grad: true });
 * w.mul(torch.tensor([3, 4])).sum().backward();
 * print(torch.nn.utils.clip_grad_norm_([w], 1), w.grad); // prints tensor(5.) tensor([0.6000, 0.8000])
 * ```
 */
export const clip_grad_norm_ = def(
  "torch.nn.utils.clip_grad_norm_",
  "parameters max_norm norm_type error_if_nonfinite foreach",
  (
    parameters: Tensors,
    max_norm: Norm,
    norm_type: Norm = 2,
    error_if_nonfinite = false,
    _foreach: boolean | null = null,
  ): Tensor =>
    noGrad(() => {
      const all = listOf(parameters);
      if (all.length === 0 && !Array.isArray(parameters))
        warn("`parameters` is an empty generator, no gradient clipping will occur.");
      const grads = gradsOf(all);
      const total = totalNorm(grads, Number(norm_type), error_if_nonfinite);
      scale(grads, Number(max_norm), total);
      return total;
    }),
);

/** Keeps the elements of the gradients of parameters, in place, within ±clip_value. */
export const clip_grad_value_ = def(
  "torch.nn.utils.clip_grad_value_",
  "parameters clip_value foreach",
  (parameters: Tensors, clip_value: Norm, _foreach: boolean | null = null): void =>
    noGrad(() => {
      const most = Number(clip_value);
      for (const g of gradsOf(listOf(parameters))) g.clamp_(-most, most);
    }),
);
