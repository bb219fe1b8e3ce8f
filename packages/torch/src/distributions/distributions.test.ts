import { Value } from "@cognate/tensor";
import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as torch from "../index.js";
import type { DistributionImpl } from "./distribution.js";

const array = ({ array }: GoldenArray): torch.Tensor => new torch.Tensor(new Value(array));
type Kwargs = Record<string, unknown>;
const make = (name: unknown, kwargs: unknown): DistributionImpl =>
  (torch.distributions as unknown as Record<string, (k: unknown) => DistributionImpl>)[name as string]!(
    kwargs,
  );
const leaves = (kwargs: Kwargs): torch.Tensor[] =>
  Object.values(kwargs).filter((v): v is torch.Tensor => v instanceof torch.Tensor);
const wanting = (kwargs: unknown): Kwargs =>
  Object.fromEntries(
    Object.entries(kwargs as Kwargs).map(([k, v]) => [
      k,
      v instanceof torch.Tensor ? v.clone().requires_grad_() : v,
    ]),
  );

/** Distributions whose samples are whole numbers or uniform: equal to the last bit. */
const EXACT = [
  "Bernoulli",
  "Categorical",
  "OneHotCategorical",
  "Geometric",
  "Poisson",
  "Binomial",
  "NegativeBinomial",
  "Multinomial",
];

/** Made of gamma numbers, whose derivative by the shape PyTorch approximates; ours is the exact one. */
const THROUGH_GAMMA = ["Gamma", "Chi2", "Beta", "Dirichlet", "StudentT", "InverseGamma", "FisherSnedecor"];

describe("torch.distributions", () => {
  test.each(golden("torch/distributions", { array }))("$name", (g) => {
    const d = make(g.class, g.kwargs);
    expect(String(d)).toBe(g.repr);
    expect([[...d.batch_shape], [...d.event_shape]]).toEqual(g.shapes);
    const values = g.values as torch.Tensor;
    expect(d.log_prob(values)).toMatchGolden(g.log_prob);
    for (const name of ["mean", "variance", "stddev", "mode"] as const)
      if (g[name]) expect(d[name], name).toMatchGolden(g[name]);
    if (g.entropy) expect(d.entropy(), "entropy").toMatchGolden(g.entropy);
    if (g.cdf) expect(d.cdf(values), "cdf").toMatchGolden(g.cdf);
    const places = torch.tensor(
      d.batch_shape.length > 0 ? [0.25, 0.75, 0.375].slice(0, d.batch_shape.at(-1)) : 0.3,
      { dtype: values.dtype },
    );
    if (g.icdf) expect(d.icdf(places), "icdf").toMatchGolden(g.icdf);
    if (g.has) expect([d.has_rsample, d.has_enumerate_support]).toEqual(g.has);
    if (g.enumerated)
      expect([d.enumerate_support(), d.enumerate_support(false)], "support").toMatchGolden(g.enumerated);
    const wide = d.expand([2, ...d.batch_shape]);
    const own = d.batch_shape.length + d.event_shape.length > 0 ? values : values.at(":1");
    expect([[...wide.batch_shape], [...wide.event_shape], wide.log_prob(own)], "wide").toMatchGolden(g.wide);
    torch.manual_seed(3);
    expect(wide.sample(), "sample of the wide").toMatchGolden(g.wide_sample, { rtol: 1e-6, atol: 1e-6 });
    torch.manual_seed(11);
    const drawn = [d.sample(), d.sample([3]), d.sample([2, 9])];
    const close = EXACT.includes(g.class as string) ? { rtol: 0, atol: 0 } : { rtol: 1e-6, atol: 1e-6 };
    expect(drawn, "samples").toMatchGolden(g.samples, close);
    expect(torch.rand(2), "what comes after").toMatchGolden(g.next, { rtol: 0, atol: 0 });
    if (g.log_prob_grads) {
      const kwargs = wanting(g.kwargs);
      make(g.class, kwargs).log_prob(values).sum().backward();
      expect(leaves(kwargs).map((t) => t.grad)).toMatchGolden(g.log_prob_grads);
    }
    if (g.rsample_grads) {
      const kwargs = wanting(g.kwargs);
      torch.manual_seed(5);
      make(g.class, kwargs).rsample([2]).sum().backward();
      const closeness = THROUGH_GAMMA.includes(g.class as string) ? { rtol: 2e-3, atol: 1e-4 } : undefined;
      expect(leaves(kwargs).map((t) => t.grad)).toMatchGolden(g.rsample_grads, closeness);
    }
  });

  test.each(golden("torch/distributions", { array }, "kl.json"))("kl_divergence of $name", (g) => {
    expect(torch.distributions.kl_divergence(make(g.name, g.p), make(g.name, g.q))).toMatchGolden(g.kl);
  });

  test.each(golden("torch/distributions", { array }, "errors.json"))("error: $name", (g) => {
    let thrown: Error | null = null;
    try {
      make(g.class, g.kwargs).log_prob(g.value as torch.Tensor);
    } catch (e) {
      thrown = e as Error;
    }
    expect(thrown?.message).toBe(g.message);
    expect(thrown?.constructor.name).toBe(g.error);
  });

  const D = torch.distributions;
  const T = torch.distributions.transforms;
  const { tensor } = torch;
  const COV = tensor([
    [2, 0.5],
    [0.5, 1],
  ]);
  const OF_ALL_KINDS: Readonly<Record<string, () => DistributionImpl>> = {
    Beta: () => D.Beta(tensor([0.5, 2.5]), tensor([1.5, 0.25])),
    ContinuousBernoulli: () => D.ContinuousBernoulli(tensor([0.25, 0.75])),
    Exponential: () => D.Exponential(tensor([0.5, 2])),
    Gamma: () => D.Gamma(tensor([0.5, 2.5]), tensor([1.5, 0.25])),
    Gumbel: () => D.Gumbel(tensor([0.5, -1]), tensor([0.75, 1.5])),
    Laplace: () => D.Laplace(tensor([0.5, -1]), tensor([0.75, 0.5])),
    Normal: () => D.Normal(tensor([0.5, -1]), tensor([0.75, 0.5])),
    Pareto: () => D.Pareto(tensor([0.125, 0.25]), tensor([2.5, 3.5])),
    Uniform: () => D.Uniform(tensor([0.25, 0.5]), tensor([0.75, 0.875])),
    Bernoulli: () => D.Bernoulli(tensor([0.25, 0.75])),
    Poisson: () => D.Poisson(tensor([0.5, 2])),
    Binomial: () => D.Binomial(5, tensor([0.25, 0.75])),
    Wide: () => D.Uniform(tensor([-0.5, -1]), tensor([1.5, 2])),
    LowRank: () =>
      D.LowRankMultivariateNormal(tensor([0.5, -1]), tensor([[0.5], [-0.75]]), tensor([0.5, 1.5])),
    LowRank2: () =>
      D.LowRankMultivariateNormal(tensor([0.25, 1]), tensor([[1.5], [0.25]]), tensor([0.75, 2.5])),
    Full: () => D.MultivariateNormal(tensor([0.25, 0.5]), COV),
    Logs: () =>
      D.TransformedDistribution(D.Normal(tensor([0.5, -1]), tensor([0.75, 0.5])), [T.ExpTransform()]),
    Logs2: () =>
      D.TransformedDistribution(D.Normal(tensor([0.25, 1]), tensor([1.5, 0.25])), [T.ExpTransform()]),
  };
  test("kl_divergence of every two kinds", () => {
    for (const g of golden("torch/distributions", { array }, "crossed.json")) {
      const [p, q] = [OF_ALL_KINDS[g.p as string]!(), OF_ALL_KINDS[g.q as string]!()];
      const divergence = (): torch.Tensor => torch.distributions.kl_divergence(p, q);
      if (g.message === "") expect(divergence, `${g.p} ${g.q}`).toThrow();
      else if (g.message) expect(divergence, `${g.p} ${g.q}`).toThrow(g.message as string);
      else expect(divergence(), `${g.p} ${g.q}`).toMatchGolden(g.kl, { rtol: 1e-5, atol: 1e-5 });
    }
  });

  const { constraints: C, biject_to, transform_to } = torch.distributions;
  const WHOLE: Readonly<Record<string, () => torch.distributions.Transform>> = {
    softmax: () => T.SoftmaxTransform(),
    sticks: () => T.StickBreakingTransform(),
    correlations: () => T.CorrCholeskyTransform(),
    triangle: () => T.LowerCholeskyTransform(),
    definite: () => T.PositiveDefiniteTransform(),
    reshape: () => T.ReshapeTransform([4], [2, 2]),
    cdf: () => T.CumulativeDistributionTransform(D.Normal(0.5, 2)),
    independent: () => T.IndependentTransform(T.ExpTransform(), 1),
    cat: () => T.CatTransform([T.ExpTransform(), T.TanhTransform()], 0, [1, 2]),
    stack: () => T.StackTransform([T.ExpTransform(), T.TanhTransform()], 1),
    inverse: () => T.ExpTransform().inv,
    compose: () => T.ComposeTransform([T.AffineTransform(0.5, 2), T.StickBreakingTransform()]),
    nothing: () => T.identity_transform,
    "biject_to interval": () => biject_to(C.interval(1, 3)),
    "biject_to less_than": () => biject_to(C.less_than(1)),
  };
  test.each(golden("torch/distributions", { array }, "whole.json"))("transform: $name", (g) => {
    const [to, name] = (g.name as string).split(" ") as [string, string];
    const all = C as unknown as Record<string, torch.distributions.constraints.Constraint>;
    const f = (
      WHOLE[g.name as string] ?? (() => (to === "biject_to" ? biject_to : transform_to)(all[name]!))
    )();
    const x = g.x as torch.Tensor;
    const y = f(x);
    expect([String(f), String(f.domain), String(f.codomain)]).toEqual([g.repr, g.domain, g.codomain]);
    expect(y).toMatchGolden(g.y);
    expect(f.inv(y)).toMatchGolden(g.back, { rtol: 1e-4, atol: 1e-5 });
    expect([...f.forward_shape(x.shape)]).toEqual(g.shape);
    expect(f.codomain.check(y).all().item()).toBe(g.fits);
    if (g.slope) expect(f.log_abs_det_jacobian(x, y)).toMatchGolden(g.slope, { rtol: 1e-5, atol: 1e-5 });
    else expect(f.bijective).toBe(false);
    expect(f.inv.inv).toBe(f);
  });
  test("refused: constraints that no transform leads to", () => {
    expect(() => biject_to(C.boolean)).toThrow("Cannot transform _Boolean constraints");
    expect(String(transform_to(C.positive))).toContain("ExpTransform()");
  });

  const parts: Readonly<Record<string, () => torch.distributions.Transform[]>> = {
    exp: () => [T.ExpTransform()],
    power: () => [T.ExpTransform(), T.PowerTransform(-0.5)],
    sigmoid: () => [
      T.SigmoidTransform(),
      T.AffineTransform(torch.tensor([0.5, -1]), torch.tensor([2, -0.5])),
    ],
    tanh: () => [T.TanhTransform({ cache_size: 1 })],
    softplus: () => [T.ComposeTransform([T.AffineTransform(0.25, -3), T.SoftplusTransform()])],
  };
  test.each(golden("torch/distributions", { array }, "transformed.json"))("transformed by $name", (g) => {
    const make = parts[g.name as string]!;
    const loc = torch.tensor([0.5, -0.25], { requires_grad: true });
    const { Normal, TransformedDistribution } = torch.distributions;
    const d = TransformedDistribution(Normal(loc, torch.tensor([0.75, 0.5])), make());
    expect([String(d), ...make().map(String)]).toEqual(g.repr);
    torch.manual_seed(4);
    const y = d.rsample([3]);
    expect(y.detach()).toMatchGolden(g.sample);
    if (g.name === "exp") expect(T.ExpTransform()(y).equal(y.exp())).toBe(true);
    const p = d.log_prob(y);
    expect(p.detach()).toMatchGolden(g.log_prob, { rtol: 1e-5, atol: 1e-5 });
    p.add(y).sum().backward();
    expect(loc.grad).toMatchGolden(g.grad, { rtol: 1e-4, atol: 1e-4 });
    expect(d.cdf(y).detach()).toMatchGolden(g.cdf, { rtol: 1e-5, atol: 1e-5 });
    expect(d.icdf(torch.tensor(0.3)).detach()).toMatchGolden(g.icdf, { rtol: 1e-5, atol: 1e-5 });
  });

  test("Independent sums over what it takes together", () => {
    const base = torch.distributions.Normal(torch.zeros(2, 3), torch.ones(2, 3));
    const d = torch.distributions.Independent(base, 1);
    expect([[...d.batch_shape], [...d.event_shape]]).toEqual([[2], [3]]);
    const x = torch.tensor([
      [0.5, 1, 2],
      [-1, 0.25, 3],
    ]);
    expect(d.log_prob(x)).toMatchGolden(base.log_prob(x).sum(1));
    expect(String(d)).toBe("Independent(Normal(loc: torch.Size([2, 3]), scale: torch.Size([2, 3])), 1)");
  });
});
