"""Differences, sums, parts of numbers, digits and windows."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import KINDS, Calls, arr  # noqa: E402

c = Calls()
A, V = arr((3, 4)), arr((5,), "int64")
for name in ("sum", "prod", "mean", "std", "var", "max", "min", "any", "all", "argmax", "argmin", "cumsum", "cumprod", "ptp"):
    for d in KINDS:
        x = arr((2, 3), d, seed=len(name))
        c(name, x)
        c(name, x, axis=1)
    c(name, np.zeros((0, 3)))
    c(name, np.zeros((0, 3)), axis=0)
    c(name, np.zeros((0, 3)), axis=1)
    c(name, 3.5)
    c(name, [1, 2, 3])
    c(name, A, axis=0)
    c(name, A, axis=5)
    if name not in ("argmax", "argmin", "cumsum", "cumprod"):
        c(name, arr((2, 3, 2), "float32"), axis=(0, 2))
        c(name, A, axis=-1, keepdims=True)
        c(name, A, axis=(0, 0))
        c(name, A, axis=())
    if name not in ("argmax", "argmin", "cumsum", "cumprod", "ptp"):
        kw = dict(initial=1.0) if name in ("max", "min") else {}
        c(name, A, where=A > 0, **kw)
        c(name, A, axis=1, where=[True, False, True, True], **kw)
for name in ("argmax", "argmin"):
    c(name, A, axis=1, keepdims=True)
    c(name, [1.0, np.nan, 3.0])
    c(name, [2, 2, 1, 1])
for name in ("max", "min"):
    c(name, [1.0, np.nan, 3.0])
    c(name, A, initial=0.5)
    c(name, [], initial=4.0)
for name in ("sum", "prod"):
    c(name, A, dtype="float32")
    c(name, arr((4,), "uint8"), dtype="uint8")
    c(name, A, initial=10.0)
    c(name, arr((3,), "float16"))
for name in ("std", "var"):
    c(name, A, ddof=1)
    c(name, A, axis=0, ddof=1, keepdims=True)
    c(name, A, correction=1)
    c(name, [1.0], ddof=1)
    c(name, arr((3,), "float16"))
    c(name, A, axis=1, mean=A.mean(axis=1, keepdims=True))
c("mean", arr((4,), "float16"))
c("mean", arr((4,), "int64"), dtype="float32")
for name in ("cumsum", "cumprod"):
    c(name, A, axis=1)
    c(name, A, dtype="float32")
for name in ("cumulative_sum", "cumulative_prod"):
    c(name, V)
    c(name, A)
    c(name, A, axis=1)
    c(name, A, axis=0, include_initial=True)
    c(name, V, dtype="float32", include_initial=True)
for x in (V, A, arr((4,), "uint8"), arr((4,), "bool"), arr((3,), "complex128"), [1, 4, 9, 16], np.zeros((0,)), [1], 3):
    for kw in ({}, dict(n=2), dict(n=0)):
        c("diff", x, **kw)
c("diff", A, axis=0)
c("diff", V, prepend=0)
c("diff", V, append=[7, 8])
c("diff", A, axis=1, prepend=0, append=1)
c("diff", V, n=-1)
c("diff", V, n=9)
for x, kw in [(V, {}), (A, {}), (V, dict(to_begin=-9)), (V, dict(to_end=[8, 9], to_begin=7)), ([1], {}), ([1.5, 2], {}), (V, dict(to_end=1.5))]:
    c("ediff1d", x, **kw)
for args, kw in [((V,), {}), ((A,), {}), ((arr((4,), "float32"),), {}), ((V, 2.0), {}), ((V, [0, 1, 3, 6, 10]), {}), ((A, 2.0, 3.0), {}), ((A,), dict(axis=1)), ((A, 0.5), dict(axis=0)), ((V,), dict(edge_order=2)), ((V, [0, 1, 3, 6, 10]), dict(edge_order=2)), (([1],), {}), ((A, 1.0, 2.0, 3.0), {}), ((arr((4,), "complex128"),), {}), ((arr((4,), "uint8"),), {}), ((A,), dict(axis=(0, 1)))]:
    c("gradient", *args, **kw)
for args, kw in [((V,), {}), ((V,), dict(dx=0.5)), ((V, [0, 1, 3, 6, 10]), {}), ((A,), {}), ((A,), dict(axis=0)), ((A, [0, 1, 3]), dict(axis=0)), (([1],), {}), ((arr((4,), "float32"),), {})]:
    c("trapezoid", *args, **kw)
xp, fp = [1.0, 2.0, 3.5, 5.0], [3.0, 2.0, 0.5, 7.0]
for x, kw in [(2.5, {}), ([0, 1, 1.5, 2.72, 3.14, 9], {}), ([0, 9], dict(left=-99, right=-1)), (arr((2, 2)) * 3, {}), ([-0.5, 6, 2.2], dict(period=4)), ([np.nan, 2], {}), ([], {})]:
    c("interp", x, xp, fp, **kw)
c("interp", [1.5, 2.5], [1, 2, 3], [1 + 1j, 2, 3 - 2j])
c("interp", 2, [1, 2], [1, 2, 3])
c("interp", 2, [], [])
c("interp", [2], [1, 2], [5, 6])
for name in ("convolve", "correlate"):
    for mode in ("full", "same", "valid"):
        for a, v in [([1, 2, 3], [0, 1, 0.5]), ([1, 2, 3, 4], [1, 2]), ([1, 2], [1, 2, 3, 4]), (arr((5,), "float32"), arr((3,), "float32", 2)), (arr((4,), "complex128"), arr((2,), "complex128", 2)), ([1], [5]), (arr((3,), "bool"), arr((2,), "bool", 2))]:
            c(name, a, v, mode)
    c(name, [], [1])
    c(name, [1, 2], [])
    c(name, [[1]], [1])
c("convolve", [1, 2], [3, 4])
c("correlate", [1, 2], [3, 4])
c("convolve", [1, 2], [1], "bad")
for x, kw in [(np.array([0, 0.78, 5.49, 6.28]), {}), ([0, 1, 2, -1, 0], dict(period=4)), ([2, 3, 4, 5, 2, 3, 4, 5], dict(period=4)), (arr((2, 5)) * 9, {}), (arr((2, 5)) * 9, dict(axis=0)), (arr((4,)) * 9, dict(discont=4.0))]:
    c("unwrap", x, **kw)
for a, b, kw in [([1, 2, 3], [4, 5, 6], {}), ([1, 2], [4, 5, 6], {}), ([1, 2], [4, 5], {}), (arr((2, 3)), arr((2, 3), seed=2), {}), (arr((3, 2)), arr((3, 2), seed=2), dict(axisa=0, axisb=0)), (arr((2, 3)), arr((3,), seed=2), {}), (arr((2, 3)), arr((2, 3), seed=2), dict(axisc=0)), ([1, 2, 3, 4], [1, 2, 3, 4], {}), (arr((3, 2)), arr((3, 2), seed=2), dict(axis=0))]:
    c("cross", a, b, **kw)
for x in ([1 + 2j, -1j], [1.0, -1.0], 1 + 1j, -2.0, [1, -1], arr((2, 2), "complex64")):
    c("angle", x)
    c("angle", x, deg=True)
    c("real", x)
    c("imag", x)
    c("iscomplex", x)
    c("isreal", x)
    c("iscomplexobj", x)
    c("isrealobj", x)
for x, kw in [([2.1 + 4e-14j, 5.2 + 3e-15j], {}), ([2.1 + 4e-3j], {}), ([2.1 + 4e-14j, 5.2 + 3e-15j], dict(tol=1000)), ([1, 2], {}), (arr((3,), "float32"), {})]:
    c("real_if_close", x, **kw)
for x in (3, 3.5, [1], True, 1j, "a", np.float32(3), np.array([3])):
    c("isscalar", x)
for x in ([np.inf, -np.inf, np.nan, 1.0], [1, 2], np.inf, arr((2,), "float32"), arr((2,), "complex128")):
    for name in ("isposinf", "isneginf", "nan_to_num", "isfinite", "isnan", "isinf"):
        c(name, x)
c("nan_to_num", [np.inf, -np.inf, np.nan, 1.0], nan=5, posinf=6, neginf=7)
c("nan_to_num", np.array([np.inf, np.nan], "float32"))
c("nan_to_num", [complex(np.inf, np.nan), complex(np.nan, np.nan)])
for x in ([2.1, -2.1, 2.9, -2.9], 3.5, [1, 2], arr((3,), "float32") * 5, -0.5):
    c("fix", x)
for x in ([0, 0.5, 1.25, -2.5], 0, 0.3, arr((3,), "float32"), [1, 2]):
    c("sinc", x)
for x in ([0.0, 1.0, 7.9, 8.1, 20.0], 0, [-3.5, 2], arr((3,), "float32")):
    c("i0", x)
for name in ("hamming", "hanning", "blackman", "bartlett"):
    for m in (0, 1, 2, 5, 8, 11, -2, 4.0):
        c(name, m)
for m, b in [(0, 1), (1, 3), (5, 14), (8, 2.5), (4, 0)]:
    c("kaiser", m, b)
for n, kw in [(5, {}), (5, dict(base=3)), (7, dict(base=5, padding=3)), (10, dict(base=16)), (-32, dict(base=16)), (0, {}), (5, dict(base=37)), (5, dict(base=1)), (32, dict(base=36))]:
    c("base_repr", n, **kw)
for n, kw in [(3, {}), (-3, {}), (3, dict(width=4)), (-3, dict(width=3)), (-3, dict(width=5)), (0, {}), (0, dict(width=3)), (10, dict(width=2)), (-8, dict(width=4))]:
    c("binary_repr", n, **kw)
for x, kw in [([[1, 0, 1], [0, 1, 0]], {}), ([[1, 0, 1], [0, 1, 0]], dict(axis=1)), ([1] * 9, dict(bitorder="little")), ([True, False], {}), (np.zeros((3, 10), bool), dict(axis=0)), ([1.5], {}), ([], {})]:
    c("packbits", x, **kw)
for x, kw in [([2, 7, 23], {}), ([[2], [7], [23]], dict(axis=1)), ([[2], [7], [23]], dict(axis=1, count=3)), ([2, 7], dict(bitorder="little")), ([2, 7], dict(count=-3)), ([2, 7], dict(count=20))]:
    c("unpackbits", np.array(x, np.uint8), **kw)
c("unpackbits", [1, 2])
for x, d in [([1.25, -1.5, 2.5, 0.05], 0), ([1.25, -1.55, 2.35], 1), ([1234, -1255], -2), (2.5, 0), (1.005, 2), (arr((3,), "float32"), 2), (arr((3,), "complex128"), 1), ([True], 0), (123, -1), ([1e300, 5e-324], 3)]:
    c("round", x, d)
    c("around", x, d)
for x, lo, hi in [(A, -0.2, 0.3), (V, 0, 2), (V, 1.5, 2), (V, None, 1), (V, 0, None), (A, [0, 0.1, 0.2, 0.3], 1), (V, 3, 1), (arr((3,), "uint8"), 1, 300), (2.5, 0, 1), (arr((3,), "complex128"), 0, 1), (V, None, None), (arr((3,), "int8"), 0, 1000)]:
    c("clip", x, lo, hi)
for name, a, b in [("logaddexp", -1000.0, -1000.5), ("power", 2, -1), ("power", [2, 3], [3, 2]), ("divide", [1, 0], 0), ("floor_divide", [7, -7], 2), ("remainder", [7, -7], [2, -2]), ("fmod", [7, -7], 3), ("divmod", [7, -7], 2), ("hypot", 3, 4), ("arctan2", [1, -1], [0, -0.0]), ("copysign", [1, 2], -0.0), ("nextafter", 1, 2), ("maximum", [1, np.nan], 2), ("fmax", [1, np.nan], 2), ("gcd", [12, 18], 8), ("lcm", [4, 6], 10), ("ldexp", [1.5, 2], 3), ("heaviside", [-1, 0, 2], 0.5), ("left_shift", [1, 2], 3), ("float_power", 2, -1), ("logical_xor", [True, 0], [1, 0])]:
    c(name, a, b)
for name in ("modf", "frexp", "spacing", "signbit", "trunc", "rint", "ceil", "floor", "cbrt", "exp2", "expm1", "log1p", "log2", "log10", "deg2rad", "degrees", "reciprocal", "sign", "square", "absolute", "negative", "positive", "conjugate", "invert", "bitwise_count", "isnan"):
    for x in ([1.5, -0.25, 2.0], [1, -2, 3], 2.5, -3, arr((2,), "float32"), [True, False], 1 + 2j):
        c(name, x)
for name in ("sin", "cos", "tan", "exp", "log", "sqrt", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "arcsinh", "arccosh", "arctanh", "fabs"):
    for x in ([0.5, -0.25, 0.75, 1.5], [1, 2], 0.5, arr((2, 2), "float32"), arr((3,), "complex128"), np.inf, np.array([0.5, 2.0], "float16")):
        c(name, x)
c.save(__file__)
