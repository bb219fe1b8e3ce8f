import type { SolverRandom } from "../solver/random.js";
import { ActiveSet, addRow, type LinearProblem, transposed } from "./problem.js";

const LINE_SEARCH = 20;

/**
 * min ‖w‖₁ + Σ Cᵢ max(0, 1 − yᵢ ⟨w, xᵢ⟩)² by coordinate descent over features.
 *
 * Source: G.-X. Yuan et al., "A Comparison of Optimization Methods and Software for Large-scale L1-regularized Linear
 * Classification" (2010).
 */
export function solveSparseClassifier(
  { x, y, cost }: LinearProblem,
  w: Float64Array,
  tolerance: number,
  maxIterations: number,
  random: SolverRandom,
): number {
  const n = y.length;
  const d = w.length;
  w.fill(0);
  const columns = transposed(x);
  const { data, indices, indptr } = columns;
  for (let k = 0; k < data.length; k++) data[k]! *= y[indices[k]!]! > 0 ? 1 : -1;
  /** 1 − y⟨w, x⟩ of each sample. */
  const slack = new Float64Array(n).fill(1);
  const weightOf = new Float64Array(d);
  for (let j = 0; j < d; j++)
    for (let k = indptr[j]!; k < indptr[j + 1]!; k++)
      weightOf[j]! += cost[indices[k]!]! * data[k]! * data[k]!;
  const set = new ActiveSet(d);
  let limit = Infinity;
  let first = -1;
  let iteration = 0;

  /** Moves along column j and adds up the loss of the samples in it, before and after. */
  const move = (j: number, by: number): readonly [before: number, after: number] => {
    let [before, after] = [0, 0];
    for (let k = indptr[j]!; k < indptr[j + 1]!; k++) {
      const i = indices[k]!;
      const old = slack[i]!;
      if (old > 0) before += cost[i]! * old * old;
      const next = old + by * data[k]!;
      slack[i] = next;
      if (next > 0) after += cost[i]! * next * next;
    }
    return [before, after];
  };

  while (iteration < maxIterations) {
    let [largest, total] = [0, 0];
    random.shuffle(set.order, set.size);
    for (let s = 0; s < set.size; s++) {
      const j = set.order[s]!;
      let [g, h] = [0, 0];
      for (let k = indptr[j]!; k < indptr[j + 1]!; k++) {
        const i = indices[k]!;
        if (slack[i]! > 0) {
          const scaled = cost[i]! * data[k]!;
          g -= scaled * slack[i]!;
          h += scaled * data[k]!;
        }
      }
      g *= 2;
      h = Math.max(2 * h, 1e-12);
      const [up, down] = [g + 1, g - 1];
      const own = w[j]!;
      let violation = 0;
      if (own === 0) {
        if (up < 0) violation = -up;
        else if (down > 0) violation = down;
        else if (up > limit / n && down < -limit / n) {
          set.drop(s--);
          continue;
        }
      } else violation = Math.abs(own > 0 ? up : down);
      largest = Math.max(largest, violation);
      total += violation;
      let step = up < h * own ? -up / h : down > h * own ? -down / h : -own;
      if (Math.abs(step) < 1e-12) continue;
      let promised = Math.abs(own + step) - Math.abs(own) + g * step;
      let taken = 0;
      let before = 0;
      let tries = 0;
      for (; tries < LINE_SEARCH; tries++) {
        const back = taken - step;
        const change = Math.abs(own + step) - Math.abs(own) - 0.01 * promised;
        if (weightOf[j]! * step * step + g * step + change <= 0) {
          addRow(columns, j, back, slack);
          break;
        }
        const [was, after] = move(j, back);
        if (tries === 0) before = was;
        if (change + after - before <= 0) break;
        taken = step;
        step *= 0.5;
        promised *= 0.5;
      }
      w[j] = own + step;
      if (tries >= LINE_SEARCH) {
        slack.fill(1);
        for (let c = 0; c < d; c++) if (w[c] !== 0) addRow(columns, c, -w[c]!, slack);
      }
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
