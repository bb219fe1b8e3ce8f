"""Wrong calls: the class and message that NumPy answers with."""

import copy
import operator
import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import Calls, arr  # noqa: E402

c = Calls()
A, V, I, U, B = arr((2, 3)), arr((4,)), arr((3,), "int64"), np.array([1, 2, 3], "uint8"), np.array([True, False, True])


def op(name, f, a, b):
    """An operator as the method that it is here."""
    given = copy.deepcopy((a, b))
    c._record(f"ndarray.{name}", given, {}, c.run(f, (a, b), {}))


for name, f in [("add", operator.add), ("sub", operator.sub), ("mul", operator.mul), ("div", operator.truediv), ("pow", operator.pow), ("lt", operator.lt), ("eq", operator.eq), ("matmul", operator.matmul), ("and", operator.and_), ("lshift", operator.lshift), ("mod", operator.mod), ("floordiv", operator.floordiv)]:
    op(name, f, A, V)
    op(name, f, A, arr((2, 2)))
for name, f, a, b in [
    ("add", operator.add, U, 300), ("sub", operator.sub, U, -1), ("mul", operator.mul, np.array([1], "int8"), 128), ("eq", operator.eq, U, 300), ("sub", operator.sub, B, B), ("pow", operator.pow, I, -2), ("and", operator.and_, A, A), ("lshift", operator.lshift, A, 1), ("or", operator.or_, A, 1), ("matmul", operator.matmul, A, 3), ("matmul", operator.matmul, A, V), ("mod", operator.mod, np.array([1j]), 2), ("floordiv", operator.floordiv, np.array([1j]), 2), ("lt", operator.lt, np.array([1j]), 2), ("xor", operator.xor, A, A), ("add", operator.add, U, 2**70), ("rshift", operator.rshift, I, A[0]),
    ("add_", operator.iadd, I.copy(), 0.5), ("add_", operator.iadd, I.copy(), A), ("div_", operator.itruediv, I.copy(), 2), ("mul_", operator.imul, U.copy(), 1.5), ("add_", operator.iadd, A.copy(), 1j), ("sub_", operator.isub, B.copy(), True), ("pow_", operator.ipow, I.copy(), -1),
]:
    op(name, f, a, b)
for name, f in (("neg", operator.neg), ("invert", operator.invert)):
    for x in (B, A):
        c._record(f"ndarray.{name}", [x], {}, c.run(f, (x,), {}))
for f, args, kw in [
    ("add", (A, A), dict(out=np.zeros(3))), ("add", (A, A), dict(out=np.zeros((2, 3), "int64"))), ("add", (A, A), dict(dtype="int32")), ("sin", (A,), dict(out=np.zeros((2, 3), "float32"), casting="no")), ("add.reduce", (A,), dict(axis=3)), ("maximum.reduce", ([],), {}), ("add.accumulate", (3,), {}), ("subtract.reduce", (A,), dict(axis=(0, 1))), ("add.reduceat", (I, [0, 7]), {}), ("add", (A, V), dict(out=np.zeros((2, 3)))), ("add", (1,), {}), ("add", (1, 2, None, 4), {}), ("sin", (A,), dict(nonsense=1)), ("maximum.reduce", (A,), dict(where=A > 0, axis=0)), ("bitwise_and", (A, A), {}), ("invert", (A,), {}), ("left_shift", (A, 1), {}), ("gcd", (A, 1), {}), ("ldexp", (A, 1.5), {}), ("isnan", (A,), dict(out=np.zeros((2, 3)))), ("logical_and", (A, V), {}), ("arctan2", (np.array([1j]), 1), {}), ("fmod", (np.array([1j]), 1), {}), ("floor", (np.array([1j]),), {}), ("cbrt", (np.array([1j]),), {}),
]:
    c(f, *args, **kw)
for f, args in [("zeros", (-1,)), ("zeros", ((2, -3),)), ("zeros", ("a",)), ("ones", (2.5,)), ("arange", ()), ("arange", (1, 2, 0)), ("eye", (2.5,)), ("linspace", (0, 1, 2.5)), ("array", ([[1, 2], [3]],)), ("array", ([1, [2]],)), ("concatenate", ([A, V],)), ("concatenate", (A[0], A[1])), ("stack", ([A, V],)), ("hstack", ([A, V],)), ("vstack", ([A, V],)), ("split", (A, 5)), ("reshape", (A, (4, 2))), ("reshape", (A, (-1, -1))), ("transpose", (A, (0, 0))), ("transpose", (A, (0, 1, 2))), ("swapaxes", (A, 0, 2)), ("moveaxis", (A, 0, 5)), ("squeeze", (A, 0)), ("expand_dims", (A, 5)), ("sum", (A, 2)), ("mean", (A, -3)), ("argmax", ([],)), ("max", ([],)), ("take", (A, 9)), ("sort", (A, 2)), ("dot", (A, A)), ("dot", (V, I)), ("inner", (V, I)), ("tensordot", (A, A)), ("cross", ([1, 2, 3, 4], [1, 2, 3])), ("kron", ()), ("diag", (np.zeros((2, 2, 2)),)), ("trace", (V,)), ("vander", (A,)), ("interp", (1, [1, 2], [1])), ("histogram", (A, 0)), ("bincount", ([-1, 2],)), ("percentile", (A, 120)), ("clip", (A,)), ("where", (A, 1)), ("searchsorted", ([1, 2], 1, "mid")), ("unravel_index", (9, (2, 2))), ("ravel_multi_index", (([3], [0]), (2, 2))), ("broadcast_to", (A, (2, 2))), ("tile", ()), ("repeat", (I, [1, 2])), ("delete", (I, 7)), ("insert", (I, 9, 1)), ("roll", (A, 1, 4)), ("choose", ([3], [[1], [2]])), ("einsum", ("ij,jk", A, A)), ("matmul", (A, 2)), ("frombuffer", (b"123",)), ("fromiter", ([1, 2],)), ("dtype", ("nonsense",)), ("can_cast", ("nonsense", "int8")), ("linalg.inv", (A,)), ("linalg.inv", (np.ones((2, 2)),)), ("linalg.cholesky", (-np.eye(2),)), ("linalg.solve", (np.eye(2), [1, 2, 3])), ("fft.fft", ([],)), ("random.RandomState", (-1,)), ("random.default_rng", (-1,)), ("nanargmax", ([np.nan],)), ("ones_like", ()), ("full", (2,)), ("median", (A, 4)), ("cov", (np.zeros((2, 2, 2)),)), ("average", (A, 0, [1, 2, 3])), ("quantile", (A, 2)), ("apply_along_axis", ())]:
    if any(isinstance(x, bytes) for x in args):
        continue
    c(f, *args)
for name, args, kw in [("reshape", (4, 2), {}), ("astype", ("nonsense",), {}), ("astype", ("int8",), dict(casting="safe")), ("item", (), {}), ("item", (9,), {}), ("item", (0, 9), {}), ("sum", (3,), {}), ("transpose", (0, 0), {}), ("squeeze", (0,), {}), ("argsort", (5,), {}), ("sort", (), dict(kind="bad")), ("repeat", ([1, 2],), {}), ("take", (9,), {}), ("put", (9, 1), {}), ("view", ("float32",), {}), ("choose", ([1],), {}), ("dot", (A,), {}), ("clip", (), {}), ("std", (), dict(nonsense=1)), ("mean", (0, None, None, False, 7), {}), ("swapaxes", (0, 9), {}), ("diagonal", (0, 0, 0), {}), ("trace", (0, 5), {}), ("searchsorted", (1,), {}), ("compress", ([True] * 5,), dict(axis=0)), ("nonzero", (1,), {}), ("fill", ([1, 2],), {}), ("resize", (2, -2), {}), ("ravel", ("X",), {}), ("flatten", ("X",), {}), ("copy", ("X",), {})]:
    c.method(name, A.copy(), *args, **kw)
c.save(__file__)
n = sum(isinstance(i["item"][2], Exception) for items in c.cases.values() for i in items)
print(n, "errors")
