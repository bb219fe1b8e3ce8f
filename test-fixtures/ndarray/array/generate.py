"""Indexing of NumPy arrays: random gets and sets of every kind of entry, and the errors of those that do not fit."""

import pathlib
import sys
import warnings

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import save  # noqa: E402

warnings.simplefilter("ignore")
rng = np.random.default_rng(5)
SHAPES = [(5,), (3, 4), (2, 3, 4), (2, 1, 3, 2), (0, 3)]


def bound(n):
    return None if rng.random() < 0.4 else int(rng.integers(-n - 2, n + 3))


def entry(n, bad):
    """One entry for an axis of length n."""
    kind = rng.choice(["int", "slice", "slice", "list", "array", "mask"])
    low, high = (-n, n) if not bad else (-n - 1, n + 1)
    if kind == "int" and high > low:
        return int(rng.integers(low, high))
    if kind == "list" and high > low:
        return [int(i) for i in rng.integers(low, high, rng.choice([1, 2, 2, 3]))]
    if kind == "array" and high > low:
        return rng.integers(low, high, [(2,), (2, 1), (1, 2), (2, 2)][int(rng.integers(4))]) if rng.random() < 0.9 else np.array(rng.integers(low, high))
    if kind == "mask":
        return rng.random(n + (1 if bad and rng.random() < 0.3 else 0)) < 0.5
    return slice(bound(n), bound(n), int(rng.choice([1, 1, 2, -1, -2])) if rng.random() < 0.6 else None)


def index(shape):
    bad = rng.random() < 0.12
    roll = rng.random()
    if roll < 0.08:
        return rng.random(shape) < 0.5
    if roll < 0.12 and len(shape) > 1:
        return (rng.random(shape[:2]) < 0.5, *[entry(n, False) for n in shape[2:]])
    n = int(rng.integers(1, len(shape) + 1 + (bad and rng.random() < 0.3)))
    out = [entry(shape[i] if i < len(shape) else 2, bad) for i in range(n)]
    if rng.random() < 0.25:
        k = int(rng.integers(0, n + 1))
        out = [*out[:k], ..., *[entry(s, False) for s in shape[len(shape) - (n - k):]]][: len(shape) + 1]
    if rng.random() < 0.25:
        out.insert(int(rng.integers(0, len(out) + 1)), None)
    if rng.random() < 0.04:
        out.insert(0, bool(rng.random() < 0.5))
    return out[0] if len(out) == 1 and rng.random() < 0.5 else tuple(out)


def entries(i):
    return list(i) if isinstance(i, tuple) else [i]


def attempt(f):
    try:
        return f()
    except Exception as e:
        return e


cases = []
for shape in SHAPES:
    x = (np.arange(int(np.prod(shape))) + 1).reshape(shape)
    gets, sets = [], []
    for k in range(140 if shape != (0, 3) else 20):
        i = index(shape)
        got = attempt(lambda: x[i])
        gets.append([entries(i), got])
        if isinstance(got, Exception):
            sets.append([entries(i), -1, attempt(lambda: x.copy().__setitem__(i, -1))])
            continue
        v = -100
        if isinstance(got, np.ndarray) and rng.random() < 0.7:
            s = [d if rng.random() < 0.7 else 1 for d in got.shape][int(rng.integers(0, got.ndim + 1)) if rng.random() < 0.4 else 0 :]
            if rng.random() < 0.15:
                s = [*s, 3]
            v = -(np.arange(int(np.prod(s))) + 1).reshape(s)
        y = x.copy()
        e = attempt(lambda: y.__setitem__(i, v))
        sets.append([entries(i), v, e if isinstance(e, Exception) else y])
    cases.append({"name": f"shape {shape}", "x": x, "gets": gets, "sets": sets})

x = np.arange(12.0).reshape(3, 4)
bad = []
for i in [(5,), (0, 9), (0, 0, 0), (1.5,), ([0.5],), ([0, 1], [0, 1, 2]), (..., ...), (slice(None, None, 0),), (np.ones((2, 2), bool),), (np.ones(4, bool),), ([[0], [1, 2]],)]:
    bad.append([list(i), attempt(lambda: x[i])])
cases.append({"name": "errors", "x": x, "bad": bad})
save(__file__, cases, "numpy")
