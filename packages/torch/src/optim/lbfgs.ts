import { AssertionError, RuntimeError, ValueError } from "@cognate/py";
import { noGrad, withMode } from "@cognate/tensor";
import { keywordMethods } from "../nn/module/keywords.js";
import { zeros_like } from "../ops/creation.js";
import { cat } from "../ops/joining.js";
import type { Tensor } from "../tensor/tensor.js";
import { realViews } from "./complex.js";
import { OptimizerImpl, optimizerClass, type Params } from "./optimizer.js";
import { type FloatOption, numberOf, requireLr } from "./options.js";
import { strongWolfe } from "./strong-wolfe.js";

/** What is kept between steps, with the first parameter, under PyTorch's names. */
interface Memory {
  func_evals: number;
  n_iter: number;
  /** Room for one factor a remembered pair. */
  al?: (Tensor | null)[];
  d: Tensor;
  t: number | Tensor;
  /** Differences of gradients and of parameters, newest last, and 1 / their products. */
  old_dirs: Tensor[];
  old_stps: Tensor[];
  ro: Tensor[];
  H_diag: number | Tensor;
  prev_flat_grad: Tensor | null;
  prev_loss: number;
}

class LBFGSImpl extends OptimizerImpl {
  constructor(
    params: Params,
    lr: FloatOption = 1,
    max_iter = 20,
    max_eval: number | null = null,
    tolerance_grad = 1e-7,
    tolerance_change = 1e-9,
    history_size = 100,
    line_search_fn: "strong_wolfe" | null = null,
  ) {
    requireLr(lr);
    super(params, {
      lr,
      max_iter,
      max_eval: max_eval ?? Math.floor((max_iter * 5) / 4),
      tolerance_grad,
      tolerance_change,
      history_size,
      line_search_fn,
    });
    if (this.param_groups.length !== 1)
      throw new ValueError("LBFGS doesn't support per-parameter options (parameter groups)");
  }

  /** Moves along one quasi-Newton direction after another, evaluating `closure` each time; gives the first loss. */
  override step(closure: () => unknown): unknown {
    if (this.param_groups.length !== 1)
      throw new AssertionError(`Expected exactly one param_group, but got ${this.param_groups.length}`);
    return noGrad(() => this._minimize(() => withMode({ grad: true }, closure)));
  }

  _minimize(closure: () => unknown): unknown {
    const group = this.param_groups[0]!;
    const { params } = group;
    const option = (name: string): number => numberOf(group[name]);
    const lr = group.lr as number | Tensor;
    const [maxIterations, maxEvaluations] = [option("max_iter"), option("max_eval")];
    const [flatEnough, changeEnough] = [option("tolerance_grad"), option("tolerance_change")];
    const kept = this.state.of(params[0]!);
    kept.func_evals ??= 0;
    kept.n_iter ??= 0;
    const memory = kept as unknown as Memory;

    const first = closure();
    let loss = numberOf(first);
    let grad = flatGradient(params);
    let evaluations = 1;
    memory.func_evals++;
    let flat = largest(grad) <= flatEnough;
    if (flat) return first;

    for (let i = 1; i <= maxIterations; i++) {
      memory.n_iter++;
      memory.d = direction(memory, grad, option("history_size"));
      if (memory.prev_flat_grad) memory.prev_flat_grad.copy_(grad);
      else memory.prev_flat_grad = grad.clone();
      memory.prev_loss = loss;
      memory.t = memory.n_iter === 1 ? firstStep(grad, lr) : lr;
      const { d } = memory;
      const slope = numberOf(grad.dot(d));
      if (slope > -changeEnough) break;
      let calls = 0;
      if (group.line_search_fn !== null) {
        if (group.line_search_fn !== "strong_wolfe")
          throw new RuntimeError("only 'strong_wolfe' is supported");
        const origin = params.map((p) => p.clone());
        const evaluate = (t: number): { f: number; g: Tensor } => {
          move(params, t, d);
          const f = numberOf(closure());
          const g = flatGradient(params);
          params.forEach((p, k) => void p.copy_(origin[k]!));
          return { f, g };
        };
        const start = { t: numberOf(memory.t), f: loss, g: grad, slope };
        const found = strongWolfe(evaluate, d, start, maxEvaluations - evaluations);
        loss = found.f;
        grad = found.g;
        memory.t = found.t;
        calls = found.evaluations;
        move(params, memory.t, d);
        flat = largest(grad) <= flatEnough;
      } else {
        move(params, memory.t, d);
        // Another evaluation is of use only if another iteration follows.
        if (i !== maxIterations) {
          loss = numberOf(closure());
          grad = flatGradient(params);
          flat = largest(grad) <= flatEnough;
          calls = 1;
        }
      }
      evaluations += calls;
      memory.func_evals += calls;
      if (i === maxIterations || evaluations >= maxEvaluations || flat) break;
      if (largest(d.mul(memory.t)) <= changeEnough) break;
      if (Math.abs(loss - memory.prev_loss) < changeEnough) break;
    }
    return first;
  }
}
keywordMethods("LBFGS", LBFGSImpl, { step: "closure" });

const largest = (x: Tensor): number => numberOf(x.abs().max());

/** All gradients behind each other; complex ones as pairs. */
function flatGradient(params: readonly Tensor[]): Tensor {
  return cat(params.map((p) => realViews(p, p.grad ?? zeros_like(p))[1].reshape(-1)));
}

/** Adds t·d to the parameters. */
function move(params: readonly Tensor[], t: number | Tensor, d: Tensor): void {
  let at = 0;
  for (const p of params) {
    const [x] = realViews(p);
    const n = x._value.size;
    x.add_(d.at(`${at}:${at + n}`).view(x.shape), { alpha: numberOf(t) });
    at += n;
  }
}

/** 1 / Σ|g| where that is less than 1, times lr. */
function firstStep(grad: Tensor, lr: number | Tensor): number | Tensor {
  const inverse = grad.abs().sum().reciprocal();
  return numberOf(inverse) < 1 ? inverse.mul(lr) : lr;
}

/** The quasi-Newton direction −H·g by the two-loop recursion, after noting what the last step told of H. */
function direction(memory: Memory, grad: Tensor, historySize: number): Tensor {
  if (memory.n_iter === 1) {
    Object.assign(memory, { old_dirs: [], old_stps: [], ro: [], H_diag: 1 });
    return grad.neg();
  }
  const { old_dirs, old_stps, ro } = memory;
  const y = grad.sub(memory.prev_flat_grad!);
  const s = memory.d.mul(memory.t);
  const product = y.dot(s);
  if (numberOf(product) > 1e-10) {
    if (old_dirs.length === historySize) for (const list of [old_dirs, old_stps, ro]) list.shift();
    old_dirs.push(y);
    old_stps.push(s);
    ro.push(product.reciprocal());
    memory.H_diag = product.div(y.dot(y));
  }
  memory.al ??= new Array<Tensor | null>(historySize).fill(null);
  const { al } = memory;
  const q = grad.neg();
  for (let i = old_dirs.length - 1; i >= 0; i--) {
    const factor = old_stps[i]!.dot(q).mul(ro[i]!);
    al[i] = factor;
    q.add_(old_dirs[i]!, { alpha: -numberOf(factor) });
  }
  const r = q.mul(memory.H_diag);
  for (let i = 0; i < old_dirs.length; i++) {
    const other = old_dirs[i]!.dot(r).mul(ro[i]!);
    r.add_(old_stps[i]!, { alpha: numberOf(al[i]!.sub(other)) });
  }
  return r;
}

/**
 * `torch.optim.LBFGS`: quasi-Newton steps from a history of gradients; `step` needs a closure that computes the loss anew.
 *
 * @param line_search_fn - `"strong_wolfe"`, or `null` for steps of size lr
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const w = torch.tensor([1.5, -2], { requires_grad: true });
 * const opt = torch.optim.LBFGS([w], { line_search_fn: "strong_wolfe" });
 * opt.step(() => {
 *   opt.zero_grad();
 *   const loss = w.sub(torch.tensor([0.5, 3])).pow(2).sum();
 *   loss.backward();
 *   return loss;
 * });
 * print(w.detach()); // prints tensor([0.5000, 3.0000])
 * ```
 */
export const LBFGS = optimizerClass(
  "lbfgs.LBFGS",
  "params lr max_iter max_eval tolerance_grad tolerance_change history_size line_search_fn",
  LBFGSImpl,
);
export type LBFGS = LBFGSImpl;
