import { stepOver } from "../engines/slots.js";
import { defineOp } from "../row.js";

export interface MomentumStepParams {
  readonly rate: number;
  readonly momentum: number;
  readonly nesterov: boolean;
}

/**
 * A step of gradient descent with a velocity: m ← µ·m − η·g, then p ← p + m, or p ← p + µ·m − η·g (Nesterov).
 */
export const momentumStep = defineOp({
  name: "momentumStep",
  inputs: ["p", "g", "m"],
  outputs: ["p", "m"],
  dtype: "float",
  run: (operands, { rate, momentum, nesterov }: MomentumStepParams) =>
    stepOver("momentumStep", operands, 2, ([p, g, m], [q, n], size) => {
      for (let i = 0; i < size; i++) {
        n![i] = m![i]! * momentum - g![i]! * rate;
        q![i] = p![i]! + (nesterov ? n![i]! * momentum - g![i]! * rate : n![i]!);
      }
    }),
  noGradient: "a step of an optimizer is an end of a graph",
  samples: [
    {
      inputs: [
        [2, 3],
        [2, 3],
        [2, 3],
      ],
      params: { rate: 0.1, momentum: 0.9, nesterov: false },
    },
    { inputs: [[3], [3], [3]], params: { rate: 0.1, momentum: 0.9, nesterov: true } },
  ],
});
