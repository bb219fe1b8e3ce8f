"""Arrays in another arrangement: joining, splitting, axes, editing, padding."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import Calls, arr  # noqa: E402

c = Calls()
A, B, C3 = arr((2, 3)), arr((2, 3), "int64", 2), arr((2, 3, 2), "float32", 3)
V, W = arr((3,), "int64"), arr((3,), "float32", 4)
for args, kw in [
    (([A, B],), {}), (([A, B],), dict(axis=1)), (([A, B],), dict(axis=-1)), (([A, B],), dict(axis=None)), (([V, W],), {}), (([A, V],), {}), (([A, arr((2, 4))],), {}), (([A, arr((2, 4))],), dict(axis=1)),
    (([],), {}), (([A, B],), dict(axis=2)), (([1, 2],), {}), (([[1], [2.5]],), {}), (([V, W],), dict(dtype="int8", casting="unsafe")), (([V, W],), dict(dtype="int8")), (([np.zeros((0, 3)), A],), {}),
    (([arr((2,), "bool"), arr((2,), "uint8")],), {}), (([arr((2,), "uint64"), arr((2,), "int64")],), {}), (([arr((2,), "complex64"), arr((2,), "float64")],), {}),
]:
    c("concatenate", *args, **kw)
    c("concat", *args, **kw)
for args, kw in [(([A, B],), {}), (([A, B],), dict(axis=1)), (([A, B],), dict(axis=-1)), (([V, W],), dict(axis=1)), (([A, V],), {}), (([],), {}), (([1, 2.5],), {}), (([A, B],), dict(axis=3)), (([V, V],), dict(dtype="float32"))]:
    c("stack", *args, **kw)
for name in ("hstack", "vstack", "dstack", "column_stack", "row_stack"):
    for x in ([A, B], [V, W], [1, 2], [C3, C3], [V, A], [arr((2, 1)), arr((2, 2))], [np.zeros((0,)), V]):
        c(name, x)
for x, y, kw in [(V, W, {}), (A, B, {}), (A, B, dict(axis=0)), (A, V, dict(axis=0)), (A, [[1, 2, 3]], dict(axis=0)), ([1], 2, {})]:
    c("append", x, y, **kw)
c("block", [V, V])
c("block", [[A, B], [B, A]])
c("block", [[1, 2], [3, 4.5]])
c("block", 3)
c("block", [[A], [V]])
c("block", [A, [B]])
for name in ("atleast_1d", "atleast_2d", "atleast_3d"):
    for args in ((3,), (V,), (A,), (C3,), (1, V), ([[1, 2]], 2.5), (arr((2, 2, 2, 2)),), ()):
        c(name, *args)
X = arr((4, 6))
for name, x in (("split", X), ("array_split", X), ("hsplit", X), ("vsplit", X), ("dsplit", arr((2, 2, 4)))):
    for n in (2, 3, [1, 3], [2, 2, 9], 5, 1, [], [-1]):
        c(name, x, n)
c("split", X, 3, axis=1)
c("split", X, [1, 2], axis=-1)
c("array_split", V, 5)
c("array_split", X, 4, axis=1)
c("array_split", X, 0)
c("hsplit", V, 3)
c("hsplit", 3, 3)
c("vsplit", V, 3)
c("dsplit", A, 1)
c("unstack", A)
c("unstack", A, axis=1)
c("unstack", np.array(3))
for x, ax in [(V, 0), (V, 1), (V, -1), (A, (0, 2)), (A, (1, -1)), (A, 5), (A, (0, 0)), (3, 0)]:
    c("expand_dims", x, ax)
for x, ax in [(arr((1, 3, 1)), None), (arr((1, 3, 1)), 0), (arr((1, 3, 1)), -1), (arr((1, 3, 1)), (0, 2)), (arr((1, 3, 1)), 1), (arr((1, 1), "int64"), None), (3, None), (arr((1, 3)), 4)]:
    c("squeeze", x, ax)
for s, d in [(0, 1), (0, -1), ([0, 1], [1, 2]), ([0, 1], [2, 0]), (0, 3), ([0], [1, 2]), ([0, 0], [1, 2])]:
    c("moveaxis", C3, s, d)
for ax, st in [(2, 0), (0, 3), (1, 0), (-1, 1), (5, 0), (0, 4)]:
    c("rollaxis", C3, ax, st)
for p, q in [(0, 1), (0, -1), (2, 2), (0, 3)]:
    c("swapaxes", C3, p, q)
for ax in (None, (1, 0, 2), (2, 0, 1), [-1, 0, 1], (0, 1), (0, 0, 1), (0, 1, 3)):
    c("transpose", C3, ax)
    c("permute_dims", C3, ax)
c("matrix_transpose", C3)
c("matrix_transpose", V)
for x in (A, V, C3, arr((2, 2), "complex128"), arr((2, 3), "bool")):
    for ax in (None, 0, -1, (0, 1), 3):
        c("flip", x, ax)
    c("fliplr", x)
    c("flipud", x)
c("flipud", 3)
for x, s, ax in [(V, 1, None), (V, -5, None), (A, 1, None), (A, 1, 0), (A, -1, 1), (A, (1, 2), (0, 1)), (A, 1, (0, 1)), (A, (1, 2), 1), (np.zeros((0,)), 2, None), (A, 1, 2), (A, (1, 2, 3), (0, 1)), (arr((2, 2), "bool"), 1, 0), (C3, (1, 1), (2, 2))]:
    c("roll", x, s, ax)
for x, k, ax in [(A, 1, (0, 1)), (A, 2, (0, 1)), (A, 3, (0, 1)), (A, -1, (0, 1)), (A, 4, (0, 1)), (C3, 1, (1, 2)), (C3, 1, (2, 0)), (A, 1, (0, 0)), (V, 1, (0, 1)), (A, 1, (0, 2))]:
    c("rot90", x, k, ax)
for x, r in [(V, 2), (V, (2, 1)), (A, (2, 2)), (A, 0), (3, (2, 2)), (C3, 2), (A, (1, 2, 1)), (np.zeros((0, 2)), 3), (V, -1)]:
    c("tile", x, r)
for x, r, ax in [(V, 2, None), (A, 2, None), (A, 2, 0), (A, [1, 2], 0), (A, [1, 0, 2], 1), (V, [1, 2], None), (3, 3, None), (V, -1, None), (A, 2, 2), (C3, [2], -1), (V, 1.5, None)]:
    c("repeat", x, r, ax)
for x, s in [(V, 5), (A, (3, 3)), (A, (2, 2)), (V, (0,)), (np.zeros(0), (2,)), (3, (2, 2)), (V, (-1,))]:
    c("resize", x, s)
for x, s, kw in [(A, (3, 2), {}), (A, -1, {}), (A, (3, -1), {}), (A, (6,), dict(order="F")), (A, (3, 2), dict(order="F")), (A, (4, 2), {}), (A, (-1, -1), {}), (A, (5, -1), {}), (3, (1, 1), {}), (np.zeros((0, 3)), (3, 0), {}), (np.zeros((0, 3)), (0, -1), {}), (C3, (2, -1), {})]:
    c("reshape", x, s, **kw)
for x in (A, C3, 3, V, np.zeros((0, 2))):
    for o in "CFAK":
        c("ravel", x, order=o)
for x, s in [(V, (2, 3)), (3, (2, 2)), (A, (2, 2, 3)), (arr((2, 1)), (2, 4)), (V, (2,)), (A, (3,)), (V, 3), (A, (-1, 3)), (np.zeros((1, 0)), (4, 0))]:
    c("broadcast_to", x, s)
for a in (((2, 3), (3,)), ((2, 1), (1, 4)), (5, (2, 1)), ((2,), (3,)), ((), (2,)), ()):
    c("broadcast_shapes", *a)
c("broadcast_arrays", V, A)
c("broadcast_arrays", arr((2, 1)), arr((1, 3)), 5)
c("broadcast_arrays", V, arr((2,)))
for x, i, kw in [(V, 1, {}), (V, [0, 2], {}), (A, 1, {}), (A, 1, dict(axis=1)), (A, [0, -1], dict(axis=1)), (A, slice(0, 2), dict(axis=1)), (V, slice(None, None, -2), {}), (V, 5, {}), (V, [True, False, True], {}), (A, [], dict(axis=0)), (V, -1, {}), (A, 0, dict(axis=2)), (V, [0, 5], {}), (V, [1.5], {})]:
    c("delete", x, i, **kw)
for x, i, v, kw in [(V, 1, 9, {}), (V, [0, 2], [8, 9], {}), (A, 1, 9.5, {}), (A, 1, [7, 8], dict(axis=1)), (A, 1, 9, dict(axis=0)), (A, [0, 2], [[7], [8]], dict(axis=1)), (V, 3, 4, {}), (V, 5, 4, {}), (V, [1, 1], [8, 9], {}), (V, slice(0, 2), 7, {}), (V, 1, 2.7, {}), (A, 1, [1, 2, 3], dict(axis=0)), (V, [0, 5], 1, {}), (V, -1, 9, {}), (V, np.array([True, False, True]), 5, {})]:
    c("insert", x, i, v, **kw)
for x, kw in [([0, 0, 1, 2, 0], {}), ([0, 1.5, 0], dict(trim="f")), ([0, 1, 0], dict(trim="b")), ([0, 0], {}), (np.array([[0, 0, 0], [0, 1, 0], [0, 2, 0]]), {}), (np.array([[0, 0, 0], [0, 1, 0], [0, 2, 0]]), dict(axis=1)), ([1, 2], {})]:
    c("trim_zeros", x, **kw)
P = arr((3, 4), "int64", 9)
for x, w in ((V, 2), (V, (1, 3)), (P, 1), (P, ((1, 0), (2, 1))), (P, (2, 1)), (arr((3,), "float64", 5), (2, 5)), (P, ((0, 0), (1, 1)))):
    for mode in ("constant", "edge", "reflect", "symmetric", "wrap", "linear_ramp", "maximum", "minimum", "mean", "median"):
        c("pad", x, w, mode)
c("pad", V, 2, constant_values=7)
c("pad", P, 1, constant_values=((1, 2), (3, 4)))
c("pad", V, (1, 2), "constant", constant_values=(8, 9))
c("pad", V, 2, "reflect", reflect_type="odd")
c("pad", V, 2, "symmetric", reflect_type="odd")
c("pad", V, 7, "reflect")
c("pad", V, 7, "wrap")
c("pad", V, 7, "symmetric")
c("pad", V, 2, "mean", stat_length=2)
c("pad", P, 2, "maximum", stat_length=((1, 2), (2, 1)))
c("pad", V, 2, "linear_ramp", end_values=(5, -4))
c("pad", V, {0: (1, 2)})
c("pad", np.zeros(0), 2)
c("pad", np.zeros(0), 2, "edge")
c("pad", V, -1)
c("pad", V, 1, "nonsense")
c("pad", V, 1, "edge", constant_values=3)
c("pad", V, (1, 2, 3))
c("pad", [], 1, "reflect")
c.save(__file__)
