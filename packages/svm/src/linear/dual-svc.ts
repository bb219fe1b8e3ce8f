import type { SolverRandom } from "../solver/random.js";
import { ActiveSet, addRow, type LinearProblem, rowDot, rowSquare } from "./problem.js";

/**
 * The dual of the linear machine with hinge or squared hinge loss by coordinate descent; w receives the weights.
 *
 * min ½ αᵀ(Q + D)α − Σα, 0 ≤ α ≤ U, where D = 0, U = C for the hinge and D = 1/(2C), U = ∞ for its square.
 *
 * Source: C.-J. Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM" (2008), algorithm 3, with
 * LIBLINEAR's order and stopping rule.
 */
export function solveDualClassifier(
  { x, y, cost }: LinearProblem,
  w: Float64Array,
  squared: boolean,
  tolerance: number,
  maxIterations: number,
  random: SolverRandom,
): number {
  const n = y.length;
  w.fill(0);
  const alpha = new Float64Array(n);
  const ridge = Float64Array.from(cost, (c) => (squared ? 0.5 / c : 0));
  const curvature = Float64Array.from(ridge, (r, i) => rowSquare(x, i, r));
  const set = new ActiveSet(n);
  let [highest, lowest] = [Infinity, -Infinity];
  let iteration = 0;
  while (iteration < maxIterations) {
    let [top, bottom] = [-Infinity, Infinity];
    random.shuffle(set.order, set.size);
    for (let s = 0; s < set.size; s++) {
      const i = set.order[s]!;
      const sign = y[i]! > 0 ? 1 : -1;
      const upper = squared ? Infinity : cost[i]!;
      const a = alpha[i]!;
      const g = rowDot(x, i, w) * sign - 1 + a * ridge[i]!;
      let projected = 0;
      if (a === 0) {
        if (g > highest) {
          set.drop(s--);
          continue;
        }
        if (g < 0) projected = g;
      } else if (a === upper) {
        if (g < lowest) {
          set.drop(s--);
          continue;
        }
        if (g > 0) projected = g;
      } else projected = g;
      top = Math.max(top, projected);
      bottom = Math.min(bottom, projected);
      if (Math.abs(projected) > 1e-12) {
        alpha[i] = Math.min(Math.max(a - g / curvature[i]!, 0), upper);
        addRow(x, i, (alpha[i]! - a) * sign, w);
      }
    }
    iteration++;
    if (top - bottom <= tolerance) {
      if (set.whole) break;
      set.restore();
      [highest, lowest] = [Infinity, -Infinity];
      continue;
    }
    highest = top <= 0 ? Infinity : top;
    lowest = bottom >= 0 ? -Infinity : bottom;
  }
  return iteration;
}
