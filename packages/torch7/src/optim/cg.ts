import type { TensorImpl } from "../tensor/tensor.js";
import type { Config, Evaluate } from "./index.js";

const number = (c: Config, name: string, otherwise: number): number =>
  (c[name] as number | undefined) ?? otherwise;

/**
 * Conjugate gradients after Polak and Ribière with a line search by cubic and quadratic steps under the Wolfe conditions
 * (C. E. Rasmussen's `minimize`).
 *
 * @returns x, the losses after each line search, and how many evaluations there were
 */
export function cg(feval: Evaluate, x: TensorImpl, config: Config = {}): [TensorImpl, number[], number] {
  const rho = number(config, "rho", 0.01);
  const sig = number(config, "sig", 0.5);
  const [int, ext] = [number(config, "int", 0.1), number(config, "ext", 3)];
  const most = number(config, "maxEval", (number(config, "maxIter", 20) || 20) * 25);
  const maxIter = number(config, "maxIter", 20);
  const ratio = number(config, "ratio", 100);

  const at = (): [number, TensorImpl] => {
    const [f, g] = feval(x);
    evaluations++;
    return [f, g.clone()];
  };
  let evaluations = 0;
  let [f1, g1] = at();
  const losses = [f1];
  let s = g1.clone().mul(-1);
  let d1 = -s.dot(s);
  let z1 = 1 / (1 - d1);
  let failed = false;
  for (let i = 0; i < maxIter && evaluations < most; i++) {
    const [x0, f0, g0] = [x.clone(), f1, g1.clone()];
    x.add(z1, s);
    let [f2, g2] = at();
    let d2 = g2.dot(s);
    let [f3, d3, z3] = [f1, d1, -z1];
    let left = 20;
    let limit = -1;
    let success = false;
    for (;;) {
      while ((f2 > f1 + z1 * rho * d1 || d2 > -sig * d1) && left > 0) {
        limit = z1;
        let z2: number;
        if (f2 > f1) z2 = z3 - (0.5 * d3 * z3 * z3) / (d3 * z3 + f2 - f3);
        else {
          const a = (6 * (f2 - f3)) / z3 + 3 * (d2 + d3);
          const b = 3 * (f3 - f2) - z3 * (d3 + 2 * d2);
          z2 = (Math.sqrt(b * b - a * d2 * z3 * z3) - b) / a;
        }
        if (!Number.isFinite(z2)) z2 = z3 / 2;
        z2 = Math.max(Math.min(z2, int * z3), (1 - int) * z3);
        z1 += z2;
        x.add(z2, s);
        [f2, g2] = at();
        left--;
        d2 = g2.dot(s);
        z3 -= z2;
      }
      if (f2 > f1 + z1 * rho * d1 || d2 > -sig * d1) break;
      if (d2 > sig * d1) {
        success = true;
        break;
      }
      if (left === 0) break;
      const a = (6 * (f2 - f3)) / z3 + 3 * (d2 + d3);
      const b = 3 * (f3 - f2) - z3 * (d3 + 2 * d2);
      let z2 = (-d2 * z3 * z3) / (b + Math.sqrt(b * b - a * d2 * z3 * z3));
      if (!Number.isFinite(z2) || z2 < 0) z2 = limit < -0.5 ? z1 * (ext - 1) : (limit - z1) / 2;
      else if (limit > -0.5 && z2 + z1 > limit) z2 = (limit - z1) / 2;
      else if (limit < -0.5 && z2 + z1 > z1 * ext) z2 = z1 * (ext - 1);
      else if (z2 < -z3 * int) z2 = -z3 * int;
      else if (limit > -0.5 && z2 < (limit - z1) * (1 - int)) z2 = (limit - z1) * (1 - int);
      [f3, d3, z3] = [f2, d2, -z2];
      z1 += z2;
      x.add(z2, s);
      [f2, g2] = at();
      left--;
      d2 = g2.dot(s);
    }
    if (success) {
      f1 = f2;
      losses.push(f1);
      s.mul((g2.dot(g2) - g1.dot(g2)) / g1.dot(g1)).add(-1, g2);
      [g1, g2] = [g2, g1];
      d2 = g1.dot(s);
      if (d2 > 0) {
        s = g1.clone().mul(-1);
        d2 = -s.dot(s);
      }
      z1 *= Math.min(ratio, d1 / (d2 - Number.MIN_VALUE));
      d1 = d2;
      failed = false;
    } else {
      x.copy(x0);
      [f1, g1] = [f0, g0];
      if (failed) break;
      [g1, g2] = [g2, g1];
      s = g1.clone().mul(-1);
      d1 = -s.dot(s);
      z1 = 1 / (1 - d1);
      failed = true;
    }
  }
  return [x, losses, evaluations];
}
