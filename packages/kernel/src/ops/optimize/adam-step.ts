import { fastAdamStep } from "../../wasm/kernels/optimize.js";
import { type Elements, stepOver } from "../engines/slots.js";
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
  run: (operands, p: AdamStepParams) =>
    stepOver(
      "adamStep",
      operands,
      3,
      (inputs, outputs, n) => (inputs[0] instanceof Float32Array ? rounded : plain)(inputs, outputs, n, p),
      (inputs, outputs) => fastAdamStep(inputs, outputs, p),
    ),
  noGradient: "a step of an optimizer is an end of a graph",
  samples: [
    {
      inputs: [[2, 3], [2, 3], [2, 3], { shape: [2, 3], range: [0.1, 1] }],
      params: { share1: 0.1, share2: 0.001, rate: 0.01, epsilon: 1e-7 },
    },
  ],
  source: "D. Kingma, J. Ba, Adam: A Method for Stochastic Optimization (2014), end of section 2",
});

type Loop = (inputs: readonly Elements[], outputs: readonly Elements[], n: number, p: AdamStepParams) => void;

const plain: Loop = ([p, g, m, v], [q, a, w], n, { share1, share2, rate, epsilon }) => {
  for (let i = 0; i < n; i++) {
    const d = g![i]!;
    a![i] = m![i]! + (d - m![i]!) * share1;
    w![i] = v![i]! + (d * d - v![i]!) * share2;
    q![i] = p![i]! - (a![i]! * rate) / (Math.sqrt(w![i]!) + epsilon);
  }
};

const { fround } = Math;
/** Zero for numbers below the least normal float32: means of gradients that stay away fade to those, on which processors are slow. */
const normal = (x: number): number => (Math.abs(x) < 1.1754943508222875e-38 ? 0 : x);
/** Every operation rounded to float32, as frameworks that run them one by one do. */
const rounded: Loop = ([p, g, m, v], [q, a, w], n, params) => {
  const [share1, share2] = [fround(params.share1), fround(params.share2)];
  const [rate, epsilon] = [fround(params.rate), fround(params.epsilon)];
  for (let i = 0; i < n; i++) {
    const d = g![i]!;
    const mean = normal(fround(m![i]! + fround(fround(d - m![i]!) * share1)));
    const square = normal(fround(v![i]! + fround(fround(fround(d * d) - v![i]!) * share2)));
    const root = fround(fround(Math.sqrt(square)) + epsilon);
    a![i] = mean;
    w![i] = square;
    q![i] = p![i]! - fround(fround(mean * rate) / root);
  }
};
