import { stepOver } from "../engines/slots.js";
import { defineOp } from "../row.js";

export interface AdamStepParams {
  /** Shares of the new in the moving means: 1 − β₁, 1 − β₂. */
  readonly share1: number;
  readonly share2: number;
  /** The rate, corrected for the means' start at zero. */
  readonly rate: number;
  readonly epsilon: number;
}

/**
 * A step of Adam: m ← m + (g − m)(1 − β₁), v ← v + (g² − v)(1 − β₂), p ← p − η·m / (√v + ε).
 */
export const adamStep = defineOp({
  name: "adamStep",
  inputs: ["p", "g", "m", "v"],
  outputs: ["p", "m", "v"],
  dtype: "float",
  run: (operands, { share1, share2, rate, epsilon }: AdamStepParams) =>
    stepOver("adamStep", operands, 3, ([p, g, m, v], [q, n, w], size) => {
      for (let i = 0; i < size; i++) {
        const d = g![i]!;
        n![i] = m![i]! + (d - m![i]!) * share1;
        w![i] = v![i]! + (d * d - v![i]!) * share2;
        q![i] = p![i]! - (n![i]! * rate) / (Math.sqrt(w![i]!) + epsilon);
      }
    }),
  noGradient: "a step of an optimizer is an end of a graph",
  samples: [
    {
      inputs: [[2, 3], [2, 3], [2, 3], { shape: [2, 3], range: [0.1, 1] }],
      params: { share1: 0.1, share2: 0.001, rate: 0.01, epsilon: 1e-7 },
    },
  ],
  source: "D. Kingma, J. Ba, Adam: A Method for Stochastic Optimization (2014), end of section 2",
});
