"""numpy.linalg: every function over sizes, stacks, types and matrices that have no answer."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import Calls, arr  # noqa: E402

c = Calls()
rng = np.random.default_rng(5)
SQUARE = [rng.normal(size=(n, n)) for n in (1, 2, 3, 5)]
STACK = rng.normal(size=(2, 3, 3))
CPLX = rng.normal(size=(3, 3)) + 1j * rng.normal(size=(3, 3))
SINGLE = rng.normal(size=(3, 3)).astype("float32")
INTS = np.array([[2, 1, 0], [1, 3, 1], [0, 1, 4]])
SYM = [a @ a.T + np.eye(len(a)) for a in SQUARE] + [CPLX @ CPLX.conj().T + np.eye(3), (SINGLE @ SINGLE.T + np.eye(3)).astype("float32"), INTS]
TALL, WIDE = rng.normal(size=(5, 3)), rng.normal(size=(3, 5))
SINGULAR = np.array([[1.0, 2.0], [2.0, 4.0]])
BAD = [np.zeros((2, 3)), np.zeros(3), np.array([[1.0, np.nan], [0, 1]]), SINGULAR, np.zeros((2, 2), "float16"), np.zeros((0, 0)), np.zeros((2, 0, 0))]
ALL = SQUARE + [STACK, CPLX, SINGLE, INTS]
for name in ("inv", "det", "slogdet", "eigvals", "pinv", "matrix_rank", "cond", "svdvals", "trace", "diagonal"):
    for a in ALL + BAD:
        # The condition of a singular matrix is a quotient of rounding errors; the sign of a determinant with NaN is one of pivots.
        if not (name == "cond" and a is SINGULAR or name == "slogdet" and np.isnan(a).any()):
            c(f"linalg.{name}", a)
for name in ("pinv", "matrix_rank", "cond", "svdvals"):
    for a in (TALL, WIDE, rng.normal(size=(2, 4, 2))) + ((np.ones((3, 4)),) if name != "cond" else ()):
        c(f"linalg.{name}", a)
for name in ("cholesky", "eigvalsh"):
    for a in SYM + BAD + [np.stack([SYM[2], SYM[2] * 2]), -INTS]:
        c(f"linalg.{name}", a)
for a in (SYM[2], SYM[4]):
    c("linalg.cholesky", a, upper=True)
    c("linalg.eigvalsh", a, "U")
c("linalg.eigvalsh", SYM[1], "X")
for name in ("eigh", "eig", "svd", "qr"):
    for a in BAD[:3] + BAD[4:]:
        c(f"linalg.{name}", a)
c("linalg.qr", TALL, "nonsense")
c("linalg.qr", TALL, "r")
for a in (TALL, WIDE, SINGLE, CPLX, INTS, STACK):
    c("linalg.svd", a, compute_uv=False)
c("linalg.svd", SYM[2], compute_uv=False, hermitian=True)
for a, b in [(SQUARE[1], [1.0, 2.0]), (SQUARE[2], rng.normal(size=(3, 2))), (STACK, rng.normal(size=(3, 2))), (STACK, rng.normal(size=(3,))), (STACK, rng.normal(size=(2, 3, 1))), (CPLX, [1, 2, 3]), (SINGLE, np.ones(3, "float32")), (INTS, [1, 2, 3]), (SINGULAR, [1, 2]), (SQUARE[1], [1, 2, 3]), (SQUARE[1], np.ones((3, 2))), (np.zeros((2, 3)), [1, 2]), (SQUARE[1], 3.0)]:
    c("linalg.solve", a, b)
for a, b, kw in [(TALL, rng.normal(size=5), {}), (TALL, rng.normal(size=(5, 2)), {}), (WIDE, rng.normal(size=3), {}), (SQUARE[2], [1, 2, 3], {}), (np.ones((4, 2)), [1, 2, 3, 5], {}), (TALL, rng.normal(size=5), dict(rcond=0.5)), (TALL.astype("float32"), np.ones(5, "float32"), {}), (TALL, [1, 2], {}), (STACK, [1, 2, 3], {}), (TALL, rng.normal(size=5), dict(rcond=-1)), (INTS, [1, 2, 3], {})]:
    c("linalg.lstsq", a, b, **kw)
for n in (0, 1, 2, 3, 5, -1, -2, 1.5):
    c("linalg.matrix_power", SQUARE[2], n)
    c("linalg.matrix_power", INTS, n)
c("linalg.matrix_power", STACK, 3)
c("linalg.matrix_power", SINGULAR, -1)
V = np.array([3.0, -4.0, 1.0, 0.0])
for x in (V, [3, 4], np.array([1 + 1j, 2]), V.astype("float32"), []):
    for o in (None, 1, 2, 3, 0, -1, np.inf, -np.inf, 0.5, "fro", "nuc"):
        c("linalg.norm", x, o)
for x in (TALL, INTS, CPLX, SINGLE):
    for o in (None, "fro", "nuc", 1, -1, 2, -2, np.inf, -np.inf, 3, "x"):
        c("linalg.norm", x, o)
for kw in (dict(axis=0), dict(axis=1, keepdims=True), dict(axis=(1, 2)), dict(axis=(0, 2), keepdims=True), dict(axis=(0, 0)), dict(axis=(0, 1, 2)), dict(axis=5), dict(ord=1, axis=(2, 0)), dict(ord=2, axis=(0, 1)), dict(keepdims=True), dict(ord=2)):
    c("linalg.norm", STACK, **kw)
for kw in ({}, dict(ord=1), dict(ord="nuc"), dict(keepdims=True)):
    c("linalg.matrix_norm", STACK, **kw)
for kw in ({}, dict(axis=1), dict(axis=(0, 2)), dict(axis=(0, 2), keepdims=True), dict(ord=1), dict(ord=np.inf, axis=0), dict(keepdims=True)):
    c("linalg.vector_norm", STACK, **kw)
for p in (1, -1, 2, -2, np.inf, -np.inf, "fro", "nuc", None):
    c("linalg.cond", SQUARE[2], p)
c("linalg.cond", SINGULAR, 1)
c("linalg.cond", STACK, 1)
c("linalg.cond", np.zeros((2, 2)))
c("linalg.matrix_rank", [0, 0])
c("linalg.matrix_rank", [0, 1])
c("linalg.matrix_rank", TALL, 1.5)
c("linalg.matrix_rank", TALL, rtol=0.9)
c("linalg.matrix_rank", np.diag([1.0, 1e-20, 0.0]), 0)
c("linalg.matrix_rank", STACK, [0.1, 3.0])
c("linalg.matrix_rank", TALL, 1.5, rtol=0.9)
c("linalg.pinv", TALL, 0.5)
c("linalg.pinv", STACK, [0.5, 1e-15])
c("linalg.pinv", SYM[2], hermitian=True)
c("linalg.pinv", TALL, rtol=None)
c("linalg.pinv", TALL, 0.1, rtol=0.2)
c("linalg.tensorsolve", rng.normal(size=(6, 2, 3)), rng.normal(size=6))
c("linalg.tensorsolve", rng.normal(size=(2, 3, 6)), rng.normal(size=(2, 3)))
c("linalg.tensorsolve", rng.normal(size=(2, 3, 5)), rng.normal(size=(2, 3)))
c("linalg.tensorsolve", rng.normal(size=(2, 6, 3)), rng.normal(size=(6,)), axes=(0, 2))
c("linalg.tensorinv", rng.normal(size=(4, 2, 2)), 1)
c("linalg.tensorinv", rng.normal(size=(2, 2, 4)))
c("linalg.tensorinv", rng.normal(size=(2, 2, 4)), 0)
for arrays in ([TALL, WIDE], [TALL, WIDE, TALL], [arr((5,)), TALL, WIDE, arr((5,))], [arr((3,)), WIDE], [TALL], [TALL, WIDE, TALL, SQUARE[2]]):
    c("linalg.multi_dot", arrays)
for name, args in [("outer", ([1, 2], [3, 4])), ("outer", ([[1]], [2])), ("cross", ([1, 2, 3], [4, 5, 6])), ("cross", ([1, 2], [4, 5])), ("cross", (STACK, STACK + 1)), ("vecdot", (CPLX, CPLX * 2)), ("matmul", (TALL, WIDE)), ("matrix_transpose", (STACK,)), ("matrix_transpose", ([1],))]:
    c(f"linalg.{name}", *args)
c("linalg.vecdot", STACK, STACK, axis=0)
c("linalg.tensordot", TALL, WIDE, axes=1)
c("linalg.tensordot", TALL, WIDE, 1)
c("linalg.trace", STACK, offset=1)
c("linalg.diagonal", STACK, offset=-1)
c.save(__file__)

from fixtures import save  # noqa: E402

# Factors are only defined up to signs and phases: their products, and what stands in them without a sign.
rows = []
for name, ms in (("svd", [TALL, WIDE, SINGLE, CPLX, INTS, STACK, SINGULAR]), ("eig", SQUARE + [STACK, CPLX, SINGLE, INTS]), ("eigh", SYM), ("qr", [TALL, WIDE, SINGLE, CPLX, INTS, STACK])):
    rows.append({"name": name, "items": [[m, list(getattr(np.linalg, name)(m))] for m in ms]})
save(__file__, rows, "numpy", "factors.json")
