"""Polynomials that special functions are made of, as packages/kernel/src/math/coefficients.ts makes them.

Each is the Chebyshev interpolant of a smooth function on an interval, computed here with 60 digits from mpmath's own
functions, cut where the rest is below 2**-58 of the function, and written out in powers of t in [-1, 1].
"""

import pathlib
import sys

import mpmath as mp
import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3]))
from fixtures import save  # noqa: E402

mp.mp.dps = 60


def interpolate(f, a, b, n):
    """Chebyshev coefficients of f on [a, b] from n nodes."""
    a, b = mp.mpf(a), mp.mpf(b)
    nodes = [mp.cos(mp.pi * (k + mp.mpf(1) / 2) / n) for k in range(n)]
    values = [f((a + b) / 2 + (b - a) / 2 * t) for t in nodes]
    out = []
    for j in range(n):
        s = mp.fsum(v * mp.cos(mp.pi * j * (k + mp.mpf(1) / 2) / n) for k, v in enumerate(values))
        out.append(2 * s / n)
    out[0] /= 2
    return out, max(abs(v) for v in values), min(abs(v) for v in values)


def powers(c):
    """The same polynomial in powers of t."""
    result = [mp.mpf(0)] * len(c)
    before, now = [mp.mpf(1)], [mp.mpf(0), mp.mpf(1)]
    for j, cj in enumerate(c):
        t = before if j == 0 else now
        for i, v in enumerate(t):
            result[i] += cj * v
        if j >= 1:
            after = [mp.mpf(0)] + [2 * v for v in now]
            for i, v in enumerate(before):
                after[i] -= v
            before, now = now, after
    return result


def fit(f, a, b, nodes=44, small=None):
    c, _, low = interpolate(f, a, b, nodes)
    limit = (small if small is not None else low) * mp.mpf(2) ** -58
    n = len(c)
    while n > 1 and abs(c[n - 1]) < limit:
        n -= 1
    if n > nodes - 4:
        raise ValueError(f"no convergence on [{a}, {b}]: {mp.nstr(c[-1] / low, 5)}")
    return [float(x) for x in powers(c[:n])]


def pieces(f, edges, **more):
    return [fit(f, a, b, **more) for a, b in zip(edges, edges[1:])]


def uniform(a, b, n):
    return [mp.mpf(a) + (mp.mpf(b) - mp.mpf(a)) * k / n for k in range(n + 1)]


cases = []


def emit(name, table):
    cases.append({"name": name, "lengths": [len(c) for c in table], "coefficients": np.array([x for c in table for x in c])})


# The error function ---------------------------------------------------------------------------------------------
emit(
    "ERF_SMALL",
    [fit(lambda u: mp.erf(mp.sqrt(u)) / mp.sqrt(u) - 1 if u > 0 else 2 / mp.sqrt(mp.pi) - 1, 0, 1, small=mp.mpf(1))],
)


def erfcx(x):
    if x > 100:
        return mp.hyperu(mp.mpf(1) / 2, mp.mpf(1) / 2, x * x) / mp.sqrt(mp.pi)
    return mp.exp(x * x) * mp.erfc(x)


def scaled_erfcx(s):
    if s == 1:
        return 2 / mp.sqrt(mp.pi)
    x = 2 * (1 + s) / (1 - s)
    return (1 + 2 * x) * erfcx(x)


emit(
    "ERFCX",
    pieces(scaled_erfcx, uniform(-1, 1, 8)),
)

# The gamma function ---------------------------------------------------------------------------------------------
def lgamma_core(x):
    d = (x - 1) * (x - 2)
    if abs(d) < mp.mpf(10) ** -40:
        return mp.diff(mp.loggamma, x) / (1 if x > 1.5 else -1)
    return mp.loggamma(x) / d


emit(
    "LGAMMA",
    pieces(lgamma_core, uniform(0.75, 2.75, 4)),
)
DIGAMMA_ROOT = mp.findroot(mp.digamma, 1.4616)
emit(
    "DIGAMMA",
    pieces(lambda x: mp.digamma(x) / (x - DIGAMMA_ROOT), uniform(1, 2, 2)),
)
emit(
    "STIRLING",
    [fit(lambda u: mp.mpf(1) / 12 if u == 0 else (lambda x: x * (mp.loggamma(x) - (x - mp.mpf(1) / 2) * mp.log(x) + x - mp.log(2 * mp.pi) / 2))(10 / mp.sqrt(u)), 0, 1)],
)
emit(
    "DIGAMMA_LARGE",
    [fit(lambda u: mp.mpf(1) / 12 if u == 0 else (lambda x: x * x * (mp.log(x) - 1 / (2 * x) - mp.digamma(x)))(10 / mp.sqrt(u)), 0, 1)],
)

# Modified Bessel functions --------------------------------------------------------------------------------------
emit("I0_SMALL", pieces(lambda a: (mp.besseli(0, 2 * mp.sqrt(a)) - 1) / a if a > 0 else mp.mpf(1), uniform(0, 16, 2)))
emit("I1_SMALL", pieces(lambda a: (mp.besseli(1, 2 * mp.sqrt(a)) / mp.sqrt(a) - 1) / a if a > 0 else mp.mpf(1) / 2, uniform(0, 16, 2)))


def decaying(order):
    def f(v):
        if v == 0:
            return 1 / mp.sqrt(2 * mp.pi)
        x = 1 / v
        return mp.sqrt(x) * mp.exp(-x) * mp.besseli(order, x)

    return f


emit("I0_LARGE", pieces(decaying(0), uniform(0, mp.mpf(1) / 8, 4)))
emit("I1_LARGE", pieces(decaying(1), uniform(0, mp.mpf(1) / 8, 4)))
emit("K0_SMALL", [fit(lambda u: mp.besselk(0, mp.sqrt(u)) + mp.log(u) / 2 * mp.besseli(0, mp.sqrt(u)) if u > 0 else mp.log(2) - mp.euler, 0, 1)])
emit("K1_SMALL", [fit(lambda u: (mp.besselk(1, mp.sqrt(u)) - mp.log(u) / 2 * mp.besseli(1, mp.sqrt(u)) - 1 / mp.sqrt(u)) / mp.sqrt(u) if u > 0 else (2 * mp.euler - 1) / 4 - mp.log(2) / 2, 0, 1)])


def decaying_k(order):
    def f(v):
        if v == 0:
            return mp.sqrt(mp.pi / 2)
        x = 1 / v
        return mp.sqrt(x) * mp.exp(x) * mp.besselk(order, x)

    return f


emit("K0_LARGE", pieces(decaying_k(0), uniform(0, 1, 8)))
emit("K1_LARGE", pieces(decaying_k(1), uniform(0, 1, 8)))

# Bessel functions -----------------------------------------------------------------------------------------------
J0_ROOT = mp.besseljzero(0, 1)
J1_ROOT = mp.besseljzero(1, 1)
emit("J0_SMALL", [fit(lambda u: mp.besselj(0, mp.sqrt(u)) / (u - J0_ROOT**2), 0, 25)])
emit("J0_TINY", [fit(lambda u: (mp.besselj(0, mp.sqrt(u)) - 1) / u if u > 0 else -mp.mpf(1) / 4, 0, 2)])
emit("J1_SMALL", [fit(lambda u: mp.besselj(1, mp.sqrt(u)) / mp.sqrt(u) / (u - J1_ROOT**2) if u > 0 else mp.mpf(1) / 2 / -(J1_ROOT**2), 0, 25)])
emit("Y0_SMALL", [fit(lambda u: mp.bessely(0, mp.sqrt(u)) - mp.log(u) / mp.pi * mp.besselj(0, mp.sqrt(u)) if u > 0 else 2 / mp.pi * (mp.euler - mp.log(2)), 0, 25, small=mp.mpf(1) / 20)])
emit("Y1_SMALL", [fit(lambda u: (mp.bessely(1, mp.sqrt(u)) - 2 / mp.pi * (mp.log(u) / 2 * mp.besselj(1, mp.sqrt(u)) - 1 / mp.sqrt(u))) / mp.sqrt(u) if u > 0 else (2 * mp.euler - 1 - 2 * mp.log(2)) / (2 * mp.pi), 0, 25, small=mp.mpf(1) / 40)])


def wave(order):
    """P and x·Q of Hankel's expansion: √(πx/2)·(J, Y) turned back by x − (2·order + 1)π/4."""

    def both(v):
        x = 1 / v
        chi = x - (2 * order + 1) * mp.pi / 4
        j, y = mp.besselj(order, x), mp.bessely(order, x)
        scale = mp.sqrt(mp.pi * x / 2)
        return scale * (j * mp.cos(chi) + y * mp.sin(chi)), scale * (y * mp.cos(chi) - j * mp.sin(chi)) * x

    mu = 4 * order * order
    return (
        lambda w: both(mp.sqrt(w) / 5)[0] if w > 0 else mp.mpf(1),
        lambda w: both(mp.sqrt(w) / 5)[1] if w > 0 else mp.mpf(mu - 1) / 8,
    )


for order in (0, 1):
    p, q = wave(order)
    emit(f"P{order}_LARGE", pieces(p, uniform(0, 1, 4)))
    emit(f"Q{order}_LARGE", pieces(q, uniform(0, 1, 4)))

# Airy's function ------------------------------------------------------------------------------------------------
emit("AIRY_SMALL", pieces(mp.airyai, uniform(-2, 4, 6)))


def airy_decay(v):
    if v == 0:
        return 1 / (2 * mp.sqrt(mp.pi))
    zeta = 1 / v
    x = (3 * zeta / 2) ** (mp.mpf(2) / 3)
    return mp.airyai(x) * mp.exp(zeta) * mp.sqrt(mp.sqrt(x))


emit("AIRY_LARGE", pieces(lambda v: airy_decay(v / 4), uniform(0, 1, 4)))


def airy_wave(w):
    zeta = 1 / mp.sqrt(w)
    z = (3 * zeta / 2) ** (mp.mpf(2) / 3)
    chi = zeta + mp.pi / 4
    a, b = mp.airyai(-z), mp.airybi(-z)
    scale = mp.sqrt(mp.pi) * mp.sqrt(mp.sqrt(z))
    return scale * (a * mp.sin(chi) + b * mp.cos(chi)), scale * (b * mp.sin(chi) - a * mp.cos(chi)) * zeta


emit("AIRY_SINE", pieces(lambda w: airy_wave(w / 3)[0] if w > 0 else mp.mpf(1), uniform(0, 1, 8)))
emit("AIRY_COSINE", pieces(lambda w: airy_wave(w / 3)[1] if w > 0 else mp.mpf(5) / 72, uniform(0, 1, 8)))

# Temme's uniform expansion of the incomplete gamma functions ----------------------------------------------------
def temme(orders, terms):
    """Taylor coefficients in η of the functions C_k of Temme (1979), η²/2 = λ − 1 − log λ."""
    n = terms + 2 * orders + 4
    # μ = λ − 1 satisfies μ·μ' = η·(1 + μ); μ = Σ m_i η^i, m_1 = 1.
    m = [mp.mpf(0)] * (n + 2)
    m[1] = mp.mpf(1)
    for i in range(2, n + 1):
        # coefficient of η^i in μ·μ' is Σ m_j·(i + 1 − j)·m_{i+1−j}
        known = mp.fsum(m[j] * (i + 1 - j) * m[i + 1 - j] for j in range(2, i))
        right = m[i - 1]
        m[i] = (right - known) / (1 + i)
    # C_0 = 1/μ − 1/η; C_k = C_{k−1}'/η + (γ_k coefficient)/μ, singular parts cancelling.
    inv = [mp.mpf(0)] * (n + 1)  # η/μ as a series
    series = [m[i + 1] for i in range(n)]
    inv[0] = mp.mpf(1)
    for i in range(1, n):
        inv[i] = -mp.fsum(series[j] * inv[i - j] for j in range(1, i + 1))
    out = []
    c = [inv[i + 1] for i in range(n - 1)]
    out.append(c)
    for _ in range(1, orders):
        # C_k(η) = (1/η)·dC_{k−1}/dη + g_k/μ with g_k chosen to cancel the pole.
        d = [(i + 1) * c[i + 1] for i in range(len(c) - 1)]
        g = -d[0]
        c = [d[i + 1] + g * inv[i + 1] for i in range(len(d) - 1)]
        out.append(c)
    return [c[:terms] for c in out]


def needed(c, k):
    """Where the expansion is used a is above 20 and η within ±0.4: what counts of the coefficients of C_k/a^k."""
    errors = [mp.mpf(2) ** -60 * mp.mpf(20) ** k / mp.mpf("0.4") ** i for i in range(len(c))]
    n = len(c)
    while n > 1 and abs(c[n - 1]) < errors[n - 1]:
        n -= 1
    return [float(x) for x in c[:n]]


emit("TEMME", [needed(c, k) for k, c in enumerate(temme(12, 26))])
for name, root in (("DIGAMMA_ROOT", DIGAMMA_ROOT), ("J0_ROOT", J0_ROOT), ("J1_ROOT", J1_ROOT)):
    emit(name, [[float(root), float(root - float(root))]])

save(__file__, cases, "numpy")
