"""Random streams of NumPy: every distribution of RandomState and Generator over all bit generators; results as hashes of bytes."""

import hashlib
import pathlib
import sys
import warnings

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import save  # noqa: E402

warnings.simplefilter("ignore")

COMMON = [
    ("normal", (1.5, 0.7)), ("uniform", (-2, 5.5)), ("exponential", (1.7,)), ("gamma", (0.4, 2.5)), ("gamma", (1.0, 1.0)), ("gamma", (3.7, 0.3)), ("beta", (0.5, 0.4)), ("beta", (2.5, 3.5)), ("f", (3.0, 7.0)), ("noncentral_f", (3.0, 7.0, 1.5)),
    ("chisquare", (3.5,)), ("noncentral_chisquare", (0.8, 1.2)), ("noncentral_chisquare", (3.8, 1.2)), ("standard_cauchy", ()), ("standard_t", (4.5,)), ("vonmises", (0.5, 2.0)), ("vonmises", (0.5, 1e-9)), ("vonmises", (1.0, 1e7)), ("pareto", (2.5,)), ("weibull", (1.5,)), ("power", (2.5,)),
    ("laplace", (0.5, 1.5)), ("gumbel", (0.5, 1.5)), ("logistic", (0.5, 1.5)), ("lognormal", (0.5, 0.7)), ("rayleigh", (1.5,)), ("wald", (1.5, 0.8)), ("triangular", (-1, 0.5, 3)),
    ("binomial", (10, 0.3)), ("binomial", (100, 0.45)), ("binomial", (1000, 0.9)), ("binomial", (20, 0.0)), ("negative_binomial", (5, 0.4)), ("negative_binomial", (2.5, 0.7)), ("poisson", (3.2,)), ("poisson", (35.5,)), ("poisson", (0,)), ("zipf", (2.2,)), ("geometric", (0.4,)), ("geometric", (0.05,)), ("logseries", (0.6,)),
    ("hypergeometric", (15, 25, 10)), ("hypergeometric", (150, 2500, 300)), ("hypergeometric", (5, 3, 8)), ("standard_gamma", (2.2,)), ("standard_gamma", (0.6,)), ("standard_normal", ()), ("standard_exponential", ()),
]
VECTORS = [("multinomial", (20, [0.2, 0.3, 0.5])), ("multinomial", (9, [0, 0.25, 0.25, 0, 0.5])), ("dirichlet", ([1.5, 0.4, 3.0],)), ("dirichlet", ([0.05, 0.02, 0.03],)), ("multivariate_normal", ([1.0, -2.0], [[2.0, 0.3], [0.3, 0.5]]))]
PARAMETERS = [("normal", ([0.0, 10.0, -5.0], 2.0)), ("uniform", ([0.0, 1.0], [1.0, 5.0])), ("poisson", ([1.0, 20.0],)), ("binomial", ([5, 50], [[0.2], [0.7]])), ("gamma", ([0.5, 2.0],)), ("beta", ([0.5, 2.0], 1.5))]
OLD = [
    ("rand", (), {"sizes": ["", "3, 4"]}), ("random_sample", ()), ("randint", (10,)), ("randint", (-5, 300)), ("randint", (0, 2**40)), ("randint", (0, 256), {"dtype": "uint8"}), ("randint", (0, 2), {"dtype": "bool"}), ("randint", (-7, 7), {"dtype": "int8"}), ("randint", (0, 60000), {"dtype": "uint16"}), ("randint", (0, 2**32), {"dtype": "uint32"}), ("randint", (0, 2**63), {"dtype": "uint64"}), ("randint", ([1, 5, 100],)),
    ("choice", (12,)), ("choice", ([3, 5, 8, 1.5],)), ("choice", (5,), {"p": [0.1, 0.2, 0.3, 0.25, 0.15]}), ("tomaxint", ()),
]
NEW = [
    ("random", ()), ("random", (), {"dtype": "float32"}), ("standard_normal", (), {"dtype": "float32"}), ("standard_exponential", (), {"dtype": "float32"}), ("standard_exponential", (), {"method": "inv"}), ("standard_exponential", (), {"method": "inv", "dtype": "float32"}), ("standard_gamma", (1.7,), {"dtype": "float32"}), ("standard_gamma", (0.7,), {"dtype": "float32"}), ("integers", (10,)), ("integers", (-5, 300)), ("integers", (0, 2**40)), ("integers", (0, 255), {"dtype": "uint8", "endpoint": True}), ("integers", (0, 2), {"dtype": "bool"}), ("integers", (-7, 7), {"dtype": "int8"}), ("integers", (0, 60000), {"dtype": "uint16"}), ("integers", (0, 2**32), {"dtype": "uint32"}), ("integers", (0, 2**63), {"dtype": "uint64"}), ("integers", ([1, 5, 100],)),
    ("choice", (12,)), ("choice", ([3, 5, 8, 1.5],)), ("choice", (5,), {"p": [0.1, 0.2, 0.3, 0.25, 0.15]}), ("multivariate_hypergeometric", ([5, 8, 3], 6)), ("multivariate_hypergeometric", ([5, 8, 3], 6), {"method": "count"}),
]


def coarse(a):
    """Floats rounded to 36 bits, by Veltkamp's split: what the last bits of the C library's log and exp do not change."""
    if a.dtype.kind != "f":
        return a
    factor = a.dtype.type(2**17 + 1 if a.itemsize == 8 else 2**6 + 1)
    t = a * factor
    return t - (t - a)


def numbers(a, dtype):
    a = np.asarray(a, dtype)
    return a.tobytes(), [x.item() for x in a.ravel()[:2]]


def draws(rng, name, args, kw):
    sizes = [3, 40] if name in ("integers", "randint", "normal", "uniform", "poisson", "binomial", "gamma", "beta") and any(isinstance(x, list) for x in args) else [None, 7, 1000]
    if sizes == [3, 40]:
        sizes = [None]
    data, heads = b"", []
    for size in sizes:
        raw, head = numbers(getattr(rng, name)(*args, size=size, **kw), kw.get("dtype"))
        data += raw
        heads += head
    return sizes, hashlib.sha256(data).hexdigest()[:24], heads


cases = []


def table(kind, make, seeds, rows):
    for name, args, *more in rows:
        kw = dict(more[0]) if more else {}
        if name == "rand":
            continue
        items = []
        for seed in seeds:
            sizes, digest, heads = draws(make(seed), name, args, kw)
            items.append([seed, digest, heads])
        cases.append({"name": f"{kind}.{name}", "args": list(args), "kw": kw, "sizes": sizes, "items": items})


SEEDS = [0, 1, 42, 12345, 2**31]
table("RandomState", np.random.RandomState, SEEDS, COMMON + VECTORS + PARAMETERS + OLD)
table("PCG64", np.random.default_rng, SEEDS, COMMON + VECTORS + PARAMETERS + NEW)
for kind in ("MT19937", "Philox", "SFC64", "PCG64DXSM"):
    table(kind, lambda s, k=kind: np.random.Generator(getattr(np.random, k)(s)), [7, [3, 2**40]], COMMON[::2] + NEW)
save(__file__, cases, "numpy")

# Several calls on one stream: the spare normal number and the spare half of a word go from one to the next.
mixed = []
for seed in SEEDS + [[1, 2, 3]]:
    rng = np.random.RandomState(seed)
    out = [rng.randn(3), rng.randint(0, 9, 4), rng.rand(2, 2), rng.normal(size=1), rng.permutation(6), rng.choice(9, 4, replace=False), rng.choice(5, 3, replace=False, p=[0.1, 0.2, 0.3, 0.25, 0.15]), rng.permutation([[1, 2], [3, 4], [5, 6]]), rng.randn(), rng.standard_normal(2), rng.randint(2**40, size=2), rng.gamma(2.0, size=2), rng.bytes(7), rng.random(2), rng.randint(0, 200, 5, dtype="uint8"), rng.randn(2)]
    x = np.arange(12).reshape(6, 2)
    rng.shuffle(x)
    y = list(range(7))
    rng.shuffle(y)
    out[12] = list(out[12])
    mixed.append({"name": "RandomState", "seed": seed, "out": out + [x, y, rng.randn(3)], "state": rng.get_state()[1][:5], "pos": rng.get_state()[2]})
for kind in ("PCG64", "MT19937", "Philox", "SFC64", "PCG64DXSM"):
    for seed in (0, 99, [4, 5]):
        rng = np.random.Generator(getattr(np.random, kind)(seed))
        out = [rng.random(3), rng.integers(0, 9, 5), rng.standard_normal(2), rng.integers(0, 9, 3), rng.permutation(6), rng.choice(9, 4, replace=False), rng.choice(9, 4, replace=False, shuffle=False), rng.choice(1000, 4, replace=False), rng.choice(5, 3, replace=False, p=[0.1, 0.2, 0.3, 0.25, 0.15]), rng.random(3, dtype="float32"), rng.integers(0, 100, 3, dtype="uint8"), rng.random(), rng.permuted(np.arange(8).reshape(2, 4), axis=1), rng.permutation([[1, 2], [3, 4], [5, 6]], axis=1), list(rng.bytes(7)), rng.standard_normal(3, dtype="float32"), rng.integers(2**40, size=2), rng.choice([[1, 2, 3], [4, 5, 6]], 2, axis=1), rng.multivariate_normal([0, 1], [[1, 0.2], [0.2, 2]], 2, method="cholesky"), rng.multivariate_normal([0, 1], [[1, 0.2], [0.2, 2]], 2, method="eigh")]
        x = np.arange(12).reshape(6, 2)
        rng.shuffle(x)
        z = np.arange(12).reshape(3, 4)
        rng.shuffle(z, axis=1)
        child = rng.spawn(2)[1].random(2)
        raw = [str(v) for v in rng.bit_generator.random_raw(3)]
        mixed.append({"name": kind, "seed": seed, "out": out + [x, z, child, rng.random(2)], "raw": raw})
words = []
for entropy, key in [(0, ()), (12345, ()), ([1, 2, 3], ()), (2**70 + 5, ()), (5, (1, 2))]:
    s = np.random.SeedSequence(entropy, spawn_key=key)
    words.append([entropy, list(key), s.generate_state(5), s.generate_state(3, np.uint64), s.spawn(2)[1].generate_state(3)])
mixed.append({"name": "SeedSequence", "words": words})
jumps = []
for kind in ("PCG64", "PCG64DXSM", "MT19937", "Philox"):
    b = getattr(np.random, kind)(11)
    row = [kind, [str(v) for v in b.jumped(2).random_raw(2)]]
    if kind != "MT19937":
        b.advance(1000)
        row.append([str(v) for v in b.random_raw(2)])
    jumps.append(row)
mixed.append({"name": "jumps", "jumps": jumps})
save(__file__, mixed, "numpy", "mixed.json")
