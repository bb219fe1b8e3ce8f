"""Special functions at arguments all over their domains, by mpmath with 50 digits: the scalar functions of
packages/kernel/src/math are held to them in units of the last place."""

import pathlib
import sys

import mpmath as mp
import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import save  # noqa: E402

mp.mp.dps = 50
rng = np.random.default_rng(3)
N = 60


def spread(low, high, n=N):
    return [float(v) for v in np.sort(rng.uniform(low, high, n))]


def scales(low, high, n=N):
    """Magnitudes from low to high, evenly in the exponent."""
    return [float(v) for v in np.exp(rng.uniform(np.log(low), np.log(high), n))]


def both(xs):
    return [-x for x in xs] + xs


def ndtri(p):
    guess = mp.mpf(float(np.sign(p - 0.5))) if abs(p - 0.5) > 0.3 else mp.mpf(0)
    if p < mp.mpf("1e-4"):
        guess = -mp.sqrt(-2 * mp.log(p))
    f = lambda x: mp.log(mp.ncdf(x)) - mp.log(p) if p < 0.5 else mp.log(mp.ncdf(-x)) - mp.log(1 - p)
    return mp.findroot(f, guess, tol=mp.mpf(10) ** -60)


def erfinv(y):
    return mp.erfinv(y) if abs(y) < 0.999 else -mp.sign(y) * ndtri((1 - abs(y)) / 2) / mp.sqrt(2)


def log_ndtr(x):
    return mp.log(mp.erfc(-x / mp.sqrt(2)) / 2)


def zeta(s, q):
    if q > 0:
        return mp.zeta(s, q)
    shift = int(mp.ceil(-q)) + 1
    return mp.fsum((q + k) ** -s for k in range(shift)) + mp.zeta(s, q + shift)


def polygamma(n, x):
    return (-1) ** (int(n) + 1) * mp.factorial(n) * zeta(mp.mpf(n) + 1, x)


cases = []


def case(name, f, *arguments):
    """f at the arguments given as columns."""
    rows = list(zip(*arguments))
    values = [float(mp.re(f(*[mp.mpf(x) for x in r]))) for r in rows]
    cases.append(
        {
            "name": name,
            "args": [np.array(a) for a in arguments],
            "y": np.array(values),
        }
    )


case("erfOf", mp.erf, both(scales(1e-9, 5.8)))
case("erfcOf", mp.erfc, both(scales(1e-3, 6)) + spread(6, 26))
case("erfcxOf", lambda x: mp.exp(x * x) * mp.erfc(x) if x < 1000 else mp.hyperu(0.5, 0.5, x * x) / mp.sqrt(mp.pi), spread(-5, 0) + scales(1e-3, 1e6))
case("erfinvOf", erfinv, both(scales(1e-9, 0.9)) + [1 - x for x in scales(1e-15, 0.3)])
case("ndtrOf", mp.ncdf, spread(-37, 8))
case("ndtriOf", ndtri, scales(1e-290, 0.9) + spread(0.2, 0.99))
case("logNdtrOf", log_ndtr, spread(-60, 8) + [-1e5])
case("lgammaOf", mp.loggamma, scales(1e-9, 1e9) + spread(0.5, 3.5))
case("lgammaOf (below 0)", lambda x: mp.log(abs(mp.gamma(x))), [x + 0.43 for x in range(-30, 0)] + spread(-0.9, -0.1))
case("digammaOf", mp.digamma, scales(1e-6, 1e6) + spread(1, 12))
case("digammaOf (below 0)", mp.digamma, [x + 0.23 for x in range(-30, 0)])
case("zetaOf", zeta, spread(1.05, 12), scales(0.01, 1e3))
case("zetaOf (below 0)", zeta, [float(s) for s in range(2, 9) for _ in range(6)], [-x - 0.37 for s in range(7) for x in (0.0, 1.0, 4.0, 19.0, 47.0, 1000.0)])
case("polygammaOf", polygamma, [float(n) for n in range(1, 6) for _ in range(12)], [x for n in range(5) for x in scales(0.01, 100, 12)])
case("i0Of", lambda x: mp.besseli(0, x), scales(1e-3, 700))
case("i0eOf", lambda x: mp.exp(-abs(x)) * mp.besseli(0, x), both(scales(1e-3, 1e5)))
case("i1Of", lambda x: mp.besseli(1, x), both(scales(1e-3, 700)))
case("i1eOf", lambda x: mp.exp(-abs(x)) * mp.besseli(1, x), scales(1e-3, 1e5))
case("k0Of", lambda x: mp.besselk(0, x), scales(1e-6, 600))
case("k0eOf", lambda x: mp.exp(x) * mp.besselk(0, x), scales(1e-6, 1e5))
case("k1Of", lambda x: mp.besselk(1, x), scales(1e-6, 600))
case("k1eOf", lambda x: mp.exp(x) * mp.besselk(1, x), scales(1e-6, 1e5))
for name, f in (("j0Of", lambda x: mp.besselj(0, x)), ("j1Of", lambda x: mp.besselj(1, x)), ("y0Of", lambda x: mp.bessely(0, x)), ("y1Of", lambda x: mp.bessely(1, x))):
    case(name, f, scales(1e-3, 5) + spread(5, 60) + scales(60, 1e4, 20))
case("airyAiOf", mp.airyai, spread(-30, 10))
case("lowerGammaOf", lambda a, x: mp.gammainc(a, 0, x, regularized=True), scales(0.01, 300), scales(0.01, 300))
case("lowerGammaOf (near a)", lambda a, x: mp.gammainc(a, 0, x, regularized=True), [float(a) for a in (25, 60, 150, 400, 1500, 6000)] * 5, [a * (1 + d) for d in (-0.06, -0.01, 0.0, 0.02, 0.05) for a in (25, 60, 150, 400, 1500, 6000)])
case("upperGammaOf", lambda a, x: mp.gammainc(a, x, mp.inf, regularized=True), scales(0.01, 300), scales(0.01, 300))
case("lgamma1pOf", lambda a: mp.loggamma(1 + a), both(scales(1e-12, 0.9)))
save(__file__, cases, "numpy")
