"""Values of elementary functions from mpmath with far more digits than float64 has, as pairs of float64."""

import pathlib
import random
import sys

import mpmath as mp
import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3]))
from fixtures import save  # noqa: E402

mp.mp.prec = 300
random.seed(11)
N = 60


def flat(low, high, n=N):
    return [random.uniform(low, high) for _ in range(n)]


def spread(low, high, n=N):
    """Both signs, magnitudes 10**low … 10**high."""
    return [random.choice([1, -1]) * 10 ** random.uniform(low, high) for _ in range(n)]


def positive(xs):
    return [abs(x) for x in xs]


PI = float(mp.pi)
CASES = {
    "exp": (mp.exp, [flat(-708, 709) + flat(-1, 1) + spread(-20, 0)]),
    "expm1": (mp.expm1, [flat(-40, 709) + flat(-1, 1) + spread(-16, 0) + [0.0027, 0.00271, -0.0027]]),
    "log": (mp.log, [flat(0, 10) + flat(0.9, 1.1) + positive(spread(-320, 308)) + [1 + x for x in spread(-15, -1.1)]]),
    "log1p": (mp.log1p, [flat(-1, 10) + spread(-16, -0.1) + positive(spread(-1, 300))]),
    "sin": (mp.sin, [flat(-7, 7) + flat(-25000, 25000) + spread(-9, 3) + spread(4, 300, 20) + [k * PI / 2 for k in range(1, 40)]]),
    "cos": (mp.cos, [flat(-7, 7) + flat(-25000, 25000) + spread(-9, 3) + spread(4, 300, 20) + [k * PI / 2 for k in range(1, 40)]]),
    "tan": (mp.tan, [flat(-7, 7) + flat(-25000, 25000) + spread(-9, 3) + [k * PI / 2 for k in range(1, 40)]]),
    "acos": (mp.acos, [flat(-1, 1) + [1 - x for x in positive(spread(-15, -1))] + [x - 1 for x in positive(spread(-15, -1))]]),
    "pow": (mp.power, [flat(0, 1) + flat(0, 100) + [1 + 0.5 * x for x in spread(-8, -1)], flat(0, 10) + flat(-100, 100) + flat(-500, 500)]),
}

cases = []
for name, (f, columns) in CASES.items():
    exact = [f(*map(mp.mpf, row)) for row in zip(*columns)]
    high = [float(v) for v in exact]
    low = [float(v - mp.mpf(h)) for v, h in zip(exact, high)]
    cases.append({"name": name, "args": [np.array(c) for c in columns], "high": np.array(high), "low": np.array(low)})
save(__file__, cases, "numpy")
