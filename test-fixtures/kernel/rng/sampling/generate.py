"""Draws of NumPy's RandomState and Generator: every distribution, five seeds, ten thousand numbers each."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3]))
from fixtures import save  # noqa: E402

SEEDS = [0, 1, 7, 12345, 2**32 - 1]
N = 10_000

BOTH = {
    "uniform": [(-1.5, 2.5)],
    "standard_normal": [()],
    "normal": [(10.0, 2.5)],
    "standard_exponential": [()],
    "exponential": [(3.0,)],
    "standard_gamma": [(0.3,), (1.0,), (4.5,)],
    "gamma": [(2.5, 0.5)],
    "beta": [(0.4, 0.7), (2.0, 3.5)],
    "chisquare": [(3.0,)],
    "noncentral_chisquare": [(3.0, 2.0), (0.8, 2.5)],
    "f": [(4.0, 7.0)],
    "noncentral_f": [(4.0, 7.0, 1.5)],
    "standard_cauchy": [()],
    "standard_t": [(3.5,)],
    "vonmises": [(0.5, 4.0), (0.0, 1e-6)],
    "pareto": [(3.0,)],
    "weibull": [(1.5,)],
    "power": [(2.5,)],
    "laplace": [(0.5, 2.0)],
    "gumbel": [(0.5, 2.0)],
    "logistic": [(0.5, 2.0)],
    "lognormal": [(0.5, 0.75)],
    "rayleigh": [(1.5,)],
    "wald": [(1.5, 2.5)],
    "triangular": [(-1.0, 0.5, 3.0)],
    "binomial": [(10, 0.3), (100, 0.25), (60, 0.9), (1000, 0.5)],
    "negative_binomial": [(3.5, 0.3)],
    "poisson": [(2.5,), (10.0,), (123.4,)],
    "zipf": [(2.5,)],
    "geometric": [(0.1,), (0.6,)],
    "hypergeometric": [(15, 25, 8), (100, 70, 60), (40, 12, 48)],
    "logseries": [(0.8,)],
}
INTEGERS = [("int64", 0, 10), ("int64", -5, 2**20), ("int64", 0, 2**32), ("int64", -(2**40), 2**41 + 3), ("int64", -(2**63), 2**63), ("int32", -7, 1000), ("int32", -(2**31), 2**31),
            ("uint32", 3, 2**31 + 5), ("int16", -300, 301), ("uint16", 0, 2**16), ("int8", -3, 7), ("uint8", 0, 256), ("uint8", 0, 200), ("bool", 0, 2), ("uint64", 0, 2**64)]
PS = [0.05, 0.3, 0.0, 0.25, 0.4]


def excerpt(x):
    """The first forty and every five-hundredth."""
    x = np.asarray(x)
    return {"first": x[:40], "every": x[::500]}


def after(r):
    """What the engine gives next tells how far it went."""
    bits = r._bit_generator if isinstance(r, np.random.RandomState) else r.bit_generator
    return int(bits.random_raw())


cases = []
for kind, make in [("polar", np.random.RandomState), ("ziggurat", np.random.default_rng)]:
    for method, settings in BOTH.items():
        for i, args in enumerate(settings):
            # One setting sees all seeds, further ones two.
            for seed in SEEDS if i == 0 else SEEDS[1:3]:
                r = make(seed)
                x = getattr(r, method)(*args, size=N)
                cases.append({"name": f"{kind} {method}{args} seed {seed}", "sampler": kind, "seed": seed, "method": method, "args": list(args), **excerpt(x), "after": after(r)})
    for dtype, low, high in INTEGERS:
        seed = SEEDS[len(dtype) % 5]
        r = make(seed)
        f = r.randint if kind == "polar" else r.integers
        x = f(low, high, size=N, dtype=dtype)
        cases.append({"name": f"{kind} {dtype} [{low}, {high}) seed {seed}", "sampler": kind, "seed": seed, "method": "integers", "args": [low, high], **excerpt(x), "after": after(r)})
    r = make(3)
    f = r.randint if kind == "polar" else r.integers
    x = f([0, -5, 100], [10, 70000, 2**40], size=(50, 3))
    y = f([0, 5, 100], [10, 20, 120], size=(50, 3), dtype=np.uint8)
    cases.append({"name": f"{kind} integers of several ranges", "sampler": kind, "seed": 3, "method": "ranges", "wide": x, "narrow": y, "after": after(r)})
    for seed in SEEDS:
        r = make(seed)
        case = {"name": f"{kind} order and choice, seed {seed}", "sampler": kind, "seed": seed, "method": "choice"}
        case["permutation"] = [r.permutation(n) for n in (1, 2, 10, 40)]
        case["replaced"] = r.choice(7, size=20)
        case["weighted"] = r.choice(5, size=20, p=PS)
        case["distinct"] = [r.choice(50, size=n, replace=False) for n in (1, 10, 50)]
        case["distinctWeighted"] = [r.choice(5, size=n, replace=False, p=PS) for n in (1, 4)]
        big = r.choice(20000, size=5000, replace=False)
        case["big"] = big[::100]
        if kind == "ziggurat":
            case["ordered"] = [r.choice(50, size=10, replace=False, shuffle=False), r.choice(20000, size=2000, replace=False, shuffle=False)[::100]]
        case["multinomial"] = r.multinomial(40, [0.1, 0.2, 0.3, 0.4], size=5)
        case["dirichlet"] = r.dirichlet([1.5, 0.4, 3.0], size=4)
        if kind == "ziggurat":
            case["smallDirichlet"] = r.dirichlet([0.05, 0.02, 0.08], size=4)
            case["marginals"] = r.multivariate_hypergeometric([30, 50, 20, 10], 40, size=4, method="marginals")
            case["count"] = r.multivariate_hypergeometric([3, 5, 2, 1], 7, size=4, method="count")
        case["bytes"] = list(r.bytes(10))
        case["after"] = after(r)
        cases.append(case)
    # Calls one after another: spare normals and spare halves pass from one to the next.
    for seed in SEEDS:
        r = make(seed)
        calls = []

        def call(method, *args, size=None, **kw):
            f = getattr(r, "integers" if method == "randint" and kind == "ziggurat" else method)
            calls.append({"method": "integers" if method == "randint" else method, "args": list(args), "out": np.asarray(f(*args, size=size, **kw))})

        for n in (1, 2, 3, 5, 17):
            call("standard_normal", size=n)
            call("randint", 0, 1000, size=n)
            call("uniform", 0.0, 1.0, size=n)
            call("gamma", 1.7, 2.0, size=n)
            call("randint", 0, 2, size=n, dtype=np.int32)
            call("poisson", 4.0, size=n)
            call("binomial", 20, 0.4, size=n)
        cases.append({"name": f"{kind} mixed calls, seed {seed}", "sampler": kind, "seed": seed, "method": "mixed", "calls": calls, "after": after(r)})

for seed in SEEDS:
    for method, args in [("random", []), ("standard_normal", []), ("standard_exponential", []), ("standard_gamma", [0.3]), ("standard_gamma", [1.0]), ("standard_gamma", [4.5])]:
        r = np.random.default_rng(seed)
        x = getattr(r, method)(*args, size=N, dtype=np.float32)
        cases.append({"name": f"ziggurat {method}{args} float32 seed {seed}", "sampler": "ziggurat", "seed": seed, "method": method + "32", "args": args, **excerpt(x), "after": after(r)})
    for dtype in (np.float64, np.float32):
        r = np.random.default_rng(seed)
        x = r.standard_exponential(size=N, dtype=dtype, method="inv")
        suffix = "32" if dtype is np.float32 else ""
        cases.append({"name": f"ziggurat exponential by inversion {suffix} seed {seed}", "sampler": "ziggurat", "seed": seed, "method": "inversion" + suffix, "args": [], **excerpt(x), "after": after(r)})
for method, args in [("vonmises", [0.5, 2e6]), ("poisson", [1e15]), ("geometric", [1e-19]), ("zipf", [1.01]), ("beta", [1e-200, 1e-150])]:
    r = np.random.default_rng(5)
    x = getattr(r, method)(*args, size=N)
    cases.append({"name": f"ziggurat {method} {args}", "sampler": "ziggurat", "seed": 5, "method": method, "args": args, **excerpt(x), "after": after(r)})
save(__file__, cases, "numpy")
