"""Records calls of NumPy: a table of function, arguments, keywords and what came out, many functions a file.

A generator makes a `Calls`, calls it as `c("concatenate", [a, b], axis=1)`, and ends with `c.save(__file__)`. What a call
raises is recorded like what it returns; `c.inplace` records the first argument after the call, too.
"""

import copy
import pathlib
import sys
import warnings

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from fixtures import distinct, save  # noqa: E402, F401

warnings.simplefilter("ignore")
np.seterr(all="ignore")


def plain(y):
    """A result in terms that `encode` knows."""
    if isinstance(y, type):
        return y.__name__
    if isinstance(y, np.ndarray) and y.dtype.kind == "U" and y.ndim == 0:
        return str(y)
    if isinstance(y, np.ndarray) and y.dtype.kind in "OUS":
        return [plain(v) for v in y.tolist()] if y.dtype.kind != "S" else [v.decode() for v in y.tolist()]
    if isinstance(y, np.str_):
        return str(y)
    if isinstance(y, tuple):
        return tuple(plain(v) for v in y)
    if isinstance(y, list):
        return [plain(v) for v in y]
    if isinstance(y, (np.nditer, np.ndenumerate, np.ndindex)) or hasattr(y, "__next__"):
        return [plain(v) for v in y]
    return y


class Calls:
    def __init__(self, root=np, library="numpy"):
        self.cases, self.root, self.library = {}, root, library

    def find(self, name):
        f = self.root
        for part in name.split("."):
            f = getattr(f, part)
        return f

    def _record(self, name, args, kw, y, **more):
        if any(o["args"] == repr((args, kw)) for o in self.cases.get(name, [])):
            return y
        self.cases.setdefault(name, []).append({"args": repr((args, kw)), "item": [list(args), kw, plain(y), *more.values()]})
        return y

    def run(self, f, args, kw):
        try:
            return f(*args, **kw)
        except Exception as e:
            return e

    def __call__(self, name, *args, **kw):
        given = copy.deepcopy((args, kw))
        return self._record(name, *given, self.run(self.find(name), args, kw))

    def inplace(self, name, *args, **kw):
        given = copy.deepcopy((args, kw))
        y = self.run(self.find(name), args, kw)
        return self._record(name, *given, y, after=args[0])

    def over(self, name, arrays, keywords=({},), before=(), after=()):
        """One call for every array with every set of keywords."""
        for a in arrays:
            for kw in keywords:
                self(name, *before, a, *after, **kw)

    def method(self, name, a, *args, **kw):
        """A method of an array; recorded as `ndarray.name` with the array first and last."""
        given = copy.deepcopy((a, *args)), copy.deepcopy(kw)
        y = self.run(getattr(a, name), args, kw)
        return self._record(f"ndarray.{name}", *given, y, after=a)

    def save(self, script, name="cases.json"):
        rows = [{"name": n, "items": [i["item"] for i in items]} for n, items in self.cases.items()]
        save(script, rows, self.library, name)


def arr(shape, dtype="float64", seed=1, low=-1.0, high=1.0):
    """Distinct values of any type."""
    d = np.dtype(dtype)
    n = int(np.prod(shape))
    if d.kind == "b":
        return (np.random.default_rng(seed).random(n) < 0.5).reshape(shape)
    if d.kind in "iu":
        start = 0 if d.kind == "u" else -(n // 3)
        return (np.random.default_rng(seed).permutation(np.arange(n)) + start).reshape(shape).astype(d)
    if d.kind == "c":
        return (distinct(shape, seed, low=low, high=high) + 1j * distinct(shape, seed + 50, low=low, high=high)).astype(d)
    return distinct(shape, seed, d, low, high)


KINDS = ["bool", "uint8", "int16", "int64", "float32", "float64", "complex128"]
