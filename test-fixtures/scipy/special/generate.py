"""scipy.special over types, edges and axes."""

import pathlib
import sys

import numpy as np
import scipy.special

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "numpy"))
from calls import Calls, arr  # noqa: E402

c = Calls(scipy, "scipy")
EDGE = np.array([0.0, -0.0, 1.0, -1.0, np.inf, -np.inf, np.nan, 0.5, -2.5, 30.0, -30.0])
for name in "expit logit log_expit erf erfc erfcx erfinv gamma gammaln rgamma digamma psi ndtr log_ndtr ndtri i0 i0e i1 i1e j0 j1 entr exp10 expm1 log1p exp2 cbrt".split():
    f = f"special.{name}"
    c(f, EDGE)
    c(f, arr((2, 3), "float32"))
    c(f, arr((7,), low=0.01, high=0.99))
    c(f, np.array([1, 2, 3]))
    c(f, 0.25)
    c(f, 2)
for name in "k0 k0e k1 k1e y0 y1".split():
    c(f"special.{name}", arr((6,), low=0.1, high=9.0))
    c(f"special.{name}", 2)
    c(f"special.{name}", [0.5, 25.0])
c("special.gamma", np.array([0.1, 1.5, 2.0, 5.0, 10.5, 33.1, 100.2, 170.5, 171.7, -0.5, -1.5, -10.3, -50.7, -170.5]))
for name in ("gammainc", "gammaincc", "beta", "betaln", "xlogy", "xlog1py", "rel_entr", "kl_div", "binom", "poch", "huber", "pseudo_huber"):
    f = f"special.{name}"
    c(f, arr((5,), low=0.2, high=4.0), arr((5,), seed=2, low=0.1, high=3.0))
    c(f, [[1.5], [2.5]], [0.5, 1.0, 2.0])
    c(f, 2.0, 3.0)
    c(f, arr((3,), "float32", low=0.5, high=2.0), arr((3,), "float32", 2, 0.5, 2.0))
for a, b in [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (-1.0, 1.0), (np.nan, 1.0)]:
    for name in ("xlogy", "rel_entr", "kl_div"):
        c(f"special.{name}", a, b)
for a, b in [(5, 2), (5.5, 2), ([5, 6, 7], 3), (5, 7), (-1, 2), (50, 25)]:
    c("special.comb", a, b)
    c("special.perm", a, b)
c("special.comb", 5, 2, repetition=True)
c("special.comb", 30, 15, exact=True)
c("special.perm", 10, 3, exact=True)
c("special.comb", 3, 5, exact=True)
for n in (0, 1, 5, [3, 4.5, -1], 20):
    c("special.factorial", n)
c("special.factorial", 12, exact=True)
c("special.factorial", -2, exact=True)
for n, x in [(0, 1.5), (1, [0.5, 2.0]), (3, 2.5), ([1, 2], [1.5, 2.5])]:
    c("special.polygamma", n, x)
c("special.zeta", 2)
c("special.zeta", [2.0, 3.5], 1.5)
c("special.multigammaln", 5.0, 2)
c("special.multigammaln", [3.5, 4.0], 3)
A = arr((2, 3), low=-4, high=4)
for name in ("softmax", "log_softmax", "logsumexp"):
    f = f"special.{name}"
    for x in (A, arr((2, 3), "float32"), [1, 2, 3], [1000.0, 1001.0], 3.0, np.array([0.0, -np.inf]), arr((2, 2, 2))):
        c(f, x)
        if np.ndim(x):
            c(f, x, axis=-1)
    c(f, A, axis=0)
c("special.softmax", arr((2, 2, 2)), axis=(0, 2))
c("special.logsumexp", A, axis=1, keepdims=True)
c("special.logsumexp", A, keepdims=True)
c("special.logsumexp", A, axis=(0, 1))
c("special.logsumexp", [1.0, 2.0], b=[1.0, -1.0], return_sign=True)
c("special.logsumexp", [1.0, 2.0], b=[2, 3])
c("special.logsumexp", [1.0, 2.0], b=[1.0, 0.0])
c("special.logsumexp", A, axis=0, b=[[1.0], [0.5]])
c("special.logsumexp", [-np.inf, -np.inf])
c("special.logsumexp", [np.inf, 1.0])
c("special.logsumexp", [np.nan, 1.0])
c.save(__file__)
