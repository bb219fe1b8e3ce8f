import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import Calls, c, g, i, t, torch  # noqa: E402

C = Calls(__file__)
F, M, get, put = C.F, C.M, C.get, C.set
S, E, N = slice, Ellipsis, None
L = torch.tensor

# x[...]: integers, slices, ellipses, new axes
for index in (
    (0,), (-1,), (1, 2), (1, -1, 0), (S(None),), (S(1, None),), (S(None, -1),), (S(None, None, 2),), (S(0, 0),), (S(5, 9),), (S(-9, 1),),
    (S(2, 1),), (S(None), 1), (S(None), S(0, 2)), (E,), (E, 0), (0, E), (0, E, 1), (E, S(1, 3), N), (N,), (N, 0), (0, N), (S(None), N, 1), (N, N, E, N),
    (1, S(None), S(0, None, 3)), (0, 0, 0), (S(None), S(None), S(None)), (S(None, None, 1),), (E, S(None, None, 2)), (N, S(1, None), 0),
    (True,), (False,), (True, 0), (0, True), (N, True), (True, False), (S(None), True, 1),
    (L(1),), (L(-1), 0), (0, L(1)), (S(0, 1), L(2)), (L(True),), (L(False),),
):
    get(g(2, 3, 4), *index)

# masks, lists, tensors, alone and mixed
mask3 = L([True, False, True])
mask23 = L([[True, False, True], [False, True, False]])
for index in (
    ([0, 1],), ([1],), ([-1, 0, 1],), ([],), ([True, False],), ([0, 1], [2, 0]), ([[0, 1], [1, 0]],), ([0, 1], 2), (2 - 1, [0, 2]), (S(None), [2, 0]),
    (S(None), [0, 1], [3, 0]), ([1, 0], S(None), [3, 0]), ([1, 0], E), (E, [1, 0]), (E, [1, 0], 2), ([0, 1], N), (N, [0, 1]), (0, S(None), [1, 3]), ([0], S(None), 1),
    (S(None), [[0], [1]], [1, 2]), ([0, 1], E, [1, 2]), (0, [1, 0], S(1, 3)), (S(None), S(1, None), [0, 3]), ([0, 1], S(None), 0), (N, [1, 0], N, [0, 2]),
    (mask23,), (L([True, False]),), (L([True, False]), mask3), (S(None), mask3), (S(None), mask3, 1), (0, mask3), (mask23, 1), (mask23, [0, 3]), (E, L([True, False, True, True])),
    (L([False, False]),), (mask23, S(0, 2)), (L([1, 0]), mask3[:2].logical_not() if False else [0, 2]),
    (L([0, 1]),), (L([[0, 1], [1, 1]]),), (L([0, 1]), L([2, 1])), (L([0, 1], dtype=torch.int32),), (L([0, 1], dtype=torch.uint8),), (L([1, 0], dtype=torch.int16),),
    (L([]).long(),), (S(None), L([0, 2]), S(1, None)), (L([[1], [0]]), L([0, 2])), (S(None), L([0, 2]), L(1)), (L([0]), S(None), S(0, 2)), (torch.zeros(0),),
    (True, [0, 1]), ([0, 1], True), (L([0, 1]), L(True)), (L([[True, False, True], [False, True, False]], dtype=torch.uint8),),
):
    get(g(2, 3, 4), *index)

# errors
for index in (
    (2,), (-3,), (0, 3), (0, 0, 0, 0), (E, E), (S(None, None, -1),), (S(None, None, 0),), ([2],), ([0, 1], [0, 1, 2]), (L([True, False, True]),), (L([0.5]),),
    (S(None), [5]), (mask3,), (0, L([True, False])), (L([3]),), (L([-3]),), (L([0, 1]), L([0, 5])), (mask23, 0, 0), ([0.5],), (1.0,), (S(None), S(None), S(None), 0), (L(5),), (N, 2),
):
    get(g(2, 3, 4), *index)
get(L(1.5, requires_grad=True), E)
get(L(1.5), N)
get(L(1.5), True)
get(L(1.5), L(True))
get(L(1.5), 0)
get(L(1.5), S(None))
get(torch.zeros(0, 3), S(None), 1)
get(torch.zeros(0, 3), 0)
get(torch.zeros(0, 3), [])
get(t(3, 4).t(), 1)
get(t(3, 4).t(), [1, 0])
get(i(3, 2), 1)
get(c(2, 3), 1, [0, 2])
get(L([True, False, True]), L([True, False, True]))
get(t(3, dtype=torch.bfloat16), [2, 0])

# x[...] = v
x = (2, 3, 4)
for index, value in (
    (0, 5), (0, 2.5), ((0, 1), 1), ((0, 1, 2), 7), (S(0, 1), 3.5), (E, 0), ((S(None), 1), g(4)), ((E, 0), g(2, 3)), ((S(None), S(1, None), S(None, None, 2)), g(2, 2)),
    (0, g(3, 4)), (0, g(4)), (0, g(1, 4)), (S(None), g(1, 3, 4)), (0, g(1, 1, 3, 4)), (N, g(1, 2, 3, 4)), (True, 1.5), (False, 1.5), (L(True), g(2, 3, 4)),
    ([0, 1], g(2, 3, 4)), ([1], g(3, 4)), ([0, 0], g(2, 3, 4).detach()), (([0, 1], [1, 2]), g(2, 4)), ((S(None), [0, 2]), g(2, 2, 4)), (([0, 1], S(None), [0, 3]), g(2, 3)),
    (([0, 1], [1, 2]), 9), (([0, 1], 1), g(2, 4)), (mask23, g(3, 4)), (mask23, 2), (mask23, g(4)), ((mask23, 1), g(3)), ((S(None), mask3), g(2, 2, 4)), ((0, mask3), 1.5), (L([1, 0]), g(2, 3, 4)), (L(1), g(3, 4)),
    (([], ), 1), (L([False, False]), 5), (0, L(2, dtype=torch.int64)), (0, i(4)), (mask23, t(3, 4).double()), (0, True),
    (2, 1), (0, g(3)), (0, g(2, 3, 4)), (([0, 1], [1, 2]), g(3)), (mask23, g(2, 4)), ((S(None), [0, 3]), 1), ([0, 1], t(2, 3, 4)), (L([True, False, True]), 1), ((0, 0, 0, 0), 1), (S(None, None, -1), 1),
    ((S(None), S(None), 0), 1j), (0, c(4).detach()),
):
    put(g(*x), index, value)
put(i(2, 3), 0, 7)
put(i(2, 3), 0, 2.7)
put(i(2, 3), (0, 1), L(2.7))
put(i(2, 3), [1], L([2.7]))
put(L([True, False]), 0, 5)
put(t(3, dtype=torch.float16), 1, 2.5)
put(c(3), 1, 2.5)
put(c(3), [0, 2], c(2))
put(L(1.5), E, 3)
put(L(1.5), 0, 3)
put(torch.zeros(0, 2), S(None), 1)
put(i(3, dtype=torch.uint8, low=0), 0, 300)
put(i(3, dtype=torch.uint8, low=0), 0, -1)

# gather, scatter
i23 = L([[0, 1, 1], [1, 0, 0]])
F("gather", g(3, 3), 0, i23)
M("gather", g(2, 4), 1, L([[3, 0], [1, 1]]))
M("gather", g(2, 4), -1, L([[3], [2]]))
F("gather", L(1.5, requires_grad=True), 0, L(0))
F("gather", g(3), 0, L([2, 2, 0]))
M("gather", g(2, 4), 1, L([[4], [0]]))
M("gather", g(2, 4), 1, L([[-1], [0]]))
M("gather", g(2, 4), 1, L([0, 1]))
M("gather", g(2, 4), 1, L([[0], [1], [1]]))
M("gather", g(2, 4), 2, i23)
M("gather", g(2, 4), 1, L([[0.0], [1]]))
M("gather", g(3, 4), 1, L([[0], [1], [3]]).expand(3, 2))
for f in ("scatter", "scatter_"):
    M(f, g(3, 4), 0, i23, g(2, 3))
    M(f, g(3, 4), 0, i23, g(3, 5))
    M(f, g(3, 4), 1, L([[0], [3], [1]]), 2.5)
    M(f, g(3, 4), 1, L([[0], [3], [1]]), value=1)
    M(f, i(3, 4), 1, L([[0], [3], [1]]), 9)
    M(f, g(3, 4), 1, L([[4], [3], [1]]), 2.5)
    M(f, g(3, 4), 0, i23, t(2, 3))
    M(f, t(3, 4), 0, i23, t(2, 3), reduce="add")
    M(f, t(3, 4), 0, i23, 2.0, reduce="multiply")
F("scatter", g(5), 0, L([1, 3]), g(2))
for f in ("scatter_add", "scatter_add_"):
    M(f, g(3, 4), 0, i23, g(2, 3))
    M(f, g(2, 4), 1, L([[0, 0, 1], [3, 3, 3]]), g(2, 3))
    M(f, i(3, 4), 0, i23, i(2, 3))
    M(f, g(3, 4), 0, L([[0, 5]]), g(1, 2))
    M(f, g(3, 4), 0, i23, g(2, 2))
    M(f, L([0.0, 0], dtype=torch.float16), 0, L([1, 1]), L([0.5, 2], dtype=torch.float16))
for reduce in ("sum", "prod", "mean", "amax", "amin"):
    for include in (True, False):
        M("scatter_reduce", g(3, 4), 0, i23, g(2, 3), reduce, include_self=include)
    M("scatter_reduce", i(4), 0, L([0, 0, 2]), i(3), reduce)
    M("scatter_reduce_", g(4), 0, L([1, 1, 3]), g(3), reduce=reduce)
M("scatter_reduce", g(4), 0, L([1, 1, 3]), g(3), "median")
M("scatter_reduce", L([1.0, 2], dtype=torch.float64, requires_grad=True), 0, L([0, 0, 1]), L([0.0, 3, 0], dtype=torch.float64, requires_grad=True), "prod")

# index_*
for f in ("index_select",):
    F(f, g(3, 4), 0, L([2, 0, 2]))
    M(f, g(3, 4), 1, L([3, 1], dtype=torch.int32))
    M(f, g(3, 4), -1, L(2))
    M(f, L(1.5, requires_grad=True), 0, L([0, 0]))
    M(f, g(3, 4), 0, L([3]))
    M(f, g(3, 4), 0, L([-1]))
    M(f, g(3, 4), 0, L([[0]]))
    M(f, g(3, 4), 0, L([0.0]))
    M(f, g(3, 4), 0, L([]).long())
    M(f, g(3, 4), 2, L([0]))
for f in ("index_add", "index_add_"):
    M(f, g(3, 4), 0, L([2, 0, 2]), g(3, 4))
    M(f, g(3, 4), 1, L([3, 1]), g(3, 2), alpha=2)
    M(f, g(3), 0, L([1, 1]), g(2), alpha=-0.5)
    M(f, i(3), 0, L([1, 1]), i(2))
    M(f, g(3, 4), 0, L([0, 1]), g(3, 4))
    M(f, g(3, 4), 0, L([0, 3]), g(2, 4))
    M(f, g(3, 4), 0, L([0, 1]), g(2, 3))
for f in ("index_copy", "index_copy_"):
    M(f, g(3, 4), 0, L([2, 0]), g(2, 4))
    M(f, g(3, 4), 1, L([1]), g(3, 1))
    M(f, g(3, 4), 0, L([3]), g(1, 4))
    M(f, g(3, 4), 0, L([0, 1]), g(1, 4))
for f in ("index_fill", "index_fill_"):
    M(f, g(3, 4), 0, L([2, 0]), 1.5)
    M(f, g(3, 4), 1, L([1, 3]), L(2.5, dtype=torch.float64, requires_grad=True))
    M(f, g(3, 4), 0, L([-1]), 1)
    M(f, g(3, 4), 0, L([3]), 1)
    M(f, i(3), 0, L([1]), 4)
for f in ("index_put", "index_put_"):
    M(f, g(3, 4), (L([0, 2]),), g(2, 4))
    M(f, g(3, 4), (L([0, 2]), L([1, 1])), g(2))
    M(f, g(3, 4), (L([0, 0]), L([1, 1])), g(2), accumulate=True)
    M(f, g(3, 4), (L([True, False, True]),), L(1.5, dtype=torch.float64))
    M(f, g(3, 4), (L([0, 2]),), t(2, 4))
for reduce in ("prod", "mean", "amax", "amin"):
    M("index_reduce", g(3, 4), 0, L([2, 0, 2]), g(3, 4), reduce)
    M("index_reduce", g(3, 4), 1, L([1, 1]), g(3, 2), reduce, include_self=False)
M("index_reduce_", g(3), 0, L([1]), g(1), "amax")

# masked
m = L([[True, False, True], [False, False, True]])
for f in ("masked_fill", "masked_fill_"):
    M(f, g(2, 3), m, 1.5)
    M(f, g(2, 3), L([True, False, True]), 0)
    M(f, g(2, 3), m, L(2.5, dtype=torch.float64, requires_grad=True))
    M(f, g(2, 3), m, L([2.5]))
    M(f, i(2, 3), m, 7)
    M(f, i(2, 3), m, 2.5)
    M(f, g(2, 3), m.long(), 1)
    M(f, g(2, 3), m, float("-inf"))
M("masked_fill", g(3), m, 1.0)
M("masked_fill_", g(3), m, 1.0)
F("masked_select", g(2, 3), m)
M("masked_select", g(2, 3), L([True, False, True]))
M("masked_select", g(3), m)
M("masked_select", g(2, 3), L([True, False]))
M("masked_select", g(2, 3), L([1, 0, 1]))
for f in ("masked_scatter", "masked_scatter_"):
    M(f, g(2, 3), m, g(5))
    M(f, g(2, 3), L([False, True, True]), g(2, 2))
    M(f, g(2, 3), m, g(2))
    M(f, g(2, 3), m, t(5))

# nonzero, where, take, put
z = L([[0, 3, 0], [1, 0, 2]])
F("nonzero", z)
M("nonzero", z)
M("nonzero", z, as_tuple=True)
M("nonzero", L([0.0, 1.5, float("nan")]))
M("nonzero", L(3))
M("nonzero", torch.zeros(2, 0))
F("argwhere", z)
F("where", m)
F("where", m, g(2, 3), g(3))
F("where", m, g(2, 3), 0.0)
F("where", m, 1.5, g(3))
F("where", m, 1, 2)
F("where", m, 1.0, 2)
F("where", m, t(2, 3), g(3))
F("where", m, i(2, 3), t(3))
F("where", m, i(2, 3), 1.5)
F("where", m, g(4), g(3))
F("where", m.long(), g(3), g(3))
M("where", g(2, 3), m, 0.5)
M("where", g(2, 3), m, g(3))
F("where", m, c(3), 1.0)
F("take", g(2, 3), L([0, 5, 2]))
F("take", g(2, 3), L([[-1, 0]]))
M("take", g(2, 3), L([6]))
M("take", g(2, 3), L([0.0]))
for f in ("put", "put_"):
    M(f, g(2, 3), L([1, 4]), g(2))
    M(f, g(2, 3), L([1, 1]), g(2), accumulate=True)
    M(f, g(2, 3), L([-1]), g(1))
    M(f, g(2, 3), L([6]), g(1))
    M(f, g(2, 3), L([1, 4]), g(3))
F("take_along_dim", g(2, 3), L([[2], [0]]), 1)
F("take_along_dim", g(2, 3), L([[2, 0, 1]]), 1)
M("take_along_dim", g(2, 3), L([5, 0]))
M("take_along_dim", g(2, 3), L([[0, 1, 0]]), dim=0)

# whole tensors in place
M("fill_", g(2, 3), 2.5)
M("fill_", g(2, 3), L(2.5, dtype=torch.float64, requires_grad=True))
M("fill_", g(2), L([2.5]))
M("fill_", i(2), 2.7)
M("zero_", g(2, 3))
M("copy_", g(2, 3), g(3))
M("copy_", t(2, 3), g(2, 3))
M("copy_", i(3), L([1.7, -2.5, 3]))
M("copy_", g(2, 3), g(2))
M("fill_diagonal_", g(3, 3), 1.5)
M("fill_diagonal_", g(3, 2), 1.5)
M("fill_diagonal_", g(3), 1.5)

C.save()
