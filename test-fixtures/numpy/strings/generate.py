"""Functions of arrays of texts: numpy.strings and numpy.char. Arrays of texts are written as lists."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import Calls  # noqa: E402

c = Calls()
A = ["hello World", "  abc  ", "ABC", "a1b2", "", "xyzxyz", "Straße", "12", "-42", "Two Words", "tab\there", "ÀÉ", "…", "a\nb"]
GRID = [["ab", "cd"], ["Ef", "g"]]


def call(name, *args, **kw):
    """Lists of texts go in as arrays of NumPy, but are recorded as lists."""
    f = c.find(name)
    given = [np.array(a) if isinstance(a, list) and a and not isinstance(a[0], int) else a for a in args]
    c._record(name, args, kw, c.run(f, given, kw))


S = "strings."
for name in ("upper", "lower", "capitalize", "title", "swapcase", "str_len", "isalpha", "isalnum", "isdecimal", "isdigit", "isnumeric", "isspace", "islower", "isupper", "istitle", "strip", "lstrip", "rstrip", "expandtabs"):
    for a in (A, GRID, "Abc d"):
        call(S + name, a)
for name in ("add", "equal", "not_equal", "less", "less_equal", "greater", "greater_equal"):
    for a, b in [(A, "abc"), (GRID, ["cd", "Ef"]), ("a", "b"), (["a", "b"], ["a", "b", "c"])]:
        call(S + name, a, b)
for a, n in [(A, 2), (GRID, [1, 3]), ("ab", -1), (A, 0)]:
    call(S + "multiply", a, n)
for name in ("find", "rfind", "count", "startswith", "endswith"):
    for a, sub, kw in [(A, "a", {}), (A, "xyz", {}), (A, "", {}), (GRID, ["b", "c"], {}), (A, "b", dict(start=1)), (A, "o", dict(start=-3)), (A, "l", dict(start=2, end=4)), ("abcabc", "c", dict(end=-1))]:
        call(S + name, a, sub, **kw)
for name in ("index", "rindex"):
    for a, sub in [("abcabc", "b"), (["ab", "cb"], "b"), (A, "zz")]:
        call(S + name, a, sub)
for name in ("center", "ljust", "rjust"):
    for a, n, kw in [(A, 8, {}), (GRID, 5, dict(fillchar="*")), ("ab", 1, {}), ("abc", 6, dict(fillchar=".")), ("a", 4, dict(fillchar="xy"))]:
        call(S + name, a, n, **kw)
for a, n in [(A, 6), ("-7", 5), ("+7", 5), ("abc", 2)]:
    call(S + "zfill", a, n)
for name in ("strip", "lstrip", "rstrip"):
    for a, set_ in [(A, "a "), (GRID, "abE"), ("xxhixx", "x")]:
        call(S + name, a, set_)
for a, old, new, kw in [(A, "a", "_", {}), (A, "xyz", "", {}), (A, "l", "LL", dict(count=1)), ("aaa", "a", "b", dict(count=0)), ("abc", "", "-", {}), ("abc", "", "-", dict(count=2))]:
    call(S + "replace", a, old, new, **kw)
for a, n in [("a\tb", 4), ("ab\tc\td", 2), ("\t\t", 8), ("a\nb\tc", 4)]:
    call(S + "expandtabs", a, n)
for name in ("partition", "rpartition"):
    for a, sep in [(A, "b"), (GRID, "d"), ("a-b-c", "-"), ("abc", "")]:
        call(S + name, a, sep)
for a, args in [(A, (2,)), (A, (1, 3)), (A, (None, None, -1)), (A, (-3, None)), ("abcdef", (4, 1, -1)), ("abc", (None, None, 2))]:
    call(S + "slice", a, *args)
for a, values in [(["%d items", "n=%d"], 3), ("%.2f", 1.5), (["%s"], "x")]:
    call(S + "mod", a, values)
call("char.join", "-", ["abc", "de"])
call("char.upper", ["a"])
c.save(__file__)
