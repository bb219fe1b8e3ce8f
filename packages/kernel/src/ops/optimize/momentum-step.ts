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
  run: (operands, params: MomentumStepParams) =>
    stepOver("momentumStep", operands, 2, ([p, g, m], [q, kept], n) => {
      // Every operation is rounded to float32, as frameworks that run them one by one do.
      const round: (x: number) => number = p instanceof Float32Array ? Math.fround : (x) => x;
      const [rate, momentum] = [round(params.rate), round(params.momentum)];
      for (let i = 0; i < n; i++) {
        const down = round(g![i]! * rate);
        const v = round(round(m![i]! * momentum) - down);
        kept![i] = v;
        q![i] = p![i]! + (params.nesterov ? round(round(v * momentum) - down) : v);
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
