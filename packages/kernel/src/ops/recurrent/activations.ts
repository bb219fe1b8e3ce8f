import type { Value } from "../value.js";

/** A function of one number with its slope told from its value, and the same on arrays that remember. */
interface GateFunction {
  of(x: number): number;
  /** The derivative where the function has the value y. */
  slope(y: number): number;
  onValue(x: Value): Value;
}

const LAMBDA = 1.0507009873554805;
const LAMBDA_ALPHA = 1.7580993408473766;

const hardSigmoid = (slope: number): GateFunction => ({
  of: (x) => Math.min(1, Math.max(0, slope * x + 0.5)),
  slope: (y) => (y > 0 && y < 1 ? slope : 0),
  onValue: (x) => x.mul(slope).add(0.5).clampMin(0).clampMax(1),
});

/** The functions that gates and candidates of recurrent ops may have: all whose slope follows from their value. */
export const GATE_FUNCTIONS = {
  sigmoid: {
    of: (x) => 1 / (1 + Math.exp(-x)),
    slope: (y) => y * (1 - y),
    onValue: (x) => x.sigmoid(),
  },
  tanh: { of: Math.tanh, slope: (y) => 1 - y * y, onValue: (x) => x.tanh() },
  relu: {
    of: (x) => Math.max(0, x),
    slope: (y) => (y > 0 ? 1 : 0),
    onValue: (x) => x.where(x.gt(0), 0),
  },
  linear: { of: (x) => x, slope: () => 1, onValue: (x) => x },
  /** x/6 + ½ between 0 and 1. */
  hardSigmoid: hardSigmoid(1 / 6),
  /** x/5 + ½ between 0 and 1, as older libraries have it. */
  hardSigmoid5: hardSigmoid(0.2),
  softsign: {
    of: (x) => x / (1 + Math.abs(x)),
    slope: (y) => (1 - Math.abs(y)) ** 2,
    onValue: (x) => x.div(x.abs().add(1)),
  },
  softplus: {
    of: (x) => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x))),
    slope: (y) => -Math.expm1(-y),
    onValue: (x) => x.softplus({}),
  },
  exponential: { of: Math.exp, slope: (y) => y, onValue: (x) => x.exp() },
  elu: {
    of: (x) => (x > 0 ? x : Math.expm1(x)),
    slope: (y) => (y > 0 ? 1 : y + 1),
    onValue: (x) => x.where(x.gt(0), x.clampMax(0).expm1()),
  },
  selu: {
    of: (x) => (x > 0 ? LAMBDA * x : LAMBDA_ALPHA * Math.expm1(x)),
    slope: (y) => (y > 0 ? LAMBDA : y + LAMBDA_ALPHA),
    onValue: (x) => x.mul(LAMBDA).where(x.gt(0), x.clampMax(0).expm1().mul(LAMBDA_ALPHA)),
  },
} as const satisfies Record<string, GateFunction>;

/** The name of a gate function. */
export type GateActivation = keyof typeof GATE_FUNCTIONS;

export const gateFunction = (name: GateActivation): GateFunction => GATE_FUNCTIONS[name];
