"""Python's operators on every pair of kinds of operands, and on numbers at their edges."""

import itertools
import json
import operator
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from cpython import outcome, save, value  # noqa: E402

OPS = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv, "floordiv": operator.floordiv, "mod": operator.mod, "pow": operator.pow, "matmul": operator.matmul,
    "and_": operator.and_, "or_": operator.or_, "xor": operator.xor, "lshift": operator.lshift, "rshift": operator.rshift,
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge, "divmod": divmod,
}
KINDS = [None, True, 0, 3, 2**60, 0.0, 2.5, 1 + 2j, "ab", [1, "x"], (1, 2), (), {"a": 1}, {1, 2}, frozenset([2]), b"hi", range(3), slice(1, 2)]

rows = []
table = {}


def place(v):
    """Where the value stands in the table that the rows refer to."""
    return table.setdefault(json.dumps(value(v)), len(table))


for (name, f), a, b in itertools.product(OPS.items(), KINDS, KINDS):
    if name in ("pow", "lshift", "mul") and isinstance(a, (int, str, list, tuple, bytes)) and isinstance(b, (int, str, list, tuple, bytes)) and 2**60 in (a, b):
        continue
    if name in ("sub", "mul", "and_", "or_", "xor") and isinstance(a, frozenset) != isinstance(b, frozenset) and isinstance(a, (set, frozenset)) and isinstance(b, (set, frozenset)):
        continue
    # Bytes have a format of their own; powers with complex exponents have a file of theirs.
    if name == "mod" and isinstance(a, bytes) or name == "pow" and 1 + 2j in (a, b):
        continue
    # CPython's `is` of slices and of ranges as operands of == is by value; so is ours only for ranges.
    if isinstance(a, slice) and isinstance(b, slice):
        continue
    rows.append([name, place(a), place(b), outcome(f, a, b)])

EDGES = [0, 1, -7, 3, 2**53 - 1, 2**53, -(2**70), 0.0, -0.0, 0.5, -2.0, 7.5, -7.5, 1e300, 5e-324, float("inf"), float("-inf"), float("nan"), 3.0, 0.1]
for (name, f), a, b in itertools.product(OPS.items(), EDGES, EDGES):
    if name in ("ne", "le", "gt") or name in ("matmul", "and_", "or_", "xor", "lshift", "rshift") and (isinstance(a, float) or isinstance(b, float)):
        continue
    if name in ("pow", "lshift") and isinstance(a, int) and isinstance(b, int) and abs(b) > 100:
        continue
    rows.append([name, place(a), place(b), outcome(f, a, b)])
random.seed(3)
for _ in range(800):
    a, b = (random.choice([random.randint(-(10**3), 10**3), random.randint(-(2**54), 2**54), random.randint(-(2**80), 2**80), round(random.uniform(-100, 100), random.randint(0, 4)), random.uniform(-1, 1) * 10 ** random.randint(-20, 20)]) for _ in "ab")
    name = random.choice(["add", "sub", "mul", "div", "floordiv", "mod", "divmod", "lt", "eq"])
    rows.append([name, place(a), place(b), outcome(OPS[name], a, b)])
COMPLEX = [0j, 1j, 1 + 2j, -1.5 + 0.25j, 3 + 0j, complex(0.0, -0.0), 2, 0.5, -1]
for (name, f), a, b in itertools.product([(n, OPS[n]) for n in ("add", "sub", "mul", "div", "eq", "ne")], COMPLEX, COMPLEX):
    rows.append([name, place(a), place(b), outcome(f, a, b)])
for a, b in itertools.product([1 + 2j, -1.5 + 0.25j, 1j], [0, 1, 2, 3, 5, -1, -2, 10, 0j]):
    rows.append(["pow", place(a), place(b), outcome(operator.pow, a, b)])
NESTED = [[1, [2, (3,)]], [1, [2, (3.0,)]], [1, [2, [3]]], (1, 2), (1, 3), (1,), [1, 2], [1, 3], ["a", 1], ["a", "b"], {"a": [1]}, {"a": [1.0]}, {"a": 1, "b": 2}, {"b": 2, "a": 1}, {1: "x"}, {1.0: "x"}, {1, 2}, {2.0, 1}, {1}, "abc", "abd", "ab", "\uffff", "\U00010000", b"ab", b"abc", [None], (None,), range(3), range(0, 3, 1), range(0)]
for name in ("eq", "ne", "lt", "ge"):
    for a, b in itertools.product(NESTED, NESTED):
        rows.append([name, place(a), place(b), outcome(OPS[name], a, b)])
save(__file__, [[json.loads(v) for v in table], *rows])

rows = []
for name, f in {"neg": operator.neg, "pos": operator.pos, "invert": operator.invert, "abs": abs, "not_": operator.not_}.items():
    for a in KINDS + EDGES + COMPLEX[:6]:
        rows.append([name, [value(a)], outcome(f, a)])
for args in [(2, 10, 1000), (3, -1, 7), (2, -1, 4), (5, 0, 1), (0, 0, 3), (-3, 3, 7), (3, 3, -7), (2, 3, 0), (2.0, 3, 5), (2, 3, 5.0), ("a", 1, 2), (2, 100, 10**20), (7, 5, 1), (True, 2, 3)]:
    rows.append(["pow", [value(a) for a in args], outcome(pow, *args)])
save(__file__, rows, "unary.json")

random.seed(9)
rows = []
for _ in range(200):
    z = complex(random.uniform(-3, 3), random.uniform(-3, 3))
    w = random.choice([complex(random.uniform(-2, 2), random.uniform(-2, 2)), complex(random.uniform(-3, 3), 0), 0.5 + 0j])
    p = z**w
    rows.append([z.real, z.imag, w.real, w.imag, p.real, p.imag])
for x in (-8, -2.5, -1):
    for y in (1 / 3, 0.5, -0.5, 1.5):
        p = x**y
        rows.append([x, 0, y, 0, p.real, p.imag])
save(__file__, rows, "complex-powers.json")
