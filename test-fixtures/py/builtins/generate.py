"""Builtin functions: their results, printed by repr, and their errors."""

import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from cpython import outcome, save, value  # noqa: E402

rows = []


def case(name, f, *args, kw=None):
    rows.append([name, [value(a) for a in args], outcome(lambda: f(*args, **(kw or {}))), {k: value(v) for k, v in (kw or {}).items()}])


listed = lambda f: lambda *a, **k: list(f(*a, **k))  # noqa: E731
random.seed(2)

for v in [[1, 2], (1,), "añ😀", "", {"a": 1}, {}, {1, 2}, range(5), b"abc", 5, None, 1.5, True]:
    case("len", len, v)
for v in [[1, 2], "añ😀", {"a": 1, "b": 2}, {1: 2}, (1, 2), range(3), b"ab", 5, None, 1.5]:
    case("list", list, v)
    case("tuple", tuple, v)
    case("set", set, v) if not isinstance(v, (str, dict)) else None
    case("reversed", listed(reversed), v)
    case("all", all, v)
    case("any", any, v)
    case("enumerate", listed(enumerate), v)
for args in [([1, 2], "ab"), ([1, 2, 3], (4, 5)), ([],), (), ([1],), ({"a": 1}, [2]), (range(3), range(5), "xyz"), (1, [2])]:
    case("zip", listed(zip), *args)
for args in [([1, 2], [3]), ([1], [2, 3]), ([1, 2], [3, 4], [5]), ([1], [2], [3, 4]), ([1], [2])]:
    case("zip", listed(zip), *args, kw={"strict": True})
case("enumerate", listed(enumerate), "ab", 5)
case("enumerate", listed(enumerate), "ab", kw={"start": 2})
case("enumerate", listed(enumerate), "ab", 1.5)
for args in [(3,), (0,), (-2,), (1, 4), (4, 1), (0, 10, 3), (10, 0, -3), (1, 2, 0), (2.5,), ("3",), (1, 2.0), (True,), (5, 5)]:
    case("range", range, *args)
    case("list", lambda r: list(r), range(*args)) if all(isinstance(a, int) for a in args) and args != (1, 2, 0) else None
for v in [[3, 1, 2], [], "hello", ["b", "a", "C"], [(1, "b"), (1, "a"), (0, "z")], [[2], [1, 5], [1]], [1.5, 1, -2.5, 0], [10, 9, 1, 100], {"b": 1, "a": 2}, {3, 1}, [True, False, 2], [1, "a"], ["a", 1], [None, 1], [1j, 2], [{"a": 1}, {"b": 2}], ["\U00010000", "\uffff", "a"], [float("nan"), 1.0, -1.0], [3.0, float("nan"), 1.0, 2.0], [2**60, 2**60 + 1, 5], [(1, "a"), (1, 2)], 5, None, [{1}, {1, 2}], [b"b", b"a"]]:
    case("sorted", sorted, v)
    case("sorted", sorted, v, kw={"reverse": True})
for _ in range(20):
    v = [(random.randint(0, 3), i) for i in range(12)]
    rows.append(["sorted", [value(v)], repr(sorted(v, key=lambda t: t[0])), {}, "first"])
    rows.append(["sorted", [value(v)], repr(sorted(v, key=lambda t: t[0], reverse=True)), {"reverse": True}, "first"])
    rows.append(["max", [value(v)], repr(max(v, key=lambda t: t[0])), {}, "first"])
    rows.append(["min", [value(v)], repr(min(v, key=lambda t: t[0])), {}, "first"])
for args in [([3, 1, 2],), ([1.5, 2],), (3, 1), (1, 2.0, 2), ("b", "a"), ("hello",), ([],), ((),), (5,), ([1, "a"],), (1, "a"), ([(1, 2), (1, 3)],), ({"b": 1, "a": 2},), ([True, 1],), ([1.0, 1],), ([float("nan"), 1.0],), ([1.0, float("nan")],), (), ([[2], [1, 9]],), ([None],), ([None, None],)]:
    case("max", max, *args)
    case("min", min, *args)
case("max", max, [], kw={"default": 7})
case("max", max, [1], kw={"default": 7})
for args in [([1, 2, 3],), ([],), ([0.5, 0.5],), ([0.1] * 10,), ([1, 2.5],), ([True, True],), ([[1], [2]], []), ([1, 2], 10), ([1j, 2],), (["a", "b"],), (["a"], ""), ([1, "a"],), (range(101),), ([2**53, 1],), ((0.1, 0.2, 0.3),), ({1: 2, 3: 4},), (5,), ([(1,), (2,)], ()), ([1, 2], 0.5), ([1e308, 1e308],), ([b"a"], b"")]:
    case("sum", sum, *args)
case("sum", sum, [1, 2], kw={"start": 5})
for args in [([(1, 2)],), ([("a", 1), ("b", 2)],), ({"a": 1},), ({1: 2},), ([],), ([(1, 2, 3)],), (["ab", "cd"],), ([1],), (5,), ([[(1, 2), 3]],)]:
    case("dict", dict, *args)
for v, s in [([1, 2, 3, 4, 5], slice(1, 3)), ([1, 2, 3, 4, 5], slice(None, None, -1)), ([1, 2, 3, 4, 5], slice(-2, None)), ((1, 2, 3), slice(None, 2)), ("hello", slice(1, -1)), ("añ😀b", slice(2, 4)), ("añ😀b", slice(None, None, -1)), (range(10), slice(2, 8, 3)), (range(10, 0, -1), slice(None, None, -2)), (b"hello", slice(1, 3)), ([1, 2], slice(5, 9)), ([1, 2], slice(None, None, 0)), ([], slice(None)), ([1, 2, 3], slice(-100, 100)), ([1, 2, 3], slice(2, 0, -1)), ([1, 2, 3], slice(None, None, 5))]:
    case("slice", lambda x, i: x[i], v, s)
for s, n in [(slice(None), 5), (slice(1, 3), 5), (slice(None, None, -1), 5), (slice(-3, 100, 2), 5), (slice(100, -100, -3), 5), (slice(2, 1), 0), (slice(None, None, 0), 3)]:
    rows.append(["indices", [value(s), n], outcome(lambda: s.indices(n)), {}])
t = (1, 2.0, "a", (1,), 1)
for i in [0, -1, 4, 5, -5, -6]:
    rows.append(["at", [value(t), i], outcome(lambda: t[i]), {}])
for x in [1, 2, "a", "b", (1,), [1], True, None]:
    rows.append(["count", [value(t), value(x)], outcome(t.count, x), {}])
    rows.append(["index", [value(t), value(x)], outcome(t.index, x), {}])
for u in [(3,), (), [3], "a", 5]:
    rows.append(["concat", [value(t), value(u)], outcome(lambda: t + u), {}])
for i in [0, 2, -1, 9, -10]:
    rows.append(["at", [value(range(2, 20, 2)), i], outcome(lambda: range(2, 20, 2)[i]), {}])
for x in [4, 5, 4.0, 100]:
    rows.append(["count", [value(range(2, 20, 2)), x], outcome(range(2, 20, 2).count, x), {}])
    if isinstance(x, int):
        rows.append(["index", [value(range(2, 20, 2)), x], outcome(range(2, 20, 2).index, x), {}])
for v in [[1, 2.0], (1, "a"), {"a": 1}, {1: 2}, {1, 2}, "hello", range(5), b"ab", 5, None, [[1]]]:
    for x in [1, 2, "a", "ell", [1], 1.0, None]:
        if isinstance(v, (set, dict)) and isinstance(x, list) or isinstance(v, bytes):
            continue
        case("contains", lambda c, y: y in c, v, x)
for v in [1, 1.0, True, None, "a", [1], (1,), {}, set(), 1j, b"", range(2), slice(1), int, ValueError("x"), frozenset()]:
    rows.append(["type", [value(v) if not isinstance(v, Exception) else {"$exception": "ValueError", "args": ["x"]}], repr(type(v)), {}])
    rows.append(["type_name", [value(v) if not isinstance(v, Exception) else {"$exception": "ValueError", "args": ["x"]}], repr(type(v).__name__), {}])
    for C in (int, float, bool, str, list, tuple, dict, set, complex, bytes, range, slice, type, object, type(None), ValueError, Exception, LookupError):
        rows.append(["isinstance", [value(v) if not isinstance(v, Exception) else {"$exception": "ValueError", "args": ["x"]}, value(C)], repr(isinstance(v, C)), {}])
CLASSES = [int, float, bool, str, list, tuple, dict, set, object, type, ValueError, KeyError, LookupError, Exception, BaseException, FileNotFoundError, OSError, UnicodeDecodeError, RecursionError, DeprecationWarning]
for C in CLASSES:
    for D in CLASSES:
        case("issubclass", issubclass, C, D)
for v in ["a", "é\n😀", [1, "ñ"], 5]:
    case("ascii", ascii, v)
for args in [(3,), ([1, 2, 255],), ("é", "utf-8"), ("a",), ([256],), ([-1],), (["a"],), (-1,), (1.5,), (b"ab",), ((),)]:
    case("bytes", bytes, *args)
for args in [(b"caf\xc3\xa9", "utf-8"), (b"\xff", "utf-8"), (b"ab\xc3", "utf-8"), (b"\xc3(", "utf-8"), (b"a\xe2\x82", "utf-8"), (b"\xe2\x28\xa1", "utf-8"), (b"\xed\xa0\x80", "utf-8"), (b"\xf0\x9f\x98\x80", "utf-8"), (b"\x80abc", "utf-8"), (b"\xff\xfe", "utf-8", "replace"), (b"a\xffb\xc3", "utf-8", "ignore"), (b"\xe9", "latin-1"), (b"a\xe9", "ascii"), (b"a", "nope"), ("a", "utf-8"), (5, "utf-8")]:
    case("str", str, *args)
save(__file__, rows)
