import { classNames, def, RuntimeError, ValueError } from "@cognate/py";
import { noGrad } from "@cognate/tensor";
import { zeros_like } from "../ops/creation.js";
import { randn_like } from "../random/factories.js";
import { Tensor } from "../tensor/tensor.js";
import { grad } from "./grad.js";
import { enable_grad } from "./grad-mode.js";

type Inputs = Tensor | readonly unknown[];
type Outputs = Tensor | readonly Tensor[];
type Func = (...inputs: never[]) => Outputs;

/** `torch.autograd.gradcheck.GradcheckError`: derivatives that do not fit the differences. */
export class GradcheckError extends RuntimeError {}
classNames.set(GradcheckError, "torch.autograd.gradcheck.GradcheckError");

const listOf = <T>(x: T | readonly T[]): T[] => (Array.isArray(x) ? [...(x as T[])] : [x as T]);
const wants = (x: unknown): x is Tensor => x instanceof Tensor && x.requires_grad;
const outputsOf = (func: Func, inputs: readonly unknown[]): Tensor[] =>
  listOf<Tensor>(func(...(inputs as never[])) as Tensor).filter((y) => y instanceof Tensor);

/** Central differences: one row an element of the input, one column an element of the output. */
function differences(
  func: Func,
  inputs: readonly unknown[],
  at: number,
  output: number,
  eps: number,
): Tensor {
  return noGrad(() => {
    const x = inputs[at] as Tensor;
    const n = x.numel();
    const moved = (k: number, by: number): Tensor => {
      const step = zeros_like(x).detach().reshape(-1);
      step.set([k], by);
      const place = x.detach().add(step.view(...x.shape));
      const all = inputs.map((own, i) => (i === at ? place : own));
      return outputsOf(func, all)[output]!.reshape(-1);
    };
    const m = outputsOf(func, inputs)[output]!.numel();
    const table = x.new_zeros(n, m);
    for (let k = 0; k < n; k++)
      table.set(
        [k],
        moved(k, eps)
          .sub(moved(k, -eps))
          .div(2 * eps),
      );
    return table;
  });
}

/** The same by backward passes. */
function derivatives(y: Tensor, x: Tensor): Tensor {
  const table = x.new_zeros(x.numel(), y.numel());
  const seeds = zeros_like(y).detach().reshape(-1);
  for (let k = 0; k < y.numel(); k++) {
    const seed = seeds.clone();
    seed.set([k], 1);
    const [g] = grad(y, x, seed.view(...y.shape), { retain_graph: true, allow_unused: true });
    if (g) table.set([":", k], g.reshape(-1));
  }
  return table;
}

/**
 * Whether the gradients of `func` at `inputs` (float64, wanting gradients) equal central differences.
 *
 * @param eps - the step of the differences
 * @throws GradcheckError with both tables where they do not, unless `raise_exception` is false
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const x = torch.tensor([0.5, 1.5], { dtype: torch.float64, requires_grad: true });
 * print(torch.autograd.gradcheck((x) => x.sin().mul(x), [x])); // prints True
 * ```
 */
export const gradcheck = def(
  "torch.autograd.gradcheck",
  "func inputs * eps atol rtol raise_exception nondet_tol check_undefined_grad check_grad_dtypes check_batched_grad check_backward_ad check_forward_ad fast_mode",
  (
    func: (...inputs: Tensor[]) => Outputs,
    inputs: Inputs,
    eps: number | Number = 1e-6,
    atol: number | Number = 1e-5,
    rtol: number | Number = 1e-3,
    raise_exception = true,
  ): boolean => {
    const all = listOf<unknown>(inputs as unknown);
    if (!all.some(wants))
      throw new ValueError(
        "gradcheck expects at least one input tensor to require gradient, but none of them have requires_grad=True.",
      );
    const ys = outputsOf(func as Func, all);
    for (const [j, y] of ys.entries())
      for (const [i, x] of all.entries()) {
        if (!wants(x)) continue;
        const numerical = differences(func as Func, all, i, j, Number(eps));
        const analytical = y.requires_grad ? derivatives(y, x) : zeros_like(numerical);
        if (analytical.allclose(numerical, { rtol: Number(rtol), atol: Number(atol) })) continue;
        if (!raise_exception) return false;
        throw new GradcheckError(
          `Jacobian mismatch for output ${j} with respect to input ${i},\nnumerical:${String(numerical)}\nanalytical:${String(analytical)}\n`,
        );
      }
    return true;
  },
);

/**
 * {@link gradcheck} of the gradients themselves.
 *
 * @param grad_outputs - the vectors of the vector-Jacobian product; random ones if left out
 */
export const gradgradcheck = def(
  "torch.autograd.gradgradcheck",
  "func inputs grad_outputs * eps atol rtol gen_non_contig_grad_outputs raise_exception",
  (
    func: (...inputs: Tensor[]) => Outputs,
    inputs: Inputs,
    grad_outputs: Outputs | null = null,
    eps: number | Number = 1e-6,
    atol: number | Number = 1e-5,
    rtol: number | Number = 1e-3,
    _gen_non_contig_grad_outputs = false,
    raise_exception = true,
  ): boolean => {
    const all = listOf<unknown>(inputs as unknown);
    const count = all.length;
    const vectors = grad_outputs
      ? listOf<Tensor>(grad_outputs as Tensor)
      : outputsOf(func as Func, all).map((y) => randn_like(y.detach()).requires_grad_());
    const first = (...args: Tensor[]): Tensor[] => {
      const seen = args
        .slice(0, count)
        .map((x, i) => (wants(all[i]) && !x.requires_grad ? x.detach().requires_grad_() : x));
      const ys = outputsOf(func as Func, seen);
      const xs = seen.filter(wants);
      const gs = args.slice(count);
      return [...grad(ys, xs, gs, { create_graph: true, allow_unused: true })].map(
        (g, i) => g ?? zeros_like(xs[i]!),
      );
    };
    return gradcheck((...args) => enable_grad(() => first(...args)), [...all, ...vectors] as never, {
      eps,
      atol,
      rtol,
      raise_exception,
    });
  },
);
