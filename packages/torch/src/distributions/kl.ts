import { className, def, NotImplementedError } from "@cognate/py";
import { binary_cross_entropy_with_logits } from "../nn/functional/loss/likelihood.js";
import type { Tensor } from "../tensor/tensor.js";
import { Exponential, Laplace, Normal, Uniform } from "./continuous.js";
import { Bernoulli, Categorical, Geometric, Poisson } from "./discrete.js";
import { broadcastAll, type DistributionImpl } from "./distribution.js";

type Class = new (...args: never[]) => DistributionImpl;
type Divergence = (p: DistributionImpl, q: DistributionImpl) => Tensor;

const known: { readonly p: Class; readonly q: Class; readonly f: Divergence }[] = [];

/** Says how the divergence of two classes is computed; the last one said counts. */
export function register_kl(p: unknown, q: unknown): (f: Divergence) => Divergence {
  return (f) => {
    known.unshift({ p: p as Class, q: q as Class, f });
    return f;
  };
}
const pair = <P, Q>(p: unknown, q: unknown, f: (p: P, q: Q) => Tensor): void => {
  register_kl(p, q)(f as unknown as Divergence);
};

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

/** Σ p·log(p/q): how far q is from p. @throws NotImplementedError for classes that nobody said how to compare */
export const kl_divergence = def(
  "torch.distributions.kl_divergence",
  "p q",
  (p: DistributionImpl, q: DistributionImpl): Tensor => {
    const found = known.find((k) => p instanceof k.p && q instanceof k.q);
    if (found) return found.f(p, q);
    throw new NotImplementedError(
      `No KL(p || q) is implemented for p type ${className(p.constructor)} and q type ${className(q.constructor)}`,
    );
  },
);
