"""Series of orthogonal polynomials: the functions of numpy.polynomial's five modules, and their classes."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from calls import Calls, arr  # noqa: E402
from fixtures import save  # noqa: E402

FAMILIES = {"chebyshev": ("cheb", "Chebyshev"), "legendre": ("leg", "Legendre"), "laguerre": ("lag", "Laguerre"), "hermite": ("herm", "Hermite"), "hermite_e": ("herme", "HermiteE")}
P, Q, ONE = [1.0, -3.0, 2.0, 0.5], [2, 0, -1], [0.7]
X, Y = np.array([0.0, 0.3, 0.5, 0.8, 1.1, 1.4]), np.array([0, 0.8, 0.9, 0.1, -0.8, -1.0])
c = Calls()
classes = []
for module, (p, title) in FAMILIES.items():
    M = f"polynomial.{module}.{p}"
    for name in ("add", "sub", "mul", "div"):
        for a, b in [(P, Q), (Q, [0, 1]), ([1, 2, 3, 0], [2]), ([1, 2, 3, 4, 5, 6], [1, 2, 3]), ([1j, 2], [2, 1 + 1j]), (P, [0]), ([], [1])]:
            c(M + name, a, b)
    for x in (0.5, [0.1, -0.2, 3], arr((2, 2)), 1j):
        for k in (P, Q, [[1, 2], [3, 4], [5, 6]], 7, [1, 2, 3, 4, 5, 6.5]):
            c(M + "val", x, k)
    c(M + "val", [1, 2], [[1, 2], [3, 4]], tensor=False)
    c(M + "val2d", [0.1, 0.2], [0.3, 0.4], arr((3, 2)))
    c(M + "val2d", [1, 2], [3], [[1, 2], [3, 4]])
    c(M + "val3d", 0.1, 0.2, 0.3, arr((2, 3, 2)))
    c(M + "grid2d", [0.1, 0.2], [0.3, 0.4, 0.5], arr((3, 2)))
    c(M + "grid3d", [0.1, 0.2], [0.3, 0.4], [0.1], arr((2, 2, 3)))
    for k, n in [(P, 0), (P, 2), (Q, 3), (P, 17), (Q, -1)]:
        c(M + "pow", k, n)
    for k in (P, [0], [5], Q):
        c(M + "mulx", k)
    for off, scl in [(1, 2), (1, 0), (0.5, -1.5)]:
        c(M + "line", off, scl)
    for kw in ({}, dict(m=2), dict(scl=-1), dict(m=0), dict(m=9), dict(m=-1), dict(m=3)):
        c(M + "der", [1, 2, 3, 4, 5.5], **kw)
    c(M + "der", arr((3, 4)), axis=1)
    for kw in ({}, dict(m=3), dict(k=3), dict(lbnd=-2), dict(scl=-2), dict(m=2, k=[1, 2]), dict(m=-1), dict(m=1, k=[1, 2]), dict(lbnd=[1]), dict(m=0)):
        c(M + "int", [1, 2, 3, 4.5], **kw)
    c(M + "int", arr((3, 2)), axis=1)
    c(M + "vander", X, 4)
    c(M + "vander", arr((2, 2)), 1)
    c(M + "vander", [1], -1)
    c(M + "vander2d", [0.1, 0.2], [0.3, 0.4], [1, 2])
    c(M + "vander3d", [0.1, 0.2], [0.3, 0.4], [0.5, 0.6], [1, 1, 1])
    for k in ([1, 2], [1, 2, 3], P, [1], [1, 2, 3, 4, 5]):
        c(M + "companion", k)
        c(M + "roots", k)
    for r in ([-1, 0, 1], [1j, -1j], [], [2], [0.5, 1.5, 2.5, 3.5]):
        c(M + "fromroots", r)
    for deg, kw in [(3, {}), ([1, 3], {}), (1, dict(full=True)), (2, dict(w=[1, 2, 1, 2, 1, 2])), (-1, {}), (1.5, {})]:
        c(M + "fit", X, Y, deg, **kw)
    for n in (1, 2, 5, 12, 0):
        c(M + "gauss", n)
    c(M + "weight", np.array([0.1, 0.5, -0.3]))
    c(M + "trim", [0, 1, 0.1, 0.05], 0.2)
    c(f"polynomial.{module}.poly2{p}", P)
    c(f"polynomial.{module}.poly2{p}", [0, 0, 0, 1])
    c(f"polynomial.{module}.{p}2poly", P)
    c(f"polynomial.{module}.{p}2poly", [1, 2, 3, 4, 5, 6])
    T = getattr(np.polynomial, title)
    texts = []
    for k in ([1, 2, 3], [1.5, -2.25, 0, 1e-9], [0], [1, -1], [1 + 2j, 3], list(range(1, 16))):
        texts.append([k, str(T(k)), repr(T(k)), format(T(k), "ascii"), str(T(k, domain=[0, 2]))])
    a, b = T([1, 2, 3, 4], domain=[0, 2]), T([0.5, 1], domain=[0, 2])
    out = [a(0.7), a([0, 1, 2]), (a + b).coef, (a - 3).coef, (a * b).coef, (a // b).coef, (a % b).coef, (b**3).coef, a.deriv().coef, a.integ().coef, a.integ(2, [1, 2], 0.5).coef, a.roots(), a.convert().coef, a.convert(kind=np.polynomial.Polynomial).coef, np.polynomial.Polynomial([1, 2, 3]).convert(kind=T).coef, a.mapparms(), T.fit(X, Y, 3).coef, T.fit(X, Y, 2).domain, T.fromroots([1, 2]).coef, T.basis(3).coef, T.identity().coef, a.truncate(2).coef, T([1, 2, 0, 0]).trim().coef, a.linspace(3), a.has_samecoef(b), a.has_samedomain(b), T.cast(np.polynomial.Polynomial([1, 1, 1])).coef, T.domain]
    classes.append({"name": title, "texts": texts, "out": out})
for n in (1, 2, 5):
    c("polynomial.chebyshev.chebpts1", n)
    c("polynomial.chebyshev.chebpts2", n)
c("polynomial.polyutils.getdomain", [1, 5, -2])
c("polynomial.polyutils.mapparms", [-1, 1], [0, 4])
c("polynomial.polyutils.mapdomain", [0.1, 0.5], [-1, 1], [0, 4])
c("polynomial.polyutils.trimcoef", [0, 1, 0.1], 0.5)
c("polynomial.polyutils.trimseq", np.array([0, 1, 0, 0]))
c("polynomial.polynomial.polyvander2d", [0.1, 0.2], [0.3, 0.4], [1, 2])
c("polynomial.polynomial.polyvander3d", [0.1, 0.2], [0.3, 0.4], [0.5, 0.6], [1, 1, 1])
c.save(__file__)
save(__file__, classes, "numpy", "classes.json")
