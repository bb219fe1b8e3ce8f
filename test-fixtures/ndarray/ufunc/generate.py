"""Every ufunc of NumPy on numbers: result types for all pairs of types, values for every type, edges, reductions."""

import pathlib
import sys
import warnings

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import save  # noqa: E402

warnings.simplefilter("ignore")
rng = np.random.default_rng(11)
TYPES = [np.dtype(t) for t in "?bBhHiIlLefdFD"]
SKIP = {"isnat", "matmul", "vecdot", "matvec", "vecmat"}
ufuncs = {}
for name in sorted(dir(np)):
    f = getattr(np, name)
    if isinstance(f, np.ufunc) and f.__name__ not in SKIP:
        ufuncs.setdefault(f.__name__, f)


def numbers(d, n=7, positive=False):
    """Distinct numbers of a type, small enough for every function."""
    if d.kind == "b":
        return np.array([True, False, True, True, False, False, True])[:n]
    if d.kind in "iu":
        low = 0 if d.kind == "u" or positive else -5
        return (np.arange(n) * 2 + low).astype(d)
    x = rng.permutation(np.linspace(0.15 if positive else -0.9, 0.95, n))
    return (x + (1j * rng.permutation(np.linspace(-0.8, 0.7, n)) if d.kind == "c" else 0)).astype(d)


def run(f, *args, **kw):
    try:
        y = f(*args, **kw)
        return list(y) if isinstance(y, tuple) else y
    except Exception as e:
        return e


def code(y):
    if isinstance(y, Exception):
        return "x"
    return "".join(np.asarray(v).dtype.char for v in (y if isinstance(y, list) else [y]))


cases = []
for name, f in ufuncs.items():
    items = []
    if f.nin == 1:
        types = [code(run(f, numbers(d, 3, True))) for d in TYPES]
        for d in TYPES:
            x = numbers(d)
            if name in ("arccosh",) and d.kind == "f":
                x = np.abs(x) + d.type(1.5)
            if name == "arccosh" and d.kind in "iu":
                x = np.abs(x) + d.type(1)
            y = run(f, x)
            if not isinstance(y, Exception):
                items.append([[x], y])
        if name not in ("bitwise_count", "invert"):
            edge = np.array([0.0, -0.0, 1.0, -1.0, np.inf, -np.inf, np.nan, 0.5, -2.5, 1e300, 1e-300])
            if not isinstance(run(f, edge), Exception):
                items.append([[edge], run(f, edge)])
        weak = [code(run(f, v)) for v in (2, 0.5, 0.5 + 1j, True)]
    else:
        types = ["".join(code(run(f, numbers(a, 2, True) if name not in ("left_shift", "right_shift") else numbers(a, 2, True), numbers(b, 2, True))) + " " for b in TYPES).strip() for a in TYPES]
        small = name in ("power", "float_power", "left_shift", "right_shift", "ldexp")
        for a in TYPES:
            x, y = numbers(a), numbers(a, positive=small)[::-1]
            if name in ("power", "float_power") and a.kind == "f":
                x = np.abs(x) + a.type(0.125)
            z = run(f, x, y)
            if not isinstance(z, Exception):
                items.append([[x, y], z])
        for a, b in [("b", "B"), ("l", "f"), ("e", "i"), ("f", "D"), ("?", "b"), ("L", "l"), ("f", "d")]:
            a, b = np.dtype(a), np.dtype(b)
            x, y = numbers(a, 3, True).reshape(3, 1), numbers(b, 2, True)
            z = run(f, x, y)
            if not isinstance(z, Exception):
                items.append([[x, y], z])
        e = np.array([0.0, -0.0, 1.0, -1.0, np.inf, -np.inf, np.nan, 2.5])
        if not isinstance(run(f, e, e), Exception):
            items.append([[e.reshape(8, 1), e], run(f, e.reshape(8, 1), e)])
        if name in ("floor_divide", "remainder", "fmod", "divmod", "gcd", "lcm"):
            i = np.array([-7, -1, 0, 1, 3, 8], np.int32)
            items.append([[i.reshape(6, 1), i], run(f, i.reshape(6, 1), i)])
        if name in ("left_shift", "right_shift"):
            for d in "bBiL":
                i = np.array([0, 1, 5, 7, 8, 31, 32, 63, 64, 70], d)
                items.append([[i.reshape(10, 1), i], run(f, i.reshape(10, 1), i)])
        weak = [" ".join(code(run(f, numbers(d, 2, True), v)) for d in TYPES) for v in (2, 0.5, 0.5 + 1j, True)]
    cases.append({"name": name, "types": types, "weak": weak, "items": items})
save(__file__, cases, "numpy")

calls = []
rng = np.random.default_rng(12)
A = rng.standard_normal((2, 3, 4))
I = np.arange(-3, 9).reshape(3, 4)
B = I % 3 == 0
for name, f in ufuncs.items():
    if f.nin != 2 or f.nout != 1:
        continue
    for x in (A, I, B, I.astype(np.uint8)):
        for kw in (dict(), dict(axis=1), dict(axis=None), dict(axis=-1, keepdims=True), dict(axis=(0, 1)), dict(axis=0, initial=2), dict(axis=1, where=np.arange(x.shape[-1]) % 2 == 0)):
            y = run(f.reduce, x, **kw)
            if isinstance(y, Exception) or name in ("power", "floor_divide", "remainder", "float_power", "fmod", "arctan2", "nextafter", "ldexp", "left_shift", "right_shift", "subtract", "copysign", "heaviside", "divide"):
                continue
            calls.append([name, "reduce", [x], kw, y])
    for x in (A, I):
        for method, args in (("accumulate", [x]), ("accumulate", [x, 1]), ("outer", [x[0, :2], x[1, :3]]), ("reduceat", [x[0], [0, 2, 1]]) if x is I else ("reduceat", [x[0, 0], [0, 2, 1]])):
            y = run(getattr(f, method), *args)
            if not isinstance(y, Exception) and name in ("add", "multiply", "maximum", "logical_or", "subtract", "bitwise_xor", "hypot"):
                calls.append([name, method, args, {}, y])
out = []
for op, idx, v in [("add", [0, 0, 1], 1), ("multiply", [2, 2], 3), ("add", [[0, 1], [1, 1]], [[1, 2], [3, 4]]), ("subtract", slice(1, 3), 5), ("maximum", [0, 0], [7, 4])]:
    x = np.arange(4)
    getattr(np, op).at(x, idx, v)
    out.append([op, np.arange(4), idx, v, x])
x = np.arange(4.0)
np.negative.at(x, [0, 2, 2, 3, 3, 3])
out.append(["negative", np.arange(4.0), [0, 2, 2, 3, 3, 3], None, x])
save(__file__, [{"name": "methods", "calls": calls, "at": out}], "numpy", "methods.json")
