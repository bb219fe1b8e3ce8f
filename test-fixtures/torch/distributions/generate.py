"""torch.distributions: densities, moments, samples under a seed, gradients through samples, divergences and errors."""

import pathlib
import sys
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
warnings.simplefilter("ignore")

import torch
from fixtures import save

D = torch.distributions
t = torch.tensor
COV = t([[2.0, 0.5], [0.5, 1.0]])

# class, keyword arguments, values to take the log-probability of
SAMPLES = [
    ("Normal", {"loc": 0.5, "scale": 2.0}, t([-1.0, 0.25, 3.0])),
    ("Normal", {"loc": t([0.5, -1.0]), "scale": t([[1.0], [0.25], [3.0]])}, t([0.75, 0.5])),
    ("Normal", {"loc": t([0.5, -1.0], dtype=torch.float64), "scale": 1.5}, t([0.75, 0.5], dtype=torch.float64)),
    ("LogNormal", {"loc": t([0.5, -1.0]), "scale": t([0.75, 0.5])}, t([0.75, 2.5])),
    ("Uniform", {"low": t([0.5, -1.0]), "high": t([2.5, 0.5])}, t([0.75, 0.25])),
    ("Exponential", {"rate": t([0.5, 2.0])}, t([0.75, 2.5])),
    ("Laplace", {"loc": t([0.5, -1.0]), "scale": t([0.75, 0.5])}, t([0.75, -2.5])),
    ("Cauchy", {"loc": t([0.5, -1.0]), "scale": t([0.75, 0.5])}, t([0.75, -2.5])),
    ("Gumbel", {"loc": t([0.5, -1.0]), "scale": t([0.75, 0.5])}, t([0.75, -2.5])),
    ("Bernoulli", {"probs": t([0.25, 0.75])}, t([1.0, 0.0])),
    ("Bernoulli", {"logits": t([0.5, -2.0])}, t([1.0, 0.0])),
    ("Bernoulli", {"probs": 0.3}, t([1.0, 0.0])),
    ("Geometric", {"probs": t([0.25, 0.75])}, t([3.0, 0.0])),
    ("Geometric", {"logits": t([0.5, -2.0])}, t([1.0, 4.0])),
    ("Poisson", {"rate": t([0.5, 4.0])}, t([1.0, 5.0])),
    ("Categorical", {"probs": t([[0.5, 1.5, 2.0], [3.0, 0.5, 0.25]])}, t([2, 0])),
    ("Categorical", {"logits": t([0.5, -1.0, 2.0])}, t([2, 0, 1])),
    ("OneHotCategorical", {"probs": t([[0.5, 1.5, 2.0], [3.0, 0.5, 0.25]])}, t([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])),
    ("MultivariateNormal", {"loc": t([0.5, -1.0]), "covariance_matrix": COV}, t([[0.75, 0.5], [1.0, 2.0]])),
    ("MultivariateNormal", {"loc": t([0.5, -1.0]), "scale_tril": t([[1.5, 0.0], [0.5, 0.75]])}, t([0.75, 0.5])),
    ("MultivariateNormal", {"loc": t([0.5, -1.0]), "precision_matrix": COV}, t([0.75, 0.5])),
    ("Gamma", {"concentration": t([0.5, 2.5]), "rate": t([1.5, 0.25])}, t([0.75, 2.5])),
    ("Gamma", {"concentration": 1.25, "rate": t([2.0, 0.5], dtype=torch.float64)}, t([0.75, 2.5], dtype=torch.float64)),
    ("Chi2", {"df": t([1.5, 3.0])}, t([0.75, 2.5])),
    ("Beta", {"concentration1": t([0.5, 2.5]), "concentration0": t([1.5, 0.25])}, t([0.75, 0.125])),
    ("Dirichlet", {"concentration": t([[0.5, 1.5, 2.0], [3.0, 0.5, 0.25]])}, t([0.25, 0.625, 0.125])),
    ("StudentT", {"df": t([1.5, 5.0]), "loc": t([0.5, -1.0]), "scale": t([0.75, 2.0])}, t([0.75, -2.5])),
]
SAMPLES += [
    ("HalfNormal", {"scale": t([0.75, 2.0])}, t([0.75, 2.5])),
    ("HalfCauchy", {"scale": t([0.75, 2.0])}, t([0.75, 2.5])),
    ("Pareto", {"scale": t([0.5, 1.5]), "alpha": t([2.5, 3.5])}, t([0.75, 2.5])),
    ("Weibull", {"scale": t([0.75, 2.0]), "concentration": t([0.5, 2.5])}, t([0.75, 2.5])),
    ("Kumaraswamy", {"concentration1": t([1.5, 2.5]), "concentration0": t([1.25, 3.0])}, t([0.25, 0.625])),
    ("InverseGamma", {"concentration": t([1.5, 3.0]), "rate": t([0.75, 2.0])}, t([0.75, 2.5])),
    ("Binomial", {"total_count": 5, "probs": t([0.25, 0.75])}, t([1.0, 4.0])),
    ("Binomial", {"total_count": t([40.0, 90.0]), "probs": t([0.375, 0.625])}, t([12.0, 60.0])),
    ("Binomial", {"total_count": 3, "logits": t([0.5, -2.0])}, t([1.0, 0.0])),
    ("NegativeBinomial", {"total_count": t([3.0, 5.0]), "probs": t([0.25, 0.5])}, t([1.0, 4.0])),
    ("NegativeBinomial", {"total_count": 2.5, "logits": t([0.5, -2.0])}, t([1.0, 4.0])),
    ("Multinomial", {"total_count": 6, "probs": t([[0.5, 1.5, 2.0], [3.0, 0.5, 0.25]])}, t([[1.0, 2.0, 3.0], [4.0, 1.0, 1.0]])),
    ("FisherSnedecor", {"df1": t([1.5, 5.0]), "df2": t([2.5, 6.0])}, t([0.75, 2.5])),
    ("LowRankMultivariateNormal", {"loc": t([0.5, -1.0, 0.25]), "cov_factor": t([[0.5, 1.0], [-0.75, 0.25], [0.125, 2.0]]), "cov_diag": t([0.5, 1.5, 0.75])}, t([[0.75, 0.5, 1.0]])),
    ("RelaxedBernoulli", {"temperature": t(0.75), "probs": t([0.25, 0.75])}, t([0.125, 0.875])),
    ("RelaxedOneHotCategorical", {"temperature": t(0.75), "probs": t([0.5, 1.5, 2.0])}, t([0.25, 0.625, 0.125])),
    ("OneHotCategoricalStraightThrough", {"probs": t([0.5, 1.5, 2.0])}, t([0.0, 0.0, 1.0])),
    ("ContinuousBernoulli", {"probs": t([0.25, 0.75, 0.5])}, t([0.125, 0.625, 0.375])),
    ("ContinuousBernoulli", {"logits": t([0.5, -2.0])}, t([0.125, 0.625])),
]
SAMPLES += [
    ("VonMises", {"loc": t([0.5, -1.0]), "concentration": t([0.75, 12.0])}, t([0.25, -0.75])),
    ("LKJCholesky", {"dim": 3, "concentration": t([0.75, 2.5])}, torch.linalg.cholesky(t([[1.0, 0.25, -0.5], [0.25, 1.0, 0.125], [-0.5, 0.125, 1.0]]))),
    ("Wishart", {"df": t([4.5, 3.0]), "covariance_matrix": COV}, t([[3.0, 0.5], [0.5, 2.0]])),
    ("Wishart", {"df": t(5.0), "scale_tril": t([[1.5, 0.0], [0.5, 0.75]])}, t([[3.0, 0.5], [0.5, 2.0]])),
    ("LogisticNormal", {"loc": t([0.5, -1.0]), "scale": t([0.75, 0.5])}, t([0.25, 0.625, 0.125])),
    ("GeneralizedPareto", {"loc": t([0.5, -1.0, 0.0]), "scale": t([0.75, 0.5, 1.5]), "concentration": t([0.25, -0.5, 0.0])}, t([0.75, -0.5, 2.5])),
]
ASPECTS = ["mean", "variance", "stddev", "mode", "entropy", "cdf", "icdf"]


def clone(kwargs, grad=False):
    return {k: v.clone().requires_grad_(grad) if isinstance(v, torch.Tensor) else v for k, v in kwargs.items()}


cases = []
for name, kwargs, values in SAMPLES:
    make = lambda grad=False: getattr(D, name)(**clone(kwargs, grad))
    d = make()
    case = {"name": f"{name} {sorted(kwargs)} {str(d.batch_shape)}", "class": name, "kwargs": clone(kwargs), "values": values}
    case["repr"] = repr(d)
    case["shapes"] = [list(d.batch_shape), list(d.event_shape)]
    case["log_prob"] = d.log_prob(values)
    for aspect in ASPECTS:
        try:
            if aspect == "cdf":
                case[aspect] = d.cdf(values)
            elif aspect == "icdf":
                case[aspect] = d.icdf(t([0.25, 0.75, 0.375][: d.batch_shape[-1]], dtype=values.dtype) if d.batch_shape else t(0.3))
            elif aspect == "entropy":
                case[aspect] = d.entropy()
            else:
                case[aspect] = getattr(d, aspect)
        except (NotImplementedError, AttributeError):
            pass
    case["has"] = [d.has_rsample, d.has_enumerate_support]
    try:
        case["enumerated"] = [d.enumerate_support(), d.enumerate_support(False)]
    except NotImplementedError:
        pass
    # A larger batch: the same density for each of its rows.
    wide = d.expand((2, *d.batch_shape))
    case["wide"] = [list(wide.batch_shape), list(wide.event_shape), wide.log_prob(values if d.batch_shape or d.event_shape else values[:1])]
    torch.manual_seed(3)
    case["wide_sample"] = wide.sample()
    torch.manual_seed(11)
    case["samples"] = [d.sample(), d.sample((3,)), d.sample((2, 9))]
    case["next"] = torch.rand(2)
    params = clone(kwargs, True)
    if any(isinstance(v, torch.Tensor) for v in params.values()):
        d = getattr(D, name)(**params)
        leaves = [v for v in params.values() if isinstance(v, torch.Tensor)]
        case["log_prob_grads"] = list(torch.autograd.grad(d.log_prob(values).sum(), leaves))
        # PyTorch writes over a mask of Wishart's that its backward needs.
        if d.has_rsample and name != "Wishart":
            d = getattr(D, name)(**params)
            torch.manual_seed(5)
            case["rsample_grads"] = list(torch.autograd.grad(d.rsample((2,)).sum(), leaves, allow_unused=True))
    cases.append(case)
save(__file__, cases, "torch")

PAIRS = [
    ("Normal", {"loc": t([0.5, -1.0]), "scale": t([0.75, 0.5])}, {"loc": 0.0, "scale": 2.0}),
    ("Exponential", {"rate": t([0.5, 2.0])}, {"rate": 1.5}),
    ("Laplace", {"loc": t([0.5, -1.0]), "scale": t([0.75, 0.5])}, {"loc": 0.25, "scale": 2.0}),
    ("Uniform", {"low": t([0.5, -1.0]), "high": t([1.0, 0.5])}, {"low": 0.0, "high": 2.0}),
    ("Bernoulli", {"probs": t([0.25, 0.75])}, {"probs": 0.4}),
    ("Categorical", {"probs": t([0.25, 0.75])}, {"probs": t([0.5, 0.5])}),
    ("Geometric", {"probs": t([0.25, 0.75])}, {"probs": 0.4}),
    ("Poisson", {"rate": t([0.5, 2.0])}, {"rate": 1.5}),
]
PAIRS += [
    ("Gamma", {"concentration": t([0.5, 2.5]), "rate": t([1.5, 0.25])}, {"concentration": 1.25, "rate": 2.0}),
    ("Beta", {"concentration1": t([0.5, 2.5]), "concentration0": t([1.5, 0.25])}, {"concentration1": 1.25, "concentration0": 2.0}),
    ("Dirichlet", {"concentration": t([[0.5, 1.5, 2.0], [3.0, 0.5, 0.25]])}, {"concentration": t([1.0, 2.0, 0.75])}),
    ("Binomial", {"total_count": 5, "probs": t([0.25, 0.75])}, {"total_count": 5, "probs": 0.4}),
    ("Cauchy", {"loc": t([0.5, -1.0]), "scale": t([0.75, 0.5])}, {"loc": 0.25, "scale": 2.0}),
    ("Gumbel", {"loc": t([0.5, -1.0]), "scale": t([0.75, 0.5])}, {"loc": 0.25, "scale": 2.0}),
    ("Pareto", {"scale": t([0.5, 1.5]), "alpha": t([2.5, 3.5])}, {"scale": 0.75, "alpha": 2.0}),
    ("HalfNormal", {"scale": t([0.75, 2.0])}, {"scale": 1.5}),
    ("LogNormal", {"loc": t([0.5, -1.0]), "scale": t([0.75, 0.5])}, {"loc": 0.0, "scale": 2.0}),
    ("OneHotCategorical", {"probs": t([0.25, 0.75])}, {"probs": t([0.5, 0.5])}),
    ("MultivariateNormal", {"loc": t([0.5, -1.0]), "covariance_matrix": COV}, {"loc": t([0.25, 0.5]), "scale_tril": t([[1.5, 0.0], [0.5, 0.75]])}),
]
kl = [
    {"name": name, "p": p, "q": q, "kl": D.kl_divergence(getattr(D, name)(**p), getattr(D, name)(**q))}
    for name, p, q in PAIRS
]
save(__file__, kl, "torch", "kl.json")

P = {
    "Beta": D.Beta(t([0.5, 2.5]), t([1.5, 0.25])),
    "ContinuousBernoulli": D.ContinuousBernoulli(t([0.25, 0.75])),
    "Exponential": D.Exponential(t([0.5, 2.0])),
    "Gamma": D.Gamma(t([0.5, 2.5]), t([1.5, 0.25])),
    "Gumbel": D.Gumbel(t([0.5, -1.0]), t([0.75, 1.5])),
    "Laplace": D.Laplace(t([0.5, -1.0]), t([0.75, 0.5])),
    "Normal": D.Normal(t([0.5, -1.0]), t([0.75, 0.5])),
    "Pareto": D.Pareto(t([0.125, 0.25]), t([2.5, 3.5])),
    "Uniform": D.Uniform(t([0.25, 0.5]), t([0.75, 0.875])),
    "Bernoulli": D.Bernoulli(t([0.25, 0.75])),
    "Poisson": D.Poisson(t([0.5, 2.0])),
    "Binomial": D.Binomial(5, t([0.25, 0.75])),
    "Wide": D.Uniform(t([-0.5, -1.0]), t([1.5, 2.0])),
    "LowRank": D.LowRankMultivariateNormal(t([0.5, -1.0]), t([[0.5], [-0.75]]), t([0.5, 1.5])),
    "LowRank2": D.LowRankMultivariateNormal(t([0.25, 1.0]), t([[1.5], [0.25]]), t([0.75, 2.5])),
    "Full": D.MultivariateNormal(t([0.25, 0.5]), COV),
    "Logs": D.TransformedDistribution(D.Normal(t([0.5, -1.0]), t([0.75, 0.5])), [D.ExpTransform()]),
    "Logs2": D.TransformedDistribution(D.Normal(t([0.25, 1.0]), t([1.5, 0.25])), [D.ExpTransform()]),
}
crossed = []
for p in P:
    for q in P:
        try:
            crossed.append({"p": p, "q": q, "kl": D.kl_divergence(P[p], P[q])})
        except NotImplementedError as e:
            crossed.append({"p": p, "q": q, "message": str(e).split(" type ")[0]})
save(__file__, crossed, "torch", "crossed.json")

ERRORS = [
    ("Normal", {"loc": 0.0, "scale": -1.0}, None),
    ("Bernoulli", {}, None),
    ("Bernoulli", {"probs": 0.5, "logits": 0.5}, None),
    ("Bernoulli", {"probs": 2.0}, None),
    ("Bernoulli", {"probs": 0.3}, t(0.5)),
    ("Uniform", {"low": 1.0, "high": 0.0}, None),
    ("Normal", {"loc": torch.zeros(2), "scale": torch.ones(2)}, torch.zeros(3)),
    ("Normal", {"loc": 0.0, "scale": 1.0}, 1.5),
    ("Normal", {"loc": 0.0, "scale": 1.0}, t(float("nan"))),
    ("Poisson", {"rate": -2.0}, None),
    ("Categorical", {"probs": t(0.5)}, None),
    ("MultivariateNormal", {"loc": torch.zeros(2)}, None),
    ("LKJCholesky", {"dim": 1}, None),
    ("Wishart", {"df": 0.5, "covariance_matrix": torch.eye(2)}, None),
    ("MultivariateNormal", {"loc": torch.zeros(2), "covariance_matrix": t([[1.0, 2.0], [2.0, 1.0]])}, None),
]
errors = []
for name, kwargs, value in ERRORS:
    try:
        d = getattr(D, name)(**kwargs)
        d.log_prob(value)
    except Exception as e:
        errors.append({"name": f"{name} {len(errors)}", "class": name, "kwargs": kwargs, "value": value, "error": type(e).__name__, "message": str(e)})
save(__file__, errors, "torch", "errors.json")

T = D.transforms
PARTS = {
    "exp": lambda: [T.ExpTransform()],
    "power": lambda: [T.ExpTransform(), T.PowerTransform(-0.5)],
    "sigmoid": lambda: [T.SigmoidTransform(), T.AffineTransform(t([0.5, -1.0]), t([2.0, -0.5]))],
    "tanh": lambda: [T.TanhTransform(cache_size=1)],
    "softplus": lambda: [T.ComposeTransform([T.AffineTransform(0.25, -3.0), T.SoftplusTransform()])],
}
transformed = []
for name, parts in PARTS.items():
    loc = t([0.5, -0.25], requires_grad=True)
    d = D.TransformedDistribution(D.Normal(loc, t([0.75, 0.5])), parts())
    torch.manual_seed(4)
    y = d.rsample((3,))
    p = d.log_prob(y)
    grad = torch.autograd.grad((p + y).sum(), loc, allow_unused=True)[0]
    transformed.append({
        "name": name, "repr": [repr(d), *map(repr, parts())], "sample": y.detach(), "log_prob": p.detach(), "grad": grad,
        "cdf": d.cdf(y).detach(), "icdf": d.icdf(t(0.3)).detach(),
    })
save(__file__, transformed, "torch", "transformed.json")

C = D.constraints
VECTOR, MATRIX = t([0.5, -0.25, 1.5]), t([[0.5, -0.25], [1.5, 0.75]])
WHOLE = {
    "softmax": (T.SoftmaxTransform(), VECTOR),
    "sticks": (T.StickBreakingTransform(), VECTOR),
    "correlations": (T.CorrCholeskyTransform(), VECTOR),
    "triangle": (T.LowerCholeskyTransform(), MATRIX),
    "definite": (T.PositiveDefiniteTransform(), MATRIX),
    "reshape": (T.ReshapeTransform((4,), (2, 2)), t([0.5, -0.25, 1.5, 0.75])),
    "cdf": (T.CumulativeDistributionTransform(D.Normal(0.5, 2.0)), VECTOR),
    "independent": (T.IndependentTransform(T.ExpTransform(), 1), MATRIX),
    "cat": (T.CatTransform([T.ExpTransform(), T.TanhTransform()], 0, [1, 2]), VECTOR),
    "stack": (T.StackTransform([T.ExpTransform(), T.TanhTransform()], 1), MATRIX),
    "inverse": (T.ExpTransform().inv, t([0.5, 1.5])),
    "compose": (T.ComposeTransform([T.AffineTransform(0.5, 2.0), T.StickBreakingTransform()]), VECTOR),
    "nothing": (T.identity_transform, VECTOR),
}
for name in ("positive", "nonnegative", "unit_interval", "simplex", "corr_cholesky", "real", "real_vector"):
    WHOLE[f"biject_to {name}"] = (D.biject_to(getattr(C, name)), VECTOR)
for name in ("simplex", "lower_cholesky", "positive_definite"):
    WHOLE[f"transform_to {name}"] = (D.transform_to(getattr(C, name)), MATRIX)
WHOLE["biject_to interval"] = (D.biject_to(C.interval(1.0, 3.0)), VECTOR)
WHOLE["biject_to less_than"] = (D.biject_to(C.less_than(1.0)), VECTOR)
whole = []
for name, (f, x) in WHOLE.items():
    y = f(x)
    case = {"name": name, "repr": repr(f), "domain": repr(f.domain), "codomain": repr(f.codomain), "x": x, "y": y, "back": f.inv(y), "shape": list(f.forward_shape(x.shape)), "fits": bool(f.codomain.check(y).all())}
    if f.bijective:
        case["slope"] = f.log_abs_det_jacobian(x, y)
    whole.append(case)
save(__file__, whole, "torch", "whole.json")
