"""Polynomials of both faces, and numpy.emath."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import Calls, arr  # noqa: E402
from fixtures import save  # noqa: E402

c = Calls()
P, Q = [1.0, -3.0, 2.0, 0.5], [2, 0, -1]
for s in ([1, 2, 3], [], [0.5], [1 + 2j, 1 - 2j], [1 + 1j], arr((3, 3)), [[1, 2, 3]], [2, 2]):
    c("poly", s)
for p in ([1, -3, 2], [3.2, 2, 1], [0, 0, 1, -1, 0], [0, 0], [5], [1, 0, 1], [1, 2 + 1j], [[1]], [2, -4], [1, -6, 11, -6]):
    c("roots", p)
for p in (P, Q, [3], np.array([1, 2], "float32"), [1j, 2]):
    for x in (2, 0.5, [1, 2, 3], arr((2, 2)), np.array([1.5], "float32"), 1j):
        c("polyval", p, x)
for name in ("polyadd", "polysub", "polymul"):
    for a, b in [(P, Q), (Q, Q), ([1], [2, 3, 4]), (3, [1, 2]), ([1j], [2.0, 1.0]), ([0, 0, 1], [1, 2])]:
        c(name, a, b)
for a, b in [(P, Q), (Q, P), ([1, 2, 3], [2]), ([1.0, 0, 0, -1], [1, -1])]:
    c("polydiv", a, b)
for p, m in [(P, 1), (Q, 2), (P, 0), ([3], 1), (P, -1), (Q, 5)]:
    c("polyder", p, m)
for p, kw in [(P, {}), (Q, dict(m=2)), (Q, dict(k=3)), (Q, dict(m=2, k=[6, 5])), (Q, dict(m=-1)), (Q, dict(m=2, k=[1, 2, 3])), (Q, dict(m=3, k=[1, 2])), (Q, dict(m=0))]:
    c("polyint", p, **kw)
X, Y = np.array([0.0, 1.0, 2.0, 3.0, 4.0, 5.0]), np.array([0, 0.8, 0.9, 0.1, -0.8, -1.0])
for deg, kw in [(3, {}), (1, dict(full=True)), (2, dict(cov=True)), (2, dict(cov="unscaled")), (2, dict(w=[1, 2, 1, 2, 1, 2])), (0, {}), (-1, {}), (5, dict(cov=True))]:
    c("polyfit", X, Y, deg, **kw)
c("polyfit", X, np.stack([Y, Y * 2], 1), 2)
c("polyfit", [1, 2], [1, 2, 3], 1)
c("polyfit", [[1]], [1], 1)
c("polyfit", [], [], 1)
M = "polynomial.polynomial."
for name in ("polyadd", "polysub", "polymul", "polydiv"):
    for a, b in [(P, Q), (Q, [0, 1]), ([1, 2, 3, 0], [2]), ([1], [1, 2]), ([1j], [2]), (P, [0]), ([], [1])]:
        c(M + name, a, b)
for x in (2, 2.5, [1, 2], arr((2, 2))):
    for k in (P, Q, [[1, 2], [3, 4]], 7):
        c(M + "polyval", x, k)
c(M + "polyval", [1, 2], [[1, 2], [3, 4]], tensor=False)
c(M + "polyval2d", [1, 2], [3, 4], [[1, 2], [3, 4]])
c(M + "polyval2d", [1, 2], [3], [[1, 2], [3, 4]])
c(M + "polyval3d", 1, 2, 3, arr((2, 2, 2)))
c(M + "polygrid2d", [1, 2], [3, 4, 5], [[1, 2], [3, 4]])
c(M + "polygrid3d", [1, 2], [3, 4], [1], arr((2, 2, 2)))
c(M + "polyvalfromroots", [1, 2], [0, 3])
c(M + "polyvalfromroots", 2, [0, 3])
for k, n in [(P, 0), (P, 2), (P, 101)]:
    c(M + "polypow", k, n)
c(M + "polypow", Q, -1)
c(M + "polypow", Q, 3, 2)
c(M + "polymulx", P)
c(M + "polymulx", [0])
c(M + "polyline", 1, 2)
c(M + "polyline", 1, 0)
for kw in ({}, dict(m=2), dict(scl=-1), dict(m=0), dict(m=9), dict(m=-1)):
    c(M + "polyder", P, **kw)
c(M + "polyder", [[1, 2], [3, 4]], axis=1)
for kw in ({}, dict(m=3), dict(k=3), dict(lbnd=-2), dict(scl=-2), dict(m=2, k=[1, 2]), dict(m=-1), dict(m=1, k=[1, 2]), dict(lbnd=[1]), dict(m=0)):
    c(M + "polyint", [1, 2, 3], **kw)
c(M + "polyvander", [1, 2, 3], 2)
c(M + "polyvander", arr((2, 2)), 1)
c(M + "polyvander", [1], -1)
for k in ([1, 2], [1, 2, 3], P, [1]):
    c(M + "polycompanion", k)
    c(M + "polyroots", k)
for r in ([-1, 0, 1], [1j, -1j], [], [2], [0.5, 1.5, 2.5, 3.5]):
    c(M + "polyfromroots", r)
for deg, kw in [(3, {}), ([1, 3], {}), (1, dict(full=True)), (2, dict(w=[1, 2, 1, 2, 1, 2])), (-1, {}), (1.5, {})]:
    c(M + "polyfit", X, Y, deg, **kw)
for k, t in [([0, 1, 0.1, 0.05], 0.2), ([1, 0, 0], 0), ([0, 0], 0), ([1], -1)]:
    c(M + "polytrim", k, t)
for name in ("sqrt", "log", "log10", "log2", "arccos", "arcsin", "arctanh"):
    for x in (-1, 0.5, [1.5, -2.0], [0.25, 0.5], arr((3,), "float32"), 1j, 4):
        c(f"emath.{name}", x)
c("emath.logn", 2, [4, -8])
c("emath.power", [2, -4], 2)
c("emath.power", [-2, 4], 0.5)
c("emath.power", [2, 4], -2)
c("emath.power", [2, 4], [2, 4])
c.save(__file__)

rows = []
N = np.polynomial.Polynomial
for k in ([1, 2, 3], [1.5, -2.25, 0, 1e-9], [0], [1, -1], [1 + 2j, 3], [123456789.0, 1], [-1, 1, -1], list(range(1, 16)), [0.1] * 12):
    rows.append([k, str(np.poly1d(k)), repr(np.poly1d(k)), str(N(k)), repr(N(k)), format(N(k), "ascii")])
maps = [[k, d, str(N(k, domain=d)), repr(N(k, domain=d))] for k, d in [([1, 2, 3], [0, 1]), ([1, 2], [-2, 2]), ([1, 2], [1, 3])]]
p, q = np.poly1d([1, 2, 3]), np.poly1d([2, -1])
N1, N2 = N([1, 2, 3], domain=[0, 2]), N([0.5, 1], domain=[0, 2])
save(
    __file__,
    [
        {"name": "texts", "rows": rows, "maps": maps},
        {"name": "poly1d", "out": [(p + q).coeffs, (p - q).coeffs, (p * q).coeffs, (p / 2).coeffs, (p / q)[0].coeffs, (p / q)[1].coeffs, (p**3).coeffs, (-p).coeffs, p(0.5), p(q).coeffs, p[1], p[7], p.deriv().coeffs, p.integ(k=4).coeffs, p.r, p.order, (3 - p).coeffs, np.poly1d([1, 2], True).coeffs]},
        {"name": "Polynomial", "out": [N1(1.5), N1([0, 1, 2]), (N1 + N2).coef, (N1 - 3).coef, (N1 * N2).coef, (N1 // N2).coef, (N1 % N2).coef, (N1**2).coef, N1.deriv().coef, N1.integ().coef, N1.integ(2, [1, 2], 0.5).coef, N1.roots(), N1.convert().coef, N1(N2).coef, N1.mapparms(), N.fit(X, Y, 2).coef, N.fit(X, Y, 2).domain, N.fit(X, Y, 2).convert().coef, N.fromroots([1, 2]).coef, N.basis(3).coef, N.identity().coef, N1.truncate(2).coef, N([1, 2, 0, 0]).trim().coef, N1.linspace(3)]},
    ],
    "numpy",
    "classes.json",
)
