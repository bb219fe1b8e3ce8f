import { def } from "@cognate/py";
import { solve_triangular } from "../linalg/solve.js";
import { binary_cross_entropy_with_logits } from "../nn/functional/loss/likelihood.js";
import { digamma, lgamma } from "../ops/special-functions.js";
import type { Tensor } from "../tensor/tensor.js";
import { Cauchy, Exponential, Gumbel, Laplace, Normal, Uniform } from "./continuous.js";
import { Binomial } from "./counts.js";
import { Bernoulli, Categorical, Geometric, Poisson } from "./discrete.js";
import { broadcastAll, type DistributionImpl } from "./distribution.js";
import { HalfNormal, Pareto } from "./from-base.js";
import { Beta, Dirichlet, Gamma } from "./gamma.js";
import { addCrossPairs } from "./kl-cross.js";
import { divergence, pair } from "./kl-registry.js";
import { MultivariateNormal } from "./multivariate.js";

export { register_kl } from "./kl-registry.js";

const EULER = 0.5772156649015329;

/** Only what compares distributions needs all of their classes. */
let added = false;
function addPairs(): void {
  if (added) return;
  added = true;
  addCrossPairs();
  pair<Normal, Normal>(Normal, Normal, (p, q) => {
    const ratio = p.scale.div(q.scale).pow(2);
    const t = p.loc.sub(q.loc).div(q.scale).pow(2);
    return ratio.add(t).sub(1).sub(ratio.log()).mul(0.5);
  });
  pair<Exponential, Exponential>(Exponential, Exponential, (p, q) => {
    const ratio = q.rate.div(p.rate);
    return ratio.log().neg().add(ratio).sub(1);
  });
  pair<Laplace, Laplace>(Laplace, Laplace, (p, q) => {
    const ratio = p.scale.div(q.scale);
    const distance = p.loc.sub(q.loc).abs();
    return ratio
      .log()
      .neg()
      .add(distance.div(q.scale))
      .add(ratio.mul(distance.neg().div(p.scale).exp()))
      .sub(1);
  });
  pair<Uniform, Uniform>(Uniform, Uniform, (p, q) => {
    const y = q.high.sub(q.low).div(p.high.sub(p.low)).log();
    return y.masked_fill(q.low.gt(p.low).logical_or(q.high.lt(p.high)), Number.POSITIVE_INFINITY);
  });
  pair<Bernoulli, Bernoulli>(Bernoulli, Bernoulli, (p, q) => {
    const [logits, probs] = broadcastAll([q.logits, p.probs]) as [Tensor, Tensor];
    return binary_cross_entropy_with_logits(logits, probs, { reduction: "none" }).sub(p.entropy());
  });
  pair<Categorical, Categorical>(Categorical, Categorical, (p, q) => {
    const t = p.probs.mul(p.logits.sub(q.logits));
    return t
      .masked_fill(q.probs.eq(0).expand_as(t), Number.POSITIVE_INFINITY)
      .masked_fill(p.probs.eq(0).expand_as(t), 0)
      .sum(-1);
  });
  pair<Geometric, Geometric>(Geometric, Geometric, (p, q) =>
    p.entropy().neg().sub(q.probs.neg().log1p().div(p.probs)).sub(q.logits),
  );
  pair<Poisson, Poisson>(Poisson, Poisson, (p, q) =>
    p.rate.mul(p.rate.log().sub(q.rate.log())).sub(p.rate.sub(q.rate)),
  );

  pair<Gamma, Gamma>(Gamma, Gamma, (p, q) =>
    q.concentration
      .mul(p.rate.div(q.rate).log())
      .add(lgamma(q.concentration).sub(lgamma(p.concentration)))
      .add(p.concentration.sub(q.concentration).mul(digamma(p.concentration)))
      .add(q.rate.sub(p.rate).mul(p.concentration.div(p.rate))),
  );
  pair<Beta, Beta>(Beta, Beta, (p, q) => {
    const [all, other] = [p, q].map((d) => d.concentration1.add(d.concentration0)) as [Tensor, Tensor];
    const logs = (d: Beta, sum: Tensor): Tensor =>
      lgamma(d.concentration1).add(lgamma(d.concentration0)).add(lgamma(sum));
    return logs(q, all)
      .sub(logs(p, other))
      .add(p.concentration1.sub(q.concentration1).mul(digamma(p.concentration1)))
      .add(p.concentration0.sub(q.concentration0).mul(digamma(p.concentration0)))
      .add(other.sub(all).mul(digamma(all)));
  });
  pair<Dirichlet, Dirichlet>(Dirichlet, Dirichlet, (p, q) => {
    const [a, b] = [p.concentration, q.concentration];
    const each = a.sub(b).mul(digamma(a).sub(digamma(a.sum(-1)).unsqueeze(-1)));
    return lgamma(a.sum(-1))
      .sub(lgamma(b.sum(-1)))
      .sub(lgamma(a).sub(lgamma(b)).sum(-1))
      .add(each.sum(-1));
  });
  pair<Binomial, Binomial>(Binomial, Binomial, (p, q) => {
    const each = p.probs.mul(p.logits.sub(q.logits)).add(p.probs.neg().log1p()).sub(q.probs.neg().log1p());
    return p.total_count.mul(each).masked_fill(p.total_count.gt(q.total_count), Number.POSITIVE_INFINITY);
  });
  pair<Cauchy, Cauchy>(Cauchy, Cauchy, (p, q) => {
    const sum = p.scale.add(q.scale).pow(2).add(p.loc.sub(q.loc).pow(2));
    return sum.log().sub(p.scale.mul(4).mul(q.scale).log());
  });
  pair<Gumbel, Gumbel>(Gumbel, Gumbel, (p, q) => {
    const ratio = p.scale.div(q.scale);
    const [there, here] = [q.loc.div(q.scale), p.loc.div(q.scale)];
    return ratio
      .log()
      .neg()
      .sub(there)
      .add(here)
      .add(ratio.mul(EULER))
      .add(
        there
          .add(lgamma(ratio.add(1)))
          .sub(here)
          .exp(),
      )
      .sub(1 + EULER);
  });
  pair<Pareto, Pareto>(Pareto, Pareto, (p, q) => {
    const ratio = q.alpha.div(p.alpha);
    const y = q.alpha.mul(p.scale.div(q.scale).log()).sub(ratio.log()).add(ratio).sub(1);
    return y.masked_fill(p.scale.lt(q.scale), Number.POSITIVE_INFINITY);
  });
  pair<HalfNormal, HalfNormal>(HalfNormal, HalfNormal, (p, q) => divergence(p.base_dist, q.base_dist));
  pair<MultivariateNormal, MultivariateNormal>(MultivariateNormal, MultivariateNormal, (p, q) => {
    const [a, b] = [p._unbroadcasted_scale_tril, q._unbroadcasted_scale_tril];
    const logs = (m: Tensor): Tensor => m.diagonal(0, -2, -1).log().sum(-1);
    const solved = (x: Tensor): Tensor => solve_triangular(b, x, { upper: false }).pow(2).sum([-2, -1]);
    const spread = solved(a.expand([...p.batch_shape, ...a.shape.slice(-2)]));
    const moved = solved(q.loc.sub(p.loc).unsqueeze(-1));
    return spread
      .add(moved)
      .sub(p.event_shape[0]!)
      .mul(0.5)
      .add(logs(b).sub(logs(a)));
  });
}

/** Σ p·log(p/q): how far q is from p. @throws NotImplementedError for classes that nobody said how to compare */
export const kl_divergence = def(
  "torch.distributions.kl_divergence",
  "p q",
  (p: DistributionImpl, q: DistributionImpl): Tensor => {
    addPairs();
    return divergence(p, q);
  },
);
