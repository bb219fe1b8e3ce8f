import type { TensorImpl } from "../tensor/tensor.js";
import type { Config, Evaluate, Result } from "./index.js";

const number = (c: Config, name: string, otherwise: number): number =>
  (c[name] as number | undefined) ?? otherwise;

/**
 * Limited-memory BFGS: several iterations a call, steps of fixed length (`learningRate`) or from a line search given as
 * `lineSearch(feval, x, t, d, f, g, gtd) → [f, g, x, t, evaluations]`.
 */
export function lbfgs(feval: Evaluate, x: TensorImpl, config: Config = {}, state: Config = config): Result {
  const maxIter = number(config, "maxIter", 20);
  const maxEval = number(config, "maxEval", maxIter * 1.25);
  const tolFun = number(config, "tolFun", 1e-5);
  const tolX = number(config, "tolX", 1e-9);
  const memory = number(config, "nCorrection", 100);
  const rate = number(config, "learningRate", 1);
  const search = config.lineSearch as
    | ((
        f: Evaluate,
        x: TensorImpl,
        t: number,
        d: TensorImpl,
        f0: number,
        g: TensorImpl,
        gtd: number,
      ) => [number, TensorImpl, TensorImpl, number, number])
    | undefined;
  state.funcEval ??= 0;
  state.nIter ??= 0;

  let [f, grad] = feval(x);
  const losses = [f];
  let evaluations = 1;
  state.funcEval = (state.funcEval as number) + 1;
  let g = grad.clone();
  let flatness = g.clone().abs().sum();
  if (flatness <= tolFun) return [x, losses];

  let d = state.d as TensorImpl;
  let t = state.t as number;
  let steps = (state.old_stps as TensorImpl[] | undefined) ?? [];
  let changes = (state.old_dirs as TensorImpl[] | undefined) ?? [];
  let scale = (state.Hdiag as number | undefined) ?? 1;
  let before = state.g_old as TensorImpl | undefined;
  let fBefore = state.f_old as number | undefined;
  let iterations = 0;
  while (iterations < maxIter) {
    iterations++;
    state.nIter = (state.nIter as number) + 1;
    if (state.nIter === 1 || !before) {
      d = g.clone().mul(-1);
      [steps, changes, scale] = [[], [], 1];
    } else {
      const y = g.clone().add(-1, before);
      const s = d.clone().mul(t);
      const ys = y.dot(s);
      if (ys > 1e-10) {
        if (changes.length === memory) {
          changes.shift();
          steps.shift();
        }
        steps.push(s);
        changes.push(y);
        scale = ys / y.dot(y);
      }
      d = direction(g, steps, changes, scale);
    }
    before = g.clone();
    fBefore = f;
    const gtd = g.dot(d);
    if (gtd > -tolX) break;
    t = state.nIter === 1 ? Math.min(1, 1 / g.clone().abs().sum()) * rate : rate;
    let used = 0;
    if (search) {
      const found = search(feval, x, t, d, f, g, gtd);
      [f, g] = [found[0], found[1].clone()];
      x.copy(found[2]);
      [t, used] = [found[3], found[4]];
    } else {
      x.add(t, d);
      if (iterations !== maxIter) {
        [f, grad] = feval(x);
        g = grad.clone();
        used = 1;
      }
    }
    losses.push(f);
    evaluations += used;
    state.funcEval = (state.funcEval as number) + used;
    if (iterations === maxIter || evaluations >= maxEval) break;
    flatness = g.clone().abs().sum();
    if (flatness <= tolFun) break;
    if (d.clone().mul(t).abs().sum() <= tolX) break;
    if (Math.abs(f - fBefore) < tolX) break;
  }
  Object.assign(state, {
    old_dirs: changes,
    old_stps: steps,
    Hdiag: scale,
    g_old: before,
    f_old: fBefore,
    t,
    d,
  });
  return [x, losses];
}

/** −H·g by the two loops over past steps and changes of the gradient. */
function direction(
  g: TensorImpl,
  steps: readonly TensorImpl[],
  changes: readonly TensorImpl[],
  scale: number,
): TensorImpl {
  const q = g.clone().mul(-1);
  const rho = changes.map((y, i) => 1 / y.dot(steps[i]!));
  const alpha: number[] = [];
  for (let i = changes.length - 1; i >= 0; i--) {
    alpha[i] = steps[i]!.dot(q) * rho[i]!;
    q.add(-alpha[i]!, changes[i]!);
  }
  q.mul(scale);
  changes.forEach((y, i) => q.add(alpha[i]! - y.dot(q) * rho[i]!, steps[i]!));
  return q;
}
