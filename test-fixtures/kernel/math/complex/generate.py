"""Complex functions on a grid of ordinary and edge values (signed zeros, infinities, NaN, huge, tiny), by NumPy, which
follows C99 Annex G."""

import pathlib
import sys

import mpmath as mp
import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3]))
from fixtures import save  # noqa: E402

np.seterr(all="ignore")
inf, nan = np.inf, np.nan
EDGES = [0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 1e-200, -1e200, inf, -inf, nan]
grid = np.array([complex(0)] * len(EDGES) ** 2)
for i, re in enumerate(EDGES):
    for k, im in enumerate(EDGES):
        grid[i * len(EDGES) + k] = complex(re, im)
rng = np.random.default_rng(5)
ordinary = np.concatenate(
    [rng.uniform(-3, 3, 20) + 1j * rng.uniform(-3, 3, 20), rng.uniform(-1, 1, 10) * 1e-6 + 1j * rng.uniform(-1, 1, 10) * 1e-6, np.exp(2j * np.pi * rng.uniform(0, 1, 10))]
)
z = np.concatenate([grid, ordinary])
FUNCTIONS = "exp exp2 log sqrt sin cos tan sinh cosh tanh arcsin arccos arctan arcsinh arccosh arctanh reciprocal".split()
cases = [{"name": n, "z": z, "y": getattr(np, n)(z)} for n in FUNCTIONS]
# What is undefined in one system and a limit in another is left open.
reciprocal = cases[-1]
known = ~np.isnan(reciprocal["y"])
reciprocal["z"], reciprocal["y"] = z[known], reciprocal["y"][known]
# NumPy loses digits of these near 0.
mp.mp.dps = 40
for name, f in (("expm1", mp.expm1), ("log1p", lambda w: mp.log(1 + w))):
    values = [complex(f(mp.mpc(w.real, w.imag))) for w in ordinary]
    cases.append({"name": name, "z": ordinary, "y": np.array(values)})
save(__file__, cases, "numpy")
