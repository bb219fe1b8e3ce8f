import type { Value } from "../value.js";

const LAMBDA = 1.0507009873554805;
const LAMBDA_ALPHA = 1.7580993408473766;

const hardSigmoid =
  (slope: number) =>
  (x: Value): Value =>
    x.mul(slope).add(0.5).clampMin(0).clampMax(1);

/** The functions that gates and candidates of recurrent ops may have. */
export const GATE_FUNCTIONS = {
  sigmoid: (x) => x.sigmoid(),
  tanh: (x) => x.tanh(),
  // Gradients are multiplied by the slope, as kernels do it: NaN stays NaN where that is 0.
  relu: (x) => x.mul(x.gt(0).cast({ dtype: x.dtype })).where(x.ne(Number.NEGATIVE_INFINITY), 0),
  linear: (x) => x,
  /** x/6 + ½ between 0 and 1. */
  hardSigmoid: hardSigmoid(1 / 6),
  /** x/5 + ½ between 0 and 1, as older libraries have it. */
  hardSigmoid5: hardSigmoid(0.2),
  softsign: (x) => x.softsign(),
  softplus: (x) => x.softplus({}),
  exponential: (x) => x.exp(),
  elu: (x) => x.where(x.gt(0), x.clampMax(0).expm1()),
  selu: (x) => x.mul(LAMBDA).where(x.gt(0), x.clampMax(0).expm1().mul(LAMBDA_ALPHA)),
} as const satisfies Record<string, (x: Value) => Value>;

/** The name of a gate function. */
export type GateActivation = keyof typeof GATE_FUNCTIONS;
