"""Methods of ndarray; the array is recorded before and after the call."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import KINDS, Calls, arr  # noqa: E402

c = Calls()
A, I = arr((3, 4)), arr((3, 4), "int64", 2)
m = c.method
for d in KINDS:
    x = arr((2, 3), d)
    for name in ("sum", "prod", "mean", "std", "var", "max", "min", "any", "all", "argmax", "argmin", "cumsum", "cumprod", "copy", "flatten", "ravel", "conj", "conjugate", "nonzero", "tolist", "argsort", "trace", "round"):
        m(name, x)
    m("astype", x, "float32")
    m("astype", x, "int8")
    m("astype", x, "bool")
    m("item", x, 1, 2)
    m("item", x, 3)
    m("item", x)
    m("sort", x.copy())
    m("repeat", x, 2)
    m("take", x, [0, 2])
    m("swapaxes", x, 0, 1)
    m("transpose", x)
    m("clip", x, 0, 1)
    m("fill", x.copy(), 1)
    m("dot", x, x.T)
for args, kw in [((), {}), ((0,), {}), ((1,), dict(keepdims=True)), ((), dict(axis=(0, 1))), ((), dict(axis=0, dtype="float32"))]:
    for name in ("sum", "mean", "prod", "std", "var"):
        m(name, A, *args, **kw)
    if "dtype" not in kw:
        for name in ("max", "min", "any", "all"):
            m(name, A, *args, **kw)
for shape in [(12,), (4, 3), (2, -1), (-1,), (5,), ((6, 2),), (2, 2, 3)]:
    m("reshape", A, *shape)
m("reshape", A, 4, 3, order="F")
for axes in [(), (1, 0), ((1, 0),), (0, 1), (None,), (0, 0), (0,)]:
    m("transpose", A, *axes)
for kw in ({}, dict(axis=0), dict(axis=None), dict(kind="stable")):
    m("argsort", I, **kw)
    m("sort", I.copy(), **kw)
m("searchsorted", np.array([1, 2, 4]), [2, 3], side="right")
m("squeeze", arr((1, 3, 1)))
m("squeeze", arr((1, 3, 1)), 0)
m("diagonal", A, 1)
m("choose", np.array([0, 1, 0]), [[1, 2, 3], [4, 5, 6]])
m("compress", A, [0, 1, 1], axis=0)
m("put", A.copy(), [0, 3], [8, 9])
m("repeat", A, [1, 2, 0], axis=0)
m("take", A, 1, axis=1)
m("view", np.arange(4, dtype="int32"), "int16")
m("view", np.arange(4, dtype="float32"), "int32")
m("view", np.arange(6, dtype="int8"), "int32")
m("byteswap", np.arange(3, dtype="int32"))
m("byteswap", np.arange(3, dtype="int16").copy(), inplace=True)
m("astype", A, "int32", casting="safe")
m("astype", A, "float32", casting="same_kind")
m("astype", np.array([300, -1]), "uint8")
m("astype", np.array([1.9, -1.9, 3e9]), "int64")
m("resize", np.arange(6), (2, 2), refcheck=False)
m("resize", np.arange(3), 5, refcheck=False)
m("fill", I.copy(), 2.7)
m("fill", I.copy(), [1, 2])
m("round", A, 1)
m("round", I, -1)
m("tolist", np.array(3.5))
m("tolist", np.zeros((0, 2)))
m("item", np.array([5]))
m("item", A)
m("item", A, 40)
m("flatten", A, "F")
m("cumsum", A, axis=0)
m("cumprod", I, axis=1, dtype="float64")
m("dot", A, [1, 2, 3, 4])
m("argmax", A, axis=0)
m("argmin", A, 1, keepdims=True)
m("clip", I, 0)
m("clip", I, None, 2)
m("conj", arr((2,), "complex64"))
m("trace", A, 1)
m("partition", np.array([3, 1, 2]), 7)
m("argpartition", np.array([3, 1, 2]), 7)
c.save(__file__)
