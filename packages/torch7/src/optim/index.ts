import { LuaError } from "../errors.js";
import type { TensorImpl } from "../tensor/tensor.js";
import { cg } from "./cg.js";
import { lbfgs } from "./lbfgs.js";

/*
 * `optim`: each function takes `feval(x) → [f, df/dx]`, the parameters, and tables of settings and of state (one table may
 * be both), changes the parameters in place and returns them with the list of losses.
 */

/** `feval`: loss and gradient at x. */
export type Evaluate = (x: TensorImpl) => readonly [number, TensorImpl];
/** A table of settings or state. */
export type Config = Record<string, unknown>;
/** x, and the losses before each step. */
export type Result = [TensorImpl, number[]];
export type Optimizer = (feval: Evaluate, x: TensorImpl, config?: Config, state?: Config) => Result;

type Step = (x: TensorImpl, g: TensorImpl, c: Config, s: Config, count: number) => void;
const number = (c: Config, name: string, otherwise: number): number =>
  (c[name] as number | undefined) ?? otherwise;
/** A tensor of state, made of zeros like x when first asked for. */
function kept(s: Config, name: string, x: TensorImpl): TensorImpl {
  s[name] ??= x.clone().zero();
  return s[name] as TensorImpl;
}

/** A method of one evaluation a step. */
function method(step: Step, counter = "evalCounter"): Optimizer {
  return (feval, x, config = {}, state = config) => {
    const [f, df] = feval(x);
    const count = number(state, counter, 0);
    step(x, df, config, state, count);
    state[counter] = count + 1;
    return [x, [f]];
  };
}
const decayed = (x: TensorImpl, g: TensorImpl, c: Config): void => {
  const wd = number(c, "weightDecay", 0);
  if (wd !== 0) g.add(wd, x);
};

/** Stochastic gradient descent with weight decay, momentum, dampening, Nesterov and learning rate decay. */
export const sgd = method((x, g, c, s, count) => {
  const momentum = number(c, "momentum", 0);
  const damp = number(c, "dampening", momentum);
  const nesterov = c.nesterov === true;
  if (nesterov && !(momentum > 0 && damp === 0))
    throw new LuaError("Nesterov momentum requires a momentum and zero dampening");
  decayed(x, g, c);
  const rates = c.learningRates as TensorImpl | undefined;
  let d = g;
  if (momentum !== 0) {
    if (s.dfdx === undefined) s.dfdx = g.clone();
    else (s.dfdx as TensorImpl).mul(momentum).add(1 - damp, g);
    d = nesterov ? g.add(momentum, s.dfdx as TensorImpl) : (s.dfdx as TensorImpl);
  }
  const rate = number(c, "learningRate", 1e-3) / (1 + count * number(c, "learningRateDecay", 0));
  x.add(-rate, rates ? d.clone().cmul(rates) : d);
});

export const adam = method((x, g, c, s, count) => {
  const [b1, b2] = [number(c, "beta1", 0.9), number(c, "beta2", 0.999)];
  const rate = number(c, "learningRate", 1e-3) / (1 + count * number(c, "learningRateDecay", 0));
  decayed(x, g, c);
  const [m, v] = [kept(s, "m", x), kept(s, "v", x)];
  m.mul(b1).add(1 - b1, g);
  v.mul(b2).addcmul(1 - b2, g, g);
  const denominator = v
    .clone()
    .sqrt()
    .add(number(c, "epsilon", 1e-8));
  const t = count + 1;
  x.addcdiv((-rate * Math.sqrt(1 - b2 ** t)) / (1 - b1 ** t), m, denominator);
}, "t");

export const adamax = method((x, g, c, s, count) => {
  const [b1, b2] = [number(c, "beta1", 0.9), number(c, "beta2", 0.999)];
  const [m, u] = [kept(s, "m", x), kept(s, "u", x)];
  m.mul(b1).add(1 - b1, g);
  u.mul(b2).cmax(
    g
      .clone()
      .abs()
      .add(number(c, "epsilon", 1e-38)),
  );
  x.addcdiv(-number(c, "learningRate", 0.002) / (1 - b1 ** (count + 1)), m, u);
}, "t");

export const adagrad = method((x, g, c, s, count) => {
  decayed(x, g, c);
  const v = kept(s, "paramVariance", x);
  v.addcmul(1, g, g);
  const rate = number(c, "learningRate", 1e-3) / (1 + count * number(c, "learningRateDecay", 0));
  x.addcdiv(-rate, g, v.clone().sqrt().add(1e-10));
});

export const adadelta = method((x, g, c, s) => {
  const [rho, eps] = [number(c, "rho", 0.9), number(c, "eps", 1e-6)];
  decayed(x, g, c);
  const [v, acc] = [kept(s, "paramVariance", x), kept(s, "accDelta", x)];
  v.mul(rho).addcmul(1 - rho, g, g);
  const delta = acc.clone().add(eps).sqrt().cdiv(v.clone().add(eps).sqrt()).cmul(g);
  x.add(-1, delta);
  acc.mul(rho).addcmul(1 - rho, delta, delta);
});

export const rmsprop = method((x, g, c, s) => {
  const alpha = number(c, "alpha", 0.99);
  decayed(x, g, c);
  s.m ??= x.clone().fill(number(c, "initialMean", 0));
  const m = s.m as TensorImpl;
  m.mul(alpha).addcmul(1 - alpha, g, g);
  x.addcdiv(
    -number(c, "learningRate", 1e-2),
    g,
    m
      .clone()
      .sqrt()
      .add(number(c, "epsilon", 1e-8)),
  );
});

export const rprop = method((x, g, c, s) => {
  const [plus, minus] = [number(c, "etaplus", 1.2), number(c, "etaminus", 0.5)];
  if (s.delta === undefined) {
    s.delta = x.clone().zero();
    s.stepsize = x.clone().fill(number(c, "stepsize", 0.1));
  }
  const [before, size] = [s.delta as TensorImpl, s.stepsize as TensorImpl];
  const product = g.clone().cmul(before);
  const sign = product.clone().sign();
  const up = sign.gt(0).typeAs(x);
  const down = sign.lt(0).typeAs(x);
  const same = sign.eq(0).typeAs(x);
  size.cmul(up.mul(plus).add(down.clone().mul(minus)).add(same));
  size.clamp(number(c, "stepsizemin", 1e-6), number(c, "stepsizemax", 50));
  const used = g.clone().cmul(down.mul(-1).add(1));
  x.add(-1, used.clone().sign().cmul(size));
  s.delta = used;
});

/** Nesterov's accelerated gradient, which evaluates ahead of x. */
export const nag: Optimizer = (feval, x, config = {}, state = config) => {
  const momentum = number(config, "momentum", 0.9);
  if (!(momentum > 0)) throw new LuaError("Momentum must be positive for Nesterov Accelerated Gradient");
  const damp = number(config, "dampening", momentum);
  if (state.dfdx !== undefined) x.add(momentum, state.dfdx as TensorImpl);
  const [f, g] = feval(x);
  decayed(x, g, config);
  const count = number(state, "evalCounter", 0);
  const rate = number(config, "learningRate", 1e-3) / (1 + count * number(config, "learningRateDecay", 0));
  if (state.dfdx === undefined) {
    state.dfdx = g.clone().zero();
    (state.dfdx as TensorImpl).add(-rate, g);
    x.add(state.dfdx as TensorImpl);
  } else {
    // Back to where x was, then the whole step.
    x.add(-momentum, state.dfdx as TensorImpl);
    (state.dfdx as TensorImpl).mul(momentum).add(-rate * (damp === momentum ? 1 : 1 - damp), g);
    x.add(state.dfdx as TensorImpl);
  }
  state.evalCounter = count + 1;
  return [x, [f]];
};

/** Averaged stochastic gradient descent; the average is the third result. */
export const asgd = (
  feval: Evaluate,
  x: TensorImpl,
  config: Config = {},
  state: Config = config,
): [TensorImpl, number[], TensorImpl] => {
  const [eta0, lambda, alpha, t0] = [
    number(config, "eta0", 1e-4),
    number(config, "lambda", 1e-4),
    number(config, "alpha", 0.75),
    number(config, "t0", 1e6),
  ];
  state.eta_t ??= eta0;
  state.mu_t ??= 1;
  state.t ??= 0;
  const [f, g] = feval(x);
  const eta = state.eta_t as number;
  x.mul(1 - lambda * eta);
  x.add(-eta, g);
  state.ax ??= x.clone().zero();
  const ax = state.ax as TensorImpl;
  const mu = state.mu_t as number;
  if (mu !== 1) ax.add(x.clone().add(-1, ax).mul(mu));
  else ax.copy(x);
  state.t = (state.t as number) + 1;
  state.eta_t = eta0 / (1 + lambda * eta0 * (state.t as number)) ** alpha;
  state.mu_t = 1 / Math.max(1, (state.t as number) - t0);
  return [x, [f], ax];
};

export const optim = { sgd, adam, adamax, adagrad, adadelta, rmsprop, rprop, nag, asgd, lbfgs, cg } as const;
