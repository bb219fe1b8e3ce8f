"""Values of the C library of Linux (glibc, x86-64 with fused multiply-add) where it does not round correctly, found among random arguments
by mpmath, and at random arguments. NumPy's random streams are made of them."""

import ctypes
import pathlib
import random
import struct
import sys

import mpmath as mp
import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3]))
from fixtures import save  # noqa: E402

mp.mp.prec = 160
random.seed(5)
LIBM = ctypes.CDLL("libm.so.6")
HARD, PLAIN = 120, 60


def between(low, high):
    return lambda: random.uniform(low, high)


def spread(low, high):
    return lambda: 10 ** random.uniform(low, high)


def either(*makers):
    return lambda: random.choice(makers)()


def single(make):
    return lambda: struct.unpack("f", struct.pack("f", make()))[0]


DOUBLE = {
    "exp": (mp.exp, [either(between(-5, 5), between(-745, 709))]),
    "expm1": (mp.expm1, [either(between(-3, 3), between(-40, 709), spread(-15, 0))]),
    "log": (mp.log, [either(between(0, 2), between(0.9, 1.1), spread(-320, 308))]),
    "log1p": (mp.log1p, [either(between(-1, 0), between(-0.3, 5), spread(-15, 300))]),
    "sin": (mp.sin, [either(between(-7, 7), between(-1e5, 1e5))]),
    "cos": (mp.cos, [either(between(-7, 7), between(-1e5, 1e5))]),
    "acos": (mp.acos, [either(between(-1, 1), between(0.9, 1), between(-1, -0.9))]),
    "pow": (mp.power, [either(between(0, 1), between(0, 10)), either(between(-5, 5), between(0, 300))]),
}
FLOAT = {
    "expf": (mp.exp, [single(either(between(-5, 5), between(-104, 88)))]),
    "logf": (mp.log, [single(either(between(0, 2), spread(-37, 38)))]),
    "log1pf": (mp.log1p, [single(either(between(-1, 0), between(-0.3, 5), spread(-9, 38)))]),
    "powf": (mp.power, [single(between(0, 4)), single(between(-30, 30))]),
}


def rounded(v, kind):
    if kind is ctypes.c_float:
        with mp.workprec(24):
            return float(+v)
    return float(v)


cases = []
for table, kind in ((DOUBLE, ctypes.c_double), (FLOAT, ctypes.c_float)):
    for name, (exact, makers) in table.items():
        f = getattr(LIBM, name)
        f.restype, f.argtypes = kind, [kind] * len(makers)
        hard, plain, tries = [], [], 0
        while len(plain) < PLAIN or (len(hard) < HARD and tries < 400_000):
            tries += 1
            args = [m() for m in makers]
            y = f(*args)
            if not (0 < abs(y) < 1e300) or (kind is ctypes.c_float and not 1e-37 < abs(y) < 1e38):
                continue
            if y != rounded(exact(*map(mp.mpf, args)), kind):
                hard.append((*args, y))
            elif len(plain) < PLAIN:
                plain.append((*args, y))
        rows = hard[:HARD] + plain
        print(name, len(hard), "of", tries)
        dtype = np.float32 if kind is ctypes.c_float else np.float64
        *args, ys = (np.array(c, dtype) for c in zip(*rows))
        cases.append({"name": name, "args": args, "y": ys})
save(__file__, cases, "numpy")
