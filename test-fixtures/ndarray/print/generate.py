"""How NumPy prints arrays and scalars: random arrays of every dtype and many shapes, edge values, every print option."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import save  # noqa: E402

rng = np.random.default_rng(2024)
FLOATS = ["float64", "float32", "float16"]
INTS = ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"]
SHAPES = [(), (0,), (1,), (3,), (7,), (25,), (2, 3), (3, 1), (0, 3), (2, 0, 2), (2, 2, 3), (2, 15)]


def values(kind, shape):
    """Numbers of one character: near one, spread over decades, few digits, with specials."""
    n = int(np.prod(shape))
    x = rng.standard_normal(n)
    if kind == "wide":
        x *= 10.0 ** rng.integers(-7, 8, n)
    if kind == "large":
        x *= 1e9
    if kind == "small":
        x *= 1e-6
    if kind == "short":
        x = np.round(x * 4) / 4
    if kind == "whole":
        x = np.round(x * 50)
    if kind == "special" and n:
        x[rng.integers(0, n, max(1, n // 3))] = rng.choice([np.nan, np.inf, -np.inf, 0.0, -0.0])
    return x.reshape(shape)


def make(dtype, kind, shape):
    d = np.dtype(dtype)
    if d.kind == "b":
        return np.asarray(rng.integers(0, 2, shape)).astype(bool)
    if d.kind in "iu":
        info = np.iinfo(d)
        if kind == "wide":
            return np.asarray(rng.integers(info.min, info.max, shape, dtype=d, endpoint=True))
        return np.asarray(rng.integers(max(info.min, -12), 100, shape)).astype(d)
    with np.errstate(all="ignore"):
        if d.kind == "c":
            return np.asarray(values(kind, shape) + 1j * values(kind, shape)).astype(d)
        return np.asarray(values(kind, shape)).astype(d)


def texts(arrays, **options):
    with np.printoptions(**options):
        return [[a, str(a), repr(a)] for a in arrays]


cases = []
KINDS = ["near", "wide", "large", "small", "short", "whole", "special"]
for dtype in FLOATS + ["complex128", "complex64"]:
    for kind in KINDS:
        cases.append({"name": f"{dtype} {kind}", "options": {}, "items": texts([make(dtype, kind, s) for s in SHAPES for _ in range(2)])})
for dtype in ["bool", *INTS]:
    for kind in ["near", "wide"]:
        cases.append({"name": f"{dtype} {kind}", "options": {}, "items": texts([make(dtype, kind, s) for s in SHAPES])})

edges = [
    [1e8, 1], [99999999.0, 1], [1e-4, 1], [9.9e-5, 1], [1000.5, 1], [1001, 1, 1.5], [1e-300, 1e300], [5e-324], [1.7976931348623157e308],
    [0.1 + 0.2], [1 / 3, 2 / 3], [1e16, 1], [123456789.123], [0.0, -0.0], [np.nan], [np.inf, -np.inf], [np.nan, np.inf, 1.5], [-np.inf, 0.5],
    [0.5, 2.5, 3.5], [1e5, 1e-3], [1e22], [1e23], [0.00012345678912], [9.999999995, 1], [0.99999999949, 2], [2.0**53, 2.0**54], [1e7, 0.12345678],
    [100.0, 0.1], [1e3, 1.0], [1e10, np.nan], [1e-10, np.inf], [-1e-10, np.nan, 3],
]
cases.append({"name": "edges float64", "options": {}, "items": texts([np.array(e) for e in edges])})
with np.errstate(all="ignore"):
    cases.append({"name": "edges float32", "options": {}, "items": texts([np.array(e, np.float32) for e in edges])})
    cases.append({"name": "edges float16", "options": {}, "items": texts([np.array(e, np.float16) for e in edges])})
    cases.append({"name": "edges complex", "options": {}, "items": texts([np.array(e) * (1 + 0.5j) for e in edges])})

OPTIONS = [
    dict(precision=3), dict(precision=0), dict(precision=16), dict(precision=20), dict(suppress=True), dict(precision=4, suppress=True),
    dict(floatmode="fixed"), dict(floatmode="unique"), dict(floatmode="maxprec_equal"), dict(floatmode="fixed", precision=2),
    dict(floatmode="fixed", precision=0), dict(floatmode="unique", suppress=True), dict(sign="+"), dict(sign=" "), dict(nanstr="NA", infstr="∞"),
    dict(linewidth=40), dict(linewidth=120), dict(threshold=5), dict(threshold=5, edgeitems=1), dict(threshold=10, edgeitems=2, linewidth=30),
    dict(threshold=0), dict(threshold=5, edgeitems=4, precision=2),
]
for o in OPTIONS:
    arrays = [make(d, k, s) for d in ["float64", "float32", "complex128"] for k in ["near", "wide", "special"] for s in [(), (4,), (3, 4)]]
    arrays += [make(d, "near", s) for d in ["int64", "uint8", "bool"] for s in [(), (9,), (7, 2)]]
    cases.append({"name": f"options {o}", "options": o, "items": texts(arrays, **o)})

big = [np.arange(1001), np.arange(2000.0) / 7, np.zeros((40, 40)), np.arange(1200).reshape(2, 6, 100) % 2 == 0,
       np.arange(1024, dtype=np.complex64).reshape(4, 256), np.arange(1100, dtype=np.float32).reshape(1100, 1), np.arange(1000), np.arange(10001).astype(np.int8)]
cases.append({"name": "summaries", "options": {}, "items": [[a, str(a), repr(a)] for a in big]})
views = [np.arange(12).reshape(3, 4).T, np.arange(10)[::-2], np.broadcast_to(np.float32(1.5), (2, 2)), np.asfortranarray(np.arange(6.0).reshape(2, 3))]
cases.append({"name": "views", "options": {}, "items": texts(views)})

scalars = []
for d in FLOATS:
    vals = [0, -0.0, 1, -1.5, 0.1, 1 / 3, 1e-4, 9e-5, 1e-5, 999, 1000, 1001, 65504, 999999, 1e6, 123456.789, 1e7, 1e8, 123456789, 1e15, 1e16, 1e17, 1e22, 1e100, np.nan, np.inf, -np.inf]
    with np.errstate(all="ignore"):
        scalars += [np.dtype(d).type(v) for v in vals]
for d in ["complex128", "complex64"]:
    with np.errstate(all="ignore"):
        scalars += [np.dtype(d).type(complex(a, b)) for a, b in [(1, 2), (0, 1), (-0.0, 1), (0, -0.0), (1.5, -0.25), (np.nan, np.inf), (1e8, 1e-8), (1e16, 1), (0.1, 0), (-np.inf, -np.nan), (1e7, 3), (0, 0)]]
scalars += [np.int8(-3), np.uint64(2**64 - 1), np.int64(-(2**63)), np.uint8(200)]
cases.append({"name": "scalars", "options": {}, "items": [[np.array(s), str(s), repr(s)] for s in scalars]})
cases.append({"name": "zero-dimensional", "options": {}, "items": [[np.array(s), str(np.array(s)), repr(np.array(s))] for s in scalars]})

save(__file__, cases, "numpy")

calls = []
NUMBERS = [0.5, 1.0, 123.456789, 0.0, -0.0006, 1e10, 2.5, 0.125, 1e-20, 1e100, 5e-324, 9.9999, -1234.5678, 0.1, 1 / 3]
for kw in [dict(), dict(precision=3), dict(precision=3, trim="."), dict(precision=3, trim="0"), dict(precision=3, trim="-"), dict(precision=3, unique=False),
           dict(precision=3, unique=False, trim="."), dict(precision=3, unique=False, trim="0"), dict(min_digits=4), dict(precision=6, min_digits=4),
           dict(min_digits=4, trim="."), dict(precision=3, fractional=False), dict(precision=3, fractional=False, unique=False), dict(pad_left=5, pad_right=6),
           dict(pad_left=5, pad_right=6, trim="-"), dict(sign=True), dict(precision=0), dict(precision=0, trim="-"), dict(precision=17, unique=False)]:
    for x in NUMBERS + [np.float32(0.1), np.float16(0.1), np.nan, -np.inf]:
        calls.append(["format_float_positional", x, kw, np.format_float_positional(x, **kw)])
for kw in [dict(), dict(precision=3), dict(precision=3, trim="."), dict(precision=3, trim="0"), dict(precision=3, unique=False), dict(min_digits=4),
           dict(pad_left=4, exp_digits=4), dict(sign=True), dict(precision=0), dict(exp_digits=1), dict(precision=0, unique=False), dict(trim="-")]:
    for x in NUMBERS + [np.float32(0.1), np.float16(0.1), np.nan, np.inf]:
        calls.append(["format_float_scientific", x, kw, np.format_float_scientific(x, **kw)])
sample = np.array([[1.23456789, -2.5], [1e-9, 1000.25]])
for kw in [dict(), dict(separator=", "), dict(precision=2, separator=","), dict(prefix="array(", separator=", "), dict(max_line_width=12), dict(suppress_small=True),
           dict(sign="+"), dict(floatmode="fixed"), dict(threshold=1, edgeitems=1), dict(suffix=")))))", max_line_width=30)]:
    calls.append(["array2string", sample, kw, np.array2string(sample, **kw)])
for kw in [dict(), dict(precision=2), dict(max_line_width=20), dict(suppress_small=True)]:
    calls.append(["array_repr", sample, kw, np.array_repr(sample, **kw)])
    calls.append(["array_str", sample, kw, np.array_str(sample, **kw)])
save(__file__, [{"name": "calls", "calls": calls}], "numpy", "functions.json")
