torch.manual_seed(0)
n = D.Normal(torch.tensor([0.0, 1.0]), torch.tensor([1.0, 2.0]))
print(n, n.sample(), n.log_prob(torch.tensor([0.5, 0.5])), n.entropy(), n.mean, n.stddev, n.variance, n.cdf(torch.tensor(0.5)), n.icdf(torch.tensor(0.9)), n.batch_shape, n.event_shape)
# --
torch.manual_seed(0)
c = D.Categorical(torch.tensor([0.2, 0.3, 0.5]))
print(c, c.sample((5,)), c.log_prob(torch.tensor(2)), c.entropy(), c.probs, c.logits, c.param_shape, c.enumerate_support())
# --
torch.manual_seed(0)
print(D.Bernoulli(0.3).sample((4,)), D.Uniform(0.0, 2.0).sample((2,)), D.Exponential(2.0).sample((2,)), D.Gamma(2.0, 1.0).sample((2,)), D.Beta(2.0, 3.0).sample((2,)), D.Poisson(4.0).sample((3,)), D.Laplace(0.0, 1.0).sample((2,)), D.Dirichlet(torch.tensor([1.0, 2.0])).sample(), D.StudentT(3.0).sample((2,)), D.Gumbel(0.0, 1.0).sample((2,)), D.Cauchy(0.0, 1.0).sample((2,)), D.Geometric(0.3).sample((3,)), D.HalfNormal(1.0).sample((2,)), D.LogNormal(0.0, 1.0).sample((2,)), D.Chi2(3.0).sample((2,)), D.Weibull(1.0, 2.0).sample((2,)), D.Pareto(1.0, 2.0).sample((2,)))
# --
torch.manual_seed(0)
m = D.MultivariateNormal(torch.zeros(2), torch.tensor([[2.0, 0.5], [0.5, 1.0]]))
print(m, m.sample(), m.log_prob(torch.zeros(2)), m.entropy(), m.covariance_matrix, m.scale_tril, m.precision_matrix)
# --
p = D.Normal(0.0, 1.0)
q = D.Normal(1.0, 2.0)
print(D.kl_divergence(p, q), D.kl_divergence(D.Bernoulli(0.3), D.Bernoulli(0.5)), D.kl_divergence(D.Categorical(torch.tensor([0.5, 0.5])), D.Categorical(torch.tensor([0.9, 0.1]))), D.kl_divergence(D.Gamma(2.0, 1.0), D.Gamma(1.0, 1.0)), D.kl_divergence(D.Beta(1.0, 2.0), D.Beta(2.0, 2.0)))
# --
torch.manual_seed(1)
mu = torch.tensor(0.5, requires_grad=True)
s = torch.tensor(1.5, requires_grad=True)
z = D.Normal(mu, s).rsample()
z.backward()
print(z, mu.grad, s.grad, D.Normal(mu, s).log_prob(torch.tensor(1.0)))
# --
i = D.Independent(D.Normal(torch.zeros(3), torch.ones(3)), 1)
print(i, i.log_prob(torch.zeros(3)), i.event_shape, i.entropy(), D.Normal(0.0, 1.0).expand((2,)), D.Normal(torch.zeros(2, 1), torch.ones(3)).batch_shape)
# --
t = D.TransformedDistribution(D.Normal(0.0, 1.0), [D.transforms.ExpTransform(), D.transforms.AffineTransform(1.0, 2.0)])
print(t, t.log_prob(torch.tensor(3.0)), D.transforms.SigmoidTransform()(torch.tensor(0.5)), D.transforms.TanhTransform().inv(torch.tensor(0.5)))
# --
torch.manual_seed(0)
mix = D.MixtureSameFamily(D.Categorical(torch.ones(2)), D.Normal(torch.tensor([-1.0, 1.0]), torch.ones(2)))
print(mix.sample((3,)), mix.log_prob(torch.tensor(0.0)), mix.mean, mix.variance)
# --
torch.manual_seed(0)
print(D.Binomial(10, torch.tensor([0.2, 0.8])).sample(), D.Multinomial(5, torch.tensor([0.2, 0.8])).sample(), D.NegativeBinomial(5.0, torch.tensor(0.5)).sample(), D.OneHotCategorical(torch.tensor([0.2, 0.8])).sample(), D.RelaxedBernoulli(torch.tensor(0.5), torch.tensor(0.3)).sample(), D.VonMises(torch.tensor(0.0), torch.tensor(1.0)).sample((2,)), D.Kumaraswamy(2.0, 3.0).sample(), D.InverseGamma(2.0, 1.0).sample(), D.LowRankMultivariateNormal(torch.zeros(2), torch.ones(2, 1), torch.ones(2)).sample(), D.FisherSnedecor(2.0, 3.0).sample(), D.ContinuousBernoulli(torch.tensor(0.3)).sample(), D.HalfCauchy(1.0).sample(), D.LKJCholesky(2, 1.0).sample(), D.Wishart(torch.tensor(3.0), torch.eye(2)).sample(), D.LogisticNormal(torch.zeros(2), torch.ones(2)).sample())
# --
torch.manual_seed(5)
s = torch.get_rng_state()
a = torch.rand(2)
torch.set_rng_state(s)
b = torch.rand(2)
print(torch.equal(a, b), s.shape, s.dtype, torch.initial_seed())
with torch.random.fork_rng():
    torch.manual_seed(9)
    print(torch.rand(1))
print(torch.rand(1))
# --
torch.manual_seed(0)
x = torch.randn(20)
print(x)
print(torch.randn(2, 2, dtype=torch.float64), torch.randn(2, dtype=torch.complex64), torch.rand(2, dtype=torch.float16), torch.randint(-5, 5, (4,), dtype=torch.int8), torch.randn_like(torch.zeros(2)), torch.rand_like(torch.zeros(2)), torch.randint_like(torch.zeros(2), 9))
# --
torch.manual_seed(0)
idx = torch.randperm(5)
x = torch.arange(5) * 10
print(idx, x[idx], x[torch.randint(len(x), (3,))], torch.empty(2).log_normal_(), torch.empty(2).cauchy_(), torch.empty(2).geometric_(0.5), torch.zeros(3).random_(10), torch.zeros(2, dtype=torch.uint8).random_())
# --
torch.manual_seed(0)
w = torch.empty(2, 3)
print(nn.init.xavier_uniform_(w), nn.init.kaiming_normal_(w), nn.init.uniform_(w, 0, 1), nn.init.normal_(w), nn.init.orthogonal_(w), nn.init.trunc_normal_(w), nn.init.eye_(w), nn.init.calculate_gain("relu"))
# --
print(D.constraints.positive, D.Normal(0.0, 1.0).support, D.Gamma.arg_constraints, D.Uniform(0.0, 1.0).support, D.Categorical(torch.ones(3)).support, D.Normal.has_rsample, D.Bernoulli(0.5).has_enumerate_support)
