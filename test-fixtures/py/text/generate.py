"""repr and str of values, and which characters repr escapes."""

import pathlib
import random
import sys
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from cpython import save, value  # noqa: E402

loop = [1]
loop.append(loop)
knot = {"a": 1}
knot["self"] = knot

STRINGS = [
    "", "a", "it's", 'say "hi"', "both ' and \"", "\\", "tab\tline\nreturn\r", "\x00\x01\x7f\x80\xa0\xad\xff", "é ß ñ", "日本語",
    "😀 astral", "\u200b\u2028\u2029\ufeff", "\ud800 lone", "\udfff", "a\u0301", "\U000e0001", "\ue000 private", "\u0378 unassigned", "'", '"', "'\"\\",
    "%d {}", "\x1b[31m",
]
VALUES = [
    None, True, False, 0, 1, -1, 42, 2**53 - 1, 2**53, -(2**53), 2**64, 10**30, 0.0, -0.0, 1.0, -1.5, 0.1, 1e-5, 1e-4, 0.00012345, 1e15, 1e16, 123456789012345680.0,
    1e22, 1e100, 5e-324, 1.7976931348623157e308, float("inf"), float("-inf"), float("nan"), 1 / 3, 2 / 3, 100.0, 1e5,
    1j, -1j, 0j, 1 + 2j, 1 - 2j, complex(-0.0, 1), complex(0, -0.0), complex(-0.0, -0.0), complex(float("nan"), float("inf")), complex(1e16, -1e-5), complex(0.0, float("nan")),
    complex(float("-inf"), 2), 1.5 + 0.5j,
    [], [1], [1, 2.0, "a"], [[1, [2]], []], (), (1,), (1, 2), ((1,), [2]), ("a", None, True), [(1, 2), (3,)],
    {}, {"a": 1}, {"a": [1, {"b": (2,)}], "c": None}, {1: "x", 2.5: "y"}, {(1, 2): 3}, {None: 1, True: 2}, {"it's": 1.0},
    set(), {1}, frozenset(), frozenset({1}),
    b"", b"abc", b"\x00\xff'", b"\"'", b"\n\t\\", b"it's",
    slice(None), slice(1, 2), slice(None, None, -1), slice(1, None, 2),
    range(3), range(1, 5), range(0, 10, 2), range(5, 0, -1), range(0),
    ValueError("x"), ValueError(), ValueError("a", 1), KeyError("k"), KeyError(3), KeyError(), KeyError("a", "b"), IndexError("it's"), FileNotFoundError(2, "No such file or directory"),
    FileNotFoundError(2, "No such file or directory", "a.pt"), OSError("plain"), StopIteration(3), RuntimeError(None), ZeroDivisionError("division by zero"), AssertionError([1, "a"]),
    ArithmeticError(1.0), NotImplementedError(), OverflowError(34, "Numerical result out of range"), UserWarning("w"), SystemExit(2),
    int, float, str, bool, list, dict, tuple, set, frozenset, complex, bytes, range, slice, type, object, type(None), ValueError, KeyError,
]


def exception(e):
    return {"$exception": type(e).__name__, "args": [value(a) for a in (e.args if not getattr(e, "filename", None) else (*e.args, e.filename))]}


rows = [["loop", repr(loop), str(loop)], ["knot", repr(knot), str(knot)]]
for v in VALUES + STRINGS:
    rows.append([exception(v) if isinstance(v, BaseException) else value(v), repr(v), str(v)])


def items_as_set(items):
    rows.append([{"$call": "set", "of": [value(i) for i in items]}, repr(set(items)), str(set(items))])


for items in ([1, 2, 3], [3, 1, 2], [10, 5, 100, 33, 8], [0.5, 2], [-1, -2], [(1, 2), (3, 4)], [2**61, 5], [-5, 7, 1000003], [37, 11, 13], [1, 1.0, True], [0, -1, -2, 2**61 - 1, -(2**61 - 1)]):
    items_as_set(items)
random.seed(7)
for _ in range(120):
    n = random.randint(1, 40)
    kind = random.randrange(4)
    items = [random.randint(-60, 60) if kind == 0 else random.randint(0, 10**6) if kind == 1 else random.choice([random.randint(0, 30), random.randint(0, 20) / 4]) if kind == 2 else (random.randint(0, 5), random.randint(-3, 3)) for _ in range(n)]
    items_as_set(items)
save(__file__, rows)

# Ranges of code points that repr shows as they are, and those that Unicode 14 has not assigned: an engine with a newer table may show some of these.
printable, unassigned = [], []
for table, holds in ((printable, str.isprintable), (unassigned, lambda c: unicodedata.category(c) == "Cn")):
    start = None
    for code in range(0x110001):
        inside = code < 0x110000 and holds(chr(code))
        if inside and start is None:
            start = code
        if not inside and start is not None:
            table.append([start, code])
            start = None
save(__file__, [printable, unassigned], "printable.json")
