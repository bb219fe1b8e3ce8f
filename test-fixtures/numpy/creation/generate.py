"""Arrays from numbers: creation, grids, triangles and diagonals."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import KINDS, Calls, arr  # noqa: E402

c = Calls()
A = arr((3, 4))
for d in KINDS:
    for name in ("zeros", "ones"):
        c(name, (2, 3), dtype=d)
    c("full", (2, 2), 1, dtype=d)
    c("zeros_like", arr((2, 3), d))
    c("ones_like", arr((2, 3), d))
    c("full_like", arr((2, 3), d), 1)
    c("eye", 3, dtype=d)
    c("array", arr((2, 2), d))
    c("identity", 2, dtype=d)
for name in ("zeros", "ones"):
    for s in (3, (), (0, 2), [2, 1], (2, -1), 2.5):
        c(name, s)
for v in (2.5, 3, True, 1 + 2j, [1, 2], -1.0):
    c("full", (3, 2), v)
    c("full_like", A, v)
    c("full_like", arr((2, 3), "int64"), v)
c("full", 3, 300, dtype="uint8")
c("full", (2,), np.inf, dtype="int64")
c("zeros_like", A, dtype="int8", shape=(2,))
c("ones_like", [1, 2, 3])
c("ones_like", 5.5)
c("zeros_like", [[True, False]])
for args, kw in [((3,), {}), ((3, 4), {}), ((3, 4, 1), {}), ((4, 3, -2), {}), ((2,), dict(k=-1, dtype="int32")), ((0,), {}), ((3, None, 5), {}), ((2, 3, -5), {})]:
    c("eye", *args, **kw)
for args, kw in [((3,), {}), ((3, 4, 1), {}), ((3, 5, -1), {}), ((2,), dict(dtype="int8")), ((0,), {})]:
    c("tri", *args, **kw)
for name in ("tril", "triu"):
    for x in (A, arr((2, 3, 3), "int64"), arr((3, 3), "complex128"), arr((4,), "float32"), arr((2, 5), "bool"), np.zeros((0, 3))):
        for k in (0, 1, -1, 7):
            c(name, x, k)
for x in (arr((3,)), arr((3, 4), "int64"), arr((2,), "complex128"), arr((4, 2), "bool"), np.zeros((0,)), np.zeros((2, 2, 2)), 3.0):
    for k in (0, 1, -2):
        c("diag", x, k)
        c("diagflat", x, k)
for x in ([1, 2, 3, 5], [0.5, 1.5], [1j, 2]):
    c("vander", x)
    c("vander", x, 3)
    c("vander", x, 2, increasing=True)
c("vander", [[1, 2]])
for name in ("tril_indices", "triu_indices"):
    for args in ((3,), (4, 1), (3, -1, 5), (2, 0, 4), (0,)):
        c(name, *args)
for name in ("tril_indices_from", "triu_indices_from"):
    c(name, arr((3, 4)))
    c(name, arr((4, 3)), 1)
    c(name, arr((2, 2)), -1)
    c(name, arr((3,)))
c("diag_indices", 3)
c("diag_indices", 2, 3)
c("diag_indices", 0)
c("diag_indices_from", arr((3, 3)))
c("diag_indices_from", arr((2, 2, 2)))
c("diag_indices_from", arr((2, 3)))
for args, kw in [
    ((5,), {}), ((2, 7), {}), ((2, 9, 3), {}), ((9, 2, -2), {}), ((0.0, 1.0, 0.1), {}), ((1.5, 4), {}), ((0, 3), dict(dtype="float32")),
    ((3.0,), {}), ((5, 0), {}), ((0, 1, 0.3), {}), ((-3, 3), dict(dtype="int8")), ((1, 2, 0.25), dict(dtype="float16")), ((3,), dict(step=2)),
    ((0, 5, 0), {}), ((0,), {}), ((1, 1.3, 0.1), {}), ((0.5, -2, -0.75), {}), ((), {}), ((10,), dict(dtype="complex64")), ((0, 10, 2.5), dict(dtype="int64")),
]:
    c("arange", *args, **kw)
for args, kw in [
    ((0, 1, 5), {}), ((2, 3), {}), ((0, 1), dict(num=3, endpoint=False)), ((-1, 1, 4), dict(dtype="float32")), ((0, 10, 5), dict(dtype="int64")),
    ((0, 1, 1), {}), ((0, 1, 0), {}), (([0, 1], [2, 5], 3), {}), (([0, 1], [2, 5], 3), dict(axis=1)), ((0, 1, 4), dict(retstep=True)), ((1j, 2, 3), {}),
    ((0, 1, -1), {}), ((5, -5, 7), {}), ((0, 1, 1), dict(retstep=True, endpoint=False)), ((1e-3, 1e3, 6), {}), ((0, 0.3, 4), {}), ((3, 3, 4), {}),
]:
    c("linspace", *args, **kw)
for args, kw in [((0, 2, 3), {}), ((0, 1, 4), dict(base=2)), ((1, 3), dict(num=5, endpoint=False)), ((0, 3, 4), dict(dtype="int64")), ((0, [1, 2], 3), {}), ((0, 2, 3), dict(base=[2.0, 3.0]))]:
    c("logspace", *args, **kw)
for args, kw in [((1, 1000, 4), {}), ((1, 256, 9), {}), ((1000, 1, 4), {}), ((-1, -1000, 4), {}), ((1, 2, 3), dict(endpoint=False)), ((0, 1, 3), {}), ((1j, 16j, 5), {}), ((-1, 1, 3), {}), ((1, 100, 3), dict(dtype="int64")), (([1, 2], [4, 32], 3), {})]:
    c("geomspace", *args, **kw)
c("indices", (2, 3))
c("indices", (2,), dtype="float32")
c("indices", (2, 3), sparse=True)
c("indices", (0, 2))
for args, kw in [(([1, 2, 3], [4, 5]), {}), (([1, 2, 3], [4, 5]), dict(indexing="ij")), (([1, 2], [3.5], [5, 6]), {}), (([1, 2, 3], [4, 5]), dict(sparse=True)), (([1, 2],), {}), ((3, [1, 2]), {}), ((), {}), (([1], [2]), dict(indexing="xx"))]:
    c("meshgrid", *args, **kw)
for a, kw in [
    ([1, 2, 3], {}), ([1, 2.5], {}), ([[1, 2], [3, 4]], dict(dtype="float32")), ([True, 2], {}), ([1, 2j], {}), (5, {}), (2.5, dict(ndmin=2)), ([1, 2], dict(ndmin=3)), ([], {}), ([[]], {}),
    ([1.0, 2.0], dict(dtype="int64")), ([[1, 2], [3]], {}), (np.float32(3), {}), ([np.float32(3), 1], {}), ([np.int8(3), np.int16(3)], {}), ([2**63], {}), ([2**62], {}), ([300], dict(dtype="uint8")), ([-1], dict(dtype="uint64")), ([1e400], {}),
    ((1, 2, 3), {}), ([(1, 2), [3, 4]], {}), ([np.arange(2), np.arange(2.0)], {}), ([np.nan], dict(dtype="float16")), ([1.7, -1.7], dict(dtype="int32")), (np.arange(3), dict(copy=False)), ([1, 2], dict(copy=False)),
]:
    c("array", a, **kw)
c("asarray", [1, 2], dtype="float32")
c("asarray", arr((2, 2)))
c("asarray", 3)
c("asanyarray", [1.5])
c("ascontiguousarray", 3)
c("ascontiguousarray", arr((2, 2)).T)
c("asfortranarray", arr((2, 3)))
for x in ([1.0, np.nan], [1, 2], [np.inf], arr((2, 2))):
    c("asarray_chkfinite", x)
for a in (arr((2, 3)), arr((3,), "int64")):
    for d in ("float32", "int8", "bool", "complex64"):
        c("astype", a, d)
c("fromiter", [1, 2, 3], "float64")
c("fromiter", [1, 2, 3], "int64", count=2)
c("fromiter", [1, 2, 3], "int64", count=5)
c("require", arr((2, 3)), "float32", ["C", "W"])
c("require", [1, 2], None, "O")
c("require", arr((2, 3)), "float32", "Q")
for dst, src, kw in [(np.zeros(3), [1, 2, 3], {}), (np.zeros((2, 3)), [1, 2, 3], {}), (np.zeros(3, int), [1.5, 2, 3], {}), (np.zeros(3, int), [1.5, 2, 3], dict(casting="unsafe")), (np.zeros(3), 7, dict(where=[True, False, True])), (np.zeros(3), [1, 2], {})]:
    c.inplace("copyto", dst, src, **kw)
c("ix_", [0, 2], [1, 3])
c("ix_", [True, False, True], [1])
c("ix_", [[1]])
for name in ("ndim", "shape", "size"):
    for x in (3, [1, 2], arr((2, 3)), [[1], [2]], np.zeros((0, 4))):
        c(name, x)
c("size", arr((2, 3)), 1)
c("size", arr((2, 3)), 5)
c("isfortran", arr((2, 3)))
c.save(__file__)
