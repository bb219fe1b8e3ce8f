import { stepOver } from "../engines/slots.js";
import { defineOp } from "../row.js";

export interface RmspropStepParams {
  readonly rho: number;
  readonly rate: number;
  readonly epsilon: number;
}

/** A step by the gradient over the root of the moving mean of its square: v ← ρ·v + (1 − ρ)·g², p ← p − η·g / √(v + ε). */
export const rmspropStep = defineOp({
  name: "rmspropStep",
  inputs: ["p", "g", "v"],
  outputs: ["p", "v"],
  dtype: "float",
  run: (operands, { rho, rate, epsilon }: RmspropStepParams) =>
    stepOver("rmspropStep", operands, 2, ([p, g, v], [q, w], size) => {
      for (let i = 0; i < size; i++) {
        const d = g![i]!;
        w![i] = rho * v![i]! + (1 - rho) * (d * d);
        q![i] = p![i]! - (rate * d) / Math.sqrt(w![i]! + epsilon);
      }
    }),
  noGradient: "a step of an optimizer is an end of a graph",
  samples: [
    {
      inputs: [[2, 3], [2, 3], { shape: [2, 3], range: [0.1, 1] }],
      params: { rho: 0.9, rate: 0.01, epsilon: 1e-7 },
    },
  ],
});
