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
  run: (operands, params: RmspropStepParams) =>
    stepOver("rmspropStep", operands, 2, ([p, g, v], [q, kept], n) => {
      // Every operation is rounded to float32, as frameworks that run them one by one do.
      const round: (x: number) => number = p instanceof Float32Array ? Math.fround : (x) => x;
      const [rho, rest] = [round(params.rho), round(1 - params.rho)];
      const [rate, epsilon] = [round(params.rate), round(params.epsilon)];
      for (let i = 0; i < n; i++) {
        const d = g![i]!;
        const square = round(round(rho * v![i]!) + round(rest * round(d * d)));
        kept![i] = square;
        q![i] = p![i]! - round(round(rate * d) / round(Math.sqrt(round(square + epsilon))));
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
