import { NotImplementedError, ValueError } from "@cognate/py";
import { solve_triangular } from "../linalg/solve.js";
import { digamma, lgamma } from "../ops/special-functions.js";
import type { Tensor } from "../tensor/tensor.js";
import { Exponential, Gumbel, Laplace, Normal, Uniform } from "./continuous.js";
import { Binomial } from "./counts.js";
import { Bernoulli, Poisson } from "./discrete.js";
import type { DistributionImpl } from "./distribution.js";
import { Pareto } from "./from-base.js";
import { Beta, Dirichlet, Gamma } from "./gamma.js";
import { divergence, families, pair } from "./kl-registry.js";
import { Wishart } from "./matrices.js";
import { LowRankMultivariateNormal } from "./mixtures.js";
import { MultivariateNormal } from "./multivariate.js";
import { ContinuousBernoulli } from "./relaxed.js";
import { sumRightmost } from "./transform.js";
import { TransformedDistribution } from "./transformed.js";

/*
 * Divergences of distributions of different kinds: KL(p, q) = E_p[−log q] − H(p). What −log q is on average needs a few
 * expectations of p only: of x, x², log x and e^(−x/s).
 */

const EULER = 0.5772156649015329;
const INFINITE = Number.POSITIVE_INFINITY;

interface Expected<P> {
  /** E[log x]. */
  readonly log?: (p: P) => Tensor;
  /** E[e^(−x/s)]. */
  readonly decay?: (p: P, s: Tensor) => Tensor;
}
const xLogX = (x: Tensor): Tensor => x.mul(x.log());

const BETA: Expected<Beta> = {
  log: (p) => digamma(p.concentration1).sub(digamma(p.concentration1.add(p.concentration0))),
};
const EXPONENTIAL: Expected<Exponential> = {
  log: (p) => p.rate.log().neg().sub(EULER),
  decay: (p, s) => p.rate.mul(s).div(p.rate.mul(s).add(1)),
};
const GAMMA: Expected<Gamma> = {
  log: (p) => digamma(p.concentration).sub(p.rate.log()),
  decay: (p, s) => p.rate.mul(s).reciprocal().add(1).pow(p.concentration.neg()),
};
const NORMAL: Expected<Normal> = {
  decay: (p, s) => p.loc.neg().div(s).add(p.scale.div(s).square().mul(0.5)).exp(),
};
const PARETO: Expected<Pareto> = { log: (p) => p.scale.log().add(p.alpha.reciprocal()) };
const UNIFORM: Expected<Uniform> = {
  log: (p) => xLogX(p.high).sub(xLogX(p.low)).div(p.high.sub(p.low)).sub(1),
  decay: (p, s) => p.low.div(s).neg().exp().sub(p.high.div(s).neg().exp()).mul(s).div(p.high.sub(p.low)),
};

type Cross<Q> = (q: Q, p: DistributionImpl, of: Expected<DistributionImpl>) => Tensor;

const toExponential: Cross<Exponential> = (q, p) => q.rate.mul(p.mean).sub(q.rate.log());
const toGamma: Cross<Gamma> = (q, p, of) =>
  lgamma(q.concentration)
    .sub(q.concentration.mul(q.rate.log()))
    .sub(q.concentration.sub(1).mul(of.log!(p)))
    .add(q.rate.mul(p.mean));
const toNormal: Cross<Normal> = (q, p) =>
  p.variance
    .add(p.mean.sub(q.loc).square())
    .div(q.scale.square().mul(2))
    .add(q.scale.log())
    .add(0.5 * Math.log(2 * Math.PI));
const toGumbel: Cross<Gumbel> = (q, p, of) =>
  q.scale
    .log()
    .add(p.mean.sub(q.loc).div(q.scale))
    .add(q.loc.div(q.scale).exp().mul(of.decay!(p, q.scale)));
const toContinuousBernoulli: Cross<ContinuousBernoulli> = (q, p) =>
  p.mean.mul(q.logits).add(q.probs.neg().log1p()).add(q._logNormalizer()).neg();
const toUniform: Cross<Uniform> = (q, p) => q.high.sub(q.low).log().add(p.mean.mul(0));

/** The divergence, infinite where p has values that q has not. */
function cross<P extends DistributionImpl, Q extends DistributionImpl>(
  P: unknown,
  Q: unknown,
  of: Expected<P>,
  to: Cross<Q>,
  outside?: (p: P, q: Q) => Tensor,
): void {
  pair<P, Q>(P, Q, (p, q) => {
    const y = to(q, p, of as unknown as Expected<DistributionImpl>).sub(p.entropy());
    return outside ? y.masked_fill(outside(p, q), INFINITE) : y;
  });
}

const negative = (p: Uniform): Tensor => p.low.lt(0);

function addMixedPairs(): void {
  cross<Beta, ContinuousBernoulli>(Beta, ContinuousBernoulli, BETA, toContinuousBernoulli);
  cross<Beta, Exponential>(Beta, Exponential, BETA, toExponential);
  cross<Beta, Gamma>(Beta, Gamma, BETA, toGamma);
  cross<Beta, Normal>(Beta, Normal, BETA, toNormal);
  cross<Beta, Uniform>(Beta, Uniform, BETA, toUniform, (_, q) => q.low.gt(0).logical_or(q.high.lt(1)));
  cross<ContinuousBernoulli, Exponential>(ContinuousBernoulli, Exponential, {}, toExponential);
  cross<ContinuousBernoulli, Normal>(ContinuousBernoulli, Normal, {}, toNormal);
  cross<ContinuousBernoulli, Uniform>(ContinuousBernoulli, Uniform, {}, toUniform, (_, q) =>
    q.low.ge(0).logical_or(q.high.le(1)),
  );
  cross<Exponential, Gamma>(Exponential, Gamma, EXPONENTIAL, toGamma);
  cross<Exponential, Gumbel>(Exponential, Gumbel, EXPONENTIAL, toGumbel);
  cross<Exponential, Normal>(Exponential, Normal, EXPONENTIAL, toNormal);
  cross<Gamma, Exponential>(Gamma, Exponential, GAMMA, toExponential);
  cross<Gamma, Gumbel>(Gamma, Gumbel, GAMMA, toGumbel);
  cross<Gamma, Normal>(Gamma, Normal, GAMMA, toNormal);
  cross<Gumbel, Normal>(Gumbel, Normal, {}, toNormal);
  cross<Laplace, Normal>(Laplace, Normal, {}, toNormal);
  cross<Normal, Gumbel>(Normal, Gumbel, NORMAL, toGumbel);
  cross<Pareto, Exponential>(Pareto, Exponential, PARETO, toExponential, (p) => p.alpha.le(1));
  cross<Pareto, Gamma>(Pareto, Gamma, PARETO, toGamma, (p) => p.alpha.le(1));
  cross<Pareto, Normal>(Pareto, Normal, PARETO, toNormal, (p) => p.alpha.le(2));
  cross<Uniform, Exponential>(Uniform, Exponential, UNIFORM, toExponential, negative);
  cross<Uniform, Gamma>(Uniform, Gamma, UNIFORM, toGamma, negative);
  cross<Uniform, Gumbel>(Uniform, Gumbel, UNIFORM, toGumbel);
  cross<Uniform, Normal>(Uniform, Normal, UNIFORM, toNormal);
  cross<Uniform, ContinuousBernoulli>(Uniform, ContinuousBernoulli, UNIFORM, toContinuousBernoulli, (p) =>
    p.high.ge(1).logical_or(p.low.le(0)),
  );
  cross<Uniform, Pareto>(
    Uniform,
    Pareto,
    UNIFORM,
    (q, p, of) => q.alpha.add(1).mul(of.log!(p)).sub(q.alpha.log()).sub(q.alpha.mul(q.scale.log())),
    (p, q) => p.low.lt(q.scale),
  );
  cross<Uniform, Beta>(
    Uniform,
    Beta,
    UNIFORM,
    (q, given) => {
      const p = given as Uniform;
      const other = xLogX(p.low.rsub(1))
        .sub(xLogX(p.high.rsub(1)))
        .div(p.high.sub(p.low))
        .sub(1);
      const [a, b] = [q.concentration1, q.concentration0];
      return lgamma(a)
        .add(lgamma(b))
        .sub(lgamma(a.add(b)))
        .sub(a.sub(1).mul(UNIFORM.log!(p)))
        .sub(b.sub(1).mul(other));
    },
    (p) => p.high.gt(1).logical_or(p.low.lt(0)),
  );
  cross<Normal, Laplace>(Normal, Laplace, NORMAL, (q, given) => {
    const p = given as Normal;
    const far = p.loc.sub(q.loc);
    const z = far.div(p.scale);
    const size = p.scale
      .mul(Math.sqrt(2 / Math.PI))
      .mul(z.square().mul(-0.5).exp())
      .add(far.mul(z.mul(Math.SQRT1_2).erf()));
    return size.div(q.scale).add(q.scale.mul(2).log());
  });
  pair<Bernoulli, Poisson>(Bernoulli, Poisson, (p, q) =>
    p.entropy().neg().sub(p.probs.mul(q.rate.log()).sub(q.rate)),
  );
  pair<ContinuousBernoulli, ContinuousBernoulli>(ContinuousBernoulli, ContinuousBernoulli, (p, q) =>
    p.mean
      .mul(p.logits.sub(q.logits))
      .add(p._logNormalizer())
      .add(p.probs.neg().log1p())
      .sub(q._logNormalizer())
      .sub(q.probs.neg().log1p()),
  );
  pair<TransformedDistribution, TransformedDistribution>(
    TransformedDistribution,
    TransformedDistribution,
    (p, q) => {
      const kinds = (d: TransformedDistribution): string =>
        d.transforms.map((t) => t.constructor.name).join();
      if (kinds(p) !== kinds(q) || p.event_shape.join() !== q.event_shape.join())
        throw new NotImplementedError();
      const extra = p.event_shape.length - p.base_dist.event_shape.length;
      return sumRightmost(divergence(p.base_dist, q.base_dist), extra);
    },
  );
}

/** Pairs where p has values of which q has none. */
const never = (): readonly (readonly [p: unknown, of: (p: never) => Tensor, ...qs: unknown[]])[] => [
  [Beta, (p: Beta) => p.concentration1, Pareto],
  [ContinuousBernoulli, (p: ContinuousBernoulli) => p.probs, Pareto],
  [Exponential, (p: Exponential) => p.rate, Beta, ContinuousBernoulli, Pareto, Uniform],
  [Gamma, (p: Gamma) => p.concentration, Beta, ContinuousBernoulli, Pareto, Uniform],
  [Gumbel, (p: Gumbel) => p.loc, Beta, ContinuousBernoulli, Exponential, Gamma, Pareto, Uniform],
  [Laplace, (p: Laplace) => p.loc, Beta, ContinuousBernoulli, Exponential, Gamma, Pareto, Uniform],
  [Normal, (p: Normal) => p.loc, Beta, ContinuousBernoulli, Exponential, Gamma, Pareto, Uniform],
  [Pareto, (p: Pareto) => p.scale, Beta, ContinuousBernoulli, Uniform],
  [Poisson, (p: Poisson) => p.rate, Bernoulli, Binomial],
];

// Normal vectors whose covariance is a diagonal and a few directions.

const traceOfSquare = (x: Tensor): Tensor => x.square().sum([-2, -1]);
const sizes = (p: DistributionImpl, q: DistributionImpl, kinds: string): void => {
  if (p.event_shape.join() !== q.event_shape.join())
    throw new ValueError(
      `KL-divergence between two ${kinds} with                          different event shapes cannot be computed`,
    );
};
const logDiagonal = (x: Tensor): Tensor => x.diagonal(0, -2, -1).log().sum(-1);

/** ½·(log |Σq|/|Σp| + tr(Σq⁻¹·Σp) + distance² − n). */
const gaussian = (logs: Tensor, trace: Tensor, distance: Tensor, n: number): Tensor =>
  logs.add(trace).add(distance).sub(n).mul(0.5);

/** log |Σ|, and tr(Σ⁻¹·X·Xᵀ) as a function of X. */
function lowRank(q: LowRankMultivariateNormal): [Tensor, (x: Tensor) => Tensor] {
  const { cov_factor: w, cov_diag: d, _capacitance: c } = q;
  const log = logDiagonal(c).mul(2).add(d.log().sum(-1));
  const a = solve_triangular(c, w.mT.div(d.unsqueeze(-2)), { upper: false });
  return [log, (x) => traceOfSquare(x.div(d.sqrt().unsqueeze(-1))).sub(traceOfSquare(a.matmul(x)))];
}
const away = (p: { loc: Tensor }, q: { loc: Tensor }): Tensor => q.loc.sub(p.loc).unsqueeze(-1);

function addLowRankPairs(): void {
  pair<LowRankMultivariateNormal, LowRankMultivariateNormal>(
    LowRankMultivariateNormal,
    LowRankMultivariateNormal,
    (p, q) => {
      sizes(p, q, "Low Rank Multivariate Normals");
      const [[logQ, through], [logP]] = [lowRank(q), lowRank(p)];
      const { cov_factor: w, cov_diag: d } = p;
      const trace = through(w).add(through(d.sqrt().diag_embed()));
      return gaussian(logQ.sub(logP), trace, through(away(p, q)), p.event_shape[0]!);
    },
  );
  pair<MultivariateNormal, LowRankMultivariateNormal>(
    MultivariateNormal,
    LowRankMultivariateNormal,
    (p, q) => {
      sizes(p, q, "(Low Rank) Multivariate Normals");
      const [logQ, through] = lowRank(q);
      const l = p._unbroadcasted_scale_tril;
      return gaussian(logQ.sub(logDiagonal(l).mul(2)), through(l), through(away(p, q)), p.event_shape[0]!);
    },
  );
  pair<LowRankMultivariateNormal, MultivariateNormal>(
    LowRankMultivariateNormal,
    MultivariateNormal,
    (p, q) => {
      sizes(p, q, "(Low Rank) Multivariate Normals");
      const l = q._unbroadcasted_scale_tril;
      const through = (x: Tensor): Tensor => traceOfSquare(solve_triangular(l, x, { upper: false }));
      const [logP] = lowRank(p);
      const { cov_factor: w, cov_diag: d } = p;
      const trace = through(w).add(through(d.sqrt().diag_embed()));
      return gaussian(logDiagonal(l).mul(2).sub(logP), trace, through(away(p, q)), p.event_shape[0]!);
    },
  );
}

/** Says how distributions of different kinds are compared. */
export function addCrossPairs(): void {
  addMixedPairs();
  for (const [P, of, ...qs] of never())
    for (const Q of qs) pair(P, Q, (p: never) => of(p).mul(0).add(INFINITE));
  addLowRankPairs();
  // Exponential families, of which PyTorch compares any with its like only.
  families.push(
    Bernoulli,
    Beta,
    ContinuousBernoulli,
    Dirichlet,
    Exponential,
    Gamma,
    Normal,
    Poisson,
    Wishart,
  );
}
