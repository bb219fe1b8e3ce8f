"""scipy.stats.norm."""

import pathlib
import sys

import numpy as np
import scipy.stats

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "numpy"))
from calls import Calls, arr  # noqa: E402

c = Calls(scipy, "scipy")
X = np.array([-40.0, -3.5, -1.0, 0.0, 0.3, 2.0, 9.0, np.inf, -np.inf, np.nan])
for name in ("pdf", "logpdf", "cdf", "logcdf", "sf", "logsf"):
    f = f"stats.norm.{name}"
    c(f, X)
    c(f, 0.5)
    c(f, 1)
    c(f, [1, 2], 0.5, 2.0)
    c(f, [[1.0], [2.0]], loc=[0.0, 1.0], scale=3)
    c(f, 1.0, 0.0, -1.0)
    c(f, 1.0, scale=0)
for name in ("ppf", "isf"):
    f = f"stats.norm.{name}"
    c(f, [0.0, 1e-10, 0.025, 0.5, 0.9, 1.0, 1.5, -0.1])
    c(f, 0.3)
    c(f, [0.2, 0.7], 1.0, 2.5)
for name in ("mean", "std", "var", "median", "entropy"):
    c(f"stats.norm.{name}")
    c(f"stats.norm.{name}", 2.0, 3.0)
c("stats.norm.interval", 0.95)
c("stats.norm.interval", 0.9, loc=1.0, scale=2.0)
c("stats.norm.fit", [1.0, 2.5, 4.0])
c("stats.norm.fit", [1.0, 2.5, 4.0], floc=1.0)
for size in (3, (2, 2)):
    c("stats.norm.rvs", size=size, random_state=7)
c("stats.norm.rvs", 5.0, 2.0, 4, random_state=3)
c.save(__file__)
