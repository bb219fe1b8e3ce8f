import type { Matrix } from "../data/matrix.js";
import type { Learner } from "../learner/learner.js";
import { f32 } from "../numeric/float32.js";
import { approximateContributions, contributions } from "./contributions.js";

/**
 * Interaction values, rows × groups × (features + 1)²: half of what knowing one feature changes in another's contribution; the
 * diagonal is what is left of the feature's own.
 */
export function interactions(
  learner: Learner,
  matrix: Matrix,
  end: number,
  approximate: boolean,
): Float32Array {
  const wide = learner.numFeature + 1;
  const lines = matrix.info.numRow * learner.outputs;
  const out = new Float32Array(lines * wide * wide);
  const diagonal = (approximate ? approximateContributions : contributions)(learner, matrix, end);
  for (let f = 0; f < wide; f++) {
    const off = approximate ? diagonal : contributions(learner, matrix, end, -1, f);
    const on = approximate ? diagonal : contributions(learner, matrix, end, 1, f);
    for (let line = 0; line < lines; line++) {
      const to = (line * wide + f) * wide;
      const from = line * wide;
      for (let k = 0; k < wide; k++) {
        if (k === f) out[to + f]! += diagonal[from + k]!;
        else {
          out[to + k] = f32(on[from + k]! - off[from + k]!) / 2;
          out[to + f]! -= out[to + k]!;
        }
      }
    }
  }
  return out;
}
