import type { SolverRandom } from "../solver/random.js";
import { ActiveSet, addRow, type LinearProblem, rowSquare } from "./problem.js";

/**
 * The dual of linear regression with ε-insensitive loss, or its square, by coordinate descent.
 *
 * min ½ βᵀ(Q + D)β + ε Σ|β| − yᵀβ, −U ≤ β ≤ U.
 *
 * Source: C.-H. Ho, C.-J. Lin, "Large-scale Linear Support Vector Regression" (2012), algorithm 4.
 */
export function solveDualRegressor(
  { x, y, cost }: LinearProblem,
  w: Float64Array,
  squared: boolean,
  epsilon: number,
  tolerance: number,
  maxIterations: number,
  random: SolverRandom,
): number {
  const n = y.length;
  w.fill(0);
  const beta = new Float64Array(n);
  const ridge = Float64Array.from(cost, (c) => (squared ? 0.5 / c : 0));
  const square = Float64Array.from(cost, (_, i) => rowSquare(x, i));
  const set = new ActiveSet(n);
  const { data, indices, indptr } = x;
  let limit = Infinity;
  let first = -1;
  let iteration = 0;
  while (iteration < maxIterations) {
    let [largest, total] = [0, 0];
    random.shuffle(set.order, set.size);
    for (let s = 0; s < set.size; s++) {
      const i = set.order[s]!;
      const b = beta[i]!;
      const upper = squared ? Infinity : cost[i]!;
      let g = -y[i]! + ridge[i]! * b;
      for (let k = indptr[i]!; k < indptr[i + 1]!; k++) g += data[k]! * w[indices[k]!]!;
      const h = square[i]! + ridge[i]!;
      const [up, down] = [g + epsilon, g - epsilon];
      let violation = 0;
      if (b === 0) {
        if (up < 0) violation = -up;
        else if (down > 0) violation = down;
        else if (up > limit && down < -limit) {
          set.drop(s--);
          continue;
        }
      } else if (b >= upper) {
        if (up > 0) violation = up;
        else if (up < -limit) {
          set.drop(s--);
          continue;
        }
      } else if (b <= -upper) {
        if (down < 0) violation = -down;
        else if (down > limit) {
          set.drop(s--);
          continue;
        }
      } else violation = Math.abs(b > 0 ? up : down);
      largest = Math.max(largest, violation);
      total += violation;
      const step = up < h * b ? -up / h : down > h * b ? -down / h : -b;
      if (Math.abs(step) < 1e-12) continue;
      beta[i] = Math.min(Math.max(b + step, -upper), upper);
      const moved = beta[i]! - b;
      if (moved !== 0) addRow(x, i, moved, w);
    }
    if (iteration === 0) first = total;
    iteration++;
    if (total <= tolerance * first) {
      if (set.whole) break;
      set.restore();
      limit = Infinity;
      continue;
    }
    limit = largest;
  }
  return iteration;
}
