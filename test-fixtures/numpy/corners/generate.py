"""Corners that are easily missed: integer types of variances, truths that are summed, arrays without axes or elements."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import Calls, arr  # noqa: E402

c = Calls()
A, F = np.array([[1, 2, 3], [4, 5, 9]]), np.array([[1.5, 2.5, 7.0], [0.25, 8.0, 3.0]])
for x in (A, F, A.astype("uint8")):
    for dtype in ("int64", "int32", "uint8", "bool"):
        for f in ("var", "std"):
            for kw in ({}, dict(axis=1), dict(axis=0, keepdims=True), dict(ddof=1)):
                c(f, x, dtype=dtype, **kw)
T, M = np.array([True, True, False]), np.array([[True, True], [False, False]])
for args in [("i->", T), ("ij->i", M), ("ij->j", M), ("i,i->", T, T), ("ij,jk->ik", M, M), ("ij->", M), ("i,i->i", T, T), ("ij,jk->ik", np.ones((2, 2), "bool"), np.ones((2, 2), "bool"))]:
    c("einsum", *args)
for args in [(True,), (0,), (1,), (2,), (3,), (0, 5, 2), (1, 3), (1, 2), (5, 7), (4, 8)]:
    c("arange", *args, dtype="bool")
Z = np.array(3)
for kw in ({}, dict(axis=0), dict(axis=-1), dict(axis=1)):
    c("repeat", Z, 2, **kw)
    c("take", Z, 0, **kw)
    c("take", Z, [0, 0], **kw)
    c("take", Z, 1, **kw)
for kw in ({}, dict(axis=0), dict(axis=-1), dict(axis=1), dict(axis=(0,))):
    c("squeeze", Z, **kw)
E, W, H = np.zeros((0,)), np.zeros((0, 2)), np.zeros((2, 0))
for mode in ("constant", "edge", "reflect", "symmetric", "wrap", "mean", "maximum", "minimum", "median", "linear_ramp"):
    for x, width in [(E, 1), (E, 0), (W, ((0, 0), (1, 1))), (W, 1), (H, ((1, 1), (0, 0))), (H, ((0, 0), (0, 2)))]:
        c("pad", x, width, mode)
for f in ("gcd.reduce", "lcm.reduce"):
    for x in ([], [1.5], np.array([], "int64"), [4, 6], [True, False], np.array([[4, 6], [8, 12]]), np.array([1.5, 2], "float32")):
        c(f, x)
for args, dtype in [((1.5, 2), "float32"), (([1.5, 2], [2, 3]), "float32"), ((1, 2), "int64"), ((1.5, 2), "float64"), ((np.float32(1.5), 2), "float64"), ((arr((3,)), 2), "float32"), ((arr((3,), "float32"), [1, 2, 3]), "float64"), ((1.5, 2), "float16")]:
    c("ldexp", *args, dtype=dtype)
for x, dtype in [(1.5, "float32"), ([1.5, 8.0], "float32"), (3, "int64"), (arr((2,), "float32"), "float64"), (arr((2,)), "float64")]:
    c("frexp", x, dtype=dtype)
c.save(__file__)
