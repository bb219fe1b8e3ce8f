"""Pickles of protocols 0 to 5 as CPython writes them, with what is in them."""

import collections
import pathlib
import pickle
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import save


def tagged(v):
    """Values that the fixtures' encoding has no word for become ("kind", ...)."""
    if isinstance(v, bytearray):
        return ("bytearray", list(v))
    if isinstance(v, bytes):
        return ("bytes", list(v))
    if isinstance(v, frozenset):
        return ("frozenset", sorted(map(tagged, v)))
    if isinstance(v, set):
        return ("set", sorted(map(tagged, v)))
    if isinstance(v, collections.deque):
        return ("deque", [tagged(x) for x in v], v.maxlen)
    if isinstance(v, collections.OrderedDict):
        return ("OrderedDict", [(tagged(k), tagged(x)) for k, x in v.items()])
    if isinstance(v, collections.Counter):
        return ("Counter", [(tagged(k), tagged(x)) for k, x in v.items()])
    if isinstance(v, collections.defaultdict):
        return ("defaultdict", [(tagged(k), tagged(x)) for k, x in v.items()])
    if isinstance(v, dict):
        return ("dict", [(tagged(k), tagged(x)) for k, x in v.items()])
    if isinstance(v, tuple):
        return ("tuple", [tagged(x) for x in v])
    if isinstance(v, list):
        return ("list", [tagged(x) for x in v])
    return v


default = collections.defaultdict(list)
default["a"] = [1]
shared = ["shared"]

VALUES = {
    "scalars": [None, True, False, 0, 1, -1, 255, 256, 65535, 65536, -32769, 2**31 - 1, -(2**31), 2**31, 2**53 - 1],
    "big integers": [2**53, -(2**53) - 1, 2**63, -(2**63), 2**64 - 1, 10**40, -(10**40), 2**2040, -(2**2039), -128, -32768],
    "floats": [1.0, -0.0, 0.1, 1e300, -5e-324, float("inf"), float("-inf"), 123456789.5, 2.0**60],
    "strings": ["", "ascii", "Grüße", "日本", "🙂", "a\\nb\n\\u0041", "x" * 300, "\ud800 alone", "quote'\"\\"],
    "bytes": [b"", b"abc", bytes(range(256)), b"y" * 300],
    "bytearrays": [bytearray(), bytearray(b"abc"), bytearray(range(256))],
    "tuples": [(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), ((), ((),))],
    "lists": [[], [1], [1, [2, [3]]]],
    "dicts": [{}, {"a": 1}, {1: "one", "two": 2, (3, 4): [5], None: 6.0}],
    "sets": [set(), {1}, frozenset(), frozenset({7})],
    "complex": [1 + 2j, -0.5j, complex(3, 0)],
    "collections": [
        collections.OrderedDict([("z", 1), ("a", 2)]),
        collections.Counter("hello"),
        default,
        collections.deque([1, 2, 3]),
        collections.deque([1, 2], maxlen=5),
    ],
    "shared": [shared, shared, (shared, shared), {"again": shared}],
}
# Long enough for groups of 1,000, for memo numbers beyond 255, and for frames of 64 KiB; without their values here.
LONG = {
    "groups": [list(range(1000)), list(range(1001)), list(range(2001)), {i: i for i in range(1001)}, set(range(1001))],
    "items": [collections.OrderedDict((i, i) for i in range(n)) for n in (1000, 1001)],
    "memos": [[str(i)] for i in range(300)],
    "frames": ["a" * 66000, "b" * 34000, "c" * 34000, [1.5] * 4000],
}

cases = []
for protocol in range(6):
    for name, value in VALUES.items():
        raw = np.frombuffer(pickle.dumps(value, protocol), np.uint8)
        cases.append({"name": f"{name}, protocol {protocol}", "protocol": protocol, "pickle": raw, "value": tagged(value)})
for protocol in (2, 4):
    for name, value in LONG.items():
        if name != "frames" or protocol == 4:
            raw = np.frombuffer(pickle.dumps(value, protocol), np.uint8)
            cases.append({"name": f"long {name}, protocol {protocol}", "protocol": protocol, "pickle": raw})

save(__file__, cases, "numpy")
