"""The workloads in NumPy, on one thread."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from harness import run  # noqa: E402

import numpy as np  # noqa: E402

rng = np.random.default_rng(0)
normal = rng.standard_normal
SIZES = [4, 1_000, 100_000, 1_000_000]


def one(f, positive=False):
    def make(n):
        a = np.abs(normal(n)) if positive else normal(n)
        return lambda: f(a)

    return make


def add(n):
    a, b = normal(n), normal(n)
    return lambda: a + b


def where(n):
    a, b = normal(n), normal(n)
    return lambda: np.where(a > 0, a, b)


def take(n):
    a, at = normal(n), rng.permutation(n)
    return lambda: a[at]


VECTORS = {"add": add, "multiply": one(lambda a: a * 2), "exp": one(np.exp), "log": one(np.log, True), "sqrt": one(np.sqrt, True), "sum": one(lambda a: a.sum()), "argmax": one(lambda a: a.argmax()), "cumsum": one(lambda a: a.cumsum()), "sort": one(np.sort), "where": where, "mask": one(lambda a: a[a > 0]), "take": take}
W = {f"{name}{n}": (lambda make=make, n=n: make(n)) for name, make in VECTORS.items() for n in SIZES}


def given(make, f):
    def start():
        args = make()
        return lambda: f(*args)

    return start


def well_posed(n):
    return normal((n, n)) + np.eye(n) * n


def symmetric(n):
    a = normal((n, n))
    return a + a.T


W |= {
    "matmul": given(lambda: (normal((512, 512)), normal((512, 512))), np.matmul),
    "mean_axis": given(lambda: (normal((1000, 1000)),), lambda a: a.mean(0)),
    "transpose": given(lambda: (normal((1000, 1000)),), lambda a: np.ascontiguousarray(a.T)),
    "svd": given(lambda: (normal((256, 256)),), np.linalg.svd),
    "inv": given(lambda: (well_posed(256),), np.linalg.inv),
    "solve": given(lambda: (well_posed(256), normal(256)), np.linalg.solve),
    "eigh": given(lambda: (symmetric(128),), np.linalg.eigh),
    "normal": given(lambda: (1_000_000,), normal),
    "uniform": given(lambda: (1_000_000,), rng.random),
    "fft": given(lambda: (normal(65_536),), np.fft.fft),
    "broadcast": given(lambda: (normal((1000, 1)), normal(1000)), np.add),
    "astype": given(lambda: (normal(1_000_000),), lambda a: a.astype("float32")),
}
run(W)
