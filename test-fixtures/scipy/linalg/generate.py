"""Basics of scipy.linalg."""

import pathlib
import sys

import numpy as np
import scipy.linalg

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "numpy"))
from calls import Calls, arr  # noqa: E402

c = Calls(scipy, "scipy")
rng = np.random.default_rng(3)
SQ = [rng.normal(size=(n, n)) for n in (1, 2, 4)]
F, Z, I = rng.normal(size=(3, 3)).astype("float32"), rng.normal(size=(3, 3)) + 1j * rng.normal(size=(3, 3)), np.array([[2, 1], [1, 3]])
SYM = [a @ a.T + np.eye(len(a)) for a in SQ] + [Z @ Z.conj().T + np.eye(3), I]
for name in ("inv", "det", "svdvals", "eigvals", "expm", "pinv", "lu", "lu_factor", "eig", "svd"):
    for a in SQ + [F, Z, I]:
        # SciPy factors single precision in single precision, where vectors differ by signs and in the last digits.
        if a is not F or name not in ("eig", "svd"):
            c(f"linalg.{name}", a)
for name in ("inv", "det", "eigvals"):
    c(f"linalg.{name}", np.zeros((2, 3)))
    c(f"linalg.{name}", np.array([[1.0, np.nan], [0, 1]]))
c("linalg.inv", np.ones((2, 2)))
c("linalg.solve", np.ones((2, 2)), [1, 2])
for a, b in [(SQ[1], [1.0, 2.0]), (SQ[2], rng.normal(size=(4, 2))), (I, [1, 2]), (Z, [1, 2, 3]), (F, np.ones(3, "float32"))]:
    c("linalg.solve", a, b)
    c("linalg.solve_triangular", a, b)
    c("linalg.solve_triangular", a, b, lower=True)
    c("linalg.solve_triangular", a, b, trans=1)
    c("linalg.lu_solve", scipy.linalg.lu_factor(a), b)
c("linalg.solve_triangular", SQ[2], [1, 2, 3, 4], unit_diagonal=True)
c("linalg.lu", rng.normal(size=(4, 2)))
c("linalg.lu", SQ[2], True)
for a in SYM:
    for name in ("cholesky", "eigvalsh"):
        c(f"linalg.{name}", a)
    c("linalg.cholesky", a, lower=True)
    c("linalg.eigh", a, eigvals_only=True)
c("linalg.cholesky", -I)
for a in (rng.normal(size=(4, 2)), rng.normal(size=(2, 4)), SQ[2], Z):
    c("linalg.qr", a)
    c("linalg.qr", a, mode="economic")
    c("linalg.svd", a, full_matrices=False)
    c("linalg.pinv", a)
c("linalg.block_diag", [[1, 2], [3, 4]], [[5, 6]], 7)
c("linalg.block_diag", [1.5, 2], [[3]])
c("linalg.toeplitz", [1, 2, 3], [1, 4, 5, 6])
c("linalg.toeplitz", [1.0, 2 + 1j, 3])
c("linalg.toeplitz", [1, 2, 3])
for n in (1, 3):
    c("linalg.hilbert", n)
c.save(__file__)
