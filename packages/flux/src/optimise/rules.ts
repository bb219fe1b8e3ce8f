import { pyclass } from "@cognate/py";
import { type FluxArray, wrap } from "../array/array.js";
import { abs, max, norm, sqrt } from "../array/functions.js";

/*
 * Optimisation rules. A rule turns a gradient into what is subtracted from the parameter; what it remembers of a parameter
 * is its state. Source of the formulas: Flux.Optimise, Optimisers.jl.
 */

/** What a rule remembers of a parameter. */
export type RuleState = Record<string, FluxArray | number | readonly number[]> | null;

const kept = new WeakMap<Rule, WeakMap<FluxArray, RuleState>>();

export abstract class Rule {
  abstract readonly name: string;
  /** The state of a parameter before the first step. */
  init(_x: FluxArray): RuleState {
    return null;
  }
  /** What to subtract from x; the state is changed. */
  abstract apply(state: RuleState, x: FluxArray, dx: FluxArray): FluxArray;
  /** The state of a parameter in the older interface, where the rule keeps it. */
  stateOf(x: FluxArray): RuleState {
    let mine = kept.get(this);
    if (!mine) kept.set(this, (mine = new WeakMap()));
    if (!mine.has(x)) mine.set(x, this.init(x));
    return mine.get(x)!;
  }
  toString(): string {
    const shown = Object.entries(this);
    return `${this.name}(${shown.map(([, v]) => (Array.isArray(v) ? `(${v.join(", ")})` : String(v))).join(", ")})`;
  }
}

const zeros = (x: FluxArray): FluxArray => wrap(x._value.full(x.shape, 0) as never);
const filled = (x: FluxArray, v: number): FluxArray => wrap(x._value.full(x.shape, v) as never);
type S = Readonly<Record<string, FluxArray>>;
const state = (s: RuleState): S => s as unknown as S;
const store = (s: RuleState, values: Readonly<Record<string, FluxArray | readonly number[]>>): void => {
  Object.assign(s as object, values);
};

type Betas = readonly [number, number];
const product = (s: RuleState, betas: Betas): Betas =>
  ((s as Record<string, unknown>).power as Betas | undefined) ?? betas;

/** Makes a rule's class: its fields by place or by name, its state, its step. */
function rule<F extends Readonly<Record<string, number | Betas>>>(
  name: string,
  defaults: F,
  init: ((x: FluxArray, f: F) => RuleState) | null,
  apply: (f: F, s: RuleState, dx: FluxArray, x: FluxArray) => FluxArray,
) {
  class Made extends Rule {
    readonly name = name;
    constructor(...values: (number | Betas)[]) {
      super();
      Object.keys(defaults).forEach((k, i) => {
        (this as unknown as Record<string, unknown>)[k] = values[i] ?? defaults[k];
      });
      Object.defineProperty(this, "name", { enumerable: false });
    }
    override init(x: FluxArray): RuleState {
      return init ? init(x, this as unknown as F) : null;
    }
    apply(s: RuleState, x: FluxArray, dx: FluxArray): FluxArray {
      return apply(this as unknown as F, s, dx, x);
    }
  }
  return pyclass(Made);
}
const moments = (x: FluxArray): RuleState => ({ m: zeros(x), v: zeros(x) });
/** Running means of the gradient and of its square. */
function advance(s: RuleState, [b1, b2]: Betas, dx: FluxArray): [FluxArray, FluxArray, Betas] {
  const power = product(s, [b1, b2]);
  const m = state(s)
    .m!.mul(b1)
    .add(dx.mul(1 - b1));
  const v = state(s)
    .v!.mul(b2)
    .add(dx.mul(dx).mul(1 - b2));
  store(s, { m, v, power: [power[0] * b1, power[1] * b2] });
  return [m, v, power];
}
const EPS = 1e-8;
const BETAS: Betas = [0.9, 0.999];

export const Descent = rule("Descent", { eta: 0.1 }, null, ({ eta }, _s, dx) => dx.mul(eta));
export const Momentum = rule(
  "Momentum",
  { eta: 0.01, rho: 0.9 },
  (x) => ({ v: zeros(x) }),
  ({ eta, rho }, s, dx) => {
    const v = state(s).v!.mul(rho).sub(dx.mul(eta));
    store(s, { v });
    return v.neg();
  },
);
export const Nesterov = rule(
  "Nesterov",
  { eta: 0.001, rho: 0.9 },
  (x) => ({ v: zeros(x) }),
  ({ eta, rho }, s, dx) => {
    const before = state(s).v!;
    store(s, { v: before.mul(rho).sub(dx.mul(eta)) });
    return before
      .mul(rho * rho)
      .sub(dx.mul((1 + rho) * eta))
      .neg();
  },
);
export const RMSProp = rule(
  "RMSProp",
  { eta: 0.001, rho: 0.9, epsilon: EPS },
  (x) => ({ acc: zeros(x) }),
  ({ eta, rho, epsilon }, s, dx) => {
    const acc = state(s)
      .acc!.mul(rho)
      .add(dx.mul(dx).mul(1 - rho));
    store(s, { acc });
    return dx.mul(eta).div(sqrt(acc).add(epsilon));
  },
);
export const Adam = rule(
  "Adam",
  { eta: 0.001, beta: BETAS, epsilon: EPS },
  moments,
  ({ eta, beta, epsilon }, s, dx) => {
    const [m, v, [p1, p2]] = advance(s, beta, dx);
    return m
      .div(1 - p1)
      .div(sqrt(v.div(1 - p2)).add(epsilon))
      .mul(eta);
  },
);
export const RAdam = rule(
  "RAdam",
  { eta: 0.001, beta: BETAS, epsilon: EPS },
  (x) => ({ ...moments(x), t: [1] }),
  ({ eta, beta, epsilon }, s, dx) => {
    const [m, v, [p1, p2]] = advance(s, beta, dx);
    const [t] = (s as unknown as { t: readonly [number] }).t;
    store(s, { t: [t + 1] });
    const infinity = 2 / (1 - beta[1]) - 1;
    const rho = infinity - (2 * t * p2) / (1 - p2);
    if (rho <= 4) return m.mul(eta / (1 - p1));
    const r = Math.sqrt(((rho - 4) * (rho - 2) * infinity) / ((infinity - 4) * (infinity - 2) * rho));
    return m
      .div(1 - p1)
      .div(sqrt(v.div(1 - p2)).add(epsilon))
      .mul(eta * r);
  },
);
export const AdaMax = rule(
  "AdaMax",
  { eta: 0.001, beta: BETAS, epsilon: EPS },
  (x) => ({ m: zeros(x), u: zeros(x) }),
  ({ eta, beta, epsilon }, s, dx) => {
    const power = product(s, beta);
    const m = state(s)
      .m!.mul(beta[0])
      .add(dx.mul(1 - beta[0]));
    const u = max(state(s).u!.mul(beta[1]), abs(dx));
    store(s, { m, u, power: [power[0] * beta[0], power[1]] });
    return m.mul(eta / (1 - power[0])).div(u.add(epsilon));
  },
);
export const OAdam = rule(
  "OAdam",
  { eta: 0.001, beta: [0.5, 0.9] as Betas, epsilon: EPS },
  (x) => ({ ...moments(x), last: zeros(x) }),
  ({ eta, beta, epsilon }, s, dx) => {
    const before = state(s).last!;
    const [m, v, [p1, p2]] = advance(s, beta, dx);
    const last = m.mul(eta / (1 - p1)).div(sqrt(v.div(1 - p2)).add(epsilon));
    store(s, { last });
    return last.mul(2).sub(before);
  },
);
export const AdaGrad = rule(
  "AdaGrad",
  { eta: 0.1, epsilon: EPS },
  (x, { epsilon }) => ({ acc: filled(x, epsilon) }),
  ({ eta, epsilon }, s, dx) => {
    const acc = state(s).acc!.add(dx.mul(dx));
    store(s, { acc });
    return dx.mul(eta).div(sqrt(acc).add(epsilon));
  },
);
export const AdaDelta = rule(
  "AdaDelta",
  { rho: 0.9, epsilon: EPS },
  (x) => ({ acc: zeros(x), delta: zeros(x) }),
  ({ rho, epsilon }, s, dx) => {
    const acc = state(s)
      .acc!.mul(rho)
      .add(dx.mul(dx).mul(1 - rho));
    const before = state(s).delta!;
    const step = sqrt(before.add(epsilon))
      .div(sqrt(acc.add(epsilon)))
      .mul(dx);
    store(s, { acc, delta: before.mul(rho).add(step.mul(step).mul(1 - rho)) });
    return step;
  },
);
export const AMSGrad = rule(
  "AMSGrad",
  { eta: 0.001, beta: BETAS, epsilon: EPS },
  (x, { epsilon }) => ({ m: filled(x, epsilon), v: filled(x, epsilon), top: filled(x, epsilon) }),
  ({ eta, beta, epsilon }, s, dx) => {
    const m = state(s)
      .m!.mul(beta[0])
      .add(dx.mul(1 - beta[0]));
    const v = state(s)
      .v!.mul(beta[1])
      .add(dx.mul(dx).mul(1 - beta[1]));
    const top = max(state(s).top!, v);
    store(s, { m, v, top });
    return m.mul(eta).div(sqrt(top).add(epsilon));
  },
);
export const NAdam = rule(
  "NAdam",
  { eta: 0.001, beta: BETAS, epsilon: EPS },
  moments,
  ({ eta, beta: [b1, b2], epsilon }, s, dx) => {
    const [m, v, [p1, p2]] = advance(s, [b1, b2], dx);
    return m
      .mul(b1 / (1 - b1 * p1))
      .add(dx.mul((1 - b1) / (1 - p1)))
      .div(sqrt(v.mul(b2 / (1 - p2))).add(epsilon))
      .mul(eta);
  },
);
export const AdaBelief = rule(
  "AdaBelief",
  { eta: 0.001, beta: BETAS, epsilon: EPS },
  moments,
  ({ eta, beta: [b1, b2], epsilon }, s, dx) => {
    const power = product(s, [b1, b2]);
    const m = state(s)
      .m!.mul(b1)
      .add(dx.mul(1 - b1));
    const apart = dx.sub(m);
    const v = state(s)
      .v!.mul(b2)
      .add(apart.mul(apart).mul(1 - b2))
      .add(epsilon);
    store(s, { m, v, power: [power[0] * b1, power[1] * b2] });
    return m
      .div(1 - power[0])
      .div(sqrt(v.div(1 - power[1])).add(epsilon))
      .mul(eta);
  },
);
/** Adds `wd·x` to the gradient. */
export const WeightDecay = rule("WeightDecay", { wd: 5e-4 }, null, ({ wd }, _s, dx, x) => dx.add(x.mul(wd)));
/** Gradients cut to ±δ. */
export const ClipGrad = rule("ClipGrad", { delta: 10 }, null, ({ delta }, _s, dx) =>
  max(max(dx, -delta).neg(), -delta).neg(),
);
export const ClipValue = ClipGrad;
/** Gradients scaled down to a norm of at most ω. */
export const ClipNorm = rule("ClipNorm", { omega: 10 }, null, ({ omega }, _s, dx) => {
  const n = norm(dx).item();
  return n > omega ? dx.mul(omega / n) : dx;
});
/** Steps that shrink: the gradient over 1 + γ·n. */
export const InvDecay = rule(
  "InvDecay",
  { gamma: 0.001 },
  () => ({ n: [1] }),
  ({ gamma }, s, dx) => {
    const [n] = (s as unknown as { n: readonly [number] }).n;
    store(s, { n: [n + 1] });
    return dx.mul(1 / (1 + gamma * n));
  },
);

/** `OptimiserChain(rules…)`: each gets what the one before gave. */
class OptimiserChainImpl extends Rule {
  readonly name = "OptimiserChain";
  readonly opts: readonly Rule[];
  constructor(...opts: Rule[]) {
    super();
    this.opts = opts;
  }
  override init(x: FluxArray): RuleState {
    return { parts: this.opts.map((o) => o.init(x)) } as unknown as RuleState;
  }
  apply(s: RuleState, x: FluxArray, dx: FluxArray): FluxArray {
    const { parts } = s as unknown as { parts: readonly RuleState[] };
    return this.opts.reduce((d, o, i) => o.apply(parts[i]!, x, d), dx);
  }
  override toString(): string {
    return `OptimiserChain(${this.opts.join(", ")})`;
  }
}
export const OptimiserChain = pyclass(OptimiserChainImpl);
export type OptimiserChain = OptimiserChainImpl;
export const Optimiser = OptimiserChain;
/** Adam with `decay·x` added to what it subtracts. */
export const AdamW = (eta = 0.001, beta: Betas = BETAS, decay = 0): Rule =>
  OptimiserChain(Adam(1 * eta, beta), WeightDecay(decay));
