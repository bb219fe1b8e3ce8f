"""Selecting, sorting, sets."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import KINDS, Calls, arr  # noqa: E402

c = Calls()
A, I = arr((3, 4)), arr((3, 4), "int64", 2)
D = np.array([3, 1, 2, 3, 1, 9, 2])
N = np.array([2.5, np.nan, -1.0, np.inf, 0.0, np.nan, -0.0])
for d in KINDS:
    x = arr((2, 5), d, 3)
    for name in ("sort", "argsort"):
        c(name, x)
        c(name, x, axis=0)
    c("unique", x)
    c("nonzero", x)
    c("flatnonzero", x)
    c("argwhere", x)
    c("count_nonzero", x)
    c("take", x, [1, 0, 3])
    c("where", x.astype(bool), x, x[::-1])
for name in ("sort", "argsort"):
    for x, kw in [(N, {}), (A, dict(axis=None)), (D, dict(kind="stable")), (D, dict(stable=True)), (3, {}), (np.zeros((0, 2)), {}), (A, dict(axis=4)), (D, dict(kind="bad")), ([1 + 2j, 1 - 1j, complex(np.nan, 1), 0], {}), (np.array([3.5, np.nan, 1], "float32"), {})]:
        c(name, x, **kw)
# Of partitions only the element at kth is defined; `Partition` in the test checks that.
for name in ("partition", "argpartition"):
    c(name, np.array([3, 1, 2]), 5)
    c(name, np.array([3, 1, 2]), 1.5)
    c(name, np.array([[2, 1], [1, 2]]), 0, axis=2)
c("lexsort", ([1, 5, 1, 4, 3, 4, 4], [9, 4, 0, 4, 0, 2, 1]))
c("lexsort", (I,))
c("lexsort", I)
c("lexsort", I, axis=0)
c("lexsort", ([2.0, np.nan, 1.0],))
c("sort_complex", [5, 3, 6])
c("sort_complex", [1 + 2j, 2 - 1j, 1 - 2j])
for v in (2, [0, 2.5, 9, 1, -3], np.nan):
    for side in ("left", "right"):
        c("searchsorted", [1, 2, 2, 3, 5], v, side)
        c("searchsorted", np.sort(N), v, side)
c("searchsorted", [3, 1, 2], 2, sorter=[1, 2, 0])
c("searchsorted", [1, 2], 2, side="middle")
c("searchsorted", [[1, 2]], 2)
for x, kw in [(D, {}), (N, {}), (N, dict(equal_nan=False)), (D, dict(return_index=True)), (D, dict(return_inverse=True)), (D, dict(return_counts=True)), (D, dict(return_index=True, return_inverse=True, return_counts=True)), (I % 3, dict(return_inverse=True)), ([[1, 2], [1, 2], [0, 3]], dict(axis=0)), ([[1, 2], [1, 2], [0, 3]], dict(axis=0, return_inverse=True, return_counts=True, return_index=True)), ([[1, 1], [2, 2]], dict(axis=1)), ([], {}), (3, {}), ([[1, 2]], dict(axis=2)), ([1 + 1j, 1, 1 + 1j], {}), ([True, False, True], dict(return_index=True))]:
    c("unique", x, **kw)
for name in ("unique_values", "unique_counts", "unique_inverse", "unique_all"):
    for x in (D, np.sort(N), I % 3):
        c(name, x)
for name in ("union1d", "intersect1d", "setdiff1d", "setxor1d"):
    for a, b in [(D, [2, 5, 9]), ([1.5, 2], [2, 3]), ([], [1]), ([[1, 2], [3, 1]], [1, 7]), ([1, 2, 3], [4])]:
        c(name, a, b)
c("intersect1d", D, [9, 3, 5], return_indices=True)
c("intersect1d", [4, 1, 2], [2, 4], assume_unique=True, return_indices=True)
c("setdiff1d", [5, 4, 3], [4], assume_unique=True)
c("setxor1d", [5, 4, 3], [4, 8], assume_unique=True)
for a, b, kw in [(D, [1, 9], {}), (I, [0, 1, 2], {}), (D, [1, 9], dict(invert=True)), ([1.5, 2.0], [2], {}), (D, [], {}), (3, [3], {}), (D, [1], dict(kind="sort")), (D, [1], dict(kind="table")), (N, [np.nan, 0.0], {})]:
    c("isin", a, b, **kw)
for args in [(A > 0,), (A > 0, A, 0), (A > 0, 1, 0), ([True, False], [1, 2], [3.5, 4]), (True, 1, 2.5), (A > 0, A, I), ([1, 0, 2], "a", "b"), (A > 0, A), (A > 0, np.float32(1), 2), ([True, False], np.array([1, 2], "uint8"), -1), ([[True], [False]], [1, 2], 9)]:
    if not (len(args) == 3 and isinstance(args[1], str)):
        c("where", *args)
c("select", [A < 0, A > 0.5], [A, A**2])
c("select", [A < 0, A > 0.5], [A, A**2], default=7)
c("select", [[True, False, False]], [[1, 2, 3]])
c("select", [[1, 0]], [[1, 2]])
c("select", [], [])
c("select", [A < 0], [A, A])
c("piecewise", np.linspace(-2, 2, 5), [[True, True, False, False, False], [False, False, True, True, True]], [-1, 1])
c("piecewise", np.linspace(-2, 2, 5), [[True, True, False, False, False]], [-1, 1])
c("piecewise", np.arange(4), [[True, False, True, False]], [2, 3])
c("piecewise", np.arange(4), [[True, False, True, False]], [2, 3, 4])
for x in (0, 5, [[0, 1], [2, 0]], np.zeros((2, 0))):
    c("nonzero", x)
    c("argwhere", x)
    c("flatnonzero", x)
for x, kw in [(I, {}), (I, dict(axis=0)), (I, dict(axis=1, keepdims=True)), (I, dict(axis=(0, 1))), (3, {}), ([], {}), (N, {})]:
    c("count_nonzero", x, **kw)
c("extract", A > 0, A)
c("extract", [True, False, True], [1, 2, 3])
c("extract", [1, 0], [[5, 6]])
for x, i, kw in [(A, 2, {}), (A, [0, -1], {}), (A, [[0, 1], [2, 3]], dict(axis=1)), (A, 1, dict(axis=0)), (A, 20, {}), (A, 20, dict(mode="clip")), (A, -20, dict(mode="wrap")), (A, [1.5], {}), (5, 0, {}), (A, [], dict(axis=1)), (A, [5, 6], dict(axis=1, mode="wrap")), (A, 0, dict(axis=3)), (np.zeros((0,)), [0], {})]:
    c("take", x, i, **kw)
c("take_along_axis", A, np.argsort(A, axis=1), axis=1)
c("take_along_axis", A, np.array([[0, 1, 2, 0]]), axis=0)
c("take_along_axis", A, np.array([3, 5]), axis=None)
c("take_along_axis", A, np.array([[0.5]]), axis=1)
c("take_along_axis", A, np.array([0, 1]), axis=1)
c.inplace("put_along_axis", A.copy(), np.array([[0], [1], [2]]), 9.0, axis=1)
c.inplace("put_along_axis", A.copy(), np.array([[0, 1, 2, 0]]), [[7.0, 8, 9, 10]], axis=0)
c.inplace("put_along_axis", A.copy(), np.array([0, 5]), 3.0, axis=None)
c.inplace("put", A.copy(), [0, 5], [-9, -8])
c.inplace("put", A.copy(), [0, 1, 2, 3], [7, 8])
c.inplace("put", A.copy(), 22, 5, mode="clip")
c.inplace("put", A.copy(), 22, 5)
c.inplace("place", I.copy(), I > 5, [44, 55])
c.inplace("place", I.copy(), I > 5, [1.5])
c.inplace("place", I.copy(), I > 50, [])
c.inplace("place", I.copy(), I > 5, [])
c.inplace("putmask", I.copy(), I > 5, I**2)
c.inplace("putmask", np.arange(5), np.arange(5) > 1, [-33, -44])
c.inplace("fill_diagonal", np.zeros((3, 3)), 5)
c.inplace("fill_diagonal", np.zeros((5, 3), int), 4)
c.inplace("fill_diagonal", np.zeros((5, 3), int), 4, wrap=True)
c.inplace("fill_diagonal", np.zeros((3, 3)), [1, 2])
c.inplace("fill_diagonal", np.zeros((2, 2, 2)), 3)
c.inplace("fill_diagonal", np.zeros((2, 3, 2)), 3)
c.inplace("fill_diagonal", np.zeros(3), 3)
for args, kw in [((([3, 6, 6], [4, 5, 1]), (7, 6)), {}), ((([3, 6, 6], [4, 5, 1]), (7, 6)), dict(order="F")), ((([3, 6, 6], [4, 5, 1]), (4, 6)), dict(mode="clip")), ((([3, 6, 6], [4, 5, 1]), (4, 6)), {}), ((([3, 6, 6], [4, 5, 1]), (4, 4)), dict(mode=("clip", "wrap"))), (((3, 1, 4, 1), (6, 7, 8, 9)), {}), ((([0], [1], [2]), (2, 2)), {})]:
    c("ravel_multi_index", *args, **kw)
for args, kw in [(([22, 41, 37], (7, 6)), {}), (([31, 41, 13], (7, 6)), dict(order="F")), ((1621, (6, 7, 8, 9)), {}), ((50, (7, 6)), {}), (([], (2, 2)), {}), ((1.5, (2, 2)), {}), (([[1, 2], [3, 0]], (2, 2)), {})]:
    c("unravel_index", *args, **kw)
for i, ch, kw in [([2, 3, 1, 0], [[0, 1, 2, 3], [10, 11, 12, 13], [20, 21, 22, 23], [30, 31, 32, 33]], {}), ([2, 4, 1, 0], [[0, 1, 2, 3], [10, 11, 12, 13], [20, 21, 22, 23], [30, 31, 32, 33]], dict(mode="clip")), ([2, 4, 1, 0], [[0, 1, 2, 3], [10, 11, 12, 13], [20, 21, 22, 23], [30, 31, 32, 33]], dict(mode="wrap")), ([2, 4], [[0, 1], [10, 11]], {}), ([[1, 0, 1], [0, 1, 0], [1, 0, 1]], [-10, 10], {})]:
    c("choose", i, ch, **kw)
for cond, x, kw in [([0, 1], I, dict(axis=0)), ([False, True, True], I, dict(axis=1)), ([0, 1, 1], I, {}), ([True] * 5, I, dict(axis=0)), ([[True]], I, {})]:
    c("compress", cond, x, **kw)
c("iterable", [1])
c("iterable", 2)
c.save(__file__)
