import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import Calls, c, g, i, t, torch  # noqa: E402

C = Calls(__file__)
# The path of calls inside these is not that of PyTorch.
C.nameless = {"einsum"}
F, M = C.F, C.M
L = torch.tensor

for a, b in (((2, 3), (3, 4)), ((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 4)), ((5, 2, 3), (5, 3, 4)), ((5, 2, 3), (3, 4)), ((2, 3), (5, 3, 4)), ((3,), (5, 3, 4)), ((5, 2, 3), (3,)),
             ((4, 1, 2, 3), (5, 3, 2)), ((0, 3), (3, 2)), ((2, 0), (0, 3)), ((1, 1), (1, 1))):
    F("matmul", g(*a), g(*b))
M("matmul", g(2, 3), g(3, 2))
F("matmul", g(2, 3), g(2, 3))
F("matmul", g(3), g(4))
F("matmul", g(2, 3), g(4))
F("matmul", g(3), g(4, 2))
F("matmul", g(2, 2, 3), g(3, 3, 2))
F("matmul", g(2, 2, 3), g(2, 2, 3))
F("matmul", L(1.0), g(2))
F("matmul", t(2, 3), g(3, 2))
F("matmul", i(2, 3), i(3, 2))
F("matmul", i(2, 3, dtype=torch.int32, low=-2**20, high=2**20), i(3, 2, dtype=torch.int32, low=-2**20, high=2**20))
F("matmul", i(2, 3, low=2**40, high=2**40 + 40), i(3, 2, low=2**40, high=2**40 + 40))
F("matmul", i(2, 3, dtype=torch.uint8, low=0, high=200), i(3, 2, dtype=torch.uint8, low=0, high=200))
F("matmul", c(2, 3), c(3, 2))
F("matmul", c(2, 2, 3), c(3))
F("matmul", t(4, 5, dtype=torch.float16), t(5, 3, dtype=torch.float16))
F("matmul", t(4, 5, dtype=torch.bfloat16), t(5, 3, dtype=torch.bfloat16))
F("matmul", t(9, 17), t(17, 13))
F("matmul", t(33, 40).t(), t(33, 21))
F("matmul", t(6, 20).t(), t(31, 6).t())
F("matmul", t(3, 9, 8), t(8, 7))
F("matmul", t(1, 50), t(50, 40))
F("matmul", t(1, 50), t(40, 50).t())
F("matmul", t(50, 60), t(60))
for f in ("mm", "bmm", "mv", "dot", "vdot", "inner", "outer", "ger"):
    shapes = {"mm": ((2, 3), (3, 4)), "bmm": ((2, 3, 4), (2, 4, 2)), "mv": ((2, 3), (3,)), "dot": ((3,), (3,)), "vdot": ((3,), (3,)), "inner": ((2, 3), (4, 3)), "outer": ((2,), (3,)), "ger": ((2,), (3,))}[f]
    F(f, g(*shapes[0]), g(*shapes[1]))
    M(f, c(*shapes[0]), c(*shapes[1]))
    F(f, i(*shapes[0]), i(*shapes[1]))
    F(f, t(*shapes[0]), g(*shapes[1]))
    F(f, g(*shapes[1]), g(*shapes[1]))
    F(f, g(2, 3), g(5))
    F(f, g(3), g(2, 3))
F("mm", g(2, 3), g(2, 3))
F("mm", g(2, 3), g(3, 4).detach(), out=torch.zeros(2, 4, dtype=torch.float64))
F("bmm", g(2, 3, 4), g(3, 4, 2))
F("bmm", g(2, 3, 4), g(2, 3, 2))
F("bmm", g(2, 3, 4), g(4, 2))
F("inner", g(3), g(2, 3))
F("inner", g(2, 3), g(2, 4))
F("inner", L(2.0), g(3))
F("dot", g(3), g(4))
F("outer", g(2), g(2, 2))

for f in ("addmm", "addmm_"):
    M(f, g(2, 4), g(2, 3), g(3, 4))
    M(f, g(2, 4), g(2, 3), g(3, 4), beta=0.5, alpha=2)
    M(f, g(4) if f == "addmm" else g(2, 4), g(2, 3), g(3, 4))
    M(f, g(2, 4), g(2, 3), g(2, 4))
    M(f, g(2, 4), g(2, 3), t(3, 4))
    M(f, i(2, 2), i(2, 3), i(3, 2), beta=2, alpha=3)
F("addmm", L(float("nan")), g(2, 3), g(3, 4), beta=0)
F("addmm", g(3), g(2, 3), g(3, 4))
M("addmv", g(2), g(2, 3), g(3))
M("addmv", g(2), g(2, 3), g(3), beta=2, alpha=0.5)
M("addmv_", g(2), g(2, 3), g(3))
F("addmv", g(2), g(2, 3), g(4))
M("addbmm", g(2, 2), g(3, 2, 4), g(3, 4, 2))
M("addbmm", g(2, 2), g(3, 2, 4), g(3, 4, 2), beta=0.5, alpha=2)
M("addbmm_", g(2, 2), g(3, 2, 4), g(3, 4, 2))
F("addbmm", g(2, 2), g(3, 2, 4), g(2, 4, 2))
M("baddbmm", g(3, 2, 2), g(3, 2, 4), g(3, 4, 2))
M("baddbmm", g(2), g(3, 2, 4), g(3, 4, 2), beta=0.5, alpha=2)
M("baddbmm_", g(3, 2, 2), g(3, 2, 4), g(3, 4, 2))
F("baddbmm", g(3, 2, 2), g(3, 2, 4), g(3, 2, 2))
F("baddbmm", g(3, 2, 2), g(2, 4), g(3, 2, 2))
M("addr", g(2, 3), g(2), g(3))
M("addr", g(3), g(2), g(3), beta=2, alpha=0.5)
M("addr_", g(2, 3), g(2), g(3))
F("addr", g(2, 3), g(2, 1), g(3))
F("chain_matmul", g(2, 3), g(3, 4), g(4, 2))
F("linalg.multi_dot", [g(2, 3), g(3, 4), g(4, 2)]) if False else None
F("tensordot", g(2, 3, 4), g(3, 4, 5))
F("tensordot", g(2, 3, 4), g(4, 5), 1)
F("tensordot", g(2, 3), g(4), 0)
F("tensordot", g(2, 3, 4), g(4, 3, 5), dims=([1, 2], [1, 0]))
F("tensordot", g(2, 3), g(3, 2), dims=([0, 1], [1, 0]))
F("tensordot", g(2, 3), g(4, 2), dims=([1], [0]))
F("tensordot", g(2, 3), g(4, 2), dims=([0, 1], [1]))
F("tensordot", t(2, 3), g(3, 2), dims=1)

for eq, *shapes in (
    ("ij,jk->ik", (2, 3), (3, 4)), ("ij,jk", (2, 3), (3, 4)), ("ij->ji", (2, 3)), ("ij->", (2, 3)), ("ij->i", (2, 3)), ("ii->i", (3, 3)), ("ii", (3, 3)), ("i,i->", (3,), (3,)),
    ("i,j->ij", (2,), (3,)), ("bij,bjk->bik", (2, 3, 4), (2, 4, 2)), ("...ij,...jk->...ik", (2, 3, 4), (4, 5)), ("...ij->...ji", (2, 3, 4)), ("...", (2, 3)), ("i...->...", (2, 3, 4)),
    ("...i,...i->...", (2, 3), (3,)), ("bn,anm,bm->ba", (2, 3), (5, 3, 4), (2, 4)), ("ijk,jil->kl", (2, 3, 4), (3, 2, 5)), ("iij,j->i", (2, 2, 3), (3,)), ("ij,kj->ikj", (2, 3), (4, 3)),
    ("i,i,i->i", (3,), (3,), (3,)), (" i j , j k -> k i ", (2, 3), (3, 4)), ("Ij,jK->IK", (2, 3), (3, 4)), ("bhqd,bhkd->bhqk", (2, 2, 3, 4), (2, 2, 5, 4)), ("ij,ij->", (2, 3), (2, 3)),
    ("ij,k->ijk", (2, 3), (4,)), ("ij,jk->k", (2, 3), (3, 4)), ("ij,jk,kl->il", (2, 3), (3, 4), (4, 2)), ("iji->j", (2, 3, 2)), ("ij,jk->ik", (2, 1), (3, 4)), ("bi,bi->b", (1, 3), (2, 3)),
    ("iiii->i", (2, 2, 2, 2)), ("ij,ki->", (2, 3), (4, 2)), ("a...b,b...c->a...c", (2, 5, 3), (3, 5, 4)), ("ba", (2, 3)), ("->", ()), (",->", (), ()), (",i->i", (), (3,)),
):
    F("einsum", eq, *[g(*s) for s in shapes])
F("einsum", "ij,jk->ik", [g(2, 3), g(3, 4)])
F("einsum", "ij,jk->ik", c(2, 3), c(3, 2))
F("einsum", "ij,jk->ik", i(2, 3), i(3, 2))
F("einsum", "ii->i", c(2, 2))
F("einsum", g(2, 3), [0, 1], g(3, 4), [1, 2], [0, 2])
F("einsum", g(2, 3), [0, 1], g(3, 4), [1, 2])
F("einsum", g(2, 3), [Ellipsis, 1], [1, Ellipsis])
for eq, *shapes in (
    ("ij,jk->ik", (2, 3)), ("ij->ik", (2, 3)), ("ij->ii", (2, 3)), ("ij,jk->ik", (2, 3), (4, 2)), ("i->i", (2, 3)), ("ijk->i", (2, 3)), ("i.j->i", (2, 3)), ("...i...->i", (2, 3)),
    ("i1->i", (2, 3)), ("ij->i.j", (2, 3)), ("ii->i", (2, 3)), ("ij,jk", (2, 3), (3, 4), (4, 5)), ("ij->i...j...", (2, 3)), ("...ijk->i", (2, 3)),
):
    F("einsum", eq, *[t(*s) for s in shapes])
F("einsum", "ij")
F("einsum")
F("kron", g(2, 2), g(2, 3))
F("kron", g(2), g(3, 2))
F("kron", i(2, 2), i(1, 2))
M("kron", c(2), c(2))
F("kron", L(2.0), g(2))
F("cross", g(2, 3), g(2, 3))
F("cross", g(3, 2), g(3, 2))
F("cross", g(3, 2), g(3, 2), 0)
F("cross", g(3), g(2, 3), dim=-1)
F("cross", g(2, 2), g(2, 2))
F("cross", g(2, 3), g(2, 3), 0)
F("trace", g(3, 3))
F("trace", g(2, 3))
F("trace", i(2, 2))
F("trace", g(3))
for n in (0, 1, 2, 3, 5):
    F("matrix_power", g(3, 3), n)
F("matrix_power", g(2, 3, 3), 2)
F("matrix_power", g(2, 3), 2)






x = t(3, 2, dtype=torch.float64)

F("vander", g(3))
M("trace", c(2, 2))

C.save()
