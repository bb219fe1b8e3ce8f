"""Products of arrays and Einstein's summation."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import KINDS, Calls, arr  # noqa: E402

c = Calls()
A, B, V, W = arr((2, 3)), arr((3, 4), seed=2), arr((3,), seed=3), arr((3,), seed=4)
S, T = arr((2, 3, 4), seed=5), arr((2, 4, 3), seed=6)
for d in KINDS:
    x, y = arr((2, 3), d), arr((3, 2), d, 2)
    for name in ("dot", "matmul", "inner", "outer", "kron"):
        c(name, x, y if name != "inner" else y.T)
    c("vdot", x, y)
    c("tensordot", x, y, axes=1)
    c("einsum", "ij,jk->ik", x, y)
    c("einsum", "ii", arr((2, 2), d))
for name in ("dot", "matmul", "inner", "vecdot"):
    for a, b in [(V, W), (A, V), (A, B), (S, T), (S, arr((4,))), (3, V), (A, 2.0), (V, A), (arr((0,)), arr((0,))), (arr((2, 0)), arr((0, 3))), (arr((3,), "int64"), arr((3,), "float32")), ([1, 2], [3, 4]), (A, A), (S, arr((5, 4, 2)))]:
        c(name, a, b)
for a, b in [(A, V), (S, arr((4,))), (A, arr((2,)))]:
    c("matvec", a, b)
for a, b in [(arr((2,)), A), (arr((3,), "complex128"), arr((3, 2), "complex128")), (V, A)]:
    c("vecmat", a, b)
c("vecdot", arr((3,), "complex128"), arr((3,), "complex128", 2))
c("vecdot", A, A)
c("vecdot", A, A, axis=0)
c("vdot", arr((2, 2), "complex128"), arr((4,), "complex128", 2))
c("vdot", V, [1, 2])
for a, b in [(V, W), (A, V), (2, V), ([1, 2], [[3, 4], [5, 6]]), (S, 2)]:
    c("outer", a, b)
    c("kron", a, b)
for a, b, axes in [(S, T, 1), (S, T, ([0, 2], [0, 1])), (S, arr((3, 4)), 2), (V, W, 0), (S, T, ([2], [1])), (S, T, 2), (A, B, ([0], [1, 2])), (S, T, (2, 1)), (A, B, 3)]:
    c("tensordot", a, b, axes)
for eq, ops in [
    ("ij,jk->ik", (A, B)), ("ij,jk", (A, B)), ("ii->i", (arr((3, 3)),)), ("ij->ji", (A,)), ("ij->", (A,)), ("ij->j", (A,)), ("i,i", (V, W)), ("i,j->ij", (V, W)), ("bij,bjk->bik", (S, T)), ("...ij,...jk->...ik", (S, T)),
    ("ijk,ikl,lm->jm", (S, T, arr((3, 2)))), ("...", (A,)), ("...i->...", (S,)), ("i...->...", (S,)), ("ba", (A,)), ("ij , jk -> ik", (A, B)), ("ij,ij,ij->i", (A, A, A)), ("i,i->i", (V, [1, 2, 3])), ("i->ii", (V,)), ("ij,jk->il", (A, B)), ("ij", (V,)), ("i,j", (V,)), ("ij->k", (A,)), ("i.j", (A,)), ("ij,kj->ik", (A, arr((2, 4)))), ("i1", (A,)),
    ("aij,bjk,ck->abc", (S, arr((2, 4, 3)), arr((2, 3)))), (",ij", (2.0, A)), ("ijj->i", (arr((2, 3, 3)),)),
]:
    c("einsum", eq, *ops)
    c("einsum", eq, *ops, optimize=True)
c("einsum", A, [0, 1], B, [1, 2], [0, 2])
c("einsum", A, [0, 1])
c("einsum", A, [1, 0], [0, 1])
c("einsum", S, [..., 0], [..., 0])
c("einsum", "ij->i", arr((2, 3), "int8"), dtype="float64")
c("einsum", "ij,jk->ik", A, B, optimize="optimal")
for eq, ops in [("i", (V, V)), ("ii", (A,)), ("ii->i", (A,)), ("ii,i->i", (A, V)), ("aij,bjk->ab", (S, arr((2, 5, 3))))]:
    c("einsum", eq, *ops)
c("einsum", "ij,jk,kl->il", A, B, arr((4, 2)), optimize=["einsum_path", (0, 1), (0, 1)])
c("einsum", "ij,jk,kl->il", A, B, arr((4, 2)), optimize=("greedy", 1000))
c("einsum")
for eq, shapes, o in [("ij,jk,kl->il", [(2, 3), (3, 4), (4, 5)], "greedy"), ("ij,jk,kl->il", [(10, 2), (2, 30), (30, 4)], "optimal"), ("ij,jk->ik", [(2, 3), (3, 4)], "greedy"), ("ea,fb,abcd,gc,hd->efgh", [(4, 4), (4, 4), (4, 4, 4, 4), (4, 4), (4, 4)], "greedy"), ("ea,fb,abcd,gc,hd->efgh", [(4, 4), (4, 4), (4, 4, 4, 4), (4, 4), (4, 4)], "optimal"), ("ij,jk,kl->il", [(2, 3), (3, 4), (4, 5)], False), ("i,i->", [(3,), (3,)], True), ("ii->i", [(3, 3)], "greedy")]:
    c("einsum_path", eq, *[arr(s, seed=i) for i, s in enumerate(shapes)], optimize=o)
c("trace", arr((3, 3)))
for k in (1, -1, 5):
    c("trace", arr((3, 4), "int64"), k)
c("trace", S, axis1=1, axis2=2)
c("trace", arr((2, 2), "bool"))
c("trace", V)
for k, kw in [(0, {}), (1, {}), (-1, {}), (0, dict(axis1=1, axis2=2)), (0, dict(axis1=0, axis2=0))]:
    c("diagonal", S, k, **kw)
c("diagonal", V)
c.save(__file__)
